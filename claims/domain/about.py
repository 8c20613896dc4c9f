"""What a site says of itself: the subjects of the page about it."""

from .vocabulary import WordChoice
from .vocabulary import gettext_noop as _


class AboutSubject(WordChoice):
    """In the order of the page."""

    RUN = (
        "run",
        _("Who runs this site"),
        _("The people or the body, their seat, and who answers for what is published."),
    )
    PAID = "paid", _("Who pays for it"), _("Everybody whose money it needs, and on what terms.")
    COMPLAINTS = (
        "complaints",
        _("How to complain"),
        _("To whom, how soon they answer, and where to go next: a press council, an ombudsman."),
    )
    CORRECTIONS = (
        "corrections",
        _("How corrections work"),
        _("What you add to what the page itself says of notices, changes and versions."),
    )


REQUIRED_SUBJECTS = (AboutSubject.RUN, AboutSubject.PAID)  # only the editors know these
