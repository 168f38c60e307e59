"""The form that takes a file from FTS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.funding.rules.imports.recognition import FILE, MOST_BYTES
from commands.kit.cards import Block, escape, option, section, shorten
from commands.kit.forms import date_input, field_block, file_input, modal, select, text_input
from commands.kit.tables import AUTOMATIC, FILE_KINDS, Encoding, encoding_field
from commands.kit.words import _, ngettext
from storage.base import Json
from storage.funding.imports import FundingImport

KINDS = (*FILE_KINDS, "json")
LONGEST_NAME = 60
FILES_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody filled in beside the file: texts as they were typed, and the values of choices."""

    country: str = ""
    direction: str = ""
    as_of: date | None = None
    plan: str = ""
    encoding: Encoding = AUTOMATIC

    @classmethod
    def of(cls, options: Json) -> Typed:
        """What an import keeps of it."""
        typed = options.get("typed") or {}
        as_of = date.fromisoformat(typed["as_of"]) if typed.get("as_of") else None
        encoding = Encoding(options.get("encoding") or AUTOMATIC)
        return cls(typed.get("country", ""), options.get("direction", ""), as_of, typed.get("plan", ""), encoding)


NOTHING = Typed()


def import_form(countries: Sequence[str], typed: Typed = NOTHING) -> Block:
    """The form; `countries` are the mission's, as far as they are settled, and `typed` is what was filled in before."""
    explained = _(
        "I recognise by its content what a file is: flows and requirements from FTS, its website, its API or HDX; "
        "pooled funds (CBPF, CERF); projects of the Peacebuilding Fund or a trust fund; the mission's budget. Nothing "
        "is changed before you have seen what would change."
    )
    return modal(
        "funding:import",
        _("Import from FTS"),
        [
            section(explained),
            _file(),
            _country(countries, typed.country),
            _direction(typed.direction),
            _as_of(typed.as_of),
            _plan(typed.plan),
            encoding_field(typed.encoding),
        ],
        submit=_("Preview"),
        close=_("Cancel"),
    )


def _file() -> Block:
    hint = _(
        "CSV, XLSX or JSON, together at most {most} MB. Give all pages of an answer of FTS's API at once: a part of "
        "them is shown as a part."
    ).format(most=MOST_BYTES // 1_000_000)
    return field_block(FILE, _("File"), file_input(kinds=KINDS, most=FILES_AT_ONCE), hint=hint)


def _country(countries: Sequence[str], typed: str) -> Block:
    if countries:
        hint = _(
            "The mission's funding is about {countries}. Fill this in to add one, or where the file names no country."
        ).format(countries=", ".join(countries))
    else:
        hint = _("A name or three letters, such as AFG. Only needed where the file names several countries or none.")
    return field_block("country", _("Country"), text_input(initial=typed, most=60), hint=hint, optional=True)


def _direction(chosen: str) -> Block:
    hint = _("Choose it where the file has no column “boundary”, or to make sure that you took the right file.")
    return field_block("direction", _("Direction of flows"), select(_directions(), initial=chosen or "file"), hint=hint)


def _as_of(chosen: date | None) -> Block:
    hint = _("Left empty: the newest update in a file of flows; today for other files.")
    return field_block("as_of", _("Downloaded on"), date_input(initial=chosen), hint=hint, optional=True)


def _plan(typed: str) -> Block:
    hint = _("Only for FTS's grouping of a plan (JSON), which does not name it: the plan's code or id.")
    typing = text_input(initial=typed, most=60, placeholder="HAFG20")
    return field_block("plan", _("Plan"), typing, hint=hint, optional=True)


def _directions() -> list[Block]:
    return [
        option(_("As the file says"), "file"),
        option(_("Incoming: money for the country"), "incoming"),
        option(_("Internal: from agencies to partners"), "internal"),
        option(_("Outgoing: money that leaves"), "outgoing"),
    ]


def reading_form(taken: Sequence[FundingImport]) -> Block:
    """What follows: the preview comes as a message, one for each import that the files become."""
    text = ngettext(
        "I am reading {files}. What it would change comes as a direct message from me, with the button that imports "
        "it. You can close this window.",
        "I am reading {files}. What each would change comes as a direct message of its own from me, with the button "
        "that imports it. You can close this window.",
        len(taken),
    ).format(files=", ".join(f"*{escape(shorten(one.file_name, LONGEST_NAME))}*" for one in taken))
    return modal("funding:import", _("Import from FTS"), [section(text)], close=_("Close"))
