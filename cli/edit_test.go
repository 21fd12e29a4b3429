package cli_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"app/newsterm/cli"
	"app/newsterm/store"
)

// moving edits a feed to an address whose server does not answer before
// meanwhile has returned, and returns the exit code and what was printed.
func moving(t *testing.T, d desk, meanwhile func(), args ...string) (code int, printed string) {
	t.Helper()
	asked, answer := make(chan struct{}), make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/new.xml" {
			close(asked)
			<-answer
		}
		io.WriteString(w, `<rss version="2.0"><channel><title>Reef</title><item><guid>1</guid><title>Corals</title></item></channel></rss>`)
	}))
	t.Cleanup(srv.Close)
	d.run(0, "add", srv.URL+"/old.xml")
	var out strings.Builder
	env := cli.Env{Out: &out, Err: &out, Now: time.Now, Getenv: func(name string) string {
		return map[string]string{"HOME": d.home}[name]
	}}
	ended := make(chan int)
	go func() {
		ended <- cli.Main(context.Background(), env, append([]string{"edit", "reef", "--url", srv.URL + "/new.xml"}, args...))
	}()
	<-asked
	meanwhile()
	close(answer)
	return <-ended, out.String()
}

func TestEditKeepsWhatAnotherChangedWhileItFetched(t *testing.T) {
	d := newDesk(t)
	code, printed := moving(t, d, func() {
		d.run(0, "edit", "reef", "--folder", "Sea", "--tag", "blue", "--mute")
	}, "--title", "My Reef", "--keep", "9")
	if code != 0 || !strings.Contains(printed, "new.xml\n") || strings.Contains(printed, "folder") || strings.Contains(printed, "muted") {
		t.Errorf("exit %d: %s", code, printed)
	}
	shown, _ := d.run(0, "edit", "My Reef")
	has(t, shown, "/new.xml\n", "folder\tSea\n", "tags\tblue\n", "muted\tyes\n", "keep\t9\n")
}

func TestEditLeavesAFeedThatWasLeftWhileItFetched(t *testing.T) {
	d := newDesk(t)
	code, printed := moving(t, d, func() { d.run(0, "remove", "reef") })
	if want := "newsterm: edit: nothing was changed: Reef has been left meanwhile\n"; code != 1 || printed != want {
		t.Errorf("exit %d: %swant %s", code, printed, want)
	}
	db, err := store.Open(filepath.Join(d.home, ".local/share/newsterm/news.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	left, err := db.Archived(t.Context())
	if err != nil || len(left) != 1 || !strings.HasSuffix(left[0].URL, "/old.xml") {
		t.Errorf("%+v, %v", left, err)
	}
}
