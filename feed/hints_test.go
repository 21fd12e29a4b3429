package feed

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestFeedsSayWhenToAsk(t *testing.T) {
	const day = 24 * time.Hour
	for _, c := range []struct {
		name, channel string
		want          Hints
	}{
		{"nothing", ``, Hints{}},
		{"minutes", `<ttl> 90 </ttl>`, Hints{Every: 90 * time.Minute}},
		{"nonsense", `<ttl>often</ttl><skipHours><hour>99</hour><hour>noon</hour></skipHours><skipDays><day>Caturday</day></skipDays>`, Hints{}},
		{"an absurd number", `<ttl>4294967295</ttl>`, Hints{Every: 366 * day}},
		{"hours", `<skipHours><hour>0</hour><hour>3</hour><hour>24</hour></skipHours>`, Hints{SkipHours: 1<<0 | 1<<3}},
		{"days", `<skipDays><day>Sunday</day><day>saturday</day></skipDays>`, Hints{SkipDays: 1<<0 | 1<<6}},
		{"twice a day", `<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>`, Hints{Every: 12 * time.Hour}},
		{"weekly", `<sy:updatePeriod> weekly </sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>`, Hints{Every: 7 * day}},
		{"two things", `<ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod>`, Hints{Every: day}},
	} {
		doc, err := Parse(fmt.Appendf(nil, `<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>
			<title>T</title>%s<item><guid>1</guid><title>One</title></item></channel></rss>`, c.channel), "", "")
		if err != nil || doc.Hints != c.want {
			t.Errorf("%s: %+v, %v, want %+v", c.name, doc.Hints, err, c.want)
		}
	}
	doc, err := Parse([]byte(`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
		<title>T</title><sy:updatePeriod>hourly</sy:updatePeriod><entry><id>1</id><title>One</title></entry></feed>`), "", "")
	if err != nil || doc.Hints.Every != time.Hour {
		t.Errorf("Atom: %+v, %v", doc.Hints, err)
	}
}

func TestServersSayHowLongAnAnswerHolds(t *testing.T) {
	for _, c := range []struct {
		name string
		sent http.Header
		want time.Duration
	}{
		{"nothing", http.Header{}, 0},
		{"max-age", http.Header{"Cache-Control": {`public, Max-Age="7200"`}}, 2 * time.Hour},
		{"max-age before Expires", http.Header{"Cache-Control": {"max-age=60"}, "Expires": {"Thu, 01 Jan 2099 00:00:00 GMT"}}, time.Minute},
		{"two headers", http.Header{"Cache-Control": {"private", "max-age=60"}}, time.Minute},
		{"no-store", http.Header{"Cache-Control": {"no-store"}, "Expires": {"Thu, 01 Jan 2099 00:00:00 GMT"}}, 0},
		{"Expires", http.Header{"Date": {"Thu, 06 Jan 2022 10:00:00 GMT"}, "Expires": {"Thu, 06 Jan 2022 13:00:00 GMT"}}, 3 * time.Hour},
		{"Expires in the past", http.Header{"Date": {"Thu, 06 Jan 2022 10:00:00 GMT"}, "Expires": {"Thu, 01 Jan 1970 00:00:00 GMT"}}, 0},
		{"nonsense", http.Header{"Cache-Control": {"max-age=soon"}, "Expires": {"0"}}, 0},
	} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			for name, values := range c.sent {
				w.Header()[name] = values
			}
			fmt.Fprint(w, small)
		})
		doc, err := fetch(t, s.URL)
		if err != nil || doc.Fresh != c.want {
			t.Errorf("%s: %v, %v, want %v", c.name, doc.Fresh, err, c.want)
		}
	}
}

func TestFetchDoesNotReadTheSameBytesAgain(t *testing.T) {
	asked, kind := 0, "application/rss+xml"
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.Header().Set("ETag", fmt.Sprint(asked))
		w.Header().Set("Content-Type", kind)
		fmt.Fprint(w, small)
	})
	doc, err := fetch(t, s.URL)
	if err != nil {
		t.Fatal(err)
	}
	again, err := new(Client).Fetch(t.Context(), s.URL, doc.Cache)
	if !errors.Is(err, ErrNotModified) || again.Cache != (Cache{ETag: "2", Hash: doc.Cache.Hash}) {
		t.Errorf("%+v, %v, want the new validators and ErrNotModified", again, err)
	}
	kind = "application/rss+xml; charset=iso-8859-1"
	if _, err := new(Client).Fetch(t.Context(), s.URL, doc.Cache); err != nil {
		t.Errorf("in another charset: %v", err)
	}
}

func TestHintsSkipHoursAndDays(t *testing.T) {
	sunday := time.Date(2022, 1, 9, 3, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		hints Hints
		want  bool
	}{
		{Hints{}, false},
		{Hints{SkipHours: 1 << 3}, true},
		{Hints{SkipHours: 1 << 4}, false},
		{Hints{SkipDays: 1 << time.Sunday}, true},
		{Hints{SkipDays: 1 << time.Monday}, false},
		{Hints{SkipHours: 1<<24 - 1}, false}, // a feed that never changes is not believed
		{Hints{SkipDays: 1<<7 - 1}, false},
	} {
		if got := c.hints.Skips(sunday.In(time.FixedZone("", -8*3600))); got != c.want {
			t.Errorf("%+v: %v", c.hints, got)
		}
	}
}
