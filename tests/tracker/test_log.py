import logging
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import DisallowedHost

from tracker.log import RefusalsAsWarnings, TracebacksForErrorsOnly

FILTERS = {"refusals": RefusalsAsWarnings(), "in_full": TracebacksForErrorsOnly()}


def shown(name: str, level: int, status: int = 500) -> str:
    try:
        raise DisallowedHost
    except DisallowedHost as error:
        details = (type(error), error, error.__traceback__)
    record = logging.LogRecord(name, level, "", 0, "Said %s", ("no",), details)
    record.status_code = status
    logging_of_the_site: Any = settings.LOGGING
    for log_filter in logging_of_the_site["handlers"]["stderr"]["filters"]:
        assert FILTERS[log_filter].filter(record)
    return logging.Formatter("%(levelname)s %(message)s").format(record)


@pytest.mark.parametrize("name", ["django.request", "axes"])
def test_a_refused_request_is_one_line(name):
    assert shown(name, logging.WARNING) == "WARNING Said no"


@pytest.mark.parametrize("refused", ["DisallowedHost", "TooManyFieldsSent", "DisallowedModelAdminToField"])
def test_a_suspicious_request_is_a_warning_of_one_line_though_django_calls_it_an_error(refused):
    assert shown(f"django.security.{refused}", logging.ERROR) == "WARNING Said no"


@pytest.mark.parametrize("status", [501, 503])
def test_an_answer_that_refuses_on_purpose_does_not_fill_the_log_with_errors(status):
    assert shown("django.request", logging.ERROR, status) == "WARNING Said no"


def test_an_error_of_ours_is_told_in_full():
    assert "Traceback" in shown("django.request", logging.ERROR)


def test_nothing_is_logged_but_to_stderr():
    logging_of_the_site: Any = settings.LOGGING
    assert list(logging_of_the_site["handlers"]) == ["stderr"]
    assert all(not logger.get("handlers") for logger in logging_of_the_site["loggers"].values())
