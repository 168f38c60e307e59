"""Minutes on paper: a mission's own template cannot stop the product, and letters that cannot be printed are told."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import select

from commands.cabinet.handlers.minutes.documents import TEMPLATES
from commands.kit.documents import docx
from commands.kit.documents.pdf import typeset
from storage.cabinet.minutes import Letterhead, Minutes, MinutesState
from tests.cabinet.meetings import SECRETARY, a_meeting, rows
from tests.cabinet.test_record import begin, docx_text, files_for
from tests.kit.documents.test_letters import RARE
from tests.world import World

LOOPS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


def template(text: str) -> bytes:
    document, content = Document(), BytesIO()
    document.add_paragraph(text)
    document.save(content)
    return content.getvalue()


def test_a_template_that_loops_is_not_used_and_everything_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docx, "SECONDS", 1)
    chief = world.person("Chief of staff")
    chief.runs("/cabinet letterhead")
    form = chief.form.fill("Name at the head", "United Nations Mission")
    form.attach("Own template (DOCX)", template(LOOPS), called="ours.docx").submit()
    world.settle()
    told = chief.direct_message_from("Rapporteur", "Your template does not work and is not used").text
    assert "it takes more than 1 seconds or 512 MB" in told
    assert rows(world, Letterhead)[0].template is None


def test_minutes_are_printed_also_when_the_own_template_does_not_work_for_them(world: World) -> None:
    with world.database() as session:
        facts = {"changed_by": "U1", "changed_at": world.now, "template": template("{{ points[0].no.such.thing }}")}
        session.add(Letterhead(mission_id=world.mission_id, template_name="ours.docx", trial_name="", **facts))
    a_meeting(world, "Road access")
    begin(world)
    secretary = world.person(SECRETARY)
    secretary.form.press("End the meeting")
    world.settle()
    secretary.form.close(everything=True)
    secretary.direct_message_from("Rapporteur", "Minutes of").press("Open").press("Send me the files")
    world.settle()
    (made,) = [content for name, content in files_for(world, SECRETARY).items() if name.endswith("docx")]
    assert "Road access" in docx_text(made)
    assert "The mission's own template did not work" in secretary.story()


def state_of(world: World) -> str:
    with world.database() as session:
        return session.scalars(select(Minutes)).one().state


def test_letters_that_would_be_boxes_are_told_before_minutes_are_issued(world: World) -> None:
    a_meeting(world, "Road access")
    begin(world)
    world.settle()
    secretary = world.person(SECRETARY)
    secretary.form.press("End the meeting")
    world.settle()
    secretary.form.close(everything=True)
    review = secretary.direct_message_from("Rapporteur", "Minutes of Weekly cabinet").press("Open")
    review = review.press("Edit").fill("What was considered", f"The road {RARE} is open.").submit()
    assert "boxes" not in review.text
    told = review.press("Issue")
    assert "These letters would be boxes in the PDF: Chinese. The DOCX file has them." in told.text
    assert state_of(world) != MinutesState.ISSUED
    issued = told.press("Issue all the same")
    assert "boxes" not in issued.text
    assert state_of(world) == MinutesState.ISSUED
    world.settle()
    assert any(name.endswith(".pdf") for name in files_for(world, SECRETARY))
    secretary.direct_message_from("Rapporteur", "These letters would be boxes in the PDF: Chinese.")


def test_a_page_of_minutes_runs_from_the_right_where_its_texts_do() -> None:
    names = "organisation address level kind title state attendance_title points_title further_title corrections_title"
    data: dict[str, Any] = dict.fromkeys([*names.split(), "footer", "page"], "")
    data |= {"facts": [], "attendance": [], "further": [], "corrections": [], "headings": {}}
    point: dict[str, Any] = {"number": 1, "title": "", "question": "", "decisions": [], "actions": []}

    def left_edge(text: str) -> float:
        page = typeset(TEMPLATES / "template.typ", {**data, "points": [{**point, "paragraphs": [text]}]})
        edges: list[float] = []

        def place(said: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
            if set(said) & set(text):
                edges.append(cm[4] + tm[4])

        PdfReader(BytesIO(page)).pages[0].extract_text(visitor_text=place)
        return max(edges)

    assert 50 < left_edge("Agreed") < 150
    assert left_edge("שלום") > 300
