package feed

import "testing"

func TestTheSignatureOfWordPressIsDropped(t *testing.T) {
	const title, site = `<a href="https://a.example/1">Ebbe</a>`, `<a href="https://a.example/">Quay</a>.</p>`
	for _, line := range []string{
		"<p>The post " + title + " appeared first on " + site,
		"<p>The post Ebbe appeared first on Quay.</p>",
		"<p>Der Beitrag " + title + " erschien zuerst auf " + site,
		"<p>L&#8217;article " + title + " est apparu en premier sur&nbsp;" + site,
		"<p>La entrada " + title + " se publicó primero en " + site,
		"<p>L'articolo " + title + " proviene da " + site,
		"<p>O post " + title + " apareceu primeiro em " + site,
		"<p>Het bericht " + title + " verscheen eerst op " + site,
		"<p>Inlägget " + title + " dök först upp på " + site,
		"<p>Artykuł " + title + " pochodzi z serwisu " + site,
		"<p>Сообщение " + title + " появились сначала на " + site,
	} {
		if got := Markdown("<p>x</p>"+line, "https://a.example/1"); got != "x" {
			t.Errorf("%s\n got %q", line, got)
		}
	}
	for _, line := range []string{
		"<p>Der Beitrag Ebbe erschien zuerst auf Quay.</p>",
		"<p>Der Beitrag " + title + " erschien zuerst auf Papier, dann auf " + site,
		"<p>Der Beitrag " + title + ` erschien zuerst auf <a href="https://a.example/">Quay</a>. Danach nicht mehr.</p>`,
		"<p>Der Beitrag " + title + " gefiel uns, und " + site,
	} {
		if got := Markdown("<p>x</p>"+line, "https://a.example/1"); got == "x" {
			t.Errorf("%s: dropped", line)
		}
	}
}
