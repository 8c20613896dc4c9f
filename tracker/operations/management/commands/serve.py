"""Serves the site with Granian, which alone would share its port with a second server."""

import os
import socket
import sys
from argparse import ArgumentParser
from errno import EADDRINUSE
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.request_lanes import THREADS

HOST, PORT = "127.0.0.1", 8000
MOST_PORT = 65_535
# The defaults are for a machine with two cores, behind a proxy.
NUMBERS = {
    "workers": 2,
    "blocking-threads": THREADS,
    "backpressure": 480,  # connections of a worker, also slow or idle ones; most systems allow 1024 open files
    "http1-header-read-timeout": 10_000,  # milliseconds
}
# Fewer would be taken by slow clients alone. Older service files have fewer.
LEAST = {"blocking-threads": NUMBERS["blocking-threads"], "backpressure": NUMBERS["backpressure"]}


class Command(BaseCommand):
    help = "Serve the site with Granian, unless another server already answers there."
    requires_system_checks = []  # a site that only warns must start

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=HOST, help=f"the address to answer at ({HOST})")
        parser.add_argument("--port", type=int, default=PORT, help=f"the port to answer at ({PORT})")
        for name, number in NUMBERS.items():
            parser.add_argument(f"--{name}", type=int, default=number, help=f"see Granian's help ({number})")
        parser.add_argument("--ssl-certificate", help="a file, if Granian ends TLS itself")
        parser.add_argument("--ssl-keyfile", help="the key of the certificate")

    def handle(self, *, host: str = HOST, port: int = PORT, **options: Any) -> None:
        refuse_taken_port(host, port)
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            host,
            "--port",
            str(port),
        ]
        for name in (*NUMBERS, "ssl-certificate", "ssl-keyfile"):
            if (value := options.get(name.replace("-", "_"))) is not None:
                command += [f"--{name}", str(self.at_least(name, value))]
        os.execv(command[0], [*command, "tracker.wsgi:application"])  # noqa: S606 - our own arguments, and no shell

    def at_least(self, name: str, value: Any) -> Any:
        least = LEAST.get(name)
        if least is None or value >= least:
            return value
        self.stderr.write(f"--{name} {value} is too few to keep the desk open under load; {least} is used.")
        return least


def refuse_taken_port(host: str, port: int) -> None:
    if not 0 <= port <= MOST_PORT:
        raise CommandError(f"--port {port}: a port is a number from 1 to {MOST_PORT}.", returncode=2)
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(
                socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
            )  # what was closed a moment ago is free
            probe.bind(address)
    except OSError as error:
        if error.errno == EADDRINUSE:
            why = "another server already answers there. Stop it first, or choose another --port"
        else:
            why = f"the address can't be used: {error.strerror}"
        raise CommandError(f"The site can't be served at {host}:{port}: {why}.", returncode=2) from None
