"""Reads environment variables. Each error message says what is wrong with the value and what to put instead."""

import importlib.util
import re
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from environ import Env

from claims.languages import rules_for

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}
PLACEHOLDERS = re.compile(
    r"insecure|change[-_ ]?me|replace|placeholder|example|your[-_ ]|secret[-_ ]?key", re.IGNORECASE
)
NEW_KEY = 'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'


class Environment:
    """Typed access to environment variables. django-environ would read DEBUG=treu as False and raise a traceback for
    TRUSTED_PROXIES=two; these methods refuse both with a message.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.names: set[str] = set()  # all that were asked for, whether set or not

    def text(self, name: str, default: str = "") -> str:
        self.names.add(name)
        return self.variables.get(name, default).strip()

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value not in YES | NO:
            raise ImproperlyConfigured(
                f"{name} is {value!r}, and must be 1 (on) or 0 (off). For example: {name}=1"
            )
        return value in YES

    def whole_number(self, name: str, *, default: int, most: int) -> int:
        value = self.text(name) or str(default)
        # Not int(), which accepts "1_000", " 7" and "٣".
        if not re.fullmatch(r"[0-9]{1,12}", value) or int(value) > most:
            raise ImproperlyConfigured(
                f"{name} is {value!r}, and must be a whole number from 0 to {most}. For example: {name}={default}"
            )
        return int(value)

    def ports(self, name: str, *, default: str) -> list[int]:
        value = self.text(name) or default
        listed = [port.strip() for port in value.split(",") if port.strip()]
        if not listed or not all(
            re.fullmatch(r"[0-9]{1,5}", port) and 0 < int(port) < 65_536 for port in listed
        ):
            raise ImproperlyConfigured(
                f"{name} is {value!r}, and must be ports with commas between them. For example: {name}=80,443,8080"
            )
        return [int(port) for port in listed]

    def proxy(self, name: str) -> str:
        """The address of a proxy; empty if there is none. The message does not repeat it: it may hold a password."""
        value = self.text(name)
        if value and not re.fullmatch(r"http://([^\s/@]+@)?[A-Za-z0-9.-]+:[0-9]{1,5}/?", value):
            raise ImproperlyConfigured(
                f"{name} is not the address of a proxy. It must be http://, a host and a port. "
                f"For example: {name}=http://127.0.0.1:3128"
            )
        return value

    def time_zone(self, name: str) -> str:
        value = self.text(name) or "UTC"
        try:
            ZoneInfo(value)
        except (OSError, ValueError) as error:  # OSError: the name of a folder
            raise _not_a_time_zone(name, value) from error
        except KeyError as error:  # ZoneInfoNotFoundError
            raise _not_a_time_zone(name, value) from error
        return value

    def site_languages(self, name: str) -> list[tuple[str, str]]:
        """The languages of the site in the given order, each as its code and its own name."""
        codes = [code.strip().lower() for code in (self.text(name) or "en,ar").split(",") if code.strip()]
        found = {code: _name_of_language(name, code) for code in codes}
        if "en" not in found:
            raise ImproperlyConfigured(
                f"{name} must hold en: the site's own texts are written in English. For example: {name}=en,ar"
            )
        return list(found.items())

    def _text_or_demo(self, name: str, demo: str) -> str:
        return self.text(name) or (demo if self.flag("DEMO", default=False) else "")

    def site_contact(self, name: str, demo: str = "") -> str:
        """An e-mail address or the address of a page; if not set empty, and in the demo its example."""
        value = self._text_or_demo(name, demo)
        if value and not re.fullmatch(r"https?://[^\s\"<>]+|[^\s@:/\"<>]+@[^\s@:/\"<>]+", value):
            raise ImproperlyConfigured(
                f"{name} is {value!r}, and must be an e-mail address or begin with https://. "
                f"For example: {name}=desk@example.org"
            )
        return value

    def site_licence(self, name: str, demo: str = "") -> str:
        """The name of a licence and its address, a blank between them; if not set empty, in the demo `demo`."""
        value = " ".join(self._text_or_demo(name, demo).split())
        if value and not re.fullmatch(r"[^\s<>\"]([^<>\"]*[^\s<>\"])? https?://[^\s\"<>]+", value):
            raise ImproperlyConfigured(
                f"{name} is {value!r}, and must be a licence's name, a blank and its address. "
                f"For example: {name}=CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
            )
        return value

    def secret_key(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise ImproperlyConfigured(
                f"{name} is not set. It signs sessions and forms, so it must be long, random and yours. {NEW_KEY} "
                f"and put it in the environment or in the file .env: {name}=… (To only look around: manage.py demo.)"
            )
        if PLACEHOLDERS.search(value):
            raise ImproperlyConfigured(
                f"{name} still looks like a placeholder, which others know too. {NEW_KEY}"
            )
        if len(value) < 50 or len(set(value)) < 15:
            raise ImproperlyConfigured(
                f"{name} is too easy to guess: it has {len(value)} characters, {len(set(value))} of them different, "
                f"and needs at least 50 and 15. {NEW_KEY}"
            )
        return value

    def hosts(self, name: str) -> list[str]:
        hosts = [host.strip().lower() for host in self.text(name).split(",") if host.strip()]
        if not hosts:
            raise ImproperlyConfigured(
                f"{name} is empty. Put the names that readers type to reach this site, with commas between them. "
                f"For example: {name}=tracker.example.org,www.tracker.example.org"
            )
        for host in hosts:
            if not re.fullmatch(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", host):
                raise ImproperlyConfigured(
                    f"{name} holds {host!r}, and must hold plain host names: no *, no https://, no port, no path. "
                    f"For example: {name}=tracker.example.org"
                )
        return hosts

    def database(self, name: str, *, default: Path, base: Path) -> dict[str, Any]:
        url = self.text(name) or f"sqlite:///{default}"
        scheme = url.partition("://")[0]
        if scheme not in {"sqlite", "postgres", "postgresql"}:
            raise _not_a_database(name, "It must begin with postgres:// or sqlite:///")
        if scheme == "sqlite" and not re.match(r"sqlite:(///|//:memory:$)", url):
            raise _not_a_database(
                name, "After sqlite: come three slashes and a path, or four for one that begins at /"
            )
        try:
            config: dict[str, Any] = Env.db_url_config(url)
        except ValueError as error:
            raise _not_a_database(name, "Its host or port can't be read") from error
        config.setdefault("OPTIONS", {})
        if scheme == "sqlite":
            return _sqlite_settings(name, config, base)
        if not config["NAME"]:
            raise _not_a_database(name, "It names no database after the last /")
        if config["PORT"] and not str(config["PORT"]).isdigit():
            raise _not_a_database(name, "Its port is not a number")
        return config


def _name_of_language(name: str, code: str) -> str:
    # Without a region, because addresses, translations and rules have none.
    if not re.fullmatch("[a-z]{2,3}", code) or code not in LANG_INFO:
        raise ImproperlyConfigured(
            f"{name} holds {code!r}, which is no language that Django knows by two or three letters. "
            f"For example: {name}=en,ar,fa"
        )
    return rules_for(code).name or str(LANG_INFO[code]["name_local"])


def _not_a_time_zone(name: str, value: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{name} is {value!r}, which is not a time zone that this machine knows. For example: {name}=Europe/Paris"
    )


def _not_a_database(name: str, why: str) -> ImproperlyConfigured:
    # The message does not repeat the address, because it may contain a password and ends up in logs.
    return ImproperlyConfigured(
        f"{name} is not the address of a database. {why}. For example: "
        f"{name}=postgres://tracker:password@127.0.0.1:5432/tracker (with % # / ? @ in the password written as "
        f"%25 %23 %2F %3F %40), or {name}=sqlite:////var/lib/tracker/tracker.sqlite3"
    )


def _sqlite_settings(name: str, config: dict[str, Any], base: Path) -> dict[str, Any]:
    if config["NAME"] != ":memory:":
        path = base / config["NAME"]
        if not path.parent.is_dir():
            raise ImproperlyConfigured(
                f"{name} puts the database in the folder {path.parent}, which does not exist. Make it first: "
                f"mkdir -p {path.parent}"
            )
        config["NAME"] = path
    return config


def is_totp_installed(*modules: str) -> bool:
    """Whether the packages for two-factor sign-in are installed. Does not import them."""
    return all(importlib.util.find_spec(module) for module in modules)


def without_totp(name: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{name} is on, but what it needs is not installed. Install it: .venv/bin/pip install --require-hashes "
        f"-r requirements-totp.txt, then run manage.py migrate. Or switch it off: {name}=0"
    )


def make_folder(name: str, path: Path) -> Path:
    """Create the folder that the site writes to."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {path} can't be made ({error.strerror}). Let the site's user write there, or name another "
            f"one. For example: {name}=/var/lib/tracker"
        ) from error
    return path


def read_or_make_key(path: Path) -> str:
    """Return the demo's key. Creates a random one on first use, readable by its owner only."""
    try:
        if not path.exists():
            _make_key(path)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The file {path} can't be made or read ({error.strerror}). Let the site's user write there, or name "
            "another folder. For example: DATA_DIR=/var/lib/tracker"
        ) from error


def _make_key(path: Path) -> None:
    # Two commands may start at once. Each writes a complete file, and the first to link it wins.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".key-") as file:  # mode 600 at once
        file.write(secrets.token_urlsafe(50))
        file.flush()
        with suppress(FileExistsError):
            path.hardlink_to(file.name)
