from .claim import Claim
from .claim_gap import ClaimGap, Snapshot
from .correction import Correction
from .desk_step import DeskStep
from .entry import Entry
from .evidence import Evidence
from .evidence_link import EvidenceLink, Rating
from .method_change import MethodChange
from .old_address import OldAddress
from .origin import Origin
from .place import Place
from .proposal import Proposal, Revision
from .search_note import SearchNote
from .source import Source, SourceGrade
from .speaker import Role, Speaker
from .statement import Statement
from .suppression import Suppression
from .topic import Topic

__all__ = [
    "Claim",
    "ClaimGap",
    "Correction",
    "DeskStep",
    "Entry",
    "Evidence",
    "EvidenceLink",
    "MethodChange",
    "OldAddress",
    "Origin",
    "Place",
    "Proposal",
    "Rating",
    "Revision",
    "Role",
    "SearchNote",
    "Snapshot",
    "Source",
    "SourceGrade",
    "Speaker",
    "Statement",
    "Suppression",
    "Topic",
]
