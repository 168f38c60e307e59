"""Which files and links can be the paper of an item. Slack's page checks the name of a file alone, and only there."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

from commands.kit.words import _

LINK_LIMIT = 500
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How files of each kind begin; a text has no mark of its own, and no zero bytes either.
BEGINS: dict[str, bytes] = {
    "pdf": b"%PDF-",
    "docx": _ZIP,
    "doc": _OLE,
    "odt": _ZIP,
    "pptx": _ZIP,
    "xlsx": _ZIP,
    "txt": b"",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
}
PAPER_KINDS = tuple(BEGINS)
# Slack counts these as the kind behind them.
ALSO_NAMED = {"jpeg": "jpg", "text": "txt"}


def paper_trouble(name: str, content: bytes) -> str:
    """Why a file cannot be a paper; empty when it can: it is of a kind that is taken, by its name and by its bytes."""
    ending = name.rpartition(".")[2].casefold()
    kind = ALSO_NAMED.get(ending, ending)
    if kind not in BEGINS:
        return _("A paper is one of these: {kinds}. Save it as one of them.").format(kinds=", ".join(PAPER_KINDS))
    if not content.startswith(BEGINS[kind]) or (kind == "txt" and b"\0" in content):
        return _("This file is not what its name says ({kind}). Save it again and try once more.").format(kind=kind)
    return ""


def is_link(text: str) -> bool:
    """Whether a text is a web link that can be shown as one, and leads where it seems to.

    A name in front of the host (`https://un.org@example.org`), letters that only look like others, and marks that turn
    the direction of reading would let it pretend another address.
    """
    if len(text) > LINK_LIMIT or any(letter in " <>|\\" or unicodedata.category(letter)[0] == "C" for letter in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = parts.netloc.isascii() and "@" not in parts.netloc
    return parts.scheme in {"http", "https"} and "." in parts.netloc and plain
