import logging
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import DisallowedHost

from tracker.log import TracebacksForErrorsOnly


def shown(name: str, level: int) -> str:
    try:
        raise DisallowedHost
    except DisallowedHost as error:
        details = (type(error), error, error.__traceback__)
    record = logging.LogRecord(name, level, "", 0, "Said %s", ("no",), details)
    assert TracebacksForErrorsOnly().filter(record)
    return logging.Formatter("%(levelname)s %(message)s").format(record)


@pytest.mark.parametrize("name", ["django.request", "axes"])
def test_a_refused_request_is_one_line(name):
    assert shown(name, logging.WARNING) == "WARNING Said no"


def test_a_forged_host_is_one_line_though_django_calls_it_an_error():
    assert shown("django.security.DisallowedHost", logging.ERROR) == "ERROR Said no"


def test_an_error_of_ours_is_told_in_full():
    assert "Traceback" in shown("django.request", logging.ERROR)


def test_nothing_is_logged_but_to_stderr():
    logging_of_the_site: Any = settings.LOGGING
    assert list(logging_of_the_site["handlers"]) == ["stderr"]
    assert all(not logger.get("handlers") for logger in logging_of_the_site["loggers"].values())
