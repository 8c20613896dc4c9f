"""One record of each kind, and what each role would send to every page of the desk, for the matrix of permissions."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from claims import models as m
from claims.admin.edit_conflicts import hash_value, version_of_publication
from claims.admin.proposals import version_of_proposal
from claims.models import About, Claim, Evidence, Reply, Statement
from tests.actions.desk import ready
from tests.factories import (
    NOW,
    AboutFactory,
    ClaimFactory,
    CorrectionFactory,
    DeskStepFactory,
    ErrorReportFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    PlaceFactory,
    ReplyFactory,
    RevisionFactory,
    SnapshotFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    SuppressionFactory,
    SynonymsFactory,
    TableImportFactory,
    TopicFactory,
    UserFactory,
)

SUPERUSER = {"superuser"}
PUBLISH = {"publisher"} | SUPERUSER
DELETE = {"editor"} | PUBLISH
DESK = {"reporter"} | DELETE
PEOPLE = {"manager"} | SUPERUSER
STAFF = {"outsider"} | DESK | PEOPLE
NOBODY: set[str] = set()
ROLES = ("anonymous", *sorted(STAFF))

MAKERS = {Claim: ClaimFactory, Statement: StatementFactory, Evidence: EvidenceFactory, Reply: ReplyFactory,
          About: AboutFactory}  # fmt: skip
STEPS = {"submit": ("", DESK), "return": ("in_review", DESK), "publish": ("in_review", PUBLISH),
         "withdraw": ("published", PUBLISH), "reopen": ("withdrawn", DESK)}  # fmt: skip

# Of each model: who may look, enter, open its page, send its page, delete.
RIGHTS: dict[str, tuple[set[str], ...]] = {
    **dict.fromkeys(
        ("claim", "statement", "evidence", "source", "origin", "topic", "place", "speaker", "reply"),
        (DESK, DESK, DESK, DESK, DELETE),
    ),
    **dict.fromkeys(("synonyms", "about"), (DESK, DELETE, DESK, DELETE, DELETE)),
    "correction": (DESK, PUBLISH, DESK, PUBLISH, NOBODY),
    "errorreport": (DESK, NOBODY, DESK, DELETE, PUBLISH),
    "snapshot": (DESK, NOBODY, DESK, NOBODY, NOBODY),
    "proposal": (DESK, NOBODY, DESK, DESK, NOBODY),  # its writer takes it back; to decide on it is told below
    "suppression": (PUBLISH, PUBLISH, PUBLISH, PUBLISH, NOBODY),
    "deskstep": (NOBODY, NOBODY, NOBODY, NOBODY, NOBODY),
    "user": (PEOPLE, PEOPLE, PEOPLE, PEOPLE, NOBODY),
    "group": (SUPERUSER, SUPERUSER, SUPERUSER, SUPERUSER, SUPERUSER),
}


@dataclass(frozen=True)
class Ask:
    """A page, the data sent to it (None: it is only opened), and the roles that may.

    `acts`: it changes something for them.
    """

    name: str
    url: str
    may: set[str]
    sent: dict[str, Any] | None = None
    acts: bool = False
    bulk: bool = field(
        default=False
    )  # refused by leaving everything as it is, on a list that the role may see


def made_world() -> SimpleNamespace:
    link = EvidenceLinkFactory(stance=-2)
    records = {
        "claim": link.claim, "statement": StatementFactory(), "evidence": link.evidence, "source": SourceFactory(),
        "origin": OriginFactory(), "topic": TopicFactory(), "place": PlaceFactory(), "speaker": SpeakerFactory(),
        "synonyms": SynonymsFactory(), "correction": CorrectionFactory(), "snapshot": SnapshotFactory(),
        "tableimport": TableImportFactory(),
        "deskstep": DeskStepFactory(), "reply": ReplyFactory(), "errorreport": ErrorReportFactory(),
        "suppression": SuppressionFactory(), "user": UserFactory(reporter=True), "group": Group.objects.first(),
    }  # fmt: skip
    in_status = {
        (model, status): ready(maker, **({status: True} if status else {}))
        for model, maker in MAKERS.items()
        for status in {status for status, _who in STEPS.values()}
    }
    records["about"] = in_status[About, ""]  # one for each subject: no more can be made
    claim = in_status[Claim, "published"]
    base = m.Entry.objects.filter(kind="claim", subject=claim.slug).last().number
    records["proposal"] = RevisionFactory(claim=claim, base=base, changes={"criterion": "By month."}).proposal
    return SimpleNamespace(records=records, in_status=in_status, at=NOW)


def name_of(record: Any, page: str) -> str:
    return f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}"


def page_of(record: Any, page: str) -> str:
    return reverse(name_of(record, page), args=[record.pk])


def asks(world: SimpleNamespace) -> list[Ask]:
    return [*_of_models(world), *_of_steps(world), *_of_decisions(world), *_of_the_site(world)]


def _of_models(world: SimpleNamespace) -> list[Ask]:
    found = []
    for name, (look, enter, show, send, delete) in RIGHTS.items():
        record = world.records[name]
        listing, add = reverse(name_of(record, "changelist")), reverse(name_of(record, "add"))
        history = STAFF if name == "proposal" else show  # which leads on to the page, and tells nothing
        found += [
            Ask(f"{name} list", listing, look),
            Ask(f"{name} add", add, enter),
            Ask(f"{name} page", page_of(record, "change"), show),
            Ask(f"{name} history", page_of(record, "history"), history),
            Ask(f"{name} delete", page_of(record, "delete"), delete),
            Ask(f"{name} add, sent", add, enter, {"name": "New"}),
            Ask(f"{name} page, sent", page_of(record, "change"), send, {"name": "New", "_save": "1"}),
            Ask(f"{name} delete, sent", page_of(record, "delete"), delete, {"post": "yes"}),
            Ask(
                f"{name} delete selected", listing, delete,
                {"action": "delete_selected", "_selected_action": record.pk, "post": "yes"}, bulk=True,
            ),
        ]  # fmt: skip
    return found


def _of_steps(world: SimpleNamespace) -> list[Ask]:
    found = []
    for step, (status, who) in STEPS.items():
        for model in MAKERS:
            may = who & DELETE if model is About else who
            record, name = world.in_status[model, status], f"{model._meta.model_name} {step}"
            sent = {"reason": "Checked.", f"seen-{record.pk}": version_of_publication(record)}
            found += [
                Ask(name, page_of(record, step), may),
                Ask(f"{name}, sent", page_of(record, step), may, sent, acts=True),
            ]
            if step != "reopen":
                chosen = {"action": f"{step}_selected", "_selected_action": record.pk, **sent}
                url = reverse(name_of(record, "changelist"))
                found.append(Ask(f"{name} selected", url, may, chosen, acts=True, bulk=True))
    return found


def _of_decisions(world: SimpleNamespace) -> list[Ask]:
    proposal, suppression = world.records["proposal"], world.records["suppression"]
    seen_empty = ".".join(f"{name}-{hash_value('')}" for name in ("state", "answer", "correction"))
    answer = {"state": "declined", "answer": "The record says so too.", "_save": "1", "seen": seen_empty}
    listing_of_imports = reverse("admin:claims_tableimport_changelist")
    page, seen = page_of(proposal, "change"), version_of_proposal(proposal)
    return [
        Ask("accept", page, PUBLISH, {"decision": "accept", "seen": seen}, acts=True),
        Ask("decline", page, PUBLISH, {"decision": "decline", "seen": seen, "reason": "No."}, acts=True),
        Ask("suppress", page_of(suppression, "change"), PUBLISH, {"decision": "accept"}, acts=True),
        Ask("answer a reader", page_of(world.records["errorreport"], "change"), DELETE, answer, acts=True),
        Ask("leave it", page_of(suppression, "change"), PUBLISH, {"decision": "refuse"}, acts=True),
        Ask(
            "ask to suppress", reverse("admin:claims_suppression_add"), PUBLISH,
            {"text": "A name", "ground": "safety", "reason": "It endangers somebody."}, acts=True,
        ),
        Ask("import a table", listing_of_imports, DESK),
        Ask("import a table, sent", listing_of_imports, DESK, {"kind": "places", "pasted": "name\nA\n"}, acts=True),
        Ask("empty table", reverse("admin:claims_tableimport_template", args=["places"]), DESK),
        Ask("another's table", page_of(world.records["tableimport"], "table"), NOBODY),
        Ask("another's table, sent", page_of(world.records["tableimport"], "table"), NOBODY, {"_import": "1"}),
        Ask("undo another's import", page_of(world.records["tableimport"], "undo"), NOBODY, {}),
        Ask("undo another's step", page_of(world.records["deskstep"], "undo"), NOBODY, {}),
    ]  # fmt: skip


def _of_the_site(world: SimpleNamespace) -> list[Ask]:
    claim, user = world.records["claim"], world.records["user"]
    words, of_claims = "a sentence nobody guesses", ContentType.objects.get_for_model(Claim).pk
    password = {"password1": words, "password2": words, "usable_password": "true"}
    own = ("index", "jsi18n", "password_change", "password_change_done")
    found = [Ask(name, reverse(f"admin:{name}"), STAFF) for name in own]
    found += [
        Ask(f"everything of {label}", reverse("admin:app_list", args=[label]), may)
        for label, may in (("claims", DESK), ("auth", PEOPLE), ("axes", SUPERUSER))
    ]
    found += [
        Ask("preview", page_of(claim, "preview"), DESK, {}),
        Ask("dossier", page_of(world.records["statement"], "dossier"), DESK),
        Ask("grade a dossier", page_of(world.records["statement"], "grade"), DESK),
        Ask("set a password", page_of(user, "password_change"), PEOPLE),
        Ask("set a password, sent", page_of(user, "password_change"), PEOPLE, password, acts=True),
        Ask("its public address", reverse("admin:view_on_site", args=[of_claims, claim.pk]), NOBODY),
    ]
    for model, name in (("evidencelink", "evidence"), ("evidencelink", "claim"), ("statement", "speaker")):
        query = f"?app_label=claims&model_name={model}&field_name={name}&term="
        found.append(Ask(f"complete {name}", reverse("admin:autocomplete") + query, DESK))
    return found
