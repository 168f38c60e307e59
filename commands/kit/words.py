"""Every text a person reads passes `_()` or `ngettext()`, in the language of whoever will read it.

English is the source. Translations are plain `.po` files, one a room and language (`commands/ROOM/locale/fr.po`; what
rooms share and what the machine says stands in the kit's), read at start, so that a translator needs no tool of ours,
the repository holds no compiled catalogue, and a new room adds its words beside its code.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOMS = Path(__file__).parent.parent
SOURCE_LANGUAGE = "en"

_language: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


def catalogue_files(language: str, rooms: Path = ROOMS) -> list[Path]:
    """The files with the translations into a language, the kit's and every room's."""
    return sorted(rooms.glob(f"*/locale/{language}.po"))


def read_catalogue(language: str, rooms: Path = ROOMS) -> Catalog:
    """The translations into a language, of every room together."""
    whole = Catalog(locale=language)
    for path in catalogue_files(language, rooms):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    whole[message.id] = message
    return whole


@cache
def _translations(language: str) -> dict[str, tuple[str, ...]]:
    """Translations by source text, as a plain dictionary: several forms where a text counts something."""
    if not catalogue_files(language):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for message in read_catalogue(language):
        forms = (message.string,) if isinstance(message.string, str) else message.string
        if message.id and forms and forms[0]:
            found[message.id if isinstance(message.id, str) else message.id[0]] = tuple(map(str, forms))
    return found


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
    forms = _translations(_language.get()).get(text)
    return forms[0] if forms else text


def ngettext(one: str, many: str, count: int) -> str:
    """The singular or plural text for `count` in the current language; the caller fills in the number."""
    language = _language.get()
    forms = _translations(language).get(one)
    if forms is None:
        return one if count == 1 else many
    return forms[min(_plural_index(language, count), len(forms) - 1)]


def _plural_index(language: str, count: int) -> int:
    # French counts 0 and 1 as one; English only 1. Two forms cover the languages we ship.
    singular = count in {0, 1} if language == "fr" else count == 1
    return 0 if singular else 1
