"""Keeps copies of pages of other sites, and deletes them with what is suppressed.

The file is written before its row, and deleted after it: a process that is killed leaves a file without a row at most.
"""

from collections.abc import Collection
from enum import StrEnum
from functools import partial
from hashlib import sha256

from django.db import transaction
from django.db.models import Q

from claims.copies.copy_store import LostCopy, site_copies
from claims.copies.warc_files import warc_of_page
from claims.models import Evidence, PageCopy
from claims.outgoing.fetching import FetchedPage

from .rescoring import acquire_write_lock


class CopyFate(StrEnum):
    KEPT = "kept"
    LINKED = "linked"  # held already, and now linked to the evidence
    HELD = "held already"


def keep_page_copy(
    *, address: str, page: FetchedPage, evidence: Evidence | None = None
) -> tuple[PageCopy, CopyFate]:
    """Keep the page as the copy of the address, unless the same body is held, and link it to the evidence."""
    body_sha256 = sha256(page.body).hexdigest()
    file = None if _held_copy(address, body_sha256) else site_copies().keep(warc_of_page(page))
    with transaction.atomic():
        acquire_write_lock()
        copy, fate = _held_copy(address, body_sha256), CopyFate.HELD
        if copy is None:
            file = file or site_copies().keep(warc_of_page(page))  # what was held a moment ago is suppressed
            copy, fate = _write_row(address, body_sha256, page, file), CopyFate.KEPT
        elif file:  # another process was faster
            _delete_files_on_commit([file])
        if evidence and not copy.evidence.filter(pk=evidence.pk).exists():
            copy.evidence.add(evidence)
            fate = CopyFate.LINKED if fate is CopyFate.HELD else fate
    return copy, fate


def delete_page_copies(*, copies: Collection[int], evidence: Collection[int]) -> None:
    """Delete these copies and those of the evidence: the rows now, the files after commit."""
    rows = PageCopy.objects.filter(Q(pk__in=copies) | Q(evidence__in=evidence))
    files = dict(rows.values_list("pk", "file"))
    PageCopy.objects.filter(pk__in=files).delete()
    _delete_files_on_commit(files.values())


def _held_copy(address: str, body_sha256: str) -> PageCopy | None:
    """The copy of the address with this body, if its file is whole."""
    held = PageCopy.objects.filter(address=address, body_sha256=body_sha256).first()
    if held:
        try:
            site_copies().read(held.file)
        except LostCopy:
            return None
    return held


def _write_row(address: str, body_sha256: str, page: FetchedPage, file: str) -> PageCopy:
    """The row of a new file. A row whose file was lost takes the new one."""
    lost = PageCopy.objects.filter(address=address, body_sha256=body_sha256)
    _delete_files_on_commit(lost.values_list("file", flat=True))
    values = {
        "final_address": page.final_address, "fetched_at": page.fetched_at, "status": page.answer.status,
        "kind": page.kind.value, "size": len(page.body), "file": file,
    }  # fmt: skip
    copy, _is_new = PageCopy.objects.update_or_create(
        address=address, body_sha256=body_sha256, defaults=values
    )
    return copy


def _delete_files_on_commit(files: Collection[str]) -> None:
    for file in files:
        transaction.on_commit(partial(site_copies().delete, file), robust=True)
