package ui

import "app/newsterm/store"

// Views are the lists that stand above the feeds, which every reader has.
func Views() (list []store.SavedQuery) {
	for _, v := range (feedList{}).views() {
		list = append(list, store.SavedQuery{Name: v.name, Query: v.query.String()})
	}
	return list
}
