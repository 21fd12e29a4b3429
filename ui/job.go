package ui

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
)

// jobs are the programs that run without a terminal. They end with the screen,
// and so do the files that were written for them.
type jobs struct {
	mu      sync.Mutex
	running sync.WaitGroup
	over    bool
	dir     string // where files are; "" until there is one
}

// begin reports whether a program may begin; done must be called after it.
func (j *jobs) begin() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.over {
		j.running.Add(1)
	}
	return !j.over
}

// end waits for the programs, which have been told to end.
func (j *jobs) end() {
	j.mu.Lock()
	j.over = true
	j.mu.Unlock()
	j.running.Wait()
	if j.dir != "" {
		os.RemoveAll(j.dir)
	}
}

// mostOutput is how much of what a program writes is kept.
const mostOutput = 1 << 20

// capped keeps the beginning of what is written to it.
type capped struct{ kept bytes.Buffer }

func (c *capped) Write(p []byte) (int, error) {
	if room := mostOutput - c.kept.Len(); room > 0 {
		c.kept.Write(p[:min(len(p), room)])
	}
	return len(p), nil
}

func (c *capped) Len() int       { return c.kept.Len() }
func (c *capped) String() string { return c.kept.String() }

// write keeps a text in a file of its own, which only its owner reads.
func (j *jobs) write(text string) (path string, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.over {
		return "", context.Canceled
	}
	if j.dir == "" {
		if j.dir, err = os.MkdirTemp("", "newsterm-*"); err != nil {
			return "", err
		}
	}
	f, err := os.CreateTemp(j.dir, "article-*.md")
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(text)
	return f.Name(), errors.Join(err, f.Close())
}

// remove removes a file that write wrote.
func (j *jobs) remove(path string) {
	if path != "" && filepath.Dir(path) == j.dir {
		os.Remove(path) // end removes the folder
	}
}
