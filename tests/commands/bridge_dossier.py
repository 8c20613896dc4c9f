"""The dossier of docs/fixtures.md, and copies of it with something wrong."""

import json
import re
from copy import deepcopy
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "fixtures.md"
BLOCK: str = re.findall(
    r"^```json\n(\[.*?\n\])\n```$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)[0]

PUBLICATION = ("status", "created_by", "changed_by", "published_by", "approved_by", "published_at")


def bridge(model="", changes=None, *, without=(), key=""):
    """The records, with fields of the first one of the model (with that slug) changed or left out."""
    records = deepcopy(json.loads(BLOCK))
    if model:
        fields = fields_of(records, model, key)
        fields |= changes or {}
        for name in without:
            del fields[name]
    return records


def fields_of(records, model, key=""):
    return next(
        record["fields"]
        for record in records
        if record["model"] == model and key in ("", record["fields"].get("slug"))
    )


def renamed(records, old, new):
    """The records with another slug for one of them, wherever it is named."""
    return json.loads(json.dumps(records).replace(json.dumps(old), json.dumps(new)))


def drafts():
    """The records that need no accounts, as drafts."""
    kept = [r for r in bridge() if r["model"] not in ("auth.user", "claims.rating", "claims.searchnote")]
    for record in kept:
        for name in PUBLICATION:
            record["fields"].pop(name, None)
    return kept
