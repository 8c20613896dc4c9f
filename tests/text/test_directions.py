from claims.text.directions import direction_controls, has_other_direction, isolate_text, strip_isolate


def test_controls_are_named_and_the_marks_of_arabic_keyboards_are_none():
    assert direction_controls("\u202eSANA\u202c \u2066x\u2069") == ["U+202C", "U+202E", "U+2066", "U+2069"]
    assert direction_controls("سانا\u200f (SANA)\u200e\u061c") == []


def test_only_what_runs_against_the_line_is_isolated():
    assert isolate_text("Reuters 2026", rtl=False) == "Reuters 2026"
    assert isolate_text("SANA (سانا)", rtl=False) == "\u2068SANA (سانا)\u2069"
    assert isolate_text("رويترز 2026", rtl=True) == "رويترز 2026"
    assert has_other_direction("رويترز Reuters", rtl=True)


def test_only_the_isolate_around_a_whole_text_is_taken_off():
    assert strip_isolate("\u2068SANA (سانا)\u2069") == "SANA (سانا)"
    assert strip_isolate("\u2068SANA (سانا)\u2069 · version 2") == "\u2068SANA (سانا)\u2069 · version 2"
    assert strip_isolate("\u2068سانا\u2069, \u2068وفا\u2069") == "\u2068سانا\u2069, \u2068وفا\u2069"
    assert strip_isolate("SANA") == "SANA"
