"""The words of the field: every choice that an editor makes, with its label and a sentence of meaning.

Pure data. Labels are English message ids; the layers above translate them.
"""

from enum import IntEnum, StrEnum
from typing import Self


def gettext_noop(message: str) -> str:
    """Mark a message for the translators' catalogue; the templates translate it when they show it."""
    return message


_ = gettext_noop


class WordChoice(StrEnum):
    """A choice stored as a word: value, label, and what it means where it is chosen."""

    label: str
    meaning: str

    def __new__(cls, value: str, label: str = "", meaning: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.meaning = meaning
        return member


class NumberChoice(IntEnum):
    """A choice stored as a whole number: value, label, and what it means where it is chosen."""

    label: str
    meaning: str

    def __new__(cls, value: int, label: str = "", meaning: str = "") -> Self:
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.meaning = meaning
        return member


class Nature(WordChoice):
    PERSON = "person", _("person"), _("One human being who speaks for themselves or for an office.")
    INSTITUTION = (
        "institution", _("institution"), _("A government, ministry, party or body that speaks as one."),
    )  # fmt: skip


class ClaimStanding(WordChoice):
    OFFICIAL = "official", _("official"), _("Holds or speaks for a public office.")
    EXPERT = "expert", _("expert"), _("Assesses from outside; not an official statement.")
    ARMED_GROUP = "armed_group", _("armed group"), _("Speaks for an armed non-state group.")


class Reporting(WordChoice):
    VERBATIM = "verbatim", _("verbatim"), _("The words are the speaker’s own, letter for letter.")
    REPORTED = (
        "reported", _("reported"), _("The substance is reported by the source, in part or whole not quoted."),
    )  # fmt: skip


class ClaimKind(WordChoice):
    PRIORITY = "priority", _("priority"), _("What they say they work for. What they do can contradict it.")
    CONDITION = "condition", _("condition"), _("An ongoing state of the world, said to hold.")
    FACT = "fact", _("fact"), _("Something said to have happened or to be so.")
    DENIAL = "denial", _("denial"), _("Something said not to be so, or not to be done.")
    COMMITMENT = (
        "commitment", _("commitment"), _("Something promised. It is settled by a decision, never by silence."),
    )  # fmt: skip
    PREDICTION = "prediction", _("prediction"), _("Something said to be coming.")


class Stance(NumberChoice):
    STRONGLY_CONTRADICTS = -2, _("strongly contradicts"), _("If the report is right, the claim is wrong.")
    PARTLY_CONTRADICTS = -1, _("partly contradicts"), _("If the report is right, the claim is weaker.")
    CONTEXT = (
        0, _("context"), _("Helps to understand; counts nothing. So does a report that only repeats the claim."),
    )  # fmt: skip
    PARTLY_SUPPORTS = 1, _("partly supports"), _("If the report is right, the claim is stronger.")
    STRONGLY_SUPPORTS = 2, _("strongly supports"), _("If the report is right, the claim is right.")

    @property
    def sign(self) -> str:
        return {-2: "−−", -1: "−", 0: "·", 1: "+", 2: "++"}[self]


class Reliability(WordChoice):
    """How far a source has earned trust, whatever it reports (NATO/Admiralty)."""

    A = (
        "A",
        _("completely reliable"),
        _("No doubt of its authenticity and competence; a history of complete reliability."),
    )
    B = "B", _("usually reliable"), _("Minor doubts; mostly right in the past.")
    C = "C", _("fairly reliable"), _("Some doubts; right in the past more often than not.")
    D = "D", _("not usually reliable"), _("Serious doubts; has been right at times.")
    E = "E", _("unreliable"), _("Has been wrong so often that it counts nothing.")
    F = "F", _("cannot be judged"), _("No basis to judge it; counts half.")


class Credibility(NumberChoice):
    """How likely one report is to be right, whoever brings it (NATO/Admiralty)."""

    CONFIRMED = 1, _("confirmed outside this dossier"), _("Others with their own eyes say the same.")
    PROBABLE = 2, _("probably true"), _("Fits what is known, not confirmed.")
    POSSIBLE = 3, _("possibly true"), _("Plausible, agrees in part with what is known.")
    DOUBTFUL = 4, _("doubtful"), _("Possible, but does not fit what is known.")
    IMPROBABLE = 5, _("improbable"), _("Contradicted by what is known; counts nothing.")
    UNKNOWN = 6, _("cannot be judged"), _("No basis to judge it; counts half.")


class Directness(WordChoice):
    DECISIVE = (
        "decisive",
        _("decisive"),
        _("By the claim’s own written test this report settles it alone, if it is right; counts four times."),
    )
    DIRECT = "direct", _("direct"), _("The report shows the very thing that the claim is about.")
    INDIRECT = "indirect", _("indirect"), _("One step of inference lies between; counts half.")
    CONTEXTUAL = "contextual", _("contextual"), _("Several steps lie between; counts a quarter.")


class State(WordChoice):
    """What the evidence says of a claim. Its label is the verdict, in the same words everywhere."""

    NO_EVIDENCE = "no_evidence", _("No evidence yet"), _("No report that we found counts for or against it.")
    INSUFFICIENT = (
        "insufficient",
        _("Too little evidence"),
        _("The stronger side weighs too little, or fewer than two publishers report it. No verdict."),
    )
    STALE = ("stale", _("Evidence out of date"),
             _("There was a verdict once; its evidence is too old to say what is so today."))  # fmt: skip
    CONFLICTING = ("conflicting", _("Evidence conflicts"),
                   _("There is weighty evidence on both sides, whatever the number."))  # fmt: skip
    MATCHES = "matches", _("Supported"), _("What we know supports the claim.")
    MOSTLY_MATCHES = "mostly_matches", _("Mostly supported"), _("Most of what we know supports the claim.")
    MIXED = "mixed", _("Mixed"), _("What we know lies between support and contradiction.")
    MOSTLY_CONTRADICTS = (
        "mostly_contradicts", _("Mostly contradicted"), _("Most of what we know contradicts the claim."),
    )  # fmt: skip
    CONTRADICTS = "contradicts", _("Contradicted"), _("What we know contradicts the claim.")
    UNCHECKABLE = (
        "uncheckable",
        _("Cannot be checked"),
        _("Too vague, an opinion, or about what nobody can know. It has a reason and no number."),
    )  # decided by an editor and a second person; the method never gives it

    @property
    def sufficient(self) -> bool:
        """Whether the state carries a verdict, and so a number that may stand in a headline."""
        return self not in UNSCORED


UNSCORED = frozenset({State.NO_EVIDENCE, State.INSUFFICIENT, State.STALE, State.UNCHECKABLE})


class DueState(WordChoice):
    """Where a commitment stands in time. Never inferred from silence: only a decision settles it."""

    NOT_DUE = "not_due", _("not due yet"), _("Its day has not come, or it names none.")
    DUE = "due", _("due"), _("Its day, month or year is now.")
    OVERDUE = "overdue", _("past its day, not settled"), _("Its day is over and no editor has settled it.")
    SETTLED = "settled", _("settled"), _("An editor has decided, with a reason and a day.")


class Settlement(WordChoice):
    """How a commitment ended: decided by an editor and a second person, never inferred."""

    KEPT = "kept", _("Kept"), _("What was promised was done, in time.")
    PARTLY_KEPT = (
        "partly_kept",
        _("Partly kept"),
        _("Some of what was promised was done, or it was done late."),
    )
    BROKEN = "broken", _("Broken"), _("It was not done, or the contrary was done.")
    BLOCKED = "blocked", _("Blocked"), _("Others prevented it, though its speaker tried.")
    WITHDRAWN = "withdrawn", _("Withdrawn"), _("Its speaker took the promise back.")


class Status(WordChoice):
    DRAFT = "draft", _("draft"), _("Seen on the desk only.")
    IN_REVIEW = "in_review", _("in review"), _("Waits on the desk for a second person.")
    PUBLISHED = "published", _("published"), _("Seen by everyone.")
    WITHDRAWN = "withdrawn", _("withdrawn"), _("Taken back, with a reason that everyone sees.")


class Side(WordChoice):
    SUPPORTING = "supporting", _("supporting"), _("Looking for what would support the claim.")
    CONTRADICTING = "contradicting", _("contradicting"), _("Looking for what would contradict the claim.")


class SourceKind(WordChoice):
    NEWS = "news", _("news organisation"), _("A newspaper, broadcaster or agency with an editor.")
    OFFICIAL = (
        "official",
        _("official body"),
        _("A government, army or international body reporting on its own acts."),
    )
    MONITOR = (
        "monitor", _("monitor or NGO"), _("Records events in the field: human-rights and aid organisations."),
    )  # fmt: skip
    DATASET = "dataset", _("dataset"), _("Structured records of many events.")
    REFERENCE = "reference", _("reference work"), _("A compilation of others' reports.")
    EXPERT = "expert", _("expert or institute"), _("Studies what others report; a law firm, too.")
    ARMED_GROUP = "armed_group", _("armed group"), _("A group that fights, reporting on itself.")


class OriginKind(WordChoice):
    EVENT = "event", _("event"), _("One thing that happened, whoever reports it.")
    WIRE = "wire", _("wire story"), _("One story that others carry.")
    DATASET = "dataset", _("dataset"), _("One body of records that others quote.")


class Risk(WordChoice):
    """How exactly readers may see where something happened."""

    NONE = "none", _("none"), _("The place is shown as exactly as it is known.")
    PROVINCE = "province", _("show the province only"), _("The exact place would endanger somebody.")
    COUNTRY = "country", _("show the country only"), _("Even the province would endanger somebody.")
    WITHHELD = "withheld", _("show no place"), _("Any place would endanger somebody.")


class PlaceKind(WordChoice):
    """How precisely a place is known: what its coordinates stand for."""

    SITE = "site", _("site"), _("A building, camp or crossing; within a few hundred metres.")
    TOWN = "town", _("town"), _("A town or city; its centre.")
    PROVINCE = "province", _("province"), _("A province or governorate; a point inside it.")
    AREA = "area", _("area"), _("A region without borders of its own; a rough centre.")
    COUNTRY = "country", _("country"), _("A country; a point inside it.")


class Act(WordChoice):
    """What an entry of the ledger tells of."""

    PUBLISH = "publish", _("published"), _("Shown to everyone for the first time, or again.")
    REVISE = "revise", _("revised"), _("Changed by an accepted proposal.")
    WITHDRAW = "withdraw", _("withdrawn"), _("Taken back, with the reason.")
    GRADE = "grade", _("graded"), _("What the editors’ gradings of a report come to.")
    CORRECT = "correct", _("corrected"), _("A notice of our own error.")
    SEARCH = "search", _("search noted"), _("What was looked for, and what came of it.")
    REFER = "refer", _("entered"), _("Referred to by something published.")
    SCORE = "score", _("scored"), _("What the site said of a claim from then on.")
    MERGE = "merge", _("merged"), _("Two records of the same speaker or source became one.")
    METHOD = "method", _("method changed"), _("Every score after it is computed by another method.")
    SUPPRESS = "suppress", _("suppressed"), _("Text taken out for a court or a person’s safety.")
    RENAME = "rename", _("names changed"), _("Editors sign by new names from here on.")
    IMPORT = "import", _("imported"), _("Written by an operator, past the desk.")


class Step(WordChoice):
    """What editors do on the desk: kept for undo, and to know who wrote what."""

    WRITE = "write", _("saved"), _("Entered or changed a record.")
    DELETE = "delete", _("deleted"), _("Took a draft away.")
    GRADE = "grade", _("graded"), _("Rated a link.")
    IMPORT = "import", _("imported"), _("Entered the records of a table.")
    SUBMIT = "submit", _("sent to review"), _("Asked for publication.")
    RETURN = "return", _("sent back"), _("Asked its writer for more, with the reason.")
    PUBLISH = "publish", _("published"), _("Showed it to everyone.")
    WITHDRAW = "withdraw", _("withdrew"), _("Took it back, with the reason.")
    REOPEN = "reopen", _("reopened"), _("Took a withdrawn record up again as a draft.")
    PROPOSE = "propose", _("proposed"), _("Wrote a revision of something published.")
    ACCEPT = "accept", _("accepted"), _("Let a proposal through.")
    DECLINE = "decline", _("declined"), _("Said no to a proposal, with the reason.")
    DROP = "drop", _("took back"), _("Took an own proposal back.")


class Outcome(WordChoice):
    PENDING = "pending", _("pending"), _("Waits for a decision; readers see what stands.")
    ACCEPTED = "accepted", _("accepted"), _("Readers see it.")
    DECLINED = "declined", _("declined"), _("A second person said no.")
    DROPPED = "dropped", _("taken back"), _("Its writer took it back.")


class ErrorReportState(WordChoice):
    """What became of a reader's report of an error."""

    WAITING = "waiting", _("waiting"), _("No editor has answered it yet.")
    ACCEPTED = "accepted", _("accepted"), _("The reader is right. The answer says what was done.")
    DECLINED = "declined", _("declined"), _("Nothing is changed. The answer says why.")


class SuppressionGround(WordChoice):
    """Why a text is suppressed; the public sees which."""

    COURT = "court", _("court order"), _("A court or the law demands it.")
    SAFETY = "safety", _("a person’s safety"), _("It endangers somebody.")


class CorrectionKind(WordChoice):
    CORRECTION = "correction", _("correction"), _("We were wrong, and it mattered.")
    UPDATE = "update", _("update"), _("New facts changed what we say.")
    VOID = "void", _("void"), _("The whole record should not have stood.")
