package feed

import "testing"

func TestFormulasAreTypedOnOneLine(t *testing.T) {
	for source, want := range map[string]string{
		"<mfrac><mn>1</mn><mn>2</mn></mfrac>":                                                                     "1/2",
		"<msup><mi>x</mi><mn>2</mn></msup>":                                                                       "x²",
		"<msup>\n<mi>x</mi>\n<mi>a</mi>\n</msup>":                                                                 "x^a",
		"<msub><mi>x</mi><mn>10</mn></msub>":                                                                      "x₁₀",
		"<msup><mi>e</mi><mrow><mi>i</mi><mi>t</mi><mo>+</mo><mn>1</mn></mrow></msup>":                            "e^(it+1)",
		"<msubsup><mi>x</mi><mi>k</mi><mn>2</mn></msubsup>":                                                       "x_k²",
		"<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><msqrt><mi>c</mi><mo>-</mo><mn>1</mn></msqrt></mfrac>": "(a+b)/(√(c-1))",
		"<mfrac><mn>1</mn><msqrt><mn>2</mn></msqrt></mfrac>":                                                      "1/√2",
		"<mfrac><mn>1</mn></mfrac>":                                                                               "1",
		"<msqrt></msqrt><mi>y</mi>":                                                                               "y",
	} {
		got := Markdown("<p><math>"+source+"</math></p>", "")
		if got != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
		check(t, got)
	}
}

func TestReadingsStandInParentheses(t *testing.T) {
	for source, want := range map[string]string{
		"<ruby>吾輩<rp>（</rp><rt>わがはい</rt><rp>）</rp></ruby>は": "吾輩（わがはい）は",
		"<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>":              "漢(かん)字(じ)",
		"<ruby>漢<rt></rt></ruby>":                           "漢",
	} {
		if got := Markdown(source, ""); got != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
	}
}
