"""Figures of a page in Arabic digits: all of them, but nothing that is in another language or is an identifier."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.digits import localize_figures, localize_figures_of_page


@pytest.mark.parametrize(("text", "shown"), [
    ("13 أكتوبر 2021", "١٣ أكتوبر ٢٠٢١"), ("60.20", "٦٠٫٢٠"), ("1,234", "١٬٢٣٤"), ("90 %", "٩٠ ٪"),
    ("لا شيء", "لا شيء"), ("في 2021.", "في ٢٠٢١."),
    ("أ, ب; ج,", "أ، ب؛ ج،"), ("69 → 73", "٦٩ ← ٧٣"), ("أ ← ب", "أ ← ب"),
    ("يوم 2021-10-13.", "يوم \u20662021-10-13\u2069."), ("2020-03/2021-10", "\u20662020-03/2021-10\u2069"),
    ("وثيقة S/RES/2585 (2021).", "وثيقة \u2066S/RES/2585\u2069 (٢٠٢١)."), ("km2 و3", "\u2066km2\u2069 و٣"),
    ("2019–2020", "٢٠١٩–٢٠٢٠"), ("1-2", "١-٢"),
    ("0 ضد, 3 معه", "صفر ضد، ٣ معه"), ("0–56", "صفر–٥٦"), ("0.5", "٠٫٥"), ("10", "١٠"), ("00:10", "٠٠:١٠"),
    ("0 %", "٠ ٪"), ("1:0", "١:٠"), ("2/0", "٢/٠"),
    ("في 2021 (\u20662020-03/2021-10\u2069)، 7", "في ٢٠٢١ (\u20662020-03/2021-10\u2069)، ٧"),
])  # fmt: skip
def test_figures_and_marks_become_arabic(text, shown):
    assert localize_figures(text, "ar") == shown


@pytest.mark.parametrize(("html", "shown"), [
    ("<p>12 <b>3</b> 4</p>", "<p>١٢ <b>٣</b> ٤</p>"),
    ('<p>1 <span lang="en">2 <i>3</i></span> 4</p>', '<p>١ <span lang="en">2 <i>3</i></span> ٤</p>'),
    ('<p lang="en">1 <b lang="ar">2</b></p>', '<p lang="en">1 <b lang="ar">٢</b></p>'),
    ("<p><bdi>A1</bdi> 2<br>3</p>", "<p><bdi>A1</bdi> ٢<br>٣</p>"),
    ('<svg><rect x="1" /><text>2</text></svg>', '<svg><rect x="1" /><text>٢</text></svg>'),
    ('<img alt="3 من 4" src="/5.png">6', '<img alt="٣ من ٤" src="/5.png">٦'),
    ('<a href="/claims/2/" title="2">2</a>', '<a href="/claims/2/" title="٢">٢</a>'),
    ("<p>&#39;1&#x27;&amp;2</p>", "<p>&#39;١&#x27;&amp;٢</p>"),
    ("<!-- 1 <b>2 --><p>3</p>", "<!-- 1 <b>2 --><p>٣</p>"),
    ("<script>let a = 1</script><p>2</p>", "<script>let a = 1</script><p>٢</p>"),
])  # fmt: skip
def test_texts_and_spoken_attributes_are_turned_and_nothing_else(html, shown):
    assert localize_figures_of_page(html, "ar") == shown


@given(st.text())
def test_nothing_is_lost(text):
    assert latin(localize_figures_of_page(text, "ar")) == latin(text)


def latin(text):
    text = re.sub("[\u2066\u2069]", "", text).replace("صفر", "0")
    return text.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬٪،؛→", "0123456789.,%,;←"))
