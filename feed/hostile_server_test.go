package feed

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// atMost is how long anything hostile may take, on however slow a machine,
// and in megabytes how much memory.
const (
	atMost       = 20 * time.Second
	atMostMemory = 200
)

// A villain answers one request, on a bare connection that is closed behind
// it. Path is what was asked for.
type villain func(c net.Conn, path string)

// serveEvil answers every connection as v does, and returns the address.
func serveEvil(t *testing.T, v villain) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	ctx, stop := context.WithCancel(context.Background())
	serving.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			serving.Go(func() {
				defer c.Close()
				defer context.AfterFunc(ctx, func() { c.Close() })()
				req, err := http.ReadRequest(bufio.NewReader(c))
				if err == nil {
					v(c, req.URL.Path)
				}
			})
		}
	})
	t.Cleanup(func() {
		stop()
		l.Close()
		serving.Wait()
	})
	return "http://" + l.Addr().String()
}

// says is a villain that says just this.
func says(answer string) villain {
	return func(c net.Conn, _ string) { io.WriteString(c, answer) }
}

// heads is the beginning of an answer, with these headers.
func heads(headers ...string) string {
	return "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n" + strings.Join(append(headers, ""), "\r\n") + "\r\n"
}

// endless says first, and then again for ever.
func endless(first, again string) villain {
	more := []byte(strings.Repeat(again, 1+(64<<10)/len(again)))
	return func(c net.Conn, _ string) {
		_, err := io.WriteString(c, first)
		for err == nil {
			_, err = c.Write(more)
		}
	}
}

// drips says first, and then the rest a byte at a time.
func drips(first, rest string) villain {
	return func(c net.Conn, _ string) {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		_, err := io.WriteString(c, first)
		for i := 0; err == nil; i++ {
			<-tick.C
			_, err = c.Write([]byte{rest[i%len(rest)]})
		}
	}
}

// silent says first, and then nothing until it is left.
func silent(first string) villain {
	return func(c net.Conn, _ string) {
		io.WriteString(c, first)
		io.Copy(io.Discard, c)
	}
}

// resets says first, and then throws the connection away.
func resets(first string) villain {
	return func(c net.Conn, _ string) {
		io.WriteString(c, first)
		c.(*net.TCPConn).SetLinger(0)
	}
}

// redirects sends everybody to this place.
func redirects(to string) villain {
	return says("HTTP/1.1 302 Found\r\nLocation: " + to + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

// prologue is a feed up to where its first title begins.
var prologue = small[:strings.Index(small, "Rain<")]

// A gzipBomb unpacks to an endless title.
func gzipBomb(c net.Conn, _ string) {
	io.WriteString(c, heads("Content-Encoding: gzip"))
	z := gzip.NewWriter(c)
	_, err := io.WriteString(z, prologue)
	for zeros := make([]byte, 1<<20); err == nil; {
		_, err = z.Write(zeros)
	}
}

// chunk is a part of a chunked body.
func chunk(s string) string { return fmt.Sprintf("%x\r\n%s\r\n", len(s), s) }

// within fails the test at once if f takes too long. What f allocates, and is
// still there when it ends, is bounded too.
func within(t *testing.T, name string, f func(ctx context.Context)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), atMost)
	defer cancel()
	peak, done := highest(), make(chan struct{})
	go func() {
		defer close(done)
		f(ctx)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		t.Fatalf("%s: no end", name)
	}
	if mb := peak() >> 20; mb > atMostMemory {
		t.Errorf("%s: took %d MB", name, mb)
	}
}

// highest watches the heap. What it returns says by how much it grew.
func highest() func() uint64 {
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapInuse
	}
	runtime.GC()
	before, most, end, ended := heap(), uint64(0), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, heap())
			select {
			case <-tick.C:
			case <-end:
				return
			}
		}
	}()
	return func() uint64 {
		close(end)
		<-ended
		return max(most, heap(), before) - before
	}
}

func TestHostileServersAreSurvived(t *testing.T) {
	const host = "127.0.0.1"
	packed, twice := string(pack(t, []byte(small))), pack(t, []byte(small))
	for range 7 {
		twice = pack(t, twice)
	}
	empties := strings.Repeat(string(pack(t, nil)), 100_000)
	damaged := packed[:len(packed)-6] + "\xff\xff" + packed[len(packed)-4:]
	for name, tt := range map[string]struct {
		villain
		want  string // the error
		items int    // if there is none
	}{
		"endless body":          {endless(heads()+prologue, "A"), host + " is too big", 0},
		"endless items":         {endless(heads("Transfer-Encoding: chunked"), chunk("<item><title>t</title></item>")), "is too big", 0},
		"endless blanks":        {endless(heads(), " \n"), "is too big", 0},
		"endless compressed":    {endless(heads("Content-Encoding: gzip"), string(pack(t, nil))), "is too big", 0},
		"endless headers":       {endless("HTTP/1.1 200 OK\r\n", "X-A: "+strings.Repeat("a", 1000)+"\r\n"), "more headers than an answer needs", 0},
		"endless header":        {endless("HTTP/1.1 200 OK\r\nX-A: ", "a"), "more headers than an answer needs", 0},
		"endless status":        {endless("HTTP/1.1 200 ", "OK"), "more headers than an answer needs", 0},
		"endless patience":      {endless("", "HTTP/1.1 100 Continue\r\n\r\n"), "more headers than an answer needs", 0},
		"endless hints":         {endless("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), "more headers than an answer needs", 0},
		"endless trailers":      {endless(heads("Transfer-Encoding: chunked")+chunk(small)+"0\r\n", "X-A: a\r\n"), "answered in a way that is not HTTP", 0},
		"endless chunk size":    {endless(heads("Transfer-Encoding: chunked"), "0"), "not HTTP", 0},
		"endless chunk name":    {endless(heads("Transfer-Encoding: chunked")+"5;", "x"), "not HTTP", 0},
		"many headers":          {says("HTTP/1.1 200 OK\r\n" + strings.Repeat("X-A: a\r\n", 50_000) + "\r\n" + small), "more headers than an answer needs", 0},
		"silence":               {silent(""), "took too long to answer", 0},
		"half a header":         {silent("HTTP/1.1 200 OK\r\nContent-"), "took too long to answer", 0},
		"headers, then none":    {silent(heads("Content-Length: 1000")), "took too long to answer", 0},
		"dripping body":         {drips(heads("Content-Length: 100000")+prologue, "drip "), "took too long to answer", 0},
		"dripping headers":      {drips("HTTP/1.1 200 OK\r\n", "X-A: a\r\n"), "took too long to answer", 0},
		"dripping redirects":    {drips("HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 100000\r\n\r\n", "drip "), "the server redirects again and again", 0},
		"gzip bomb":             {gzipBomb, "is too big", 0},
		"gzip in gzip":          {says(heads("Content-Encoding: gzip") + string(twice)), "this is not text", 0},
		"gzip of nothing":       {says(heads("Content-Encoding: gzip") + empties), "there is nothing in it", 0},
		"gzip with a wrong sum": {says(heads("Content-Encoding: gzip") + damaged), "is packed, and damaged", 0},
		"gzip, then more":       {says(heads("Content-Encoding: gzip") + packed + "more"), "", 3},
		"brotli bomb":           {endless(heads("Content-Encoding: br"), "\x5b\xff\xff\x03"), "packed in a way nobody asked for: br", 0},
		"zstd bomb":             {endless(heads("Content-Encoding: zstd"), "\x28\xb5\x2f\xfd"), "packed in a way nobody asked for: zstd", 0},
		"deflate bomb":          {endless(heads("Content-Encoding: deflate"), "\x78\x9c"), "packed in a way nobody asked for: deflate", 0},
		"evil coding":           {says(heads("Content-Encoding: \x1b]0;x\x07" + strings.Repeat("z", 5000))), "answered in a way that is not HTTP", 0},
		"length too short":      {says(heads("Content-Length: 300") + small), "", 1},
		"length too long":       {says(heads("Content-Length: 99999") + small), "", 3},
		"length of zero":        {says(heads("Content-Length: 0") + small), "there is nothing in it", 0},
		"length below zero":     {says(heads("Content-Length: -1") + small), "answered in a way that is not HTTP", 0},
		"length beyond words":   {says(heads("Content-Length: 99999999999999999999") + small), "answered in a way that is not HTTP", 0},
		"length of exabytes":    {says(heads("Content-Length: 9223372036854775807") + small), "", 3},
		"two lengths":           {says(heads("Content-Length: 10", "Content-Length: 20") + small), "answered in a way that is not HTTP", 0},
		"chunk of exabytes":     {says(heads("Transfer-Encoding: chunked") + "7fffffffffffffff\r\n" + small), "", 3},
		"chunk beyond words":    {says(heads("Transfer-Encoding: chunked") + "fffffffffffffffff\r\n" + small), "not HTTP", 0},
		"chunk below zero":      {says(heads("Transfer-Encoding: chunked") + "-5\r\n" + small), "not HTTP", 0},
		"chunk of nonsense":     {says(heads("Transfer-Encoding: chunked") + chunk(small) + "zz\r\nxx"), "not HTTP", 0},
		"coding of nonsense":    {says(heads("Transfer-Encoding: gzip, chunked") + chunk(small)), "not HTTP", 0},
		"reset at once":         {resets(""), host + " broke off the connection", 0},
		"reset in a header":     {resets("HTTP/1.1 200 OK\r\nConte"), host, 0},
		"reset before a body":   {resets(heads("Content-Length: 1000")), host + " broke off the connection", 0},
		"long coding":           {says(heads("Content-Encoding: " + strings.Repeat("z", 5000))), "packed in a way nobody asked for: zzz", 0},
		"no HTTP at all":        {says(small), "answered in a way that is not HTTP", 0},
		"noise":                 {says("\x00\xff\x16\x03\x01" + random(4000)), "answered in a way that is not HTTP", 0},
		"HTTP of the future":    {says("HTTP/9.9 200 OK\r\n\r\n" + small), "", 3},
		"no words":              {says("HTTP/1.1 200\r\nConnection: close\r\n\r\n" + small), "", 3},
		"code of nonsense":      {says("HTTP/1.1 2OO OK\r\n\r\n" + small), "answered in a way that is not HTTP", 0},
		"code 99":               {says("HTTP/1.1 099 No\r\n\r\n" + small), "server answered 99", 0},
		"code 999":              {says("HTTP/1.1 999 \x1b[31mNo\r\n\r\n" + small), "server answered 999 no standard status", 0},
		"switching protocols":   {says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: evil\r\nConnection: upgrade\r\n\r\n" + small), "server answered 101", 0},
		"made":                  {says("HTTP/1.1 201 Created\r\nConnection: close\r\n\r\n" + small), "server answered 201 Created", 0},
		"a part":                {says("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-9/10\r\nConnection: close\r\n\r\n" + small), "server answered 206 Partial Content", 0},
		"choices":               {says("HTTP/1.1 300 Multiple Choices\r\nConnection: close\r\n\r\n" + small), "server answered 300 Multiple Choices", 0},
		"a proxy":               {says("HTTP/1.1 305 Use Proxy\r\nLocation: http://127.0.0.1:9/\r\nConnection: close\r\n\r\n"), "server answered 305 Use Proxy", 0},
		"nothing to tell":       {says("HTTP/1.1 204 No Content\r\n\r\n" + small), "server answered 204 No Content", 0},
		"not modified":          {says("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n" + small), "server answered 304 Not Modified", 0},
		"evil status":           {says("HTTP/1.1 500 \x1b]52;c;eA==\x07\r\nRetry-After: \x1b[31m\r\nConnection: close\r\n\r\n"), "answered in a way that is not HTTP", 0},
		"nothing":               {says(heads()), "there is nothing in it", 0},
		"NULs":                  {says(heads() + strings.Repeat("\x00", 5000)), "the answer is empty", 0},
		"a picture":             {says("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n" + random(5000)), "no feed found", 0},
		"a feed as a picture":   {says("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + small), "", 3},
		"a feed as a page":      {says("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + small), "", 3},
		"a feed as nothing":     {says("HTTP/1.1 200 OK\r\nContent-Type: \r\n\r\n" + small), "", 3},
		"a feed as nonsense":    {says("HTTP/1.1 200 OK\r\nContent-Type: [31m;charset=\"\"\"=;;" + random(9000) + "\r\n\r\n" + small), "", 3},
		"a login":               {says("HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<html><title>Wi-Fi</title><form><input></form></html>"), "this is a web page, not a feed", 0},
		"many cookies":          {says(heads(strings.Repeat("Set-Cookie: a=b; Domain=.example; Max-Age=99999999999\r\n", 3000)+"X: y") + small), "", 3},
		"redirect to a socket":  {redirects("unix:/var/run/docker.sock"), "not of the web, unix:/var/run/docker.sock", 0},
		"redirect to data":      {redirects("data:application/rss+xml,%3Crss/%3E"), "not of the web, data:", 0},
		"redirect to ftp":       {redirects("ftp://127.0.0.1/x"), "not of the web, ftp:", 0},
		"redirect to nowhere":   {redirects(""), "server answered 302 Found", 0},
		"redirect to no host":   {redirects("http://"), "names no host", 0},
		"redirect to ESC":       {redirects("http://127.0.0.1/\x1b]0;x\x07"), "answered in a way that is not HTTP", 0},
		"redirect to NUL":       {redirects("/\x00"), "answered in a way that is not HTTP", 0},
		"redirect to metadata":  {redirects("http://169.254.169.254/latest/meta-data/"), "into a private network", 0},
		"redirect in disguise":  {redirects("http://[::ffff:a9fe:a9fe]/latest/meta-data/"), "into a private network", 0},
		"redirect far":          {redirects("/" + strings.Repeat("a", 200<<10)), "the server redirects again and again", 0},
		"hundred redirects": {func(c net.Conn, path string) {
			redirects(path+"a")(c, path)
		}, "the server redirects again and again", 0},
		"redirect and cookie": {func(c net.Conn, path string) {
			io.WriteString(c, "HTTP/1.1 302 Found\r\nSet-Cookie: a=b\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")
		}, "the server redirects again and again", 0},
	} {
		t.Run(name, func(t *testing.T) {
			c := Client{Timeout: 300 * time.Millisecond}
			if !strings.Contains(tt.want, "too long") {
				c.Timeout = 0
			}
			address := serveEvil(t, tt.villain)
			within(t, name, func(ctx context.Context) {
				doc, err := c.Fetch(ctx, address, Cache{})
				switch {
				case ctx.Err() != nil:
				case err != nil:
					if text := err.Error(); tt.items > 0 || !strings.Contains(text, tt.want) || text != Line(text) || len(text) > 300 {
						t.Errorf("%q, want %q and %d items", err, tt.want, tt.items)
					}
				case tt.want != "" || len(doc.Items) != tt.items:
					t.Errorf("%d items, want %q and %d; %q", len(doc.Items), tt.want, tt.items, doc.Warnings)
				default:
					checkDoc(t, name, doc)
				}
			})
		})
	}
	if doc, err := fetch(t, serveRaw(t, heads()+small)); err != nil || len(doc.Items) != 3 {
		t.Errorf("and then a good one: %v, %+v", err, doc)
	}
}

func TestHostileSecureServersAreSurvived(t *testing.T) {
	for name, tt := range map[string]struct{ answer, want string }{
		"plain HTTP":     {"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", "127.0.0.1 does not speak https; try http://"},
		"no common tune": {"\x15\x03\x03\x00\x02\x02\x28", "127.0.0.1 and newsterm could not agree on a secure connection"},
		"noise":          {"\x00\x01\x02" + random(5000), "127.0.0.1 and newsterm could not agree on a secure connection"},
		"huge record":    {"\x16\x03\x03\xff\xff" + random(70_000), "127.0.0.1 and newsterm could not agree on a secure connection"},
		"nothing":        {"", "127.0.0.1 broke off the connection"},
	} {
		address := strings.Replace(serveRaw(t, tt.answer), "http:", "https:", 1)
		within(t, name, func(ctx context.Context) {
			if _, err := new(Client).Fetch(ctx, address, Cache{}); err == nil || err.Error() != tt.want {
				t.Errorf("%s: %v, want %s", name, err, tt.want)
			}
		})
	}
	l, err := net.Listen("tcp", "127.0.0.1:0") // connects, and never says a word
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	c := Client{Timeout: 100 * time.Millisecond}
	if _, err := c.Fetch(t.Context(), "https://"+l.Addr().String(), Cache{}); err == nil || err.Error() != "127.0.0.1 took too long to answer" {
		t.Errorf("silence: %v", err)
	}
}
