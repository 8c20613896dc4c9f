"""Plain text with paragraphs and addresses: cut into pieces, so that whoever shows it can link the addresses."""

import re
from collections.abc import Iterator

# No address holds a quotation mark or an angle bracket, and a sentence's last sign is not part of one.
_ADDRESS = re.compile(
    r"https?://[^\s<>\"“”«»]+[^\s<>\"“”«».,;:!?؟،؛)\]]|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    re.IGNORECASE,
)


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs, which blank lines part."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def address_pieces(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of the text in order, each with the address that it leads to; empty for plain words."""
    at = 0
    for found in _ADDRESS.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], ""
        words = found.group()
        yield words, words if words.lower().startswith(("http://", "https://")) else f"mailto:{words}"
        at = found.end()
    if at < len(text):
        yield text[at:], ""
