from .about import About
from .agreement_day import AgreementDay
from .claim import Claim
from .claim_gap import ClaimGap, Snapshot
from .correction import Correction
from .desk_step import DeskStep
from .entry import Entry
from .error_report import ErrorReport
from .evidence import Evidence
from .evidence_link import EvidenceLink, Rating
from .grading import Grading
from .method_change import MethodChange
from .old_address import OldAddress
from .origin import Origin
from .page_copy import PageCopy
from .place import Place
from .proposal import Proposal, Revision
from .public_claim import ClaimCount, PublicClaim, PublicClaimPlace, PublicClaimTopic
from .public_name import PublicName
from .reply import Reply
from .search_note import SearchNote
from .source import Source, SourceGrade
from .speaker import Role, Speaker
from .statement import Statement
from .suppression import Suppression
from .synonyms import Synonyms
from .table_import import ImportedRow, TableImport
from .topic import Topic

__all__ = [
    "About",
    "AgreementDay",
    "Claim",
    "ClaimCount",
    "ClaimGap",
    "Correction",
    "DeskStep",
    "Entry",
    "ErrorReport",
    "Evidence",
    "EvidenceLink",
    "Grading",
    "ImportedRow",
    "MethodChange",
    "OldAddress",
    "Origin",
    "PageCopy",
    "Place",
    "Proposal",
    "PublicClaim",
    "PublicClaimPlace",
    "PublicClaimTopic",
    "PublicName",
    "Rating",
    "Reply",
    "Revision",
    "Role",
    "SearchNote",
    "Snapshot",
    "Source",
    "SourceGrade",
    "Speaker",
    "Statement",
    "Suppression",
    "Synonyms",
    "TableImport",
    "Topic",
]
