"""Every text a person reads passes `_()` or one of its sisters, in the language of whoever will read it.

English is the source. Translations are plain `.po` files, one a room and language (`commands/ROOM/locale/fr.po`; what
rooms share and what the machine says stands in the kit's), so that a translator needs no tool of ours, the repository
holds no compiled catalogue, and a new room adds its words beside its code. They are read once, when the first person
of a language is written to, into the standard library's gettext, which counts by the rule in the files' own
`Plural-Forms` header. `docs/translating.md` is the translator's page.

Gesture: put into words.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

# What rooms need; the rest is for the machine and for translators' tools.
__all__ = [
    "_",
    "available_languages",
    "current_language",
    "current_locale",
    "language_of",
    "ngettext",
    "npgettext",
    "pgettext",
    "speaking",
]

ROOMS = Path(__file__).parent.parent
SOURCE_LANGUAGE = "en"

_reading = Lock()
_language: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


def catalogue_files(language: str, rooms: Path = ROOMS) -> list[Path]:
    """The files with the translations into a language, the kit's and every room's."""
    return sorted(rooms.glob(f"*/locale/{language}.po"))


def read_file(path: Path, language: str) -> Catalog:
    """The translations of one file."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - a mission of one language never reads another

    with path.open("rb") as file:
        return read_po(file, locale=language)


def read_catalogue(language: str, rooms: Path = ROOMS) -> Catalog:
    """The translations into a language, of every room together. Raises ValueError as `filled_files` does."""
    from babel.messages.catalog import Catalog  # noqa: PLC0415

    whole = Catalog(locale=language)
    for part in filled_files(language, rooms):
        whole.mime_headers = part.mime_headers
        for message in part:
            if message.id:
                whole[message.id] = message
    return whole


def filled_files(language: str, rooms: Path = ROOMS) -> Iterator[Catalog]:
    """What is translated into a language, room after room.

    Raises ValueError when two files count by different rules: one text would have forms that the other's rule misses.
    """
    from babel.messages.catalog import Catalog  # noqa: PLC0415

    rule = ""
    for path in catalogue_files(language, rooms):
        read = read_file(path, language)
        if rule not in {"", read.plural_forms}:
            raise ValueError(f"{path.parent.parent.name}/locale/{path.name} has another Plural-Forms than the rest")
        rule, part = read.plural_forms, Catalog(locale=language)
        part.mime_headers = [("Plural-Forms", rule)]
        for message in read:
            # The first of two stays; a text that one room has not translated yet must not hide another room's.
            if message.id and message.string and any(message.string):
                part[message.id] = message
        yield part


@cache
def translations(language: str, rooms: Path = ROOMS) -> NullTranslations:
    """The texts of a language as the standard library keeps them; English texts for a language we do not speak."""
    # Threads that speak a language for the first time at once would each read its files, and the memory would stay.
    with _reading:
        return _read(language, rooms)


@cache
def _read(language: str, rooms: Path) -> NullTranslations:
    found: NullTranslations | None = None
    for part in filled_files(language, rooms):
        texts = _compiled(part)
        if found is None:
            found = texts
        else:
            found.add_fallback(texts)
    return found or NullTranslations()


def _compiled(part: Catalog) -> NullTranslations:
    from babel.messages.mofile import write_mo  # noqa: PLC0415

    compiled = BytesIO()
    write_mo(compiled, part)
    compiled.seek(0)
    return GNUTranslations(compiled)


def available_languages() -> list[str]:
    """ISO 639-1 codes the product speaks, English first."""
    return [SOURCE_LANGUAGE, *sorted({path.stem for path in ROOMS.glob("*/locale/*.po")})]


def current_language() -> str:
    """The language of the person who will read what is being written now."""
    return _language.get()


def current_locale() -> str:
    """How dates and numbers are written for that person: English as the UN writes it, `17 Nov 2026`."""
    return {"en": "en_GB"}.get(current_language(), current_language())


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write for a reader of `language` inside this block; a language we do not speak falls back to English."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def language_of(locale: str, offered: list[str]) -> str:
    """The mission's language for a Slack locale such as `fr-FR`; the mission's first language where it has none."""
    code = locale.replace("_", "-").split("-")[0].lower()
    return code if code in offered else (offered or [SOURCE_LANGUAGE])[0]


def _(text: str) -> str:
    """The text in the current language."""
    # gettext keeps the header of the files under the empty text.
    return translations(_language.get()).gettext(text) if text else ""


def pgettext(context: str, text: str) -> str:
    """The text in the current language, where its English has two meanings: `pgettext("escalations", "Open")`.

    The context says which meaning is meant; nobody but translators reads it.
    """
    return translations(_language.get()).pgettext(context, text)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a text for `count` in the current language; the caller fills in the number."""
    return translations(_language.get()).ngettext(one, many, count)


def npgettext(context: str, one: str, many: str, count: int) -> str:
    """The form of a text for `count`, where its English has two meanings."""
    return translations(_language.get()).npgettext(context, one, many, count)
