package ui

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/text/unicode/norm"

	"app/newsterm/store"
)

// fileFormats are the formats of files, by the ends of their names.
var fileFormats = map[string]string{".md": "markdown", ".markdown": "markdown", ".txt": "text", ".html": "html", ".htm": "html", ".json": "json"}

// notWrittenMsg tells that a file was not written, and why.
type notWrittenMsg struct {
	list  []store.Article // that it was to hold
	typed string
	err   error
	free  string // a name to try next: that which was typed, unless there is such a file
}

// askFile asks for the file that the article is written to, or the selected ones,
// one after the other.
func (m Model) askFile() (Model, tea.Cmd) {
	list := m.meant()
	if len(list) == 0 {
		return m, nil
	}
	return m.askFileNamed(list, m.wroteIn+fileName(list), "")
}

// askFileNamed does so with a name to begin with, and what is wrong with the
// one before.
func (m Model) askFileNamed(list []store.Article, name, why string) (Model, tea.Cmd) {
	label := "write to: "
	if len(list) > 1 {
		label = fmt.Sprintf("write %d articles to: ", len(list))
	}
	p := m.newPrompt(label, name, func(m Model, typed string) (Model, tea.Cmd, error) {
		return m.writeTo(list, typed)
	})
	p.why = why
	return m.cover(p), nil
}

// fileName is a name for the file of articles: letters, digits and hyphens of the
// title of the first, and how many more there are.
func fileName(list []store.Article) string {
	name := titleName(list[0])
	if more := len(list) - 1; more > 0 {
		name += fmt.Sprintf("-and-%d-more", more)
	}
	return name + ".md"
}

// titleName is the part of it that names an article.
func titleName(a store.Article) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(strings.ToLower(a.Title)) {
		switch {
		case b.Len() > 60:
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r) && b.Len() > 0:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return cmp.Or(strings.Trim(b.String(), "-"), fmt.Sprintf("article-%d", a.ID))
}

// writeTo writes articles to a file that is not there yet. The end of its name
// chooses what is written.
func (m Model) writeTo(list []store.Article, typed string) (Model, tea.Cmd, error) {
	if typed == "" {
		return m, nil, nil
	}
	path := homePath(typed)
	if strings.HasSuffix(path, "/") {
		path = filepath.Join(path, fileName(list))
	}
	format, ok := fileFormats[strings.ToLower(filepath.Ext(path))]
	if !ok {
		return m, nil, errors.New("ends in .md .txt .html .json")
	}
	text := m.formatted(list, format)
	return m.deselect().note("writing %s …", typed), func() tea.Msg {
		text, err := text()
		if err == nil {
			err = writeNew(path, text)
		}
		switch {
		case errors.Is(err, fs.ErrExist):
			free := freeName(path)
			return notWrittenMsg{list, typed, fmt.Errorf("%s is there already; %s is free", path, free), free}
		case err != nil:
			return notWrittenMsg{list, typed, err, typed}
		case len(list) > 1:
			return writtenMsg{typed, fmt.Sprintf("%d articles written to %s", len(list), path)}
		}
		return writtenMsg{typed, "written to " + path}
	}, nil
}

// writtenMsg tells that a file was written, by the name that was typed.
type writtenMsg struct{ typed, told string }

// written tells it, and the next name begins with the same folder.
func (m Model) written(msg writtenMsg) (Model, tea.Cmd) {
	m.wroteIn, _ = filepath.Split(msg.typed)
	return m.note("%s", msg.told), nil
}

// notWritten asks again. A reader who does something else by now is only told.
func (m Model) notWritten(msg notWrittenMsg) (Model, tea.Cmd) {
	if m.top() != nil {
		return m.failed(failedMsg{"write " + msg.typed, msg.err})
	}
	m.status.note = ""
	return m.askFileNamed(msg.list, msg.free, msg.err.Error())
}

// freeName is path with the first number before its end that no file has.
func freeName(path string) string {
	end := filepath.Ext(path)
	for n := 2; ; n++ {
		free := fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, end), n, end)
		if _, err := os.Lstat(free); err != nil {
			return free
		}
	}
}

// writeNew writes a file that is not there yet; the error is fs.ErrExist if it
// is. Nobody ever sees a part of it: the name is taken by an empty file, whose
// place the full one takes.
func writeNew(path, text string) error {
	taken, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return plainly(path, err)
	}
	defer taken.Close()
	full, err := os.CreateTemp(filepath.Dir(path), ".newsterm-*")
	if err == nil {
		defer os.Remove(full.Name()) // it is not there if all went well
		err = errors.Join(fill(full, taken, text), full.Close())
	}
	if err == nil {
		err = os.Rename(full.Name(), path)
	}
	if err != nil {
		os.Remove(path)
	}
	return plainly(path, err)
}

// fill writes text to a file, which everybody may read who may read model.
func fill(f, model *os.File, text string) error {
	info, err := model.Stat()
	if err != nil {
		return err
	}
	if err := f.Chmod(info.Mode()); err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return err
}

// plainly says why a file cannot be written.
func plainly(path string, err error) error {
	switch {
	case err == nil, errors.Is(err, fs.ErrExist):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s", filepath.Dir(path))
	case errors.Is(err, fs.ErrPermission):
		return errors.New("you may not write there")
	}
	if wrong, ok := errors.AsType[*fs.PathError](err); ok {
		return wrong.Err
	}
	return err
}
