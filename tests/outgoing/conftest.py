import socket
from collections.abc import Callable
from typing import Any

import pytest

from claims.outgoing import fetching
from tests.outgoing.foreign_site import HOST

Names = dict[str, list[list[str]]]


@pytest.fixture
def names(monkeypatch) -> Callable[..., list[str]]:
    """What the names of machines lead to: each question takes the next answer, and the last one stays.

    Gives a function that sets the answers of a name and returns the list of all names that are asked for.
    """
    answers: Names = {HOST: [["127.0.0.1"]]}
    asked: list[str] = []
    real = socket.getaddrinfo

    def getaddrinfo(host: str, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in answers:
            numeric = kwargs.get("flags", 0) | socket.AI_NUMERICHOST
            return real(host, port, *args, **kwargs | {"flags": numeric})
        asked.append(host)
        own = answers[host]
        numbers = own.pop(0) if len(own) > 1 else own[0]
        return [row for number in numbers for row in real(number, port, type=socket.SOCK_STREAM)]

    def set_answers(host: str = HOST, *numbers: list[str]) -> list[str]:
        if numbers:
            answers[host] = list(numbers)
        return asked

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return set_answers


@pytest.fixture(autouse=True)
def _no_turns(monkeypatch) -> None:
    """No test waits for the visits of another."""
    monkeypatch.setattr(fetching, "_turns", {})
