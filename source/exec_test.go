//go:build unix

package source_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// program is the path of a shell script.
func program(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "prog")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestProgramIsAFeed(t *testing.T) {
	db := library(t)
	w := &source.Web{DB: db, Client: &feed.Client{}}
	path := program(t, `printf '%s|' "$PWD" "$#" "$@" > "$0.said"; echo "$0" >> "$0.runs"; cat "$0.xml"`)
	prints := func(guids ...string) {
		t.Helper()
		if err := os.WriteFile(path+".xml", []byte(rss("Tides", guids...)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	prints("a", "b")
	t.Setenv("HOME", filepath.Dir(path))
	address, err := source.Address(`exec:~/prog one "two  \"words\"" $HOME '*' "#3" # a note`)
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.Subscribe(ctx, feed.Sub{URL: address})
	if err != nil || !s.New || s.Added != 2 || s.Feed.Title != "Tides" || s.Feed.URL != address {
		t.Fatalf("Subscribe = %+v, %v", s, err)
	}
	said, err := os.ReadFile(path + ".said")
	if want := filepath.Dir(path) + `|5|one|two  "words"|$HOME|'*'|#3|`; string(said) != want || err != nil {
		t.Errorf("the program was told %s, want %s", said, want)
	}
	for _, guids := range [][]string{{"a", "b"}, {"a", "b", "c"}} {
		prints(guids...)
		steps := refresh(t, w, source.Which{Force: true})
		if last := steps[len(steps)-1]; last.Err != nil || last.Added != len(guids)-2 {
			t.Errorf("%v: %+v", guids, last)
		}
	}
	feeds, err := db.Feeds(ctx)
	if err != nil || len(feeds) != 1 || feeds[0].Total != 3 || feeds[0].Failure != "" || feeds[0].URL != address {
		t.Errorf("%+v, %v", feeds, err)
	}
	if !feeds[0].Fetched.Equal(feeds[0].Succeeded) {
		t.Errorf("fetched %v, succeeded %v", feeds[0].Fetched, feeds[0].Succeeded)
	}
}

// TestDisabledFeedsAreLeftAlone: not even when they are named.
func TestDisabledFeedsAreLeftAlone(t *testing.T) {
	db := library(t)
	w := &source.Web{DB: db, Client: &feed.Client{}}
	path := program(t, `touch "$0.ran"`)
	asked := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the server was asked") })
	for _, address := range []string{"exec:" + path, asked} {
		f, _, err := db.Subscribe(ctx, feed.Sub{URL: address, Disabled: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, which := range []source.Which{{}, {Force: true}} {
			if steps := refresh(t, w, which); len(steps) != 1 || steps[0].Total != 0 {
				t.Errorf("%+v: %+v", which, steps)
			}
		}
		steps := refresh(t, w, source.Which{Feeds: []store.FeedID{f.ID}, Force: true})
		if len(steps) != 2 || steps[1].Left != "disabled; newsterm edit FEED --enable allows it" {
			t.Errorf("named: %+v", steps)
		}
		if _, err := w.Look(ctx, f); err == nil || !strings.Contains(err.Error(), "disabled") {
			t.Errorf("Look: %v", err)
		}
	}
	if _, err := os.Stat(path + ".ran"); err == nil {
		t.Error("the program was run")
	}
}

func TestProgramThatGoesWrongIsTold(t *testing.T) {
	w := &source.Web{DB: library(t), Client: &feed.Client{}}
	dir := t.TempDir()
	for text, want := range map[string]string{
		`echo "<rss>"; printf 'one\nno tide \033[31mtable\n\n' >&2; exit 3`: "ended with exit code 3: no tide [31mtable",
		`exit 4`:              "ended with exit code 4, and said nothing",
		`kill -9 $$`:          "ended with signal: killed",
		`true`:                "the program printed nothing",
		`echo Dear Sir`:       "",
		`yes | head -c 22m`:   "prints a feed that is too big",
		`yes; echo not ended`: "prints a feed that is too big",
	} {
		path := program(t, text)
		_, err := w.Subscribe(ctx, feed.Sub{URL: "exec:" + path})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "add exec:"+path+": ") || feed.Line(err.Error()) != err.Error() {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	for address, want := range map[string]string{
		"exec:" + dir + "/none":              "is not there",
		"exec:no-such-program-" + "anywhere": "is not there",
		"exec:" + dir:                        "is nothing that you may run",
	} {
		if _, err := w.Subscribe(ctx, feed.Sub{URL: address}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
	for _, typed := range []string{"exec:", "exec:  # x", "exec:a\nb", "exec:a\x1bb"} {
		if address, err := source.Address(typed); err == nil {
			t.Errorf("%q is taken as %q", typed, address)
		}
	}
	if feeds, err := w.DB.Feeds(ctx); err != nil || len(feeds) > 0 {
		t.Errorf("%d feeds were kept, %v", len(feeds), err)
	}
}

// TestProgramIsStoppedWithAllItStarted: when nobody waits any more, its
// children end too, though they hold its output.
func TestProgramIsStoppedWithAllItStarted(t *testing.T) {
	path := program(t, `sleep 1000 & echo $! > "$0.part"; mv "$0.part" "$0.child"; wait`)
	w := &source.Web{DB: library(t), Client: &feed.Client{}}
	ctx, stop := context.WithCancel(ctx)
	go func() {
		for ctx.Err() == nil {
			if _, err := os.Stat(path + ".child"); err == nil {
				stop()
			}
		}
	}()
	if _, err := w.Subscribe(ctx, feed.Sub{URL: "exec:" + path}); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
	text, err := os.ReadFile(path + ".child")
	if err != nil {
		t.Fatal(err)
	}
	child, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(10 * time.Second); alive(child); {
		if time.Now().After(until) {
			t.Fatal("its child is still there")
		}
	}
}

// alive reports whether a process runs; one that has ended and waits for its
// parent to notice does not.
func alive(pid int) bool {
	state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return syscall.Kill(pid, 0) == nil
	}
	return !strings.Contains(string(state), ") Z ")
}

// TestProgramsDoNotWaitForEachOther: the first prints when the second runs.
func TestProgramsDoNotWaitForEachOther(t *testing.T) {
	dir := t.TempDir()
	w := &source.Web{DB: library(t), Client: &feed.Client{}}
	for _, n := range []string{"1", "2", "3", "4"} {
		path := program(t, fmt.Sprintf(`touch %[1]s/%[2]s
while ! [ -e %[1]s/1 -a -e %[1]s/2 -a -e %[1]s/3 -a -e %[1]s/4 ]; do sleep 0.01; done
echo '<rss><channel><title>%[2]s</title><item><title>x</title></item></channel></rss>'`, dir, n))
		subscribe(t, w.DB, "exec:"+path)
	}
	for _, p := range refresh(t, w, source.Which{}) {
		if p.Err != nil || p.Feed != "" && p.Added != 1 {
			t.Errorf("%+v", p)
		}
	}
}

// TestNobodyElseNamesAProgram: a page cannot lead to one, nor a redirect.
func TestNobodyElseNamesAProgram(t *testing.T) {
	path := program(t, `touch "$0.ran"`)
	at := serve(t, func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved" {
			rw.Header().Set("Location", "exec:"+path)
			rw.WriteHeader(http.StatusMovedPermanently)
			return
		}
		fmt.Fprintf(rw, `<html><link rel="alternate" type="application/rss+xml" href="exec:%s"><a href="exec:%[1]s">RSS feed</a>`, path)
	})
	w := &source.Web{DB: library(t), Client: &feed.Client{}}
	onward := &source.Web{DB: w.DB, Client: &feed.Client{Public: true}}
	if s, err := onward.Subscribe(ctx, feed.Sub{URL: "exec:" + path}); err == nil {
		t.Errorf("a page chose %+v", s)
	}
	for _, address := range []string{at + "/page", at + "/moved"} {
		if s, err := w.Subscribe(ctx, feed.Sub{URL: address}); err == nil {
			t.Errorf("%s: %+v", address, s)
		}
	}
	if _, err := os.Stat(path + ".ran"); err == nil {
		t.Error("the program was run")
	}
}
