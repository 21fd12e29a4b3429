package cli

import "testing"

func TestWhoPutsTextFromRightToLeftInOrder(t *testing.T) {
	for _, test := range []struct {
		setting, name, value string
		here                 bool
	}{
		{"auto", "TERM", "xterm-256color", true},
		{"auto", "VTE_VERSION", "7600", false},
		{"auto", "VTE_VERSION", "5202", true},
		{"auto", "KONSOLE_VERSION", "230804", false},
		{"auto", "TERM", "mlterm", false},
		{"auto", "TERM_PROGRAM", "Apple_Terminal", false},
		{"auto", "TERM", "xterm-kitty", false},
		{"on", "VTE_VERSION", "7600", true},
		{"off", "TERM", "xterm", false},
	} {
		a := &app{Env: Env{Getenv: func(name string) string { return map[string]string{test.name: test.value}[name] }}}
		if got := a.visual(test.setting); got != test.here {
			t.Errorf("bidi = %s, %s=%s: here %v", test.setting, test.name, test.value, got)
		}
	}
}

func TestSettingsOfTheScreen(t *testing.T) {
	c, err := readConfig("config.toml", []byte("mouse = false\nbidi = \"off\"\nlink_numbers = true\n"))
	if err != nil || c.Mouse || c.Bidi != "off" || !c.Numbers {
		t.Errorf("%v, %v, %v, %v", c.Mouse, c.Bidi, c.Numbers, err)
	}
	for text, want := range map[string]string{
		`bidi = "maybe"`:     `config.toml:1:8: bidi is "auto", "on" or "off"`,
		`mouse = "yes"`:      `config.toml:1:9: mouse is true or false`,
		`link_numbers=1`:     `config.toml:1:14: link_numbers is true or false`,
		`link_number = true`: `config.toml:1:1: there is no setting link_number; did you mean link_numbers?`,
	} {
		if _, err := readConfig("config.toml", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
