package store_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"app/newsterm/feed"
	"app/newsterm/store"
)

// TestMain is also the other processes of the tests here: they are this
// program, told what to do by NEWSTERM_TEST_CHILD.
func TestMain(m *testing.M) {
	if work := os.Getenv("NEWSTERM_TEST_CHILD"); work != "" {
		if err := child(work, os.Getenv("NEWSTERM_TEST_DB"), os.Getenv("NEWSTERM_TEST_N")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child does one of: opening the file and saying how many feeds it has; marking
// every fourth article, saying each that is done; saving for ever or often.
func child(work, path, number string) error {
	n, err := strconv.Atoi(number)
	if err != nil {
		return err
	}
	db, err := store.Open(path)
	if err != nil {
		return err
	}
	defer db.Close()
	switch work {
	case "open":
		feeds, err := db.Feeds(ctx)
		fmt.Println(len(feeds))
		return err
	case "mark":
		for id := n; id <= 200; id += 4 {
			if _, err := db.Mark(ctx, store.Read, true, store.ArticleID(id)); err != nil {
				return err
			}
			fmt.Println(id)
		}
		return nil
	case "save":
		f, _, err := db.Subscribe(ctx, feed.Sub{URL: fmt.Sprintf("https://%d.example", n)})
		if err != nil {
			return err
		}
		for i := range 30 {
			if _, err := db.Save(ctx, f.ID, twenty(i)); err != nil {
				return err
			}
			if err := db.Index(ctx); err != nil {
				return err
			}
			fmt.Println(i)
		}
		return nil
	}
	return fmt.Errorf("unknown work %q", work)
}

func twenty(i int) *feed.Doc {
	d := &feed.Doc{}
	for j := range 20 {
		it := item(fmt.Sprintf("%d-%d", i, j), i)
		it.HTML = strings.Repeat("<p>some text of an article</p>", 50)
		d.Items = append(d.Items, it)
	}
	return d
}

func start(t *testing.T, work, path string, n int) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "NEWSTERM_TEST_CHILD="+work, "NEWSTERM_TEST_DB="+path, fmt.Sprint("NEWSTERM_TEST_N=", n))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

func TestManyProcessesLoseNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	db := open(t, path)
	f := subscribe(t, db, "https://a.example")
	var items []feed.Item
	for i := range 200 {
		items = append(items, item(fmt.Sprint(i), i))
	}
	save(t, db, f.ID, items...)
	var all []*exec.Cmd
	for n := 1; n <= 4; n++ {
		cmd, _ := start(t, "mark", path, n)
		all = append(all, cmd)
	}
	for n := 1; n <= 2; n++ {
		cmd, _ := start(t, "save", path, n)
		all = append(all, cmd)
	}
	for _, cmd := range all {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	feeds, err := db.Feeds(ctx)
	if err != nil || len(feeds) != 3 {
		t.Fatalf("%d feeds, %v", len(feeds), err)
	}
	for _, f := range feeds {
		want := "600 of 600"
		if f.URL == "https://a.example" {
			want = "0 of 200"
		}
		if got := fmt.Sprintf("%d of %d", f.Unread, f.Total); got != want {
			t.Errorf("%s: %s unread, want %s", f.URL, got, want)
		}
	}
	if n, err := db.Count(ctx, parse(t, "some"), store.Moment{}); n != 1200 || err != nil {
		t.Errorf("search finds %d, %v, want 1200", n, err)
	}
	if err := db.Check(ctx); err != nil {
		t.Error(err)
	}
}

func TestKilledProcessLosesNoMark(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	db := open(t, path)
	f := subscribe(t, db, "https://a.example")
	var items []feed.Item
	for i := range 200 {
		items = append(items, item(fmt.Sprint(i), i))
	}
	save(t, db, f.ID, items...)
	for n := 1; n <= 4; n++ {
		saver, saved := start(t, "save", path, 1)
		marker, marked := start(t, "mark", path, n)
		var last int
		for i := 0; i < 10 && marked.Scan(); i++ {
			last, _ = strconv.Atoi(marked.Text())
		}
		saved.Scan()
		for _, cmd := range []*exec.Cmd{saver, marker} {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			cmd.Wait() // says that it was killed
		}
		for id := n; id <= last; id += 4 {
			if a, err := db.Article(ctx, store.ArticleID(id)); err != nil || !a.Read {
				t.Errorf("article %d: read %v, %v, after the mark was acknowledged", id, a.Read, err)
			}
		}
		if err := db.Check(ctx); err != nil {
			t.Fatal(err)
		}
	}
	subscribe(t, db, "https://after.example")
}
