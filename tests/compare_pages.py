"""Keeps the bytes of every page of a site, and compares two such sets: for changes that must change no page.

    python -m tests.compare_pages save FOLDER [--desk USERNAME]
    python -m tests.compare_pages compare FOLDER OTHER_FOLDER [--but-space]

`save` opens the site that the environment describes (DATABASE_URL) in this process and
follows its links, readers' pages first. Run both sides on the same day, on copies of one database.
`--but-space` takes two pages as equal if only space that no reader sees differs, as after a line break in a template.
"""

import argparse
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from tests.page_layout import shown_pieces

START = ("/", "/en/", "/ar/", "/sitemap.xml", "/robots.txt", "/changes.json", "/healthz", "/en/no-such-page/")
DESK = ("/admin/",)
LINK = re.compile(
    rb"""(?:href|src|action|data-href)=["']([^"']+)["']|<loc>([^<]+)</loc>|"(https?://[^"]+)\""""
)
# What differs from one run to the next by design.
RANDOM = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(rb'nonce="[^"]*"'),
    re.compile(rb'(?<=<div class="readonly">)[A-Z][a-z.]+ \d+, \d{4}, [^<]*(?=</div>)'),  # the time now
)
HEADERS = ("Content-Type", "Location", "ETag", "Last-Modified", "Cache-Control", "Vary", "Link", "Content-Language",
           "Content-Security-Policy", "Content-Disposition", "X-Robots-Tag", "Access-Control-Allow-Origin")  # fmt: skip
ETAG = re.compile(rb"(?m)^.*; ETag$")
MOST_OF_A_KIND = 2  # addresses with the same path and names of parameters
MOST_OF_A_PATH = 6  # addresses that differ in their parameters only


def save_pages(folder: Path, desk: str) -> None:
    """Follow every link of the site and write each answer into the folder, one file an address."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.test import Client

    readers = Client(raise_request_exception=False)
    pages = dict(answers_of(readers, START))
    if desk:
        from django.contrib.auth.models import User

        editor = Client(raise_request_exception=False)
        editor.force_login(
            User.objects.get(username=desk), backend="django.contrib.auth.backends.ModelBackend"
        )
        pages |= {f"{desk}: {address}": page for address, page in answers_of(editor, DESK, only=DESK[0])}
    folder.mkdir(parents=True, exist_ok=True)
    index = {}
    for address, body in sorted(pages.items()):
        name = sha256(address.encode()).hexdigest()[:20]
        (folder / name).write_bytes(body)
        index[address] = name
    (folder / "index.json").write_text(json.dumps(index, indent=1))
    print(f"{len(index)} addresses in {folder}")


def answers_of(client, start: tuple[str, ...], only: str = "/") -> Iterator[tuple[str, bytes]]:
    """Each address that is reached from the first ones, with its status, headers and body."""
    waiting, seen, of_kind = list(reversed(start)), set(start), Counter[tuple[str, ...]]()
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        yield address, answer_bytes(address, response, body)
        for link in local_links(address, body, response):
            if link in seen or not link.startswith(only) or "/logout" in link or "/undo" in link:
                continue
            split = urlsplit(link)
            kind = (split.path, *sorted(re.findall(r"(?:^|&)([^=&]+)", split.query)))
            of_kind[kind] += 1
            of_kind[("path", split.path)] += bool(split.query)
            if not split.query or (
                of_kind[kind] <= MOST_OF_A_KIND and of_kind["path", split.path] <= MOST_OF_A_PATH
            ):
                seen.add(link)
                waiting.append(link)


def local_links(address: str, body: bytes, response) -> list[str]:
    found = [link for group in LINK.findall(body) for link in group if link]
    if response.headers.get("Location"):
        found.append(response.headers["Location"].encode())
    links = []
    for link in found:
        split = urlsplit(urljoin(f"http://testserver{address}", unescape(link.decode(errors="replace"))))
        if split.scheme in ("http", "https") and split.netloc == "testserver":
            links.append(split.path + (f"?{split.query}" if split.query else ""))
    return list(dict.fromkeys(links))


def answer_bytes(address: str, response, body: bytes) -> bytes:
    sent = body
    for pattern in RANDOM:
        body = pattern.sub(b"", body)
    names = [name for name in HEADERS if name in response.headers and not address.startswith("/static/")]
    if body != sent:
        names = [name for name in names if name != "ETag"]  # a hash of what differs by design
    headers = [f"{name}; {response.headers[name]}" for name in names]
    headers = [re.sub(r"nonce-[^']*", "nonce", "; ".join(sorted(line.split("; ")))) for line in headers]
    return "\n".join([str(response.status_code), *headers, "", ""]).encode() + body


def compare_pages(first: Path, second: Path, *, but_space: bool) -> bool:
    """Print each address whose answer differs; true where none does."""
    old, new = (json.loads((folder / "index.json").read_text()) for folder in (first, second))
    same, spaced = 0, 0
    for address in sorted(old.keys() & new.keys()):
        answers = [path.read_bytes() for path in (first / old[address], second / new[address])]
        if answers[0] == answers[1]:
            same += 1
        elif but_space and shown_answer(answers[0]) == shown_answer(answers[1]):
            spaced += 1
        else:
            print(f"differs: {address}\n    {first / old[address]} {second / new[address]}")
    for address in sorted(old.keys() ^ new.keys()):
        print(f"only in {first if address in old else second}: {address}")
    differing = len(old.keys() & new.keys()) - same - spaced
    in_space = f"{spaced} differ in space only, " if but_space else ""
    print(f"{same} equal, {in_space}{differing} differ, {len(old.keys() ^ new.keys())} on one side only")
    return not differing and old.keys() == new.keys()


def shown_answer(answer: bytes) -> tuple[bytes, list[str] | bytes]:
    """The headers but for the hash of the body, and what a browser shows of the body."""
    headers, _, body = answer.partition(b"\n\n")
    if b"text/html" in headers:
        return ETAG.sub(b"", headers), shown_pieces(body.decode())
    return headers, body


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, dest="command")
    saving = commands.add_parser("save")
    saving.add_argument("folder", type=Path)
    saving.add_argument("--desk", default="", metavar="USERNAME")
    comparing = commands.add_parser("compare")
    comparing.add_argument("folders", type=Path, nargs=2)
    comparing.add_argument("--but-space", action="store_true")
    options = parser.parse_args()
    if options.command == "save":
        save_pages(options.folder, options.desk)
    elif not compare_pages(*options.folders, but_space=options.but_space):
        sys.exit(1)


if __name__ == "__main__":
    main()
