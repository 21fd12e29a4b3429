package ui

import (
	"slices"
	"testing"

	"app/newsterm/feed"
)

func TestTheBottomLineTellsWhatComesWithAnArticle(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{
		HTML: "<p>Words</p>", Comments: "https://a.example/talk",
		Enclosures: []feed.Enclosure{{URL: "https://a.example/one.mp3", Type: "audio/mpeg"}},
	}))
	d.size(80, 20).press("enter").sees("e enclosed", "c comments")
	d.press("q").lacks("c comments")
	drive(t, oneArticle(t, feed.Item{HTML: "<p>Words</p>"})).size(80, 20).press("enter").lacks("enclosed", "c comments")
}

func TestAnArticleWithoutTextSaysWhereItIs(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{URL: "https://a.example/one"}))
	d.size(80, 20).press("enter").sees("This feed brings no text with it. x fetches the page, o opens it in the", "browser.")
	d = drive(t, oneArticle(t, feed.Item{Title: "Only a title"}))
	d.size(80, 20).press("enter").sees("This feed brings no more than this.").lacks("browser.")
}

func TestEnclosuresAreCalledByTheirFiles(t *testing.T) {
	d := drive(t, oneArticle(t, feed.Item{
		HTML: `<p>Words <img src="https://a.example/shown.png" alt="A boat"></p>`,
		Enclosures: []feed.Enclosure{
			{URL: "https://pod.example/play/https%3A%2F%2Fcdn.example%2Fthe%20tide.m4a?source=feed", Type: "audio/x-m4a"},
			{URL: "https://a.example/shown.png", Type: "image/png"},
			{URL: "https://a.example/more/kite.png?x=1", Type: "image/png"},
		},
	}))
	d.size(80, 20).press("enter").sees("⏵ the tide.m4a (audio/x-m4a)", "image: A boat", "image: kite.png").lacks("shown.png", "%2F", "x=1")
}

func TestPathsStayInOnePieceWhereTheyFit(t *testing.T) {
	for _, c := range []struct {
		text  string
		cells int
		want  []string
	}{
		{"looking at /etc/pam.d/common and on", 24, []string{"looking at", "/etc/pam.d/common and on"}},
		{"at /etc/pam.d/common.account/password here", 20, []string{"at /etc/pam.d/", "common.account/", "password here"}},
		{"https://a.example/one/two/three", 20, []string{"https://a.example/", "one/two/three"}},
		{"10\u00a0000\u00a0km and «\u00a0so\u00a0»", 12, []string{"10 000 km", "and « so »"}},
	} {
		if got := unstyled(c.text, c.cells); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d cells: %q, want %q", c.text, c.cells, got, c.want)
		}
	}
}
