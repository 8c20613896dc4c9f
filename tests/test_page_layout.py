import pytest

from tests.page_layout import shown_pieces


@pytest.mark.parametrize(
    ("page", "other"),
    [
        ("<p>Some words</p>", "<p>\n  Some\n  words\n</p>"),
        ("<ul><li>One</li></ul>", "<ul>\n  <li>One\n  </li>\n</ul>"),
        ('<p><a href="/">One</a> two</p>', '<p><a\n    href="/">One</a>\n  two</p>'),
        ("<p><b>One</b> two</p>", "<p><b>One </b>two</p>"),
        ('<p class="a b">One</p>', '<p class="a\n  b">One</p>'),
    ],
)
def test_space_that_no_reader_sees_makes_no_difference(page, other):
    assert shown_pieces(page) == shown_pieces(other)


@pytest.mark.parametrize(
    ("page", "other"),
    [
        ("<p>One <b>two</b></p>", "<p>One<b>two</b></p>"),
        ("<p><b>One</b>.</p>", "<p><b>One</b>\n.</p>"),
        ("<p>One\N{NO-BREAK SPACE}two</p>", "<p>One two</p>"),
        ("<p><label>One</label><input></p>", "<p><label>One</label> <input></p>"),
        ('<p title="One two">x</p>', '<p title="One  two">x</p>'),
        ("<pre>One\ntwo</pre>", "<pre>One two</pre>"),
        ("<p>One</p>", "<p>Two</p>"),
    ],
)
def test_what_a_reader_sees_makes_a_difference(page, other):
    assert shown_pieces(page) != shown_pieces(other)
