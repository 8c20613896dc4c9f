"""Finding in a browser: lists change in place, the back button works, and all of it works without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

WIDE, NARROW = {"width": 1180, "height": 900}, {"width": 390, "height": 844}


def stay(page: Page) -> None:
    """Marks the document: a page that was loaded anew has lost the mark."""
    page.evaluate("document.documentElement.dataset.stayed = 'yes'")


def stayed(page: Page) -> bool:
    return page.evaluate("document.documentElement.dataset.stayed === 'yes'")


def travel(page: Page, step: str) -> None:
    """Go back or forward, as the button does.

    The page is then loaded anew, which Playwright's own way takes for a failure at times.
    """
    page.wait_for_load_state("networkidle")
    page.evaluate(f"setTimeout(() => history.{step}())")  # later, so that it does not end what evaluates it


def go_back(page: Page) -> None:
    travel(page, "back")


def test_choosing_changes_the_list_in_place_and_the_back_button_undoes_it(site, page, complaints):
    page.set_viewport_size(WIDE)
    page.goto(f"{site}/claims/")
    stay(page)
    rows = page.locator(".claim-row")
    expect(rows).to_have_count(22)
    page.get_by_role("checkbox", name="denial").check()
    expect(rows).not_to_have_count(22)
    expect(page).to_have_url(f"{site}/claims/?kind=denial")
    expect(page.get_by_role("status").first).to_contain_text("found")
    expect(page.get_by_role("checkbox", name="denial")).to_be_focused()
    fewer = rows.count()
    page.get_by_label("Topic", exact=True).select_option("sanctions")
    expect(page).to_have_url(f"{site}/claims/?kind=denial&topic=sanctions")
    expect(page.locator(".chosen li")).to_have_count(2)
    page.get_by_role("link", name="Remove Topic").click()
    expect(page).to_have_url(f"{site}/claims/?kind=denial")
    expect(rows).to_have_count(fewer)
    assert stayed(page)
    for address, choices in (("?kind=denial&topic=sanctions", 2), ("?kind=denial", 1), ("", 0)):
        go_back(page)
        expect(page).to_have_url(f"{site}/claims/{address}")
        expect(page.locator(".chosen li")).to_have_count(choices)
    expect(rows).to_have_count(22)
    expect(page.get_by_role("checkbox", name="denial")).not_to_be_checked()


def test_typing_finds_as_one_types_and_the_field_keeps_focus_and_letters(site, page, complaints):
    page.goto(f"{site}/claims/")
    stay(page)
    field = page.locator("#q")
    field.press_sequentially("ceasef", delay=30)
    expect(page.locator(".claim-row")).to_have_count(1)
    expect(page.locator(".claim-row h3 mark")).to_have_text("ceasefires")
    expect(field).to_be_focused()
    expect(field).to_have_value("ceasef")
    expect(page.locator("#told")).to_have_text("1 claim found")
    assert "q=ceasef" in page.url
    assert stayed(page)
    expect(page.locator(".sorts b")).to_have_text("Best match")


def test_orders_and_what_was_chosen_change_in_place_too(site, page, complaints):
    page.set_viewport_size(WIDE)
    page.goto(f"{site}/claims/?q=syria")
    stay(page)
    page.locator(".sorts").get_by_role("link", name="oldest").click()
    expect(page.locator(".sorts b")).to_have_text("Oldest")
    assert page.url.endswith("?q=syria&sort=earliest")
    assert stayed(page)
    page.locator(".claim-row h3 a").first.click()
    expect(page.locator("blockquote").first).to_be_visible()
    assert not stayed(page)


def test_the_search_page_finds_as_one_types_and_names_follow(site, page, complaints):
    page.goto(f"{site}/search/")
    stay(page)
    field = page.locator("#q")
    field.press_sequentially("Blink", delay=30)
    expect(page.locator(".kinds")).to_contain_text("Speakers")
    expect(page.locator("#names option")).to_have_count(1)
    expect(field).to_be_focused()
    assert page.url.endswith("/search/?q=Blink")
    assert stayed(page)
    go_back(page)
    expect(page.locator(".kinds")).to_have_count(0)


@pytest.mark.parametrize("path", ["/search/", "/claims/"])
def test_words_typed_with_pauses_are_one_step_back_and_forth(site, page, complaints, path):
    page.goto(f"{site}/method/")
    page.goto(f"{site}{path}")
    field = page.locator("#q")
    for letters in ("cease", "fir", "es"):
        before = field.input_value()
        field.press_sequentially(letters, delay=20)
        expect(page).to_have_url(f"{site}{path}?q={before}{letters}")
    field.press("Enter")
    expect(page.locator("mark").first).to_have_text("ceasefires")
    go_back(page)
    expect(page).to_have_url(f"{site}{path}")
    expect(page.locator("mark")).to_have_count(0)
    travel(page, "forward")
    expect(page).to_have_url(f"{site}{path}?q=ceasefires")
    expect(page.locator("#q")).to_have_value("ceasefires")
    go_back(page)
    expect(page).to_have_url(f"{site}{path}")
    expect(page.locator("#q")).to_have_value("")  # the page is there: its address changes before it is loaded
    go_back(page)
    expect(page).to_have_url(f"{site}/method/")


def test_what_is_refused_is_a_page_that_says_why(site, page):
    page.goto(f"{site}/search/")
    page.evaluate("document.getElementById('q').maxLength = 500")
    page.locator("#q").fill("x" * 300)
    expect(page.get_by_text("at most 200 letters")).to_be_visible()


def test_nothing_of_the_readers_path_is_stored(site, page, complaints):
    page.set_viewport_size(WIDE)
    page.goto(f"{site}/claims/")
    page.get_by_role("checkbox", name="denial").check()
    expect(page.locator(".chosen li")).to_have_count(1)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("document.cookie") == ""


def find_without_script(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("searchbox", name="Search claims and events").fill("syria")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    page.locator(".kinds").get_by_role("link", name="Evidence").click()
    expect(page.locator(".hit").first).to_be_visible()
    page.goto(f"{site}/claims/")
    page.get_by_role("checkbox", name="denial").check()
    page.locator(".filters").get_by_role("button", name="Show").click()
    expect(page.locator(".chosen li")).to_have_count(1)
    page.locator(".chosen a").click()
    expect(page.locator(".claim-row")).to_have_count(22)


def test_all_of_it_works_without_javascript(site, browser):
    with browser.new_context(java_script_enabled=False, viewport=WIDE) as context:
        find_without_script(context.new_page(), site)


def test_on_a_phone_the_list_comes_before_the_choices(site, page, complaints):
    page.set_viewport_size(NARROW)
    page.goto(f"{site}/claims/")
    expect(page.get_by_role("checkbox", name="denial")).not_to_be_visible()
    assert page.locator(".claim-row").first.bounding_box()["y"] < 844
    page.get_by_text("Filter", exact=True).click()
    page.get_by_role("checkbox", name="denial").check()
    expect(page.locator(".chosen li")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="denial")).to_be_visible()
