"""Hashes of the change ledger: canonical JSON, commitments that can be opened, and the chain over their headers.

An entry's header is the JSON of its number, time, act, kind, commitment and the hash before it; its hash is the SHA-256
of that. The commitment is the SHA-256 of a nonce followed by the content, so that content can be taken out later
and nobody can guess it from what stays.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

GENESIS_HASH: Final = "0" * 64  # what stands before the first entry


def canonical_json(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, characters as they are; NaN is refused with ValueError."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def commitment_hash(nonce: str, content: str) -> str:
    return sha256(f"{nonce}{content}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class EntryHeader:
    """What is chained. `at` counts to the millisecond, as fixtures do; `act` and `kind` are the vocabulary's words."""

    number: int
    at: datetime
    act: str
    kind: str
    digest: str
    previous: str

    @property
    def hash(self) -> str:
        fields = {
            "act": self.act,
            "at": self.at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "digest": self.digest,
            "kind": self.kind,
            "number": self.number,
            "previous": self.previous,
        }
        return sha256(canonical_json(fields).encode()).hexdigest()
