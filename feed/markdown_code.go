package feed

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
)

// pre makes n a block of code: one text and, as attribute lang, its language.
func (t *tidier) pre(n *html.Node) kinds {
	t.pieces++
	language := language(n)
	code := cleanText(codeText(n))
	code = strings.TrimRight(strings.Trim(code, "\n"), " \t\n")
	if strings.TrimSpace(code) == "" {
		return remove(n)
	}
	rename(n, "pre")
	setAttr(n, "lang", language)
	setText(n, code)
	return content | block | solid
}

// code makes n a code span; around a block of code it is nothing.
func (t *tidier) code(n *html.Node) kinds {
	for d := range n.Descendants() {
		if tag(d) == "pre" {
			return t.unwrap(n)
		}
	}
	code := cleanText(codeText(n))
	if strings.TrimSpace(code) == "" {
		return remove(n)
	}
	rename(n, "code")
	t.pieces++
	setText(n, code)
	return content
}

// setText makes s all that is in n. It takes the place of the first text, with
// which a place in the page may begin.
func setText(n *html.Node, s string) {
	text := textNode(s)
	for d := range n.Descendants() {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			text = d
			break
		}
	}
	if text.Parent != nil {
		text.Parent.RemoveChild(text)
	}
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	text.Data = s
	n.AppendChild(text)
}

// codeText is the text in n line by line, without line numbers and buttons.
func codeText(n *html.Node) string {
	var b strings.Builder
	newline := func() {
		if s := b.String(); s != "" && !strings.HasSuffix(s, "\n") {
			b.WriteByte('\n')
		}
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(c.Data)
			case c.Type != html.ElementNode || isJunk(c) || tag(c) == "script" || tag(c) == "style" || tag(c) == "button":
			case tag(c) == "br":
				b.WriteByte('\n')
			case tag(c) == "img":
				b.WriteString(attr(c, "alt"))
			case roles[tag(c)] != inline && roles[tag(c)] != cell:
				newline()
				walk(c)
				newline()
			default:
				walk(c)
			}
		}
	}
	walk(n)
	return b.String()
}

// languageAliases are names that highlighters in pages use and those in terminals
// do not.
var languageAliases = map[string]string{
	"shell-session": "console", "sh-session": "console", "gfm": "markdown", "coffee": "coffee-script",
	"cs": "csharp", "c#": "csharp", "c++": "cpp", "objc": "objective-c", "yml": "yaml", "golang": "go", "js": "javascript",
	"jscript": "javascript", "ts": "typescript", "py": "python", "rb": "ruby", "rs": "rust", "shell": "bash", "sh": "bash",
}

// languages are the names that stay. Behind any other a renderer searches for
// milliseconds, and finds nothing.
var languages = func() map[string]bool {
	names := map[string]bool{}
	for _, s := range strings.Fields(`ada apl applescript arduino asm awk bash basic bat brainfuck c clojure cmake
		cobol coffee-script common-lisp console cpp crystal css csharp csv cython d dart diff django docker
		dockerfile elixir elm emacs-lisp erlang fish forth fortran fsharp gdscript gherkin glsl gnuplot go
		graphql groovy handlebars haskell haxe hcl hlsl html http ini io java javascript jinja json jsx julia
		kotlin latex lisp llvm lua make makefile markdown mathematica matlab meson nasm nginx nim nix objective-c
		ocaml octave perl php pony postscript powershell prolog promql protobuf puppet python qml r racket react
		reg rst ruby rust sass scala scheme scss sed sml solidity sparql sql stylus svg swift systemverilog tcl
		terraform tex thrift toml tsx turtle twig typescript v vb vala verilog vhdl vim vue wgsl xml yaml zig`) {
		names[s] = true
	}
	return names
}()

// languageClasses are the classes that say what code is written in.
var languageClasses = sync.OnceValue(func() (classes []string) {
	names := slices.Concat(slices.Collect(maps.Keys(languages)), slices.Collect(maps.Keys(languageAliases)))
	for _, name := range names {
		classes = append(classes, "language-"+name, "lang-"+name, "highlight-source-"+name)
	}
	return classes
})

// Language is what a class of a piece of code says that it is written in, as
// "language-go" does; "" if it says nothing of the kind.
func Language(class string) string {
	n := element("code")
	setAttr(n, "class", class)
	return named(n)
}

// language is what the page says that the code in n is written in, as a
// highlighter knows it; "text" if it says nothing of use. It may stand on n, on
// a <code> in it, or on one of the boxes around it.
func language(n *html.Node) string {
	places := []*html.Node{n}
	if only := onlyChild(n); only != nil {
		places = append(places, only)
	}
	for p := n.Parent; p != nil && len(places) < 5; p = p.Parent {
		places = append(places, p)
	}
	for _, p := range places {
		if name := named(p); name != "" {
			return name
		}
	}
	return "text"
}

// named is the language that the attributes of n name; "" if they name none.
func named(n *html.Node) string {
	class := strings.ReplaceAll(strings.ToLower(attr(n, "class")), "brush: ", "brush:")
	isCode := tag(n) == "pre" || tag(n) == "code"
	for _, f := range strings.Fields(class) {
		for _, prefix := range []string{"language-", "lang-", "highlight-source-", "highlight-", "brush:", "sourcecode-", "lang:"} {
			if name, ok := strings.CutPrefix(f, prefix); ok && known(name) != "" {
				return known(name)
			}
		}
		if isCode && known(f) != "" {
			return known(f)
		}
	}
	if name := known(strings.ToLower(attr(n, "data-lang"))); name != "" {
		return name
	}
	return known(strings.ToLower(attr(n, "data-language")))
}

// known is name as a highlighter knows it; "" if it does not.
func known(name string) string {
	name = strings.TrimRight(name, ";:,")
	if alias, ok := languageAliases[name]; ok {
		name = alias
	}
	if !languages[name] {
		return ""
	}
	return name
}
