"""Files of figures: what they hold, that they reproduce the totals, and that nothing in them can run."""

from __future__ import annotations

import io
from decimal import Decimal

from openpyxl import load_workbook
from pypdf import PdfReader

from bot.sandbox.driver.message import Message
from commands.funding.rules.charting import Slice
from commands.funding.views.drawing import bar_png
from commands.kit.tables import read_grid
from tests.funding.published import a_flow, an_import
from tests.funding.test_following import CHIEF
from tests.world import World

PNG = b"\x89PNG\r\n"


def file_of(world: World, what: str, of: Message) -> tuple[str, bytes]:
    """Order a file from the card of files; its name and bytes as they come."""
    person = of.person
    before = len(person.messages(in_="Rapporteur"))
    of.press(what)
    assert "I am making it" in person.messages(in_=of.channel)[-1].text
    world.settle()
    (come,) = person.messages(in_="Rapporteur")[before:]
    return next(iter(come.files.items()))


def test_files_reproduce_the_totals_and_nothing_in_them_runs(funded: World) -> None:
    with funded.database() as session:
        kept = an_import(session, funded.mission_id, funded.now)
        evil = {"src_organization": "=cmd|' /C calc'!A0", "description": "@SUM(1)", "plan_key": "77"}
        session.add(a_flow(kept, "66", "0.75", funded.now, **evil))
    chief = funded.person(CHIEF)
    card = chief.runs("/funding export").message
    name, content = file_of(funded, "Workbook (XLSX)", card)
    assert name == "funding-2035-03-05.xlsx"
    book = load_workbook(io.BytesIO(content))
    plans = list(book["Plans"].values)
    assert plans[1][1:6] == (7_000_000, 2_170_000, 31, 4_830_000, 0)
    flows = list(book["Flows"].values)
    amounts = [Decimal(str(row[3])) for row in flows[1:] if row[26] != "pledge" and row[19] == 2035]
    assert sum(amounts) == Decimal("2200000.75")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert book["Flows"].freeze_panes == "B2"
    assert book["Plans"]["B2"].number_format == "#,##0"

    _name, plain = file_of(funded, "Flows (CSV)", card)
    _name, tagged = file_of(funded, "Flows with HXL row (CSV)", card)
    plain_rows, tagged_rows = (list(read_grid("a.csv", one, field="file").rows()) for one in (plain, tagged))
    assert [row[1] for row in tagged_rows[:1]] == [row[1] for row in plain_rows[:1]]
    assert tagged_rows[1][1][3] == "#value+funding+total+usd"
    assert [row[1] for row in tagged_rows[2:]] == [row[1] for row in plain_rows[1:]]
    assert "'=cmd|' /C calc'!A0" in plain.decode("utf-8-sig")

    name, brief = file_of(funded, "One-page brief (PDF)", card)
    pages = PdfReader(io.BytesIO(brief)).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    assert "US$7,000,000" in text
    assert "Source: FTS (OCHA)" in text
    assert "/Image" in str([one.get_object()["/Subtype"] for one in pages[0]["/Resources"]["/XObject"].values()])
    _name, chart = file_of(funded, "Chart (PNG)", card)
    assert chart.startswith(PNG)
    _name, asks = file_of(funded, "Requirements (CSV)", card)
    assert asks.decode("utf-8-sig").splitlines()[1].startswith("AFG,77,Upper Valley Response Plan,HUPV35,2035-01-01")


def test_a_chart_of_thirty_clusters_can_be_drawn() -> None:
    slices = [
        Slice(f"Cluster {place}", f"Cluster {place}", Decimal(place * 10**9), Decimal(10**6)) for place in range(30)
    ]
    assert bar_png("Much", slices).startswith(PNG)
    assert bar_png("None", [Slice("a", "a", Decimal(0))]).startswith(PNG)
