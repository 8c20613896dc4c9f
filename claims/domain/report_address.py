"""Web addresses as they are compared: two that lead to one page are the same."""

import re
from typing import Final

# Added by networks and newsletters to know where a reader came from; no page depends on them.
TRACKING: Final = re.compile(
    r"utm_.*|at_(medium|campaign|custom.*|link.*|ptr.*|format|bbc_team)|mc_[ce]id|(fb|g|d|y|tw|wb|gb)(clid|raid)|msclkid"
    r"|igshid|igsh|_ga|_gl|ref_src|ref_url|cmpid|ocid|smid|s_cid",
    re.IGNORECASE,
)
_ESCAPED: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def is_web_address(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def canonical_address(address: str) -> str:
    """The address without scheme, `www.`, port, fragment, closing slashes and what only tracks; empty for none."""
    rest = re.sub(r"^[a-z]+://", "", address.strip(), flags=re.IGNORECASE).partition("#")[0]
    rest, _mark, query = rest.partition("?")
    host, _slash, path = rest.partition("/")
    host = re.sub(r":(80|443)$", "", host.lower()).removeprefix("www.").rstrip(".")
    parts = sorted(
        part for part in query.split("&") if part and not TRACKING.fullmatch(part.partition("=")[0])
    )
    path = _unescape(path).rstrip("/")
    return host + (f"/{path}" if path else "") + ("?" + "&".join(map(_unescape, parts)) if parts else "")


def _unescape(text: str) -> str:
    """Letters as they are read; what is no UTF-8 stays as it is."""

    def letters(match: re.Match[str]) -> str:
        try:
            return bytes.fromhex(match[0].replace("%", "")).decode()
        except UnicodeDecodeError:
            return match[0].upper()

    return _ESCAPED.sub(letters, text)
