//go:build race

package main_test

// raced says that the tests look for races.
const raced = true
