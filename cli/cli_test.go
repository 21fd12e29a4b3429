package cli_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what came out into the scripts")

// program builds newsterm in a folder of its own, and without the race detector,
// with which it would start ten times as slowly. What races is for tests within
// this process to find.
func program(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(folder, "newsterm"), "app/newsterm")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // as it is given out
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return folder
}

// TestScripts runs testdata/*.txtar, what people type and what they get. Each
// script has $FEEDS, a web server for the files of its archive, and a home of
// its own.
func TestScripts(t *testing.T) {
	path := program(t) + string(filepath.ListSeparator) + os.Getenv("PATH")
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			asked := make(chan struct{}, 1)
			e.Values["asked"] = asked
			srv := httptest.NewServer(serve(e.WorkDir, asked))
			e.Defer(srv.Close)
			for name, value := range map[string]string{
				"PATH": path, "FEEDS": srv.URL, "EVIL": "a\x1b[31mb\u009bc\u202ed\ae", "HOME": e.WorkDir + "/home", "TZ": "UTC", "TERM": "dumb",
				"NEWSTERM_DB": "", "NEWSTERM_CONFIG": "", "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": "",
				"BROWSER": "", "PAGER": "", "NO_COLOR": "",
			} {
				e.Setenv(name, value)
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"clean": clean, "exits": exits, "same": same, "asked": asked},
	})
}

// serve is a web server for the files in folder. What is below /slow/ never
// comes; asked is told that somebody waits for it.
func serve(folder string, asked chan<- struct{}) http.Handler {
	mux := http.NewServeMux()
	files := http.FileServer(http.Dir(folder))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("If-Modified-Since") // scripts change files more than once a second
		files.ServeHTTP(w, r)
	})
	mux.HandleFunc("/slow/", func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	})
	return mux
}

// control finds what a terminal could obey, and bidi overrides.
var control = regexp.MustCompile("[\x00-\x08\x0b-\x1f\x7f-\u009f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")

// clean checks that files (stdout and stderr are such) hold nothing that a
// terminal could obey.
func clean(ts *testscript.TestScript, _ bool, files []string) {
	for _, name := range files {
		text := ts.ReadFile(name)
		if at := control.FindStringIndex(text); at != nil {
			ts.Fatalf("%s holds a control character: %q", name, text[max(at[0]-20, 0):min(at[1]+20, len(text))])
		}
	}
}

// numbers finds those of articles, which depend on the handbook's length.
var numbers = regexp.MustCompile(`(?m)^ *\d+|"id":\d+`)

// same compares two files but for the numbers of articles.
func same(ts *testscript.TestScript, _ bool, files []string) {
	got := numbers.ReplaceAllString(ts.ReadFile(files[0]), "#")
	if want := ts.ReadFile(files[1]); got != want {
		ts.Fatalf("%s is not as in %s:\n%s", files[0], files[1], got)
	}
}

// asked waits until a command waits for something below /slow/.
func asked(ts *testscript.TestScript, _ bool, _ []string) {
	select {
	case <-ts.Value("asked").(chan struct{}):
	case <-time.After(30 * time.Second):
		ts.Fatalf("nobody asked for anything below /slow/")
	}
}

// exits runs a command and checks its exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		code = 1
		if _, number, ok := strings.Cut(err.Error(), "exit status "); ok {
			fmt.Sscan(number, &code)
		}
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}
