package ui

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/store"
)

func TestCommandsGetTheArticle(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the programs of this test are not there")
	}
	t.Setenv("TMPDIR", t.TempDir())
	d := drive(t, library(t), bindings(t, Bindings{Commands: []Command{
		{Name: "show the words", Keys: []string{"ctrl+s"}, Run: []string{"echo", "<{title}>", "{url}", "$HOME {id};", "{feed}"}, Output: "sheet"},
		{Name: "show the file", Run: []string{"cat", "{file}"}, Output: "sheet"},
		{Name: "rights", Run: []string{"sh", "-c", "stat -c %a \"$1\"", "-", "{file}"}, Output: "sheet"},
		{Name: "fail", Run: []string{"sh", "-c", "echo of no use >&2; exit 3"}},
		{Name: "succeed", Run: []string{"true"}},
		{Name: "lost", Run: []string{"/there/is/no/such/program"}},
	}}))
	d.press("ctrl+s").sees("<First> https://alpha.example/1 $HOME 3; Alpha").press("q")
	d.press(":").types("show the file").press("enter").sees("# First", "one **two** three").press("q")
	d.press(":").types("rights").press("enter").sees("600").press("q")
	d.press(":").types("fail").press("enter").sees("fail: ", "3", "of no use")
	d.press(":").types("succeed").press("enter").sees("succeed: done")
	d.press(":").types("lost").press("enter").sees("lost: ", "no such program")
	d.press("?", "/").types("your commands").sees("show the words (echo", "^s", "Your commands")
	d.m.jobs.end()
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "*")); err != nil || left != nil {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestCommandsNeedAnArticleWithAnAddress(t *testing.T) {
	own := bindings(t, Bindings{Commands: []Command{{Name: "fetch", Keys: []string{"f8"}, Run: []string{"echo", "{url}"}, Output: "sheet"}}})
	d := drive(t, library(t), own).press("G", ":").types("fetch").press("enter").sees("this article has no address")
	drive(t, emptyLibrary(t), own).press(":").types("fetch").press("enter").sees("fetch needs an article")
	d.press("?").types("/fetch").sees("f8")
}

// Titles are of strangers: within a word of a program they are neither an
// option nor a way to another folder, and never more than one word.
func TestTitlesAreNoOptionsOfPrograms(t *testing.T) {
	for title, want := range map[string]string{
		"--output=/etc/x": "output=-etc-x", "../../.ssh/x": "-..-.ssh-x", "a b\nc": "a b c", "{url}": "{url}", "": "untitled", "- -": "untitled", "$(x) `y` \"z\"": "$(x) `y` \"z\"",
	} {
		got, err := filled([]string{"p", "{title}", "-o{title}.pdf", "{id} {feed}"}, store.Article{ID: 7, Title: title, FeedTitle: "/etc"}, "")
		want = strings.TrimLeft(want, "-. ")
		if err != nil || !slices.Equal(got, []string{"p", want, "-o" + want + ".pdf", "7 etc"}) {
			t.Errorf("%q: %q, %v; want %q", title, got, err, want)
		}
	}
}

func TestProgramsEndWithTheScreen(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the programs of this test are not there")
	}
	ctx, cancel := context.WithCancel(context.Background())
	var j jobs
	began, ended := filepath.Join(t.TempDir(), "began"), make(chan error)
	go func() {
		_, _, err := j.filter(ctx, []string{"sh", "-c", "sleep 600 & mkfifo " + began + "; echo > " + began + "; wait"}, "")
		ended <- err
	}()
	for {
		if _, err := os.ReadFile(began); err == nil {
			break
		}
	}
	cancel()
	if err := <-ended; err == nil {
		t.Error("it ended well")
	}
	j.end()
	if _, _, err := j.filter(context.Background(), []string{"true"}, ""); err == nil {
		t.Error("a program began after the end")
	}
}

func TestProblemsAreMendedWhereTheyAreListed(t *testing.T) {
	db := library(t)
	failed(t, db, "Gone", &feed.StatusError{Code: 410})
	failed(t, db, "Ill", &feed.StatusError{Code: 503})
	d := drive(t, db).size(120, 40).press("!").sees("r try again", "› ")
	on := func() store.FeedID { s, _ := opened[sheet](d.m); return s.feed }
	first := on()
	d.press("j")
	if on() == first || on() == 0 {
		t.Error("the cursor does not move")
	}
	d.press("k", "E").sees("Edit ").press("esc").sees("Feeds that need you")
	d.press("D").sees("1 feed: ", "z takes it back").lacks("2 feeds")
	if on() == first {
		t.Error("the feed that was left is still under the cursor")
	}
	d.press("z").sees("Gone", "Ill")
	d.press("r").sees("Feeds that need you").press("D").sees("z takes it back").press("D").sees("First", "left ", "z takes it back").press("z", "z", "!")
	d.sees("Feeds that need you").press("/").types("ill").sees("Ill").lacks("Gone").press("enter", "q").sees("First")
}
