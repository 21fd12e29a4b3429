package cli_test

import "testing"

// TestImportMutesWhatNewsboatIgnores: what newsboat ignores is hidden when it
// comes, and what cannot be said is told.
func TestImportMutesWhatNewsboatIgnores(t *testing.T) {
	d := newsboatWith(t,
		kept{"1", "http://shore.example/1", "Rocketry", "Tue, 08 Apr 2014 10:01:02 GMT", "http://shore.example/1", 1396951262},
		kept{"2", "http://shore.example/2", "Flood", "Tue, 08 Apr 2014 10:01:03 GMT", "http://shore.example/2", 1396951263},
		kept{"3", "http://shore.example/3", "Ebb", "Tue, 08 Apr 2014 10:01:04 GMT", "http://shore.example/3", 1396951264})
	d.write(".newsboat/config", `# what I do not want
ignore-article "*" "title =~ \"rocket\""
ignore-article "regex:^.*127[.]0\\.0.*" "title # \"ebb\""
ignore-article "regex:.*127[.]0.*" "title # \"ebb\"" # twice as good
ignore-article "https://other.example/feed" "author =~ \"ann\" or title =~ \"flood\""
ignore-article "*" "unread = \"no\""
ignore-article "*" "title =~ \"^a.c\""
ignore-article "*"
`)
	out, told := d.run(0, "import", "newsboat")
	d.wants("import", out, "1 feed added; newsterm refresh fetches their articles\n"+
		"mute added: title:rocket*\nmute added: title:ebb feed:127.0\nmute added: (author:ann* OR title:flood*) feed:\"https://other.example/feed\"\n"+
		"3 articles, 3 marks added; newsterm refresh fetches what is new")
	d.wants("what is told", told, `newsterm: config line 3: ignore-article is left out: it names feeds by an expression, and newsterm by a part of their address
newsterm: config line 6: ignore-article is left out: a mute goes by what articles are about, not by their marks
newsterm: config line 7: ignore-article is left out: title =~ "^a.c" is not made of plain words
newsterm: config line 8: ignore-article is left out: it does not name feeds and an expression`)
	out, _ = d.run(0, "mute", "--format", "tsv")
	d.wants("the mutes", out, "title:rocket*\t\t1\ntitle:ebb feed:127.0\t\t1\n(author:ann* OR title:flood*) feed:\"https://other.example/feed\"\t\t0")
	out, _ = d.run(0, "list", "--format", "{{.Title}}", "NOT feed:handbook")
	d.wants("what is listed", out, "Flood")
	out, _ = d.run(0, "import", "newsboat")
	d.wants("importing it again", out, "0 feeds added, 1 already there\n0 articles, 0 marks added")
}
