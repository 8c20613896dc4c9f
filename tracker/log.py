import logging


class TracebacksForErrorsOnly(logging.Filter):
    """A refused request is one line. With a traceback each, any stranger could bury the errors that matter."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.ERROR or record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True
