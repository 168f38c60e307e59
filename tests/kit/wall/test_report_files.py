"""The files of a report: both say what it says, and are marked as it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from docx import Document

from commands.kit.documents.docx import fill_docx
from commands.kit.handling import Handling
from commands.kit.reporting.files import HERE, Names, report_data, report_files
from storage.compartments import Compartment
from storage.reports import Report

NOW = datetime(2035, 3, 5, 6, tzinfo=UTC)
NAMES = Names("Mission", "Situation report 1", {1: "FORCE"}, {})


def texts(content: bytes) -> str:
    return "\n".join(one.text for one in Document(BytesIO(content)).paragraphs)


def test_both_files_are_made_and_marked_as_the_report_is() -> None:
    sections = [
        {"heading": "Security", "agency": 1, "state": "missing", "text": ""},
        {"heading": "Support <b>", "agency": None, "state": "in", "text": "{{ 7 * 7 }} & more\nالطريق"},
    ]
    report = Report(
        handling=Handling.CONFIDENTIAL,
        compartment=Compartment.HUM,
        starts_at=NOW,
        ends_at=NOW + timedelta(days=1),
        issued=sections,
    )
    data = report_data(report, [], NAMES, ZoneInfo("UTC"))
    docx, pdf = report_files(report, data, "sitrep-1", "Situation report 1")
    assert pdf.content.startswith(b"%PDF")
    said = texts(docx.content)
    for text in ("Confidential", "No input received from FORCE.", "Support <b>", "{{ 7 * 7 }} & more", "الطريق"):
        assert text in said
    assert {(one.handling, one.compartment) for one in (docx, pdf)} == {(Handling.CONFIDENTIAL, Compartment.HUM)}


def test_a_report_without_anything_is_a_file_all_the_same() -> None:
    report = Report(handling=Handling.UNCLASSIFIED, starts_at=NOW, ends_at=NOW, issued=[])
    filled = fill_docx((HERE / "report.docx").read_bytes(), report_data(report, [], NAMES, ZoneInfo("UTC")))
    assert "Situation report 1" in texts(filled)
