package source

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	mostKept = 100 << 20 // bytes of pictures in the folder
	coming   = "coming-" // begins the name of a file that is not whole yet
)

// path is where the file of the picture at an address is kept. Nothing of the
// address is in it.
func (p *Pictures) path(address string) string {
	sum := sha256.Sum256([]byte(address))
	return filepath.Join(p.Folder, hex.EncodeToString(sum[:]))
}

// kept is the file of a picture that was kept. It counts as used now.
func (p *Pictures) kept(address string) ([]byte, error) {
	path := p.path(address)
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	return file, os.Chtimes(path, now, now)
}

// keep keeps the file of a picture, for nobody but the reader, and drops those
// that were not used for longest if there are too many.
func (p *Pictures) keep(address string, file []byte) error {
	if err := os.MkdirAll(p.Folder, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(p.Folder, coming+"*") // which only its owner can read
	if err != nil {
		return err
	}
	_, err = f.Write(file)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), p.path(address))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return p.drop(mostKept)
}

// drop removes the files that were not used for longest until those that are
// left have at most that many bytes. Other programs may be doing the same. A
// file that is not ours is left: a reader may have named any folder.
func (p *Pictures) drop(most int64) error {
	entries, err := os.ReadDir(p.Folder)
	if err != nil {
		return err
	}
	var files []fs.FileInfo
	total := int64(0)
	for _, e := range entries {
		if about, err := e.Info(); err == nil && about.Mode().IsRegular() && isOurs(e.Name()) {
			files = append(files, about)
			total += about.Size()
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	for _, f := range files {
		if total <= most {
			break
		}
		if err := os.Remove(filepath.Join(p.Folder, f.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		total -= f.Size()
	}
	return nil
}

// isOurs reports whether a file of that name is one that keep has made.
func isOurs(name string) bool {
	sum, err := hex.DecodeString(name)
	return err == nil && len(sum) == sha256.Size || strings.HasPrefix(name, coming)
}
