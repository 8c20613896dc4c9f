"""Every page in Arabic: no sentence of the interface is left in English, no digit in another script."""

import re

import pytest

from claims.models import Origin
from tests.views.page import Node, Page
from tests.views.test_every_page import CHANGES, ERRORS, PAGES, QUESTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

LATIN = re.compile("[a-z]{2}")  # grades are letters, too
DIGIT = re.compile(r"[0-9]")
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-label")
# A name, what is or was typed, and values in files.
NOT_OURS = re.compile("Words & Ground|«[^»]*»|\u2066[^\u2069]*\u2069|[a-z]+(?:_[a-z]+)+")
CLAIM = "/claims/humanitarian-assistance-increased/"


def in_arabic(look_again, address, status=200) -> Page:
    return look_again(f"/ar{address}", status)


def is_own(node: Node) -> bool:
    """Whether the texts of an element are the page's own, in its language."""
    for each in (node, *node.ancestors()):
        if each.tag in {"bdi", "code", "script", "style", "textarea"}:
            return False
        if "lang" in each.attributes:
            return each.attributes["lang"] == "ar"
    return True


def own_texts(page: Page):
    for node in page.walk():
        if not is_own(node):
            continue
        yield from ((node, child) for child in node.children if isinstance(child, str))
        yield from ((node, node.attributes[name]) for name in SPOKEN if name in node.attributes)


@pytest.mark.parametrize(
    ("address", "status"), [*((page, 200) for page in [*PAGES, *CHANGES, *QUESTIONS]), *ERRORS]
)
def test_no_english_and_no_western_digit_is_left(look_again, address, status):
    page = in_arabic(look_again, address, status)
    html = page.one("html").attributes
    assert (html["lang"], html["dir"]) == ("ar", "rtl")
    for node, text in own_texts(page):
        bare = NOT_OURS.sub("", text)
        assert not LATIN.search(bare), (node.tag, text)
        assert node.tag == "title" or not DIGIT.search(bare), (node.tag, text)


@pytest.mark.parametrize(("address", "status"), [*((page, 200) for page in PAGES), *ERRORS])
def test_its_html_is_as_sound_as_the_english(look_again, address, status):
    assert in_arabic(look_again, address, status).errors == []


def test_official_words_stand_as_they_were_said_with_the_translation_and_who_made_it(look_again):
    translated, words = in_arabic(look_again, CLAIM).all("blockquote")[:2]
    assert (words.attributes["lang"], words.attributes["dir"]) == ("en", "ltr")
    assert words.one("mark").text == "increasing humanitarian assistance"
    assert translated.one("mark").text == "زيادة المساعدات الإنسانية"
    assert "lang" not in translated.attributes
    assert "ترجمة Words & Ground" in in_arabic(look_again, CLAIM).one("section", "said").text


def test_the_original_stands_beside_a_translated_heading(look_again):
    page = in_arabic(look_again, CLAIM)
    assert page.one("h1").text == "زيادة المساعدات الإنسانية لسوريا"
    original = page.all("p", "original")[0].all("span")[0]
    assert (original.text, original.attributes["lang"]) == (
        "Humanitarian assistance to Syria is increased",
        "en",
    )


def test_an_english_page_shows_no_translation(look_again):
    page = look_again(CLAIM)
    assert len(page.all("blockquote")) == 1
    assert not page.all("p", "original")


def test_what_no_one_translated_says_its_language(look_again):
    whys = in_arabic(look_again, "/changes/?act=publish").all("p", "why")
    why = next(span for each in whys for span in each.all("span"))
    assert (why.attributes["lang"], why.attributes["dir"]) == ("en", "ltr")


@pytest.mark.parametrize("address", [CLAIM, "/evidence/shelling-of-ariha/", "/changes/?act=correct"])
def test_why_a_report_bears_on_a_claim_what_was_searched_and_what_was_wrong_stand_in_arabic(
    look_again, address
):
    page = in_arabic(look_again, address)
    whys = page.all("p", "why")
    assert whys
    assert not [why.text for why in whys if any(span.attributes.get("lang") for span in why.all("span"))]
    assert not [heading.text for heading in page.all("h3") if heading.all("span")]


def test_errors_are_headed_in_arabic_by_what_was_wrong(look_again):
    headings = in_arabic(look_again, "/corrections/").all("h2", "name")
    assert headings
    assert not [heading.text for heading in headings if heading.all("span")]


def test_each_part_of_a_page_names_once_who_translated_it(look_again):
    page = in_arabic(look_again, CLAIM)
    for part in ("ground", "searched"):
        section = next(node for node in page.all("section") if node.attributes.get("aria-labelledby") == part)
        assert section.text.count("ترجمة Words & Ground") == 1
    assert "Words & Ground" not in look_again(CLAIM).one("section", "verdict").text


def test_a_notice_says_in_arabic_what_was_wrong_and_what_moved_with_its_original_beside_it(look_again):
    notice = in_arabic(look_again, "/claims/campaign-against-isis-sustained/").one("article", "correction")
    words, effect, original = notice.all("p")
    assert "كلام منقول مشكوك فيه" in words.text
    assert effect.text == "٣٥ ← ٣٢، من «الأدلة متعارضة» إلى «تؤيده الوقائع إلى حد كبير»"
    assert original.one("span").attributes["lang"] == "en"
    assert "ترجمة Words & Ground" in original.text


def test_an_origin_is_called_by_its_arabic_name(look_again):
    page = in_arabic(look_again, "/claims/local-ceasefires-hold/")
    events = Origin.objects.filter(evidence__links__claim__slug="local-ceasefires-hold")
    eastern = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    names = {event.translations["ar"]["name"].translate(eastern) for event in events}
    assert names
    assert any(f"الحدث: {name}" in page.main.text for name in names)


def test_feeds_tell_a_notice_in_the_language_of_their_address(client):
    for address in (
        "/ar/corrections/feed/",
        "/ar/claims/campaign-against-isis-sustained/feed/",
    ):
        told = client.get(address).content.decode()
        assert "كلام منقول مشكوك فيه" in told
        assert "doubtful hearsay" not in told


def test_months_have_both_their_names_and_movements_point_the_way_one_reads(look_again):
    text = in_arabic(look_again, "/claims/?sort=moved").main.text
    assert "١٣ تشرين الأول/أكتوبر ٢٠٢١" in text
    assert re.search(r"[٠-٩]+ ← [٠-٩]+", text)
    assert "→" not in text


def test_what_a_list_offers_is_called_by_its_arabic_name(look_again):
    options = in_arabic(look_again, "/claims/").all("option")
    assert any(option.text.startswith("العقوبات والمحاسبة") for option in options)
    assert not [option.text for option in options if LATIN.search(option.text)]


def test_a_date_that_cannot_be_read_is_refused_in_arabic(look_again):
    text = in_arabic(look_again, "/?as_of=nonsense", 400).main.text
    assert "«nonsense» ليس تاريخًا." in text or "ليس تاريخًا" in text


def test_lists_are_in_the_order_of_the_names_that_they_show(look_again):
    names = [node.text for node in in_arabic(look_again, "/topics/").all("h2", "name")]
    assert len(names) > 5
    assert names == sorted(names)
    assert names != [node.text for node in look_again("/topics/").all("h2", "name")]


def test_a_day_of_the_ledger_keeps_its_parts_in_their_order(look_again):
    cells = [cell for cell in in_arabic(look_again, "/changes/303/").all("td") if cell.text == "2026-11-09"]
    assert [cell.attributes["dir"] for cell in cells] == ["ltr"]


def test_a_weight_has_the_mark_of_decimals_and_not_of_thousands(look_again):
    text = in_arabic(look_again, "/method/").main.text
    assert "٠٫٧٥" in text
    assert "٠٬٧٥" not in text


@pytest.mark.django_db
def test_a_refusal_leads_to_the_front_page_in_the_language_it_is_in(look):
    for address, status in (("/ar/nowhere/", 404), ("/ar/?as_of=soon", 400)):
        links = [a.attributes["href"] for a in look(address, status).main.all("a")]
        assert links == ["/ar/"]


def test_counts_within_a_sentence_have_their_forms(look_again):
    lead = in_arabic(look_again, "/claims/").one("p", "lead").text
    assert lead.startswith("٢٢ ادعاءً، مستخلصة من ٨ تصريحات ومقارنة بـ١٣٤ تقريرًا.")
    lead = in_arabic(look_again, "/claims/?kind=fact").one("p", "lead").text
    assert lead == "ادعاء واحد بحسب اختيارك."


def test_a_quotation_within_one_has_other_marks_and_is_cut_behind_a_word(look_again):
    spans = [node.text for node in in_arabic(look_again, "/claims/").all("p", "span")]
    assert any("تنظيمَي “داعش” و“القاعدة”" in span for span in spans)
    cut = [span for span in spans if span.endswith("…»")]
    whole = in_arabic(look_again, "/statements/blinken-2021-10-13/").main.text
    assert cut
    for span in cut:
        begun = span.strip("«»").removesuffix("…")
        assert begun not in whole or re.search(re.escape(begun) + r"[\s،؛…]", whole), span


def test_a_citation_is_in_one_language(client):
    text = client.get(f"/ar{CLAIM}@1/cite.txt").content.decode()
    assert "الفجوة 60 من 100، وقد تقع بين 28 و88." in text
    assert not re.search("[a-z]{2}", re.sub(r"Words & Ground|http\S+|SHA-256 \w+", "", text))


def test_what_leaves_the_page_has_arabic_marks_too(look_again, client):
    said = next(
        node.attributes["content"]
        for node in in_arabic(look_again, CLAIM).all("meta")
        if node.attributes.get("property") == "og:description"
    )
    assert said.startswith("تناقضه الوقائع إلى حد كبير (حكم أوّلي). ")
    assert "٥ أحداث ضد الادعاء، واثنان معه، بحسب ٣ ناشرين، وكل حدث نقله واحد فقط." in said
    feed = client.get("/ar/speakers/antony-blinken/feed/").content.decode()
    assert "، ١٣ تشرين الأول/أكتوبر ٢٠٢١:" in feed
