"""By which names the ledger signs, and the entry that says that editors sign by new ones."""

from hashlib import sha256

from django.contrib.auth.models import User

from claims.models import PublicName

SOFTWARE_SIGNATURE = "the software"  # signs what no editor decided, such as the daily scoring
SIGNATURES = "signatures"  # the kind of an entry about the names themselves


def public_signature(user: User | None) -> str:
    """How the public knows an editor: by their full name if the account has one, otherwise by a random name.

    Never by the name that they sign in with, nor by anything computed from it: it is half of what a thief needs.
    """
    return sign_for(user)[0]


def sign_for(user: User | None) -> tuple[str, str | None]:
    """The editor's public signature, and the key by which the ledger holds their account."""
    if user is None:
        return SOFTWARE_SIGNATURE, None
    own = PublicName.objects.of(user)
    return user.get_full_name() or own.name, own.key


def count_guessable_names() -> int:
    """How many accounts sign by the name of an older release, which anyone computes from the name of their sign-in."""
    names = PublicName.objects.filter(name__startswith="editor ").values_list("account__username", "name")
    return sum(name == f"editor {sha256(account.encode()).hexdigest()[:6]}" for account, name in names)
