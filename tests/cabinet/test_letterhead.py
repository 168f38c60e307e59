"""A mission's own template cannot stop the product: neither when it is tried, nor when minutes are printed with it."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from commands.kit.documents import docx
from storage.cabinet.minutes import Letterhead
from tests.cabinet.meetings import SECRETARY, a_meeting, rows
from tests.cabinet.test_record import begin, docx_text, files_for
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
