"""An editor's way through the desk, by mouse and by keyboard, and a publisher's at its end."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from claims.models import Claim, EvidenceLink, Grading, Rating, Statement
from tests.factories import (
    PASSWORD,
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RoleFactory,
    SearchNoteFactory,
    SourceFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation",
  (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))
"""
# Fields that are there and leave no room to write in.
SQUEEZED = """
() => [...document.querySelectorAll("#content :is(textarea, input[type=text])")]
  .filter((field) => field.checkVisibility() && field.offsetWidth < 60 && !field.closest(".select2"))
  .map((field) => field.outerHTML)
"""
WORDS = "We are doing three things: keeping violence down; increasing assistance."


@pytest.fixture
def desk(page, live_server):
    """The page, with everything that the browser complained of; a test that leaves a complaint fails."""
    complaints = []
    page.add_init_script(REPORT_VIOLATIONS)
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "response", lambda got: complaints.append(f"{got.status} {got.url}") if got.status >= 400 else None
    )
    page.live, page.complaints = live_server.url, complaints
    yield page
    assert complaints == []


def sign_in(page, user):
    page.goto(page.live + reverse("admin:login"))
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(page.live + reverse("admin:index"))


def publish(page):
    page.get_by_role("link", name="Publish …").click()
    assert accessible(page) == []
    page.get_by_label("Reason").fill("Checked against the transcript.")
    page.get_by_role("button", name="Publish", exact=True).click()


def open_change(page, record):
    name = record._meta.model_name
    page.goto(page.live + reverse(f"admin:claims_{name}_change", args=[record.pk]))


def choose(page, field, words):
    """Through the autocomplete, as a hand would."""
    field.click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def field_of(page, name):
    return page.locator(f"#id_{name} + .select2 .select2-selection")


def accessible(page):
    before = len(page.complaints)
    found = Axe().run(page).response["violations"]
    del page.complaints[before:]  # axe itself styles what it looks at, which the policy refuses
    return [
        (rule["id"], [node["html"][:160] for node in rule["nodes"]][:3])
        for rule in found
        if rule["impact"] in {"serious", "critical"}
    ]


def test_an_editor_enters_a_statement_with_claims(desk):
    SpeakerFactory(name="Antony Blinken")
    SourceFactory(name="US Department of State")
    sign_in(desk, UserFactory(editor=True))
    desk.get_by_role("link", name="Statements", exact=True).first.click()
    desk.get_by_role("link", name=re.compile("Add statement")).click()
    desk.get_by_label("Title:", exact=True).fill("Remarks on Syria, Washington")
    choose(desk, field_of(desk, "speaker"), "Antony Blinken")
    desk.get_by_label("Said on").fill("13 October 2021")
    desk.locator("#id_text").fill(WORDS)
    choose(desk, field_of(desk, "source"), "US Department of State")
    for n, span in enumerate(["keeping violence down", "increasing assistance"]):
        if n:
            desk.get_by_role("button", name="Add another Claim").click()
        desk.locator(f"#id_claims-{n}-proposition").fill(f"Claim about {span}")
        desk.locator(f"#id_claims-{n}-kind").select_option("priority")
        desk.locator(f"#id_claims-{n}-quote").fill(span)
        desk.locator(f"#id_claims-{n}-criterion").fill("What is seen on the ground.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("added successfully")
    assert Statement.objects.get().claims.count() == 2
    desk.get_by_role("link", name=re.compile("Claim 2: its evidence and gap")).click()
    expect(desk.locator("mark")).to_have_text("increasing assistance")
    expect(desk.locator(".desk-trail")).to_contain_text("2 of 2")


def test_an_editor_grades_by_keyboard_and_sees_the_gap_move_before_saving(desk):
    claim = ClaimFactory(published=True)
    links = [EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True)) for _ in range(2)]
    sign_in(desk, UserFactory(editor=True))
    open_change(desk, claim)
    expect(desk.locator("#desk-gap")).to_contain_text("No evidence yet")
    for row in range(2):
        desk.locator(f"#links-{row} .desk-stance input[type=radio]").nth(1).focus()
        desk.keyboard.press("1")
    expect(desk.locator("#desk-gap .at span")).to_have_attribute("data-label", "75")
    expect(desk.locator("#links-0 [data-desk=mass]")).to_have_text("1.00")
    expect(desk.locator("#links-0 [data-desk=points]")).to_have_text("+12.50")
    expect(desk.locator("#desk-sum")).to_have_text("75.00")
    assert not Rating.objects.exists()
    desk.keyboard.press("4")
    expect(desk.locator("#links-1 [data-desk=points]")).to_contain_text("−")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("changed successfully")
    assert {rating.stance for rating in Rating.objects.filter(link__in=links)} == {-2, 1}


def test_n_adds_a_row_and_a_report_is_found_by_its_words(desk):
    claim = ClaimFactory()
    EvidenceLinkFactory(claim=claim, stance=-2)
    EvidenceFactory(summary="The corridor was closed")
    sign_in(desk, UserFactory(editor=True))
    open_change(desk, claim)
    desk.locator("#links-0 .desk-stance input[type=radio]").nth(1).focus()
    desk.keyboard.press("n")
    choose(desk, field_of(desk, "links-2-evidence"), "The corridor was closed")
    desk.locator("#links-2 .desk-stance label", has_text="strongly contradicts").click()
    expect(desk.locator("#links-2 [data-desk=mass]")).to_have_text("1.00")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("changed successfully")
    assert EvidenceLink.objects.count() == 2


def test_writing_a_one_in_a_text_is_no_stance(desk):
    link = EvidenceLinkFactory()
    sign_in(desk, UserFactory(editor=True))
    open_change(desk, link.claim)
    desk.locator("#id_links-0-rationale").press_sequentially("1n")
    expect(desk.locator("#links-0 .desk-stance input:checked")).to_have_value("")
    expect(desk.locator(".desk-links tr.form-row:not(.empty-form)")).to_have_count(2)


def test_a_publisher_is_told_what_is_missing_and_mends_it_and_another_one_publishes(desk):
    claim = ClaimFactory(statement__published=True, in_review=True)
    sign_in(desk, UserFactory(publisher=True))
    open_change(desk, claim)
    desk.locator(".desk-checks").get_by_role("link", name="a search against").click()
    for n, side in enumerate(["supporting", "contradicting"]):
        desk.locator(f"#id_search_notes-{n}-side").select_option(side)
        for field in ("sought", "where", "outcome"):
            desk.locator(f"#id_search_notes-{n}-{field}").fill("As noted.")
        desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("A second person publishes it: ask another publisher.").first).to_be_visible()
    expect(desk.get_by_role("link", name="Publish …")).to_have_count(0)
    desk.get_by_role("button", name="Sign out").click()
    sign_in(desk, UserFactory(publisher=True))
    open_change(desk, claim)
    publish(desk)
    expect(desk.locator("h1 .desk-badge")).to_have_text("published")
    assert Claim.objects.published().get() == claim


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [
        *[("en", scheme, width) for scheme in ("light", "dark") for width in (1340, 390)],
        ("ar", "light", 390),
        ("ar", "dark", 1340),
    ],
)
def test_every_kind_of_page_is_accessible_and_fits_its_screen(desk, language, scheme, width):
    link = EvidenceLinkFactory(published=True, stance=-2)
    EvidenceLinkFactory(claim=link.claim, stance=1)
    draft = ClaimFactory(statement=link.claim.statement, criterion="")
    SearchNoteFactory(claim=link.claim)
    RoleFactory(speaker=link.claim.statement.speaker)
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size({"width": width, "height": 900})
    sign_in(desk, UserFactory(publisher=True))
    shown = [link.claim, draft, link.claim.statement, link.evidence, link.evidence.source]
    pages = [reverse(f"admin:claims_{record._meta.model_name}_change", args=[record.pk]) for record in shown]
    pages += [
        reverse(f"admin:claims_{name}_changelist") for name in ("claim", "evidence", "source", "correction")
    ]
    pages += [reverse("admin:index"), reverse("admin:claims_correction_add")]
    pages += [reverse("admin:claims_correction_change", args=[CorrectionFactory(claim=link.claim).pk])]
    for url in pages:
        desk.goto(f"{desk.live}/{language}{url}")
        desk.wait_for_load_state("networkidle")
        assert accessible(desk) == [], url
        assert desk.evaluate(SQUEEZED) == [], url
        wide = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, url


def test_without_a_script_a_link_is_graded_all_the_same(browser, live_server):
    link = EvidenceLinkFactory()
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.live = live_server.url
        sign_in(page, UserFactory(editor=True))
        open_change(page, link.claim)
        page.locator("#links-0 .desk-stance label", has_text="partly supports").click()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert Rating.objects.get().stance == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_each_stance_of_a_dossier_can_be_pressed_on_its_page(desk, width):
    link = EvidenceLinkFactory()
    sign_in(desk, UserFactory(editor=True))
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(desk.live + reverse("admin:claims_statement_grade", args=[link.claim.statement_id]))
    desk.locator(".desk-stance label", has_text="partly supports").click()
    desk.get_by_role("button", name="Save the grades").click()
    expect(desk.locator(".messagelist")).to_contain_text("1 report graded.")
    assert Rating.objects.get().stance == 1


def test_a_dossier_is_graded_by_keyboard_and_a_digit_in_a_reason_is_a_digit(desk):
    first = EvidenceLinkFactory()
    EvidenceLinkFactory(claim=first.claim)
    sign_in(desk, UserFactory(editor=True))
    desk.goto(desk.live + reverse("admin:claims_statement_grade", args=[first.claim.statement_id]))
    for row, key in enumerate("15"):
        desk.locator(".desk-grading").nth(row).locator("input[type=radio]").nth(1).focus()
        desk.keyboard.press(key)
    reason = desk.locator(".desk-grading").nth(1).locator("textarea").first
    reason.fill("Of ")
    reason.press("End")
    desk.keyboard.type("2 trucks, 1 crossed.")
    desk.get_by_role("button", name="Save the grades").click()
    expect(desk.locator(".messagelist")).to_contain_text("2 reports graded.")
    assert sorted(Rating.objects.values_list("stance", flat=True)) == [-2, 2]
    assert Grading.objects.filter(rationale="Of 2 trucks, 1 crossed.").count() == 1


@pytest.mark.parametrize("width", [390, 320])
def test_the_form_of_a_publication_fits_a_phone(desk, width):
    report = EvidenceFactory(
        in_review=True, summary="Stations-without-a-space-" * 6, archived_url="https://copy.example/1"
    )
    sign_in(desk, UserFactory(is_staff=True, is_superuser=True))
    desk.set_viewport_size({"width": width, "height": 844})
    desk.goto(desk.live + reverse("admin:claims_evidence_publish", args=[report.pk]))
    expect(desk.get_by_role("checkbox")).to_have_count(2)
    expect(desk.get_by_label("Reason", exact=True)).to_have_accessible_description(
        "Optional once a box is ticked."
    )
    assert desk.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert desk.evaluate(SQUEEZED) == []
    for box in desk.locator(".desk-ticks label, .desk-decided li, .submit-row > *").all():
        place = box.bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
    assert accessible(desk) == []
