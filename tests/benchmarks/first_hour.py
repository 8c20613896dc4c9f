"""Walks the first hour of docs/editing.md in a browser and counts it: `python -m tests.benchmarks.first_hour`.

Three people start on an empty site. An editor enters a statement, four claims and ten reports, a second editor grades
them, and a publisher publishes all of it. With `--alone`, one person does all of it on a site with SINGLE_EDITOR.
Prints pages loaded, clicks, letters typed and refusals for each step.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from playwright.sync_api import Browser, sync_playwright

from .counted_desk import PASSWORD, Count, CountedDesk, Tally
from .first_hour_dossier import CLAIMS, REPORTS, SOURCE_OF_WORDS, SPEAKER, TITLE, WORDS, Report
from .scratch import ENGINES, deployment

CHROMIUM = "/usr/bin/chromium"
ACCOUNTS = {"writer": "editors", "grader": "editors", "publisher": "publishers"}
ALONE = "alone"  # an account of both groups, and the option of the command


# What each of the three does ------------------------------------------------------------------------------------------


def enter_statement(desk: CountedDesk) -> None:
    desk.follow(desk.link("Enter the statement and its claims"))
    desk.type("#id_title", TITLE)
    add_entry(desk, "speaker", SPEAKER)
    desk.type("#id_said_on", "12 March 2024")
    desk.type("#id_text", WORDS)
    add_entry(desk, "source", SOURCE_OF_WORDS)
    desk.type("#id_url", "https://health.example/remarks")
    for n, claim in enumerate(CLAIMS):
        desk.mark("#id_text", claim.span)
        desk.click(desk.page.get_by_role("button", name="Claim the marked words").first)
        desk.type(f"#id_claims-{n}-proposition", claim.proposition)
        desk.select(f"#id_claims-{n}-kind", claim.kind)
        desk.type(f"#id_claims-{n}-valid_until", claim.until)
        desk.type(f"#id_claims-{n}-criterion", claim.criterion)
    desk.save()


def add_entry(desk: CountedDesk, name: str, value: str) -> None:
    """Make an entry of a pick-list in the window that the cross beside it opens."""
    with desk.new_entry(name) as window:
        desk.type("#id_name", value, window)
        if name == "source":
            desk.select("#id_reliability", "B", window)
            desk.type("#id_reliability_reason", "Most of its reports have held up.", window)
        elif name == "place":
            desk.select("#id_kind", "town", window)


def enter_reports(desk: CountedDesk) -> None:
    known: set[str] = {SOURCE_OF_WORDS}
    desk.follow(desk.page.locator(".desk-nav").get_by_role("link", name="Evidence"))
    desk.follow(desk.page.locator(".object-tools .addlink"))
    for n, report in enumerate(REPORTS):
        enter_report(desk, report, known)
        desk.save("Save and add another" if n < len(REPORTS) - 1 else "Save")


def enter_report(desk: CountedDesk, report: Report, known: set[str]) -> None:
    """Enter the report with its links. Sources, places and events that are not `known` yet are made on the way."""
    desk.type("#id_summary", report.summary)
    desk.type("#id_event", report.event)
    desk.type("#id_known", report.known)
    for name, value in (("source", report.source), ("place", report.place), ("origin", report.one_event)):
        if value in known:
            desk.pick(f"#id_{name}", value)
        elif value:
            add_entry(desk, name, value)
            known.add(value)
    desk.select("#id_credibility", "2")
    desk.type("#id_url", f"https://reports.example/{report.source.split()[0].lower()}/{len(report.summary)}")
    for row, (claim, stance, why) in enumerate(report.links):
        if row:
            desk.press(desk.stance(row - 1), "n")  # adds a row
        desk.pick(f"#id_links-{row}-claim", " ".join(CLAIMS[claim].proposition.split()[:3]))
        desk.type(f"#id_links-{row}-own_rationale", why)
        desk.press(desk.stance(row), str(stance + 3))


def note_searches(desk: CountedDesk) -> None:
    """Enter under each claim what happened and one search for each side."""
    desk.follow(desk.page.locator("#result_list tbody th a").first)
    for n, claim in enumerate(CLAIMS):
        desk.type("#id_answer", claim.answer)
        for row, side in enumerate(("supporting", "contradicting")):
            if row:
                desk.click(desk.page.locator("#search_notes-group .add-row :is(a, button)"))
            desk.select(f"#id_search_notes-{row}-side", side)
            desk.type(f"#id_search_notes-{row}-sought", f"{claim.sought}, {side}")
            desk.type(f"#id_search_notes-{row}-where", "Archives of the five sources, 2024")
            desk.type(f"#id_search_notes-{row}-outcome", "What is linked here, and nothing else.")
        desk.save("Save and next claim" if n < len(CLAIMS) - 1 else "Save")


def give_topics_and_places(desk: CountedDesk) -> None:
    desk.follow(desk.page.locator(".desk-nav").get_by_role("link", name="Claims"))
    desk.click(desk.page.locator("#action-toggle"))
    desk.select("select[name=action]", "file_selected")
    desk.follow(desk.page.locator("button[name=index]"))
    add_entry(desk, "add_topics", "Health")
    desk.pick("#id_add_places", REPORTS[0].place)
    desk.save()


def send_to_review(desk: CountedDesk) -> None:
    desk.follow(desk.link("Dossier …"))
    desk.save("Send to review")


def grade(desk: CountedDesk) -> None:
    """Grade all reports on one page, without seeing the first grades."""
    desk.follow(desk.page.locator("#desk-to_grade").get_by_role("link", name="The whole dossier").first)
    stances = {(report.summary, claim): stance for report in REPORTS for claim, stance, _ in report.links}
    heading = ""
    for section in desk.page.locator("form section.module").all():
        headings = section.locator("h2").all_text_contents()
        heading = headings[0].strip() if headings else heading
        claim = next(n for n, each in enumerate(CLAIMS) if each.proposition == heading)
        summary = section.locator(".desk-summary").inner_text()
        # One click each: the keys 1–5 work in the rows of a claim or a report, not on this page.
        desk.click(section.locator(".desk-stance label:not(.desk-clear)").nth(stances[summary, claim] + 2))
        desk.type(
            f"#{section.locator('.desk-why textarea').get_attribute('id')}", "By the test as it is written."
        )
    desk.save("Save the grades")


def publish(desk: CountedDesk, link: str = "The whole dossier") -> None:
    desk.follow(desk.link(link))
    for box in desk.page.locator(".desk-ticks input[type=checkbox]").all():
        desk.click(box)
    desk.save("Publish")


ENTERING = (
    ("a statement, four claims", enter_statement),
    ("ten reports with their links", enter_reports),
    ("topics and places of four claims", give_topics_and_places),
    ("what happened, eight searches", note_searches),
)


def publish_alone(desk: CountedDesk) -> None:
    publish(desk, "Dossier …")


def walk_alone(browser: Browser, site: str) -> Tally:
    tally = Tally()
    desk = CountedDesk(browser, site, tally)
    with tally.step("sign in"):
        desk.sign_in(ALONE)
    for name, act in (*ENTERING, ("publish the dossier", publish_alone)):
        with tally.step(name):
            act(desk)
    return tally


def walk(browser: Browser, site: str) -> Tally:
    tally = Tally()
    writer, grader, publisher = (CountedDesk(browser, site, tally) for _ in ACCOUNTS)
    for name, desk in zip(ACCOUNTS, (writer, grader, publisher), strict=True):
        with tally.step("sign in, three people"):
            desk.sign_in(name)
    acts = (
        *((name, act, writer) for name, act in ENTERING),
        ("send the dossier to review", send_to_review, writer),
        ("the second grades", grade, grader),
        ("publish the dossier", publish, publisher),
    )
    for name, act, desk in acts:
        with tally.step(name):
            if desk is not writer:
                desk.page.reload()  # the first page, as it stands now
            act(desk)
    return tally


# The site -------------------------------------------------------------------------------------------------------------


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@contextmanager
def served_site() -> Iterator[str]:
    """The deployment over plain http, with the three accounts."""
    from django.conf import settings
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "walk_session", "walk_csrf"
    call_command("collectstatic", interactive=False, verbosity=0)
    for name in (*ACCOUNTS, ALONE):
        account = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        groups = Group.objects.filter(name__in=[ACCOUNTS[name]] if name in ACCOUNTS else ACCOUNTS.values())
        account.groups.set(groups)
    server = make_server("127.0.0.1", 0, get_wsgi_application(), Server, QuietHandler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def faults() -> list[str]:
    """What the walk left undone: all of it must be public, with every link, in a ledger that verifies."""
    from claims.ledger.verification import ledger_faults
    from claims.models import Claim, Evidence, EvidenceLink, Statement

    wanted = {Statement: 1, Claim: len(CLAIMS), Evidence: len(REPORTS)}
    found = [
        f"{model.__name__}: {model.objects.published().count()} of {number} published"  # type: ignore[attr-defined]
        for model, number in wanted.items()
        if model.objects.published().count() != number  # type: ignore[attr-defined]
    ]
    links = sum(len(report.links) for report in REPORTS)
    if EvidenceLink.objects.public().count() != links:
        found.append(f"links: {EvidenceLink.objects.public().count()} of {links} public")
    return [*found, *map(str, ledger_faults())]


def print_table(tally: Tally) -> None:
    print(f"{'step':<32}{'pages':>7}{'clicks':>8}{'letters':>9}{'refusals':>10}")
    total: tuple[str, Count] = ("all", tally.total)
    for name, count in (*tally.steps.items(), total):
        print(f"{name:<32}{count.pages:>7}{count.clicks:>8}{count.letters:>9}{len(count.refusals):>10}")


def main(*options: str) -> int:
    is_alone = f"--{ALONE}" in options
    engine = next((each for each in options if each in ENGINES), ENGINES[0])
    os.environ["SINGLE_EDITOR"] = str(int(is_alone))
    with deployment(engine):
        # Playwright's event loop runs in this thread, which also reads the database in the end.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        with served_site() as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            print_table(walk_alone(browser, site) if is_alone else walk(browser, site))
            browser.close()
        found = faults()
    print(*(found or ["All of it is public, with every link, and the ledger verifies."]), sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
