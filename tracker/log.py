import logging


class TracebacksForErrorsOnly(logging.Filter):
    """A log filter that removes the tracebacks of refused requests.

    One line each cannot bury the errors that matter.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.ERROR or record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True
