"""`capture` keeps copies of pages of a site on a real port, each once, and says of each address what became of it."""

import gzip
import sys
from collections.abc import Iterator
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from claims.actions import page_copies
from claims.copies.copy_checks import copy_faults
from claims.copies.copy_store import CopyStore, site_copies
from claims.copies.warc_files import read_warc
from claims.management.commands import capture
from claims.models import PageCopy
from claims.outgoing import fetching
from tests.factories import EvidenceFactory
from tests.outgoing.conftest import names  # noqa: F401 - a fixture
from tests.outgoing.foreign_site import TEXT, ForeignSite, foreign_site, moved, packed, page
from tracker.operations import installation
from tracker.operations.management.commands import backup

pytestmark = pytest.mark.django_db

PAGES = {
    "/": page(TEXT),
    "/moved": moved("/new"),
    "/new": page(b"<p>New.</p>"),
    "/packed": page(gzip.compress(TEXT), Content_Encoding="gzip"),
    "/gone": page(b"", "410 Gone"),
    "/withheld": page(b"", "451 Unavailable For Legal Reasons"),
    "/bomb": packed(30_000_000),
    "/lies": page(b"%PDF-1.7", kind="text/html"),
    "/steers": page(b"x", kind="text/\x1b[2Jx"),
    "/script": page(b"<script>alert(1)</script><p>\xff\xfe broken", X_Own="<script>"),
}


@pytest.fixture
def site(names, monkeypatch, settings, tmp_path) -> Iterator[ForeignSite]:  # noqa: F811
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(fetching, "_turns", {})
    with foreign_site(PAGES) as served:
        served.pages |= {"/stalls": served.stall, "/drips": served.drip}
        monkeypatch.setattr(capture, "site_rules", lambda: served.rules(seconds=1))
        yield served


def run(site, *paths, **options):
    """What the command printed, a line for each address."""
    out = StringIO()
    call_command("capture", *map(site.address, paths), stdout=out, **options)
    return out.getvalue().splitlines()


def run_with_faults(site, *paths):
    """The same, of a run in which something could not be kept."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("capture", *map(site.address, paths), stdout=out)
    assert error.value.returncode == 1
    return out.getvalue().splitlines()


def files():
    return list(site_copies().digests())


def test_a_page_is_kept_with_its_hash_and_its_file(site):
    (line,) = run(site, "/")
    copy = PageCopy.objects.get()
    assert line == (
        f"1 of 1  kept: {site.address('/')} (text/html, {len(TEXT)} bytes, SHA-256 {copy.body_sha256})"
    )
    assert (copy.address, copy.final_address, copy.status) == (site.address("/"), site.address("/"), 200)
    assert files() == [copy.file]
    assert read_warc(site_copies().read(copy.file), 1000).body == TEXT


def test_where_a_redirect_led_is_kept_too(site):
    run(site, "/moved")
    copy = PageCopy.objects.get()
    assert (copy.address, copy.final_address) == (site.address("/moved"), site.address("/new"))


def test_hash_and_size_are_of_the_unpacked_page(site):
    run(site, "/", "/packed")
    assert set(PageCopy.objects.values_list("size", flat=True)) == {len(TEXT)}
    assert PageCopy.objects.values("body_sha256").distinct().count() == 1


def test_the_same_page_again_changes_nothing(site):
    run(site, "/", "/moved")
    before = list(PageCopy.objects.values()), files()
    again = run(site, "/", "/moved")
    assert all("  held already: " in line and line.endswith("; nothing changed") for line in again)
    assert (list(PageCopy.objects.values()), files()) == before


def test_a_page_that_was_edited_is_another_copy(site):
    run(site, "/")
    site.pages["/"] = page(b"<p>Edited.</p>")
    assert "  kept: " in run(site, "/")[0]
    assert PageCopy.objects.count() == len(files()) == 2


def test_one_bad_address_does_not_stop_the_others(site):
    lines = run_with_faults(site, "/gone", "/", "/withheld", "/stalls", "/drips", "/bomb", "/lies", "/new")
    told = [line.partition("  ")[2].partition(":")[0] for line in lines]
    assert told == ["refused", "kept", "refused", "refused", "refused", "refused", "refused", "kept"]
    assert [line.partition("  ")[0] for line in lines] == [f"{n} of 8" for n in range(1, 9)]
    for number, words in ((0, "(410)"), (2, "(451)"), (3, "in time"), (4, "in time"), (5, "unpacks to")):
        assert words in lines[number]
    assert PageCopy.objects.count() == len(files()) == 2


def test_nothing_that_a_site_says_steers_the_terminal(site):
    (line,) = run_with_faults(site, "/steers")
    assert "refused" in line
    assert line.isprintable()


def test_a_hostile_page_is_kept_byte_by_byte(site):
    run(site, "/script")
    kept = read_warc(site_copies().read(PageCopy.objects.get().file), 1000)
    assert kept.body == b"<script>alert(1)</script><p>\xff\xfe broken"


def test_addresses_come_from_standard_input(site, monkeypatch):
    given = f"{site.address('/')}\r\n\n  {site.address('/new')}\n{site.address('/')}\n\xff\n"
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given.encode("latin-1"))))
    lines = run_with_faults(site)
    assert [line.partition(":")[0] for line in lines] == ["1 of 3  kept", "2 of 3  kept", "3 of 3  refused"]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://10.0.0.1/", "http://127.0.0.1/", "nonsense"]
)
def test_addresses_that_are_none_of_the_web_are_refused(site, address):
    with pytest.raises(CommandError):
        call_command("capture", address, stdout=StringIO())
    assert not PageCopy.objects.exists()


def test_a_copy_is_linked_to_the_evidence(site):
    first, second = EvidenceFactory.create_batch(2)
    run(site, "/", evidence=first.pk)
    assert run(site, "/", evidence=second.pk)[0].endswith("; now linked to the evidence")
    assert run(site, "/", evidence=second.pk)[0].endswith("; nothing changed")
    assert set(PageCopy.objects.get().evidence.all()) == {first, second}


def test_evidence_that_is_not_there_is_named_before_anything_is_fetched(site):
    with pytest.raises(CommandError, match="There is no evidence 404"):
        run(site, "/", evidence=404)
    assert site.asked == []


@override_settings(SITE_CONTACT="", DEMO=False)
def test_without_a_contact_nobody_is_visited():
    with pytest.raises(CommandError, match="ask the operator to set SITE_CONTACT"):
        call_command("capture", "https://news.example/")


def test_a_full_disk_is_a_sentence_and_leaves_no_row(site, monkeypatch):
    def fail(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(CopyStore, "_write_whole", fail)
    assert "No space left on device" in run_with_faults(site, "/")[0]
    assert not PageCopy.objects.exists()


def test_a_lost_file_is_named_and_captured_again(site):
    run(site, "/")
    lost = PageCopy.objects.get().file
    site_copies().delete(lost)
    assert [*copy_faults()] == [
        f"Copy {PageCopy.objects.get().pk}, of {site.address('/')}: The copy {lost} is missing."
    ]
    assert "  kept: " in run(site, "/")[0]
    assert not [*copy_faults()]
    assert files() == [PageCopy.objects.get().file]


def test_a_changed_file_is_named(site):
    run(site, "/")
    (path,) = site_copies()._folder.glob("??/*")
    path.write_bytes(b"another")
    assert "was changed or is damaged" in next(copy_faults())


def test_the_doctor_names_what_is_lost(site):
    run(site, "/", "/new")
    assert installation.check_copies() == "2 kept, no file missing or changed"
    for file in files():
        site_copies().delete(file)
    with pytest.raises(
        installation.Fault, match=r"The copy [0-9a-f]{64} is missing\. So it is with 1 more\. Put"
    ):
        installation.check_copies()


def test_a_backup_says_that_copies_are_not_in_it(site, monkeypatch, tmp_path):
    monkeypatch.setattr(backup, "make_backup", lambda target: target.write_bytes(b""))
    said = []
    for number in range(2):
        out = StringIO()
        call_command("backup", tmp_path / str(number), stdout=out)
        said.append(f"copy the folder {tmp_path}/copies too" in out.getvalue())
        run(site, "/")
    assert said == [False, True]


def test_of_two_captures_at_once_one_file_stays(site, monkeypatch, django_capture_on_commit_callbacks):
    """Another process keeps the same page after this one has looked whether it is held."""
    run(site, "/")
    (held,) = files()
    real, answers = page_copies._held_copy, [None]

    def look_late(*args):
        return answers.pop() if answers else real(*args)

    monkeypatch.setattr(page_copies, "_held_copy", look_late)
    with django_capture_on_commit_callbacks(execute=True):
        assert "  held already: " in run(site, "/")[0]
    assert files() == [held]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["before the file", "before the row"])
def test_a_kill_leaves_a_file_without_a_row_at_most(site, monkeypatch, moment):
    place, name = {
        "before the file": (CopyStore, "_write_whole"),
        "before the row": (page_copies, "_write_row"),
    }[moment]

    class Killed(BaseException):
        """Ends the command where it stands, as a signal does, past every handler of exceptions."""

    def die(*_args):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(place, name, die)
        with pytest.raises(Killed):
            run(site, "/new", "/")
    assert not PageCopy.objects.exists()
    assert len(files()) == (moment == "before the row")
    assert all("  kept: " in line for line in run(site, "/new", "/"))
    assert not [*copy_faults()]
    assert all("  held already: " in line for line in run(site, "/new", "/"))
