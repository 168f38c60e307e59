"""A list of organisations as funding trackers export them, with every difficulty that real ones have."""

from __future__ import annotations

import csv
import io
from itertools import product

import xlsxwriter

Row = tuple[str, str, str]

TITLES: Row = ("Organization", "FTS organization types", "times_seen")
TAGS: Row = ("#org", "#org+type", "#indicator+num")
# Spelt as such lists spell them: accents, commas, quotation marks, brackets, dashes, other scripts, cells that a
# spreadsheet would run, several kinds in one cell, blanks at the ends, and no acronym anywhere.
DIFFICULT: tuple[tuple[str, str], ...] = (
    ("United Nations Children's Fund", "UN agency"),
    ("World Food Programme", "UN agency"),
    ("  World   Health Organization ", "UN agency"),
    ("Food & Agriculture Organization of the United Nations", "UN agency"),
    ("United Nations High Commissioner for Refugees", "UN agency"),
    ("United States of America, Government of", "Government"),
    ("Korea, Republic of, Government of", "Government"),
    ("Côte d'Ivoire, Government of", "Government"),
    ("Médecins sans Frontières", "NGO"),
    ("Secours Islamique France", "NGO"),
    ('"Hand in Hand" Development Organisation', "NGO"),
    ("Coopération, Développement, Santé", "NGO"),
    ("Agence d’Aide à la Coopération – Bureau régional", "NGO"),
    ("جمعية الهلال الأحمر", "Red Cross/Red Crescent"),
    ("Красный Полумесяц", "Red Cross/Red Crescent"),
    ("=Equal Rights Forum", "NGO"),
    ("+Plus Health Initiative", "NGO"),
    ("-Minus Mines", "NGO"),
    ("@Home Shelter Network", "NGO"),
    ("'=Quoted Formula", "NGO"),
    ("Emergency", "NGO"),
    ("NGOs (details not yet provided)", "NGO"),
    ("Unterstützungsverein Groß-Gerau e.V.", "Private organization/foundation"),
    ("Central Emergency Response Fund", "Pooled fund"),
    ("World Bank", "Financial institution"),
    ("Multiple", "NGO,UN agency,UN agency"),
    ("A" * 200, "Other"),
)
ALIKE: tuple[tuple[str, str], ...] = (
    ("UNICEF", "UN agency"),
    ("World Food Program", "UN agency"),
    ("Médecins sans Frontières Suisse", "NGO"),
    ("Secours Islamic France", "NGO"),
)
PLACES = (
    "Kandahar Herat Jalalabad Bamyan Ghazni Kunduz Faizabad Zaranj Maymana Gardez Hebron Nablus Jericho Ramallah Rafah"
)
WORK = (
    "Literacy Circle",
    "Water Point Committee",
    "Orphan Care Society",
    "Vaccination Campaign",
    "Livestock Cooperative",
    "Demining Volunteers",
    "School Feeding Network",
    "Winter Shelter Appeal",
    "Midwives Union",
    "Radio for Peace",
    "Seed Bank",
    "Legal Aid Desk",
)
ORDINARY = tuple((f"{place} {work}", "NGO") for place, work in product(PLACES.split(), WORK))
# One row says again what an earlier one said, one has no name.
REPEATED, NAMELESS = ("Multiple", "NGO"), ("", "")


def two_hundred() -> list[Row]:
    """213 rows: 211 organisations, one of them twice, and a row without a name."""
    rows = [*DIFFICULT, NAMELESS, *ORDINARY, *ALIKE, REPEATED]
    return [(name, kind, str(place)) for place, (name, kind) in enumerate(rows, start=1)]


def as_csv(rows: list[Row], *, tags: bool) -> bytes:
    """The list as a file of comma-separated values, with or without a row of HXL tags."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([TITLES, *([TAGS] if tags else []), *rows])
    return text.getvalue().encode()


def as_xlsx(rows: list[Row]) -> bytes:
    """The list as a workbook with a cover sheet that is empty and a line of title above the header."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_numbers": True})
    book.add_worksheet("Cover")
    page = book.add_worksheet("List")
    for place, row in enumerate([("Organisations, last year",), TITLES, *rows]):
        page.write_row(place, 0, row)
    book.close()
    return file.getvalue()
