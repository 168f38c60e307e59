"""The day that a file carries itself: a workbook says when it was saved. Text files say nothing of the kind."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

from commands.kit.tables import ZIP

PROPERTIES = "docProps/core.xml"
LONGEST = 100_000
_SAVED = re.compile(rb"<dcterms:modified[^>]*>\s*([0-9]{4}-[0-9]{2}-[0-9]{2})")


def saved_on(content: bytes) -> date | None:
    """The day on which a workbook was saved last, by its properties; None where none is said."""
    if not content.startswith(ZIP):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book, book.open(PROPERTIES) as properties:
            found = _SAVED.search(properties.read(LONGEST))
        return date.fromisoformat(found[1].decode()) if found else None
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, OSError):
        return None
