package source

import (
	"os"
	"path/filepath"
	"strings"
)

// Files are those of another reader on this machine.
type Files struct {
	Reader string // "newsboat", "newsbeuter" or "nom"
	List   string // the file with the feeds; "" if there is none
	Old    string // the file with the articles; "" if there is none
	Config string // newsboat's file with the settings; "" if there is none
}

// Readers are the other readers that have files where they keep them. Getenv is
// that of the process.
func Readers(getenv func(string) string) (found []Files) {
	for _, f := range []Files{newsboat("newsboat", getenv), newsboat("newsbeuter", getenv), nom(getenv)} {
		if f.List != "" || f.Old != "" {
			found = append(found, f)
		}
	}
	return found
}

// newsboat finds the files of newsboat, or of the newsbeuter that it was: in
// the folders of the XDG Base Directory Specification if there is one for its
// settings, else in ~/.newsboat.
func newsboat(name string, getenv func(string) string) Files {
	home := getenv("HOME")
	settings := filepath.Join(xdg(getenv, "XDG_CONFIG_HOME", ".config"), name)
	data := filepath.Join(xdg(getenv, "XDG_DATA_HOME", ".local/share"), name)
	if info, err := os.Stat(settings); err != nil || !info.IsDir() {
		settings = filepath.Join(home, "."+name)
		data = settings
	}
	f := Files{Reader: name, List: fileAt(filepath.Join(settings, "urls")), Old: fileAt(filepath.Join(data, "cache.db")), Config: fileAt(filepath.Join(settings, "config"))}
	if moved := cacheFile(f.Config, home); moved != "" {
		f.Old = fileAt(moved)
	}
	return f
}

// cacheFile is where newsboat's settings move the file with the articles; ""
// if they do not.
func cacheFile(config, home string) (path string) {
	text, err := os.ReadFile(config)
	if err != nil {
		return ""
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		if words := tokens(line); len(words) > 1 && words[0] == "cache-file" {
			path = words[1]
		}
	}
	return under(home, path)
}

// under is path with its ~ written out.
func under(home, path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		return filepath.Join(home, rest)
	}
	return path
}

// nom finds the files of nom: the database is beside the settings, under the
// name that these give it.
func nom(getenv func(string) string) Files {
	folder := filepath.Join(xdg(getenv, "XDG_CONFIG_HOME", ".config"), "nom")
	f := Files{Reader: "nom", List: fileAt(filepath.Join(folder, "config.yml"))}
	name := "nom.db"
	if text, err := os.ReadFile(f.List); err == nil {
		for line := range strings.SplitSeq(string(text), "\n") {
			if value, ok := strings.CutPrefix(line, "database:"); ok && plainYAML(value) != "" {
				name = plainYAML(value)
			}
		}
	}
	f.Old = fileAt(filepath.Join(folder, filepath.FromSlash(name)))
	return f
}

// xdg is a folder of the XDG Base Directory Specification.
func xdg(getenv func(string) string, variable, fallback string) string {
	if folder := getenv(variable); filepath.IsAbs(folder) {
		return folder
	}
	return filepath.Join(getenv("HOME"), filepath.FromSlash(fallback))
}

// fileAt is path if it leads from the root to a file, else "".
func fileAt(path string) string {
	if info, err := os.Stat(path); err != nil || !filepath.IsAbs(path) || !info.Mode().IsRegular() {
		return ""
	}
	return path
}
