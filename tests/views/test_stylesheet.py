"""The one sheet: logical directions only, two hues by name, no other host, and every class that the templates use."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SHEET = ROOT / "claims" / "static" / "claims" / "site.css"
CSS = re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
DECLARATIONS = re.findall(r"[{;]\s*([-\w]+)\s*:\s*([^;{}]+)(?=[;}])", CSS)
SIDED = r"(^|-)(left|right)($|-)"


def test_the_sheet_was_read():
    assert len(DECLARATIONS) > 200


def test_no_declaration_names_a_left_or_a_right():
    named = [
        (name, value)
        for name, value in DECLARATIONS
        if re.search(SIDED, name) or re.fullmatch(r"left|right", value.strip())
    ]
    assert named == []


@pytest.mark.parametrize("shorthand", ["margin", "padding", "inset", "border-width", "border-radius"])
def test_no_shorthand_differs_between_left_and_right(shorthand):
    for name, value in DECLARATIONS:
        sides = value.split()
        if name == shorthand and len(sides) == 4:
            assert sides[1] == sides[3], f"{name}: {value}"


def test_the_sheet_loads_nothing():
    assert not re.search(r"@import|url\(|https?:", CSS)


def test_colours_are_named_once_and_both_schemes_have_them():
    outside = re.sub(r":root\s*{[^}]*}", "", CSS, count=1)
    bare = [
        colour
        for colour in re.findall(r"(?<!light-dark\()#[0-9a-f]{3,8}\b", outside)
        if colour not in in_pairs(outside)
    ]
    assert bare == []


def in_pairs(css):
    return {
        colour
        for pair in re.findall(r"light-dark\(([^)]*)\)", css)
        for colour in re.findall(r"#[0-9a-f]+", pair)
    }


def test_paper_and_ink_keep_a_readable_contrast_in_both_schemes():
    colours = dict(re.findall(r"--([\w-]+):\s*light-dark\((#\w+, #\w+)\)", CSS))
    for ink in ("ink", "grey", "against", "for"):
        for paper in ("paper", "soft"):
            for front, back in zip(colours[ink].split(", "), colours[paper].split(", "), strict=True):
                assert contrast(front, back) >= 4.5, f"{ink} on {paper}"


def test_the_likely_range_of_the_line_chart_can_be_told_from_the_paper():
    ((paper, dark_paper),) = re.findall(r"--paper: light-dark\((#\w+), (#\w+)\)", CSS)
    ((band, dark_band),) = re.findall(r"\.band { fill: light-dark\((#\w+), (#\w+)\)", CSS)
    assert contrast(band, paper) > 1.1
    assert contrast(dark_band, dark_paper) > 1.3


def contrast(front, back):
    light, dark = sorted(map(luminance, (front, back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    """As WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_paper_prints_the_verdict_and_hides_only_what_cannot_be_used_on_paper():
    printed = CSS[CSS.index("@media print") :]
    hidden = re.findall(r"([^{}]+)\{[^}]*display:\s*none", printed)
    assert {selector.strip() for selectors in hidden for selector in selectors.split(",")} <= {
        ".top nav", ".find", ".filters", ".as-of", ".sorts", ".pages", ".skip", ".carry", "footer",
        ".asks", ".tongue", ".compare", ".lens form", ".lens.unused", '[rel="nofollow"]',
        ".contents", ".other-days > summary", ".claim .folded:not(:has(details[open]))",
    }  # fmt: skip


def test_no_mark_of_a_drawing_has_the_class_of_what_the_sheet_hides():
    """A pattern’s dots were once called `paper`, like the lines for paper alone, and could not be seen."""
    always = re.sub(r"@(media|container)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", CSS)
    hidden = {
        name
        for selectors in re.findall(r"([^{}]+)\{[^}]*display:\s*none", always)
        for selector in selectors.split(",")
        for name in re.findall(r"^\.([\w-]+)$", selector.strip())
    }
    assert "paper" in hidden
    for file in (ROOT / "templates" / "claims").glob("*.html"):
        marks = re.findall(
            r'<(?:rect|circle|path|line|text)[^>]* class="([\w -]+)"', file.read_text(encoding="utf-8")
        )
        assert not hidden & {name for mark in marks for name in mark.split()}, file.name


def test_every_template_is_free_of_inline_styles_and_scripts():
    for file in [*(ROOT / "templates").glob("*.html"), *(ROOT / "templates" / "claims").glob("*.html")]:
        source = file.read_text(encoding="utf-8")
        # Files of ours, and data that no browser runs.
        ours = re.sub(r'<script (src="{% static|type="application/ld\+json")', "", source)
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", ours), file.name
