package ui

import (
	"strings"
	"testing"

	"app/newsterm/feed"
)

func TestTablesAndCodeScrollSideways(t *testing.T) {
	row := func(cell, s string) string {
		return "<tr>" + strings.Repeat("<"+cell+">"+s+"words</"+cell+">", 9) + "<" + cell + ">last" + s + "</" + cell + "></tr>"
	}
	html := "<p>Running text before the table, which is long enough for a line or two of this screen, stays where it is.</p>" +
		"<table>" + row("th", "Head") + row("td", "First") + row("td", "Second") + "</table><pre>short\n" + strings.Repeat("code ", 20) + "END</pre>"
	d := drive(t, oneArticle(t, feed.Item{HTML: html})).size(60, 40).press("enter").sees("Headwords: Firstwords", "↪")
	d.press("L").golden("sideways").sees("Headwords   │ Headwords", "sideways", "Running text").lacks("Headwords:", "↪")
	for range 10 {
		d.press("L")
	}
	d.sees("│ lastHead", "│ lastFirst", "Running text").lacks("short")
	d.press("/").types("code end").press("enter").sees("1/1", "END").press("esc")
	for range 10 {
		d.press("H")
	}
	d.sees("Headwords: Firstwords", "↪").lacks("sideways")
	drive(t, library(t)).press("enter", "L").sees("every table and all code fits here", "one two three").press("H").sees("one two three")
}
