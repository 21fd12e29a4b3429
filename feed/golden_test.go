package feed

import "flag"

// update makes the golden tests of this package write their files:
//
//	go test ./feed -update
var update = flag.Bool("update", false, "rewrite golden files")
