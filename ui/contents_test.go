package ui

import "testing"

func TestHeadingsAreGoneToOneByOne(t *testing.T) {
	d := footnoted(t).press("}").sees("Chapter one").lacks("Said[1]").press("}").sees("A part of it").lacks("Chapter one")
	d.press("}").sees("Chapter two").press("}").sees("there is no heading below", "Chapter two")
	d.press("{").sees("A part of it").press("j", "j", "{").sees("A part of it").press("{").sees("Chapter one")
	d.press("{").sees("there is no heading above", "Said[1]")
	drive(t, library(t)).press("enter", "}").sees("this article has no headings").press("C").sees("this article has no headings")
}

func TestContentsListTheHeadings(t *testing.T) {
	d := footnoted(t).press("C").golden("contents").sees("Chapter one", "  A part of it", "Chapter two")
	d.press("down", "enter").sees("A part of it", "backspace goes back").lacks("Chapter two")
	d.press("C").types("two").press("enter").sees("Chapter two").lacks("A part of it")
	d.press("C", "esc").sees("Chapter two").press("backspace").sees("A part of it").press("backspace").sees("Said[1]")
	d.press("v", "C").sees("shows the article as it is read")
}
