from .claim import Claim
from .claim_gap import ClaimGap, Snapshot
from .correction import Correction
from .evidence import Evidence
from .evidence_link import EvidenceLink, Rating
from .origin import Origin
from .place import Place
from .search_note import SearchNote
from .source import Source
from .speaker import Role, Speaker
from .statement import Statement
from .topic import Topic

__all__ = [
    "Claim",
    "ClaimGap",
    "Correction",
    "Evidence",
    "EvidenceLink",
    "Origin",
    "Place",
    "Rating",
    "Role",
    "SearchNote",
    "Snapshot",
    "Source",
    "Speaker",
    "Statement",
    "Topic",
]
