package cli_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"app/newsterm/cli"
	"app/newsterm/feed"
	"app/newsterm/store"
	"app/newsterm/ui"
)

// examined is what doctor prints about a file in which prepare has changed
// each of n feeds, at noon of a day in 2026. What also does comes last.
func examined(t *testing.T, n int, prepare func(i int, f *store.Feed), also ...func(*store.DB) error) string {
	t.Helper()
	noon := time.Date(2026, 8, 21, 12, 0, 0, 0, time.Local)
	path := filepath.Join(t.TempDir(), "news.db")
	db, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		f, _, err := db.Subscribe(t.Context(), feed.Sub{URL: fmt.Sprintf("https://a.example/%03d", i), Title: fmt.Sprintf("Feed %03d", i)})
		if err != nil {
			t.Fatal(err)
		}
		f.Checked, f.Next, f.FailingSince = noon.Add(-time.Hour), noon.Add(time.Hour), noon.AddDate(0, 0, -2)
		prepare(i, &f)
		if err := db.Change(t.Context(), func(now *store.Feed) { *now = f }, f.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := db.SaveMany(t.Context(), store.Fetched{Feed: f}); err != nil {
			t.Fatal(err)
		}
	}
	db.Now = func() time.Time { return noon }
	for _, f := range also {
		if err := f(db); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	var out, complaints strings.Builder
	env := cli.Env{Out: &out, Err: &complaints, Now: func() time.Time { return noon }, Getenv: func(name string) string {
		return map[string]string{"HOME": t.TempDir(), "HTTPS_PROXY": "http://me:sesame@proxy.example:3128"}[name]
	}}
	if code := cli.Main(t.Context(), env, []string{"--db", path, "doctor"}); code != 0 || complaints.Len() > 0 {
		t.Fatalf("exit %d: %s%s", code, out.String(), complaints.String())
	}
	if strings.Contains(out.String(), "sesame") {
		t.Errorf("a password is shown:\n%s", out.String())
	}
	return out.String()
}

// has checks that text has all of want.
func has(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("doctor does not say %q:\n%s", w, text)
		}
	}
}

func TestDoctorPutsLikeToLike(t *testing.T) {
	text := examined(t, 300, func(i int, f *store.Feed) {
		var err error
		switch {
		case i < 60:
			err = &feed.StatusError{Code: 404}
		case i < 62:
			err = &feed.StatusError{Code: 410}
		case i < 64:
			f.Disabled = true
		}
		if err != nil {
			f.Failure, f.Trouble = err.Error(), feed.TroubleOf(err)
		}
	})
	has(t, text, "note   feeds     60 failing, 2 gone, 2 disabled, of 300; more below\n", `
60 feeds: not there any more
  Feed 000: server answered 404 Not Found, since 2026-08-19 12:00  https://a.example/000
`, `
  and 52 more; newsterm feeds lists them

2 feeds: gone for good
`, `
2 feeds: disabled
  Feed 062  https://a.example/062
  Feed 063  https://a.example/063
    what to do: newsterm edit FEED --enable fetches it again
`)
	if n := strings.Count(text, "\n"); n > 40 {
		t.Errorf("%d lines are more than anybody reads", n)
	}
}

func TestDoctorKnowsWhatWaits(t *testing.T) {
	text := examined(t, 5, func(i int, f *store.Feed) {
		switch i {
		case 0, 1:
			f.Checked, f.Next = time.Time{}, time.Time{}
		case 2:
			f.Next = time.Time{}
		case 3:
			f.Next, f.Disabled = time.Time{}, true
		}
	})
	has(t, text, "ok     refresh   3 feeds are due, 2 of them for the first time; newsterm refresh", "1 disabled, of 5")
	as := func(int, *store.Feed) {}
	text = examined(t, 2, as, func(db *store.DB) error {
		feeds, err := db.Feeds(t.Context())
		if err != nil {
			return err
		}
		_, err = db.Claim(t.Context(), feeds)
		return err
	}, func(db *store.DB) error {
		soon, err := time.ParseInLocation(time.DateTime, "2026-08-21 13:30:00", time.Local)
		for _, host := range []string{"a.example", "b.example", "c.example", "d.example"} {
			err = errors.Join(err, db.Park(t.Context(), host, soon))
		}
		return err
	})
	has(t, text, "ok     refresh   left alone, because they ask for it: a.example until 2026-08-21 13:30, b.example", "c.example until 2026-08-21 13:30, and 1 more\n",
		"ok     refresh   2 feeds are being fetched by another newsterm", "ok     feeds     the last fetch of each went well")
	text = examined(t, 0, as)
	has(t, text, "ok     feeds     you follow none yet; newsterm add ADDRESS follows one")
}

func TestDoctorDoubtsTheClock(t *testing.T) {
	failing := func(kind feed.Trouble) func(int, *store.Feed) {
		return func(_ int, f *store.Feed) { f.Failure, f.Trouble = "the certificate of a.example is bad", kind }
	}
	has(t, examined(t, 3, failing(feed.Certificate)), "ok     clock     2026-08-21 12:00 ")
	has(t, examined(t, 3, failing(feed.Expired)), "note   clock     it says 2026-08-21 12:00", "after the certificates of 3 feeds end; set the clock")
	has(t, examined(t, 1, failing(feed.NotYetValid)), "before the certificates of 1 feed begin; set the clock")
	has(t, examined(t, 1, func(_ int, f *store.Feed) { f.Checked = f.Next.AddDate(1, 0, 0) }), "but a feed was fetched on 2027-08-21 13:00")
}

func TestDoctorDoubtsTheNetwork(t *testing.T) {
	text := examined(t, 3, func(i int, f *store.Feed) {
		if i > 0 {
			f.Failure, f.Trouble = "a.example cannot be reached from here", feed.Offline
		}
	})
	if !strings.Contains(text, "this machine has no address but its own") { // as where tests run shut off
		has(t, text, "note   network   most feeds could not be reached (2 of 3)")
		has(t, examined(t, 1, func(int, *store.Feed) {}), "ok     network   this machine has an address; feeds are fetched by way of http://me:xxxxx@proxy.example:3128")
	}
	has(t, text, "2 feeds: this machine is offline", "what to do: see whether this machine is online")
}

func TestDoctorKnowsWhichThemeWasChosen(t *testing.T) {
	d := newDesk(t)
	d.run(0, "add", d.write("reef.xml", `<rss version="2.0"><channel><title>Reef</title></channel></rss>`))
	themes := filepath.Join(d.home, ".config", "newsterm", "themes")
	if err := os.MkdirAll(themes, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(themes, "mine.toml"), []byte("dark = true\nacent = 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	out, _ := d.run(0, "doctor")
	has(t, out, "note   theme     "+themes+"/mine.toml:2:1: a theme has no colour acent")
	db, err := store.Open(filepath.Join(d.home, ".local/share/newsterm/news.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.SetSetting(t.Context(), ui.ThemeSetting, "mine"); err != nil {
		t.Fatal(err)
	}
	out, _ = d.run(1, "doctor")
	has(t, out, "wrong  theme     "+themes+"/mine.toml:2:1: a theme has no colour acent")
}
