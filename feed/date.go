package feed

import (
	"strconv"
	"strings"
	"time"
)

// The years between which a date is believed.
const (
	firstYear = 1980
	lastYear  = 2100
)

// parseDate reads a date as publishers write them: by RFC 822 or RFC 3339, in
// words of a dozen languages, as a row of digits or as seconds since 1970. It
// is in UTC, and zero if it cannot be read or cannot be true. A date without
// a zone, or with an unknown one, counts as UTC.
func parseDate(s string) time.Time {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 120 {
		return time.Time{}
	}
	t, ok := parseUsual(s)
	if !ok {
		t = parseOdd(s)
	}
	t = t.UTC()
	if t.Year() < firstYear || t.Year() > lastYear {
		return time.Time{}
	}
	return t
}

// firstDate is the first of several texts that is a date.
func firstDate(texts ...string) time.Time {
	for _, s := range texts {
		if t := parseDate(s); !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// parseUsual reads the two forms that nearly every feed uses.
func parseUsual(s string) (time.Time, bool) {
	layout := time.RFC3339
	switch {
	case len(s) < len("2006-01-02T15:04:05Z"):
		return time.Time{}, false
	case s[3] == ',' && (strings.HasSuffix(s, " GMT") || strings.HasSuffix(s, " UTC")):
		layout, s = "Mon, 2 Jan 2006 15:04:05", s[:len(s)-4]
	case s[3] == ',':
		layout = "Mon, 2 Jan 2006 15:04:05 -0700"
	}
	t, err := time.Parse(layout, s)
	return t, err == nil
}

var (
	clock = lazily(`(?i)(?:^|[^\d:+-])(\d{1,2})(?:[:.h](\d{1,2})(?:[:.](\d{1,2})(?:[.,:]\d+)?)?\s*([ap]\.?\s?m\b\.?)?|\s*([ap]\.?m\b\.?))`)
	// compact is 20060102T150405, of which the time may be missing.
	compact = lazily(`^(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?)?(.*)$`)
	epoch   = lazily(`^(\d{9,10})(\d{3})?(?:\.\d+)?$`)
	offset  = lazily(`([+-])\s?(\d{1,2}):?(\d\d)?(?:\D|$)`)
	city    = lazily(`[A-Z][A-Za-z]+/[A-Z][A-Za-z_/-]+`)
	word    = lazily(`\p{L}+`)
	number  = lazily(`\d+`)
	ymd     = lazily(`(\d{4})(?:[-/.]|\s*[年년]\s*)(\d{1,2})(?:(?:[-/.]|\s*[月월]\s*)(\d{1,2}))?`)
	dmy     = lazily(`(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d\d)`)
)

// parseOdd reads a date in which the parts have to be looked for.
func parseOdd(s string) time.Time {
	if m := epoch().FindStringSubmatch(s); m != nil {
		return time.Unix(int64(atoi(m[1])), 0)
	}
	if m := compact().FindStringSubmatch(s); m != nil && atoi(m[2]) <= 12 {
		return moment{year: atoi(m[1]), month: atoi(m[2]), day: atoi(m[3]), hour: atoi(m[4]), minute: atoi(m[5]), second: atoi(m[6])}.in(m[7])
	}
	var m moment
	day, rest := m.readDay(s)
	if !day {
		return time.Time{}
	}
	m.readClock(rest)
	return m.in(rest)
}

// A moment is a date in parts.
type moment struct{ year, month, day, hour, minute, second int }

// readDay finds year, month and day in s; rest is s with those taken out.
func (m *moment) readDay(s string) (ok bool, rest string) {
	if i := ymd().FindStringSubmatchIndex(s); i != nil {
		m.year, m.month, m.day = atoi(sub(s, i, 1)), atoi(sub(s, i, 2)), max(1, atoi(sub(s, i, 3)))
		return true, strings.TrimLeft(s[i[1]:], "T일日:, ")
	}
	if month, at := monthIn(s); month > 0 {
		return m.readNamed(s, month, at)
	}
	if i := dmy().FindStringSubmatchIndex(s); i != nil {
		m.day, m.month, m.year = atoi(sub(s, i, 1)), atoi(sub(s, i, 2)), fullYear(sub(s, i, 3))
		rest = s[:i[0]] + " " + s[i[1]:]
		if american := clock().FindStringSubmatch(rest); m.month > 12 || american != nil && american[4]+american[5] != "" && m.day <= 12 {
			m.day, m.month = m.month, m.day
		}
		return true, rest
	}
	return false, s
}

// readNamed reads the day and the year around the name of a month.
func (m *moment) readNamed(s string, month int, at []int) (ok bool, rest string) {
	m.month = month
	before, after := s[:at[0]], s[at[1]:]
	time := clock().FindStringSubmatchIndex(after)
	dateOnly := after
	if time != nil {
		dateOnly = after[:time[0]] + strings.Repeat(" ", time[1]-time[0]) + after[time[1]:]
	}
	if z := offset().FindStringIndex(dateOnly); time != nil && z != nil && z[0] > time[0] {
		dateOnly = dateOnly[:z[0]]
	}
	for _, n := range append(number().FindAllString(withoutClock(before), -1), number().FindAllString(dateOnly, -1)...) {
		switch {
		case m.day == 0 && len(n) <= 2 && atoi(n) <= 31:
			m.day = atoi(n)
		case m.year == 0 && (len(n) == 4 || len(n) == 2):
			m.year = fullYear(n)
		}
	}
	if time == nil {
		return m.day > 0 && m.year > 0, before + " " + after
	}
	return m.day > 0 && m.year > 0, after[time[0]:]
}

func withoutClock(s string) string { return clock().ReplaceAllString(s, " ") }

// readClock finds the time of the day in s; without one it is midnight.
func (m *moment) readClock(s string) {
	c := clock().FindStringSubmatch(s)
	if c == nil {
		return
	}
	m.hour, m.minute, m.second = atoi(c[1]), atoi(c[2]), atoi(c[3])
	switch half := strings.ToLower(c[4] + c[5]); {
	case strings.HasPrefix(half, "p") && m.hour < 12:
		m.hour += 12
	case strings.HasPrefix(half, "a") && m.hour == 12:
		m.hour = 0
	}
}

// in is the moment in the zone that text ends with. It is zero if there is no
// such day or hour; 24:00:00 is the midnight that follows.
func (m moment) in(text string) time.Time {
	if m.month < 1 || m.month > 12 || m.day < 1 || m.hour > 24 || m.minute > 59 || m.second > 60 {
		return time.Time{}
	}
	day := time.Date(m.year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC)
	if day.Day() != m.day {
		return time.Time{}
	}
	return time.Date(m.year, time.Month(m.month), m.day, m.hour, m.minute, m.second, 0, zoneIn(text))
}

// zoneIn finds the time zone in what stands beside a time: an offset, a place
// of the zone database, or an abbreviation.
func zoneIn(s string) *time.Location {
	s = withoutClock(s)
	if m := offset().FindStringSubmatch(s); m != nil {
		east := atoi(m[2])*3600 + atoi(m[3])*60
		if m[1] == "-" {
			east = -east
		}
		return time.FixedZone("", east)
	}
	if name := city().FindString(s); name != "" {
		if place, err := time.LoadLocation(name); err == nil {
			return place
		}
	}
	for _, name := range word().FindAllString(s, -1) {
		if hours, ok := abbreviations[strings.ToUpper(name)]; ok {
			return time.FixedZone(name, int(hours*3600))
		}
	}
	return time.UTC
}

// abbreviations are hours east of Greenwich. Where two zones share a name it
// is the one met in more feeds.
var abbreviations = map[string]float64{
	"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0,
	"BST": 1, "IST": 5.5, "WEST": 1, "CET": 1, "MET": 1, "MEZ": 1, "WAT": 1,
	"CEST": 2, "MEST": 2, "MESZ": 2, "EET": 2, "SAST": 2, "CAT": 2,
	"EEST": 3, "MSK": 3, "MSD": 4, "EAT": 3, "TRT": 3, "IDT": 3,
	"SAMT": 4, "GST": 4, "PKT": 5, "YEKT": 5, "NPT": 5.75, "ALMT": 5, "OMST": 6,
	"ICT": 7, "WIB": 7, "KRAT": 7, "HKT": 8, "SGT": 8, "PHT": 8, "AWST": 8, "IRKT": 8,
	"JST": 9, "KST": 9, "YAKT": 9, "ACST": 9.5, "AEST": 10, "VLAT": 10, "ACDT": 10.5, "AEDT": 11, "NZST": 12, "NZDT": 13,
	"NST": -3.5, "NDT": -2.5, "BRT": -3, "ART": -3, "AST": -4, "ADT": -3,
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
	"ET": -5, "CT": -6, "MT": -7, "PT": -8,
}

// monthIn finds the name of a month in s. Of several words that could be one
// it is the last: in "mar., 01 juil. 2026" the first is a Tuesday.
func monthIn(s string) (month int, at []int) {
	for _, i := range word().FindAllStringIndex(s, -1) {
		if i[0] > 0 && s[i[0]-1] == '/' {
			continue // Asia/Novosibirsk
		}
		if n := monthNamed(strings.ToLower(s[i[0]:i[1]])); n > 0 {
			month, at = n, i
		}
	}
	return month, at
}

func monthNamed(name string) int {
	for i, beginnings := range months {
		for _, b := range beginnings {
			if strings.HasPrefix(name, b) {
				return i + 1
			}
		}
	}
	return 0
}

// months are the beginnings of the names of the months in English, German,
// Dutch, the Scandinavian and Romance languages, Polish, Hungarian, Greek,
// Russian and Ukrainian.
var months = [12][]string{
	{"jan", "jän", "gen", "ene", "janv", "stycz", "sty", "ιαν", "янв", "січ"},
	{"feb", "fév", "fev", "fèv", "lut", "φεβ", "фев", "лют"},
	{"mar", "mär", "mrz", "maar", "mrt", "már", "μάρ", "μαρ", "мар", "бер"},
	{"apr", "avr", "abr", "kwi", "ápr", "απρ", "апр", "кві"},
	{"may", "mai", "mei", "maj", "maggio", "mag", "máj", "μάι", "μαϊ", "май", "мая", "трав"},
	{"jun", "juin", "giu", "cze", "jún", "ιούν", "ιουν", "июн", "черв"},
	{"jul", "juil", "lug", "lip", "júl", "ιούλ", "ιουλ", "июл", "лип"},
	{"aug", "aoû", "aou", "ago", "sie", "αύγ", "αυγ", "авг", "серп"},
	{"sep", "set", "wrz", "szep", "σεπ", "сен", "вер"},
	{"oct", "okt", "out", "ott", "paź", "paz", "οκτ", "окт", "жов"},
	{"nov", "lis", "νοέ", "νοε", "ноя", "лист"},
	{"dec", "dez", "des", "dic", "déc", "gru", "δεκ", "дек", "груд"},
}

// fullYear is the year that one or two digits stand for, or four.
func fullYear(s string) int {
	y := atoi(s)
	switch {
	case len(s) > 2:
		return y
	case y < 70:
		return 2000 + y
	}
	return 1900 + y
}

// atoi is the number that digits stand for; 0 for none and for too many.
func atoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// sub is the nth group of a match; "" if it took no part in it.
func sub(s string, match []int, n int) string {
	if match[2*n] < 0 {
		return ""
	}
	return s[match[2*n]:match[2*n+1]]
}
