"""Share cards as files: drawn for each new version of a claim, and deleted with the claim.

Only with STORE_CARDS: a suppression deletes files on the machine where it is decided. Without it nothing is stored.

The name of a file is a digest of everything on the card and of how it is drawn, so that a file cannot show a suppressed
text or the content of another database. A version has one file for each language, however often it is requested.
"""

from collections.abc import Collection, Iterable
from contextlib import suppress
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.cards import CARD_LOOK, CardKey, CardText, ShareCard, draw_card_png
from claims.domain.vocabulary import State
from claims.drawing.gap_bar import draw_gap_bar
from claims.ledger.versions import PublishedVersion, published_version, version_on_day
from claims.models import Claim
from claims.models.translated import LocalizedText, text_direction
from claims.selectors.claim_lists import AsOfDay
from claims.selectors.localized_wording import (
    outcome_in_words,
    partial_date_in_words,
    quoted_span,
    said_on_in_words,
    span_translator,
)
from claims.selectors.one_person import one_person_words
from claims.selectors.site import site_name
from claims.selectors.verdict_sentence import verdict_sentence
from claims.text.digits import localize_figures
from claims.text.directions import isolate_text
from claims.text.quotations import shorten_text

FOLDER = "cards"
PNG_END = b"IEND\xaeB`\x82"
MAX_REASON = 300  # letters of the reason of an uncheckable claim that fit a card
MOST_AT_ONCE = 10  # claims; with more, each card is drawn when first requested


def _card_folder(slug: str) -> str:
    """The folder of a claim's cards. Not every file system stores the letters of every script, or names so long."""
    return f"{FOLDER}/{slug if slug.isascii() else sha256(slug.encode()).hexdigest()}"


def read_or_draw_card(shown: PublishedVersion, language: str) -> bytes:
    """The card of a version, from its file. Without a file, it is drawn and stored."""
    with translation.override(language):
        card = build_card(shown, language)
    if not settings.STORE_CARDS:
        return draw_card_png(card)
    digest = sha256(f"{CARD_LOOK}{card!r}".encode(errors="replace")).hexdigest()[:16]
    folder, version = _card_folder(shown.pin.slug), f"{shown.pin.number}-{language}-"
    name = f"{version}{digest}.png"
    with suppress(OSError), default_storage.open(f"{folder}/{name}") as file:
        if (kept := file.read()).endswith(PNG_END):  # another process may be writing it
            return kept
    image = draw_card_png(card)
    with suppress(OSError):  # on a full disk, the card is drawn again next time
        default_storage.save(f"{folder}/{name}", ContentFile(image))
        _delete_former_cards(folder, version, name)
    return image


def _delete_former_cards(folder: str, version: str, name: str) -> None:
    """Delete the earlier cards of this version."""
    _below, files = default_storage.listdir(folder)
    for other in files:
        if other.startswith(version) and other != name:
            default_storage.delete(f"{folder}/{other}")


def draw_cards_on_commit(slugs: Iterable[str], claims: int) -> None:
    """Draw the claims' new cards after the transaction is committed.

    A card that fails is drawn when it is requested.
    """
    slugs = list(slugs)
    if settings.STORE_CARDS and slugs and claims <= MOST_AT_ONCE:
        transaction.on_commit(lambda: _draw_cards(slugs), robust=True)


def _draw_cards(slugs: Collection[str]) -> None:
    today = AsOfDay(timezone.localdate())
    for claim in Claim.objects.published().filter(slug__in=slugs):
        pin = version_on_day(claim, today)
        if pin and (shown := published_version(claim.slug, pin.number, today)):
            for language, _name in settings.LANGUAGES:
                read_or_draw_card(shown, language)


def delete_cards_on_commit(slugs: Iterable[str] | None = None) -> None:
    """Delete the cards of the claims, or all cards, after commit: any of them may show a suppressed text."""
    folders = [FOLDER] if slugs is None else [_card_folder(slug) for slug in slugs]
    transaction.on_commit(lambda: _delete_card_folders(folders), robust=True)


def _delete_card_folders(folders: Iterable[str]) -> None:
    """Delete the cards with their folders."""
    for folder in folders:
        with suppress(FileNotFoundError, NotADirectoryError):
            below, files = default_storage.listdir(folder)
            for name in files:
                default_storage.delete(f"{folder}/{name}")
            _delete_card_folders(f"{folder}/{name}" for name in below)
            with suppress(OSError):  # another process has drawn a card meanwhile
                default_storage.delete(folder)


def build_card(shown: PublishedVersion, language: str) -> ShareCard:
    own = partial(localize_figures, language=language)
    claim, gap, settlement = shown.claim, shown.gap, shown.claim.settlement_on(shown.gap.as_of)
    rtl = text_direction(language) == "rtl"
    who = [claim.statement.speaker.isolated(), said_on_in_words(claim)]
    if by := span_translator(claim):
        who.append(_("translated by %(who)s") % {"who": isolate_text(by, rtl=rtl)})
    is_uncheckable = gap.state is State.UNCHECKABLE
    sentence = str(verdict_sentence(shown.receipt.counts, gap, settlement))
    if is_uncheckable:
        sentence = shorten_text(claim.shown("uncheckable_reason").text, MAX_REASON)
    version = {"day": partial_date_in_words(shown.pin.as_of), "number": shown.pin.number}
    return ShareCard(
        who=CardText(own(" · ".join(who)), rtl),
        claim=_card_text(claim.shown(), language),
        quote=_card_text(quoted_span(claim), language),
        verdict=outcome_in_words(claim, gap.state, gap.as_of, tentative=gap.tentative),
        bar=None if is_uncheckable else draw_gap_bar(shown.receipt.dossier, gap),
        key=CardKey(
            pgettext("evidence", "against"),
            _("allowance for what we do not know"),
            pgettext("evidence", "for"),
        ),
        sentence=own(sentence),
        one_person=one_person_words(claim),
        day=own(_("as of %(day)s · version %(number)d") % version),
        site=site_name(),
        rtl=text_direction(language) == "rtl",
    )


def _card_text(text: LocalizedText, language: str) -> CardText:
    """A text as it is shown on a card in a language; only a text in that language takes its digits."""
    words = localize_figures(text.text, language) if text.language == language else text.text
    return CardText(words, text_direction(text.language) == "rtl")
