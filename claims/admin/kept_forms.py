"""Forms of the desk whose save was refused before any page could show them again: signed out, or a token too old.

The answer to such a request holds the form once more: its texts to read, and all of it to send again. Nothing is
stored. Each form names the account that opened it, signed. Only that account is given the form back.
"""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

WRITER = "_writer"  # the account that opened the form, signed
KEPT = "kept"  # a kept form, in the form of the sign-in
LOOK = "_look"  # the button that shows the form again without saving it
SAVES = ("_save", "_continue", "_addanother", "_next")  # the buttons of forms that can be shown again
SALT = "claims.admin.kept_forms"
UNTOLD = {"csrfmiddlewaretoken", WRITER}
LEAST_WORDS = 2  # of a text that is worth reading again: others are choices, days and marks


def sign_writer(user: Any) -> str:
    return signing.Signer(salt=SALT).sign(str(user.pk))


def read_writer(signed: str) -> str:
    """The key of the account; empty if this server did not sign it."""
    try:
        return signing.Signer(salt=SALT).unsign(signed)
    except signing.BadSignature:
        return ""


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form. Without this, another site could put its words into ours."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


@dataclass(frozen=True)
class KeptForm:
    """A form as it was sent: where to, by whom, and each value in order."""

    path: str
    writer: str
    values: list[tuple[str, str]]

    @classmethod
    def of(cls, request: HttpRequest) -> "KeptForm | None":
        """The form that the request sends, or the one that the form of the sign-in holds; None if it is neither."""
        if KEPT in request.POST:
            return cls.unpacked(str(request.POST[KEPT]))
        writer = read_writer(str(request.POST.get(WRITER, "")))
        if not writer or not request.path.startswith(reverse("admin:index")):
            return None
        values = [
            (name, str(each)) for name, texts in request.POST.lists() if name not in UNTOLD for each in texts
        ]
        return cls(request.get_full_path(), writer, values)

    @classmethod
    def unpacked(cls, packed: str) -> "KeptForm | None":
        try:
            path, writer, values = signing.loads(packed, salt=SALT)
        except signing.BadSignature:
            return None
        return cls(path, writer, [(name, text) for name, text in values])

    @property
    def packed(self) -> str:
        """The form as one signed value, not to be read on the page."""
        return signing.dumps([self.path, self.writer, self.values], salt=SALT, compress=True)

    @property
    def texts(self) -> list[tuple[str, str]]:
        return [(name, text) for name, text in self.values if len(text.split()) >= LEAST_WORDS]

    @property
    def can_be_shown(self) -> bool:
        """Whether its page can show it again without saving it."""
        return any(name in SAVES for name, _text in self.values)

    def is_by(self, user: Any) -> bool:
        return str(user.pk) == self.writer
