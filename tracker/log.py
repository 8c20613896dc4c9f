import logging


class TracebacksForErrorsOnly(logging.Filter):
    """A log filter that removes the tracebacks of refused requests.

    One line each cannot bury the errors that matter.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.ERROR or record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True


class RefusalsAsWarnings(logging.Filter):
    """A log filter that lowers what Django calls an error, but strangers can cause at will.

    These are requests that Django calls suspicious, such as one with a forged host, too many fields or a filter that no
    page has, and answers that say on purpose that they cannot serve: 501 to a format that the site does not have, 503
    in maintenance.
    """

    REFUSING = (501, 503)

    def filter(self, record: logging.LogRecord) -> bool:
        is_refusal = record.name.startswith("django.security.") or (
            record.name == "django.request" and getattr(record, "status_code", 0) in self.REFUSING
        )
        if is_refusal and record.levelno > logging.WARNING:
            record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        return True
