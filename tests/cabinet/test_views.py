"""What series, meetings and agendas show, kept as golden files in English and French, within Slack's limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands.cabinet.views.agenda.message import agenda_canvas
from tests.cabinet.samples import FORMS, HOMES, ITEMS, MESSAGES, WORST
from tests.cabinet.samples import shown as agenda_of
from tests.golden import LANGUAGES, agrees, markup, nothing_else, shown

GOLDEN = Path(__file__).parent / "golden"
VIEWS = {**MESSAGES, **FORMS, **HOMES}


@LANGUAGES
@pytest.mark.parametrize("name", VIEWS)
def test_views(name: str, language: str) -> None:
    agrees(GOLDEN, name, language, shown(VIEWS[name], language))


def test_every_golden_file_is_of_a_view() -> None:
    nothing_else(GOLDEN, VIEWS)


@pytest.mark.parametrize("name", VIEWS)
def test_what_people_typed_stays_text(name: str) -> None:
    texts = json.dumps(markup(shown(VIEWS[name], "en")))
    assert [typed for typed in ("<cabinet>", "<open>", "<not>", "<away>", "<warehouse>") if typed in texts] == []


@LANGUAGES
@pytest.mark.parametrize("name", WORST)
def test_forty_items_and_120_members_stay_within_slacks_limits(name: str, language: str) -> None:
    assert shown(WORST[name], language)


def test_the_canvas_holds_the_agenda_without_what_is_confidential() -> None:
    text = agenda_canvas(agenda_of(ITEMS))
    assert "2. **Road \\<2\\> & bridge** (for decision, 20 min, WFP)" in text
    assert "4. A Confidential item (20 min)" in text
    assert "Sources" not in text
