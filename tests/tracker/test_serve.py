"""Two servers never share a port: readers would get now one, now the other."""

import subprocess
import sys

import pytest
from django.core.management import CommandError

from tests.tracker.conftest import BASE_DIR
from tests.tracker.served import environment_of, served
from tracker.operations.management.commands.serve import refuse_taken_port


def test_a_second_server_on_the_same_port_is_refused_in_a_sentence(tmp_path):
    with served(tmp_path) as first:
        assert first.ask("/healthz").status == 200
        for command in ("serve", "demo"):
            second = subprocess.run(
                [sys.executable, "manage.py", command, "--port", str(first.port)],
                cwd=BASE_DIR, env=environment_of(tmp_path), capture_output=True, text=True, check=False, timeout=60,
            )  # fmt: skip
            assert second.returncode != 0
            assert str(first.port) in second.stderr
            assert len(second.stderr.splitlines()) == 1
        assert first.ask("/healthz").status == 200


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 70_000), ("192.0.2.1", 8000), ("no-such.invalid", 80)]
)
def test_an_address_that_cannot_be_served_is_explained(host, port):
    with pytest.raises(CommandError) as refused:
        refuse_taken_port(host, port)
    assert refused.value.returncode == 2
