"""Text for XML 1.0, which cannot hold every character, not even escaped."""

import re
from typing import Final

INVALID_XML_CHARACTERS: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def strip_invalid_xml(text: str) -> str:
    return INVALID_XML_CHARACTERS.sub("", text)
