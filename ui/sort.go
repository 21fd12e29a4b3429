package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"app/newsterm/store"
)

// orderNames say in what order a view is listed.
var orderNames = [...]string{store.Newest: "newest first", store.Oldest: "oldest first", store.ByFeed: "feed by feed", store.ByRelevance: "best match first"}

// orderMenu is the orders that a list can have, over it.
type orderMenu struct {
	names []string // each with another first letter
	at    int
	pick  func(m Model, i int) (Model, tea.Cmd)
}

// askOrder asks in what order the view is to be listed; in the pane of feeds, the
// feeds.
func (m Model) askOrder() (Model, tea.Cmd) {
	if m.focus == feedPane {
		return m.askFeedOrder()
	}
	orders := []store.Sort{store.Newest, store.Oldest, store.ByFeed}
	if m.listed.query.Searches() {
		orders = append(orders, store.ByRelevance)
	}
	var names []string
	for _, o := range orders {
		names = append(names, orderNames[o])
	}
	return m.cover(orderMenu{names, max(slices.Index(orders, m.listed.order), 0), func(m Model, i int) (Model, tea.Cmd) {
		return m.inOrder(orders[i])
	}}), nil
}

// press takes the first letter of an order too.
func (menu orderMenu) press(m Model, msg tea.KeyMsg) (Model, tea.Cmd) {
	key := keyName(msg)
	for i, name := range menu.names {
		if key == name[:1] {
			return menu.pick(m.uncover(), i)
		}
	}
	if m.takes(key) || key == "space" {
		return menu.take(m)
	}
	return m.inList(menu, key)
}

func (menu orderMenu) cursor() (at, n int) { return menu.at, len(menu.names) }

func (menu orderMenu) to(m Model, i int) (Model, tea.Cmd) {
	menu.at = nearest(i, len(menu.names))
	return put(m, menu), nil
}

// inOrder lists the view in another order, and has the store remember that. The
// cursor stays on its article.
func (m Model) inOrder(o store.Sort) (Model, tea.Cmd) {
	if o == m.listed.order {
		return m, nil
	}
	m.orders = m.orders.with(m.listed.query, o)
	m, keep := m.keepHabit(ordersSetting, m.orders.String(), "the order")
	m.listed.order = o
	m.listed.seq++
	m.articles = m.articles.hold()
	m.articles.loading = true
	list := m.reload()
	if m.listed.at == (store.Moment{}) {
		list = m.openListed(0)
	}
	m, list = m.await(list)
	return m, tea.Batch(keep, list)
}

// width is how many cells the menu has: more than its names need.
func (menu orderMenu) width() int {
	n := 22
	for _, name := range menu.names {
		n = max(n, width(name)+7)
	}
	return n
}

// orderLeft is the column where the menu begins: that of its list.
func (m Model) orderLeft() int {
	s := m.shape()
	if m.focus == feedPane || s[feedPane] == 0 || s[articlePane] == 0 {
		return 0
	}
	return s[feedPane] + 1
}

func (menu orderMenu) take(m Model) (Model, tea.Cmd) {
	return menu.pick(m.uncover(), menu.at)
}

// draw draws the menu over the panes, under the header of the list.
func (menu orderMenu) draw(m Model, w, _ int) []overLine {
	lines := overLines(m.panes()...)
	for i, l := range menu.lines(m) {
		if i+1 < len(lines) {
			lines[i+1] = overLine{overlaid(lines[i+1].text, l.text, m.orderLeft(), w), l.item}
		}
	}
	return lines
}

func (menu orderMenu) bottom(m Model, w int) string {
	return m.saysKeys("⏎ list it so  Esc leave it  ↓ ↑ choose", w)
}

// overlaid is a line of w cells with text over it from column at on.
func overlaid(line, text string, at, w int) string {
	left := endMarks(ansi.Truncate(line, at, ""))
	right := ansi.TruncateLeft(line, at+width(text), "")
	room := max(w-at-width(text), 0)
	return ansi.Truncate(left+spaces(at-width(left))+sgrReset+text+spaces(room-width(right))+right, w, "")
}

// lines are those of the menu alone.
func (menu orderMenu) lines(m Model) []overLine {
	w := menu.width()
	top, edge, bottom := "╭"+strings.Repeat("─", w-2)+"╮", "│", "╰"+strings.Repeat("─", w-2)+"╯"
	if m.o.Theme.Spoken {
		top, edge, bottom = spaces(w), " ", spaces(w)
	}
	faint := m.styles.faint
	lines := overLines(faint.Render(top))
	for i, name := range menu.names {
		s := m.styles.row[rowPlain]
		if i == menu.at {
			s = m.styles.row[rowSelected]
		}
		lines = append(lines, overLine{faint.Render(edge) + s.text.Render(fit(" "+name[:1]+"  "+name, w-2)) + faint.Render(edge), i + 1})
	}
	return append(lines, overLine{text: faint.Render(bottom)})
}

// orders are the orders that were chosen for views, the latest last.
type orders []chosenOrder

// A chosenOrder is the order that was chosen for the view of a query.
type chosenOrder struct {
	query string
	order store.Sort
}

// mostOrders is for how many views an order is remembered.
const mostOrders = 100

// of is the order in which q is listed.
func (o orders) of(q store.Query) store.Sort {
	for _, chosen := range o {
		if chosen.query == q.String() {
			return chosen.order
		}
	}
	return q.Sort()
}

// with is o with an order chosen for q.
func (o orders) with(q store.Query, order store.Sort) orders {
	var next orders
	for _, chosen := range o {
		if chosen.query != q.String() {
			next = append(next, chosen)
		}
	}
	if order != q.Sort() {
		next = append(next, chosenOrder{q.String(), order})
	}
	return next[max(len(next)-mostOrders, 0):]
}

// String is o as the store keeps it: one a line, "oldest is:unread".
func (o orders) String() string {
	var b strings.Builder
	for _, chosen := range o {
		b.WriteString(chosen.order.String() + " " + chosen.query + "\n")
	}
	return b.String()
}

// readOrders reads what String wrote. What it does not know it leaves out.
func readOrders(text string) (list orders) {
	for line := range strings.Lines(text) {
		name, query, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		for order := range orderNames {
			if store.Sort(order).String() == name {
				list = append(list, chosenOrder{query, store.Sort(order)})
			}
		}
	}
	return list
}

// ordersSetting is where the store keeps the orders.
const ordersSetting = "orders"
