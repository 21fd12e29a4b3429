package store

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
)

// How a text is kept in bodies.
const (
	asIs     = 0
	deflated = 1
)

var deflaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, 6) // fails for levels that do not exist
	return w
}}

// pack is text as it is kept: deflated; empty for "".
func pack(text string) []byte {
	if text == "" {
		return []byte{}
	}
	var b bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&b)
	io.WriteString(w, text) // a bytes.Buffer takes everything
	w.Close()
	return b.Bytes()
}

// unpack is the text that is kept as data.
func unpack(packing int, data []byte) (string, error) {
	switch {
	case packing == asIs:
		return string(data), nil
	case packing != deflated:
		return "", fmt.Errorf("its text is packed in a way (%d) this newsterm does not know", packing)
	case len(data) == 0:
		return "", nil
	}
	var b strings.Builder
	if _, err := io.Copy(&b, flate.NewReader(bytes.NewReader(data))); err != nil {
		return "", fmt.Errorf("its text cannot be unpacked: %w", err)
	}
	return b.String(), nil
}
