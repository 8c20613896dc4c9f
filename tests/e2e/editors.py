"""What editors do in the browser."""

from django.urls import reverse
from playwright.sync_api import expect

from claims.models import Claim, Evidence, Statement
from tests.factories import PASSWORD, SourceFactory, SpeakerFactory

WORDS = "We are doing three things: keeping violence down; increasing assistance."


class Desk:
    """One editor's browser."""

    def __init__(self, page, live, user):
        self.page, self.live, self.user = page, live, user
        page.set_default_timeout(15_000)
        page.goto(live + reverse("admin:login"))
        page.get_by_label("Username").fill(user.username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(live + reverse("admin:index"))

    def open(self, record, page="change"):
        name = record._meta.model_name
        self.page.goto(self.live + reverse(f"admin:claims_{name}_{page}", args=[record.pk]))

    def add(self, name):
        self.page.goto(self.live + reverse(f"admin:claims_{name}_add"))

    def choose(self, field, words):
        self.page.locator(f"#id_{field} + .select2 .select2-selection").click()
        self.page.locator(".select2-search__field").last.fill(words)
        self.page.locator(".select2-results__option", has_text=words).first.click()

    def save(self):
        self.page.get_by_role("button", name="Save", exact=True).click()

    def decide(self, record, verb, button, reason=""):
        self.open(record, verb)
        if reason:
            self.page.get_by_label("Reason", exact=True).fill(reason)
        self.page.get_by_role("button", name=button, exact=True).click()

    def grade(self, row, key):
        self.page.locator(f"#links-{row} .desk-stance input[type=radio]").nth(1).focus()
        self.page.keyboard.press(key)

    @property
    def told(self):
        return self.page.locator(".messagelist")

    @property
    def errors(self):
        return self.page.locator(".errornote, .errorlist").first

    def shows(self, words):
        expect(self.page.locator("body")).to_contain_text(words)

    def hides(self, words):
        expect(self.page.locator("body")).not_to_contain_text(words)


def enter_statement(desk):
    SpeakerFactory(name="Antony Blinken")
    SourceFactory(name="US Department of State")
    desk.add("statement")
    desk.page.get_by_label("Title:", exact=True).fill("Remarks on Syria")
    desk.choose("speaker", "Antony Blinken")
    desk.page.get_by_label("Said on").fill("13 October 2021")
    desk.page.locator("#id_text").fill(WORDS)
    desk.choose("source", "US Department of State")
    desk.page.locator("#id_claims-0-proposition").fill("Violence is kept down")
    desk.page.locator("#id_claims-0-kind").select_option("fact")
    desk.page.locator("#id_claims-0-quote").fill("keeping violence down")
    desk.page.locator("#id_claims-0-criterion").fill("Deaths, month by month.")
    desk.save()
    expect(desk.told).to_contain_text("added successfully")
    return Statement.objects.get(), Claim.objects.get()


def enter_reports(desk):
    """Enter three reports of three events, each from another source."""
    for n in range(3):
        source = SourceFactory(name=f"Observer {n}")
        desk.add("evidence")
        desk.page.locator("#id_summary").fill(f"Shelling number {n}")
        desk.page.locator("#id_known").fill(f"2021-11-0{n + 1}")
        desk.choose("source", source.name)
        desk.page.locator("#id_credibility").select_option("1")
        desk.page.locator("#id_url").fill(f"https://reports.example/{n}")
        desk.save()
        expect(desk.told).to_contain_text("added successfully")
    return list(Evidence.objects.order_by("pk"))


def tie(desk, claim):
    """Link the reports to the claim one at a time with a first grading, then enter what happened and both searches."""
    for n in range(3):
        desk.open(claim)
        desk.choose(f"links-{n}-evidence", f"Shelling number {n}")
        desk.grade(n, "1")
        desk.save()
        expect(desk.told).to_contain_text("changed successfully")
    desk.page.locator("#id_answer").fill("Deaths rose in the month after the words.")
    for n, side in enumerate(["supporting", "contradicting"]):
        desk.page.locator(f"#id_search_notes-{n}-side").select_option(side)
        for field, words in {"sought": "Deaths", "where": "An archive", "outcome": "As linked."}.items():
            desk.page.locator(f"#id_search_notes-{n}-{field}").fill(words)
        desk.save()
        expect(desk.told).to_contain_text("changed successfully")


def live(people):
    """Everything up to publication."""
    writer, second, publisher = people(editor=True), people(editor=True), people(publisher=True)
    statement, claim = enter_statement(writer)
    reports = enter_reports(writer)
    tie(writer, claim)
    second.open(claim)
    for row in range(3):
        second.grade(row, "1")
    second.save()
    expect(second.told).to_contain_text("changed successfully")
    for record in (statement, *reports, claim):
        writer.decide(record, "submit", "Send to review")
        expect(writer.told).to_contain_text("Sent to review")
        publisher.decide(record, "publish", "Publish", "Held against the source.")
        expect(publisher.told).to_contain_text("Published.")
    return writer, second, publisher, claim
