"""A report as DOCX and PDF, from what was issued and its corrigenda. Takes long: a timer of the room makes them.

Gesture: make a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from commands.kit.dates import when_text
from commands.kit.documents.docx import fill_docx
from commands.kit.documents.pdf import typeset
from commands.kit.files import File
from commands.kit.handling import Handling
from commands.kit.names.levels import level_name
from commands.kit.words import _, pgettext
from storage.compartments import Compartment
from storage.reports import Corrigendum, Report, SectionState

HERE = Path(__file__).parent

__all__ = ["Names", "report_data", "report_files"]


@dataclass(frozen=True, slots=True)
class Names:
    """What a report is called in its file: the mission, its own title, agencies by id, people by user id."""

    mission: str
    title: str
    agencies: Mapping[int, str]
    people: Mapping[str, str]


def report_data(report: Report, corrigenda: Sequence[Corrigendum], names: Names, zone: ZoneInfo) -> dict[str, Any]:
    """A report as plain data for both templates, in the reader's language."""
    facts = [
        (_("Period"), f"{when_text(report.starts_at, zone)} – {when_text(report.ends_at, zone)}"),
        (_("Prepared by"), names.people.get(report.prepared_by or "", "")),
        (_("Cleared by"), names.people.get(report.cleared_by or "", "")),
    ]
    return {
        "organisation": names.mission,
        "title": names.title,
        "level": "" if report.handling == Handling.UNCLASSIFIED else level_name(report.handling),
        "facts": [{"label": label, "text": text} for label, text in facts if text],
        "corrigenda": [
            {
                "title": _("Corrigendum {number}, {when}").format(number=one.number, when=when_text(one.at, zone)),
                "paragraphs": _paragraphs(one.text),
            }
            for one in corrigenda
        ],
        "sections": [_section(one, names) for one in report.issued],
        "page": _("page"),
    }


def _section(section: Mapping[str, Any], names: Names) -> dict[str, Any]:
    agency = names.agencies.get(section["agency"], "") if section["agency"] is not None else ""
    said = _said(SectionState(section["state"]), agency)
    return {
        "title": section["heading"],
        "owner": agency,
        "note": said,
        "paragraphs": _paragraphs(section["text"]),
    }


def _said(state: SectionState, agency: str) -> str:
    """What is printed beside or in place of a text; never nothing where no text came."""
    who = agency or pgettext("section", "whoever compiles")
    return {
        SectionState.IN: "",
        SectionState.LATE: _("Received late."),
        SectionState.NIL: _("Nothing to report."),
        SectionState.NOTHING_NEW: _("Nothing new since the report before."),
        SectionState.NOT_RELEASED: _("Entered, not released."),
        SectionState.MISSING: _("No input received from {agency}.").format(agency=who),
        SectionState.OPEN: _("No input received from {agency}.").format(agency=who),
    }[state]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def report_files(report: Report, data: Mapping[str, Any], name: str, comment: str) -> tuple[File, ...]:
    """Both files, marked as the report is. Raises what the templates raise."""
    marked = (Handling(report.handling), Compartment(report.compartment))
    docx = fill_docx((HERE / "report.docx").read_bytes(), data)
    pdf = typeset(HERE / "report.typ", data)
    return (File(f"{name}.docx", docx, comment, *marked), File(f"{name}.pdf", pdf, comment, *marked))
