// Package background keeps bubbletea from asking the terminal anything.
//
// Version 1 of bubbletea asks for the background colour in its package init,
// in every command, and waits up to five seconds for a terminal that never
// answers. The question is not asked if lipgloss has been told already. Go
// initialises packages in the order of their paths as soon as what they
// import is ready, so this one must sort before bubbletea and import nothing
// but lipgloss. See docs/notes/01-module-path.md.
package background

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
