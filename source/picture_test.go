package source_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"app/newsterm/feed"
	"app/newsterm/source"
	"app/newsterm/store"
)

// kite is a picture 40 by 30, red above and blue below.
func kite() *image.Paletted {
	p := image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.RGBA{200, 0, 0, 255}, color.RGBA{0, 0, 200, 255}})
	for i := 40 * 15; i < 40*30; i++ {
		p.Pix[i] = 1
	}
	return p
}

func pngOf(t *testing.T, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pngSaying is the beginning of a PNG that says it is w by h.
func pngSaying(w, h uint32) []byte {
	head := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)...)
	head = append(head, 8, 6, 0, 0, 0)
	b := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	return binary.BigEndian.AppendUint32(append(b, head...), crc32.ChecksumIEEE(head))
}

// gallery serves one file, and counts how often.
func gallery(t *testing.T, file []byte) (address string, asked *atomic.Int32) {
	asked = new(atomic.Int32)
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.Header.Get("Cookie") != "" || r.Referer() != "" {
			t.Errorf("the picture was asked for with %v", r.Header)
		}
		http.SetCookie(w, &http.Cookie{Name: "reader", Value: "1"})
		w.Write(file)
	})
	return at, asked
}

// pictures keeps pictures in a folder that is not there yet.
func pictures(t *testing.T) *source.Pictures {
	return &source.Pictures{Client: &feed.Client{}, Folder: filepath.Join(t.TempDir(), "cache", "pictures")}
}

func TestPicturesOfEveryKind(t *testing.T) {
	var jpg, moving bytes.Buffer
	if err := jpeg.Encode(&jpg, kite(), nil); err != nil {
		t.Fatal(err)
	}
	if err := gif.EncodeAll(&moving, &gif.GIF{Image: []*image.Paletted{kite(), kite()}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	webp, err := base64.StdEncoding.DecodeString("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file []byte
		size image.Point
	}{
		"png":  {pngOf(t, kite()), image.Pt(40, 30)},
		"jpeg": {jpg.Bytes(), image.Pt(40, 30)},
		"gif":  {moving.Bytes(), image.Pt(40, 30)},
		"webp": {webp, image.Pt(1, 1)},
	} {
		at, _ := gallery(t, c.file)
		p, err := pictures(t).Picture(ctx, store.Feed{URL: at + "/feed"}, at+"/kite")
		if err != nil || p.Bounds().Size() != c.size {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPictureIsFetchedOnce(t *testing.T) {
	at, asked := gallery(t, pngOf(t, kite()))
	p := pictures(t)
	for range 3 {
		if _, err := p.Picture(ctx, store.Feed{URL: at + "/feed"}, at+"/../kite?x=/etc"); err != nil {
			t.Fatal(err)
		}
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the picture was asked for %d times", n)
	}
	about, err := os.Stat(p.Folder)
	if err != nil || about.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v %v", about.Mode(), err)
	}
	files, _ := os.ReadDir(p.Folder)
	if len(files) != 1 {
		t.Fatalf("%d files are kept", len(files))
	}
	about, _ = files[0].Info()
	if about.Mode().Perm() != 0o600 || len(files[0].Name()) != 64 || strings.Trim(files[0].Name(), "0123456789abcdef") != "" {
		t.Errorf("kept as %s with %v", files[0].Name(), about.Mode())
	}
}

// TestPicturesNotUsedForLongestGo has files that say they are large, and are
// not. The oldest is none of ours, and stays.
func TestPicturesNotUsedForLongestGo(t *testing.T) {
	at, _ := gallery(t, pngOf(t, kite()))
	p := pictures(t)
	if err := os.MkdirAll(p.Folder, 0o700); err != nil {
		t.Fatal(err)
	}
	names := []string{"holiday.jpg", strings.Repeat("a1", 32), "coming-12", strings.Repeat("c3", 32)}
	for i, name := range names {
		path := filepath.Join(p.Folder, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		os.Truncate(path, 40<<20)
		day := time.Date(2026, 8, 1+i, 0, 0, 0, 0, time.UTC)
		os.Chtimes(path, day, day)
	}
	if _, err := p.Picture(ctx, store.Feed{URL: at}, at); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(p.Folder, "*"))
	if left := strings.Join(files, " "); len(files) != 4 || strings.Contains(left, names[1]) || !strings.Contains(left, names[0]) {
		t.Errorf("left are %v", files)
	}
}

func TestPicturesThatCannotBeKeptAreShown(t *testing.T) {
	at, asked := gallery(t, pngOf(t, kite()))
	p := pictures(t)
	os.WriteFile(filepath.Dir(filepath.Dir(p.Folder))+"/cache", nil, 0o600) // a file where the folder should be
	for range 2 {
		if _, err := p.Picture(ctx, store.Feed{URL: at}, at); err != nil {
			t.Fatal(err)
		}
	}
	if asked.Load() != 2 {
		t.Errorf("asked for %d times", asked.Load())
	}
}

func TestHostilePictures(t *testing.T) {
	whole := pngOf(t, kite())
	for name, file := range map[string][]byte{
		"50,000 by 50,000":    pngSaying(50_000, 50_000),
		"2,147,483,647 wide":  pngSaying(1<<31-1, 1<<31-1),
		"cut off":             whole[:len(whole)-20],
		"a header alone":      pngSaying(40, 30),
		"larger than 10 MB":   append(whole, make([]byte, 10<<20)...),
		"a script":            []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		"a page":              []byte("<!doctype html><title>Not found</title>"),
		"nothing":             {},
		"escapes":             []byte("\x1b]0;title\x07"),
		"gif without a frame": []byte("GIF89a\x28\x00\x1e\x00\x00\x00\x00;"),
	} {
		at, _ := gallery(t, file)
		p := pictures(t)
		_, err := p.Picture(ctx, store.Feed{URL: at}, at+"/kite.png")
		if err == nil {
			t.Errorf("%s: is drawn", name)
			continue
		}
		if strings.ContainsAny(err.Error(), "\x1b\x07\n") {
			t.Errorf("%s: %q", name, err)
		}
		if files, _ := os.ReadDir(p.Folder); len(files) > 0 {
			t.Errorf("%s: is kept", name)
		}
	}
}

func TestPicturesOfStrangersAskNobodyAtHome(t *testing.T) {
	at, asked := gallery(t, pngOf(t, kite()))
	for _, feedAt := range []string{"https://news.example/feed", "http://192.0.2.1/feed"} {
		if _, err := pictures(t).Picture(ctx, store.Feed{URL: feedAt}, at); err == nil {
			t.Errorf("the picture of %s was fetched", feedAt)
		}
	}
	if asked.Load() != 0 {
		t.Error("this machine was asked")
	}
	path := filepath.Join(t.TempDir(), "kite.png")
	os.WriteFile(path, pngOf(t, kite()), 0o600)
	if _, err := pictures(t).Picture(ctx, store.Feed{URL: at}, "file://"+path); err == nil {
		t.Error("a file was read")
	}
}

func TestPictureOfAnArticleThatWasLeftIsNotFetched(t *testing.T) {
	at, asked := gallery(t, pngOf(t, kite()))
	left, leave := context.WithCancel(ctx)
	leave()
	if _, err := pictures(t).Picture(left, store.Feed{URL: at}, at); err == nil || asked.Load() != 0 {
		t.Errorf("%v, asked for %d times", err, asked.Load())
	}
}
