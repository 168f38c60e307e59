"""Lines, what waits and links as people see them, from the rooms that give them; golden in English and French."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.blockkit import check_view
from commands.agencies.views import front as agencies
from commands.cabinet.views import front as cabinet
from commands.escalations.rules.front import Owed
from commands.escalations.views import front as escalations
from commands.funding.views import front as funding
from commands.kit.front.links import Linked
from commands.kit.front.shown import LINKS_SHOWN, WAITS_SHOWN, line_blocks, link_blocks, wait_blocks
from commands.kit.front.things import Line, Wait
from commands.mission.views import agreement, status
from commands.updates.views import front as updates
from storage.agencies import Agency
from storage.cabinet.meetings import Meeting
from storage.escalations.model import State
from storage.grants import Grant
from storage.links.model import LinkVerb
from storage.people import Role
from storage.subjects import Subject
from storage.updates.digests import RoundDigest
from storage.updates.returns import ReturnState
from storage.updates.rounds import RoundState
from tests.cabinet import record_samples, samples
from tests.escalations.samples import NOW, POINTER, ZONE, escalation
from tests.funding import view_samples as money
from tests.golden import LANGUAGES, agrees, nothing_else, shown
from tests.updates import samples as rounds

MISSION = Subject.of("mission", "T1")
GOLDEN = Path(__file__).parent / "golden"


def lines() -> list[Line]:
    """One line of each kind of thing."""
    entry, task = record_samples.entry(1), record_samples.task(3)
    secret = escalation(State.DECIDED, handling="strictly_confidential", pointer=POINTER)
    return [
        escalations.line_of(escalation(), readable=True),
        escalations.line_of(escalation(), readable=False),
        escalations.line_of(secret, readable=True),
        cabinet.decision_line(entry.decision),
        cabinet.action_line(task.action, ZONE),
        cabinet.item_line(samples.item(1)),
        cabinet.item_line(samples.item(1, meeting_id=None)),
        cabinet.meeting_line(meeting()),
        *(updates.round_line(rounds.a_round(state=state, opened_at=NOW)) for state in RoundState),
        *(updates.return_line(rounds.a_return(state=state), rounds.a_round(), rounds.WFP) for state in ReturnState),
        updates.digest_line(RoundDigest(id=4, title="Weekly <cabinet> update", handling="unclassified")),
        agencies.agency_line(rounds.WFP),
        agencies.agency_line(Agency(id=2, code="UNICEF", name="Children", name_fr="Enfance", state="suspended")),
        funding.pledge_line(money.pledge(), ZONE),
        funding.own_line(money.line(), ZONE),
        funding.difference_line(money.difference(), ZONE),
    ]


def meeting() -> Meeting:
    """A meeting of an open series."""
    found = samples.meeting()
    found.series = samples.series()
    return found


def waits() -> list[Wait]:
    """One of each thing that may wait for somebody."""
    entry, task = record_samples.entry(1), record_samples.task(3)
    done = record_samples.task(4)
    done.action.state = "done"
    draft = record_samples.the_minutes("draft")
    draft.meeting = meeting()
    circulated = record_samples.the_minutes()
    circulated.meeting = meeting()
    held = escalation(State.ACKNOWLEDGED)
    asked = escalation(State.WAITING, question="Since when?", paused_until=NOW - timedelta(hours=1))
    return [
        escalations.wait_of(escalation(), Owed.ACKNOWLEDGEMENT, readable=True),
        escalations.wait_of(held, Owed.DECISION, readable=False),
        escalations.wait_of(asked, Owed.ANSWER, readable=True),
        cabinet.action_wait(task.action, ZONE),
        cabinet.action_wait(done.action, ZONE),
        cabinet.silence_wait(entry.bindings[0], entry.decision),
        cabinet.proposals_wait(meeting(), 2),
        cabinet.minutes_wait(draft),
        cabinet.minutes_wait(circulated),
        updates.owed_wait(rounds.a_return(), rounds.a_round(), rounds.WFP),
        updates.digest_wait(rounds.a_round()),
        agencies.unanswered_wait(1, MISSION),
        agencies.unanswered_wait(3, MISSION),
        funding.pledge_wait(money.pledge(), ZONE),
        funding.difference_wait(money.difference(), ZONE),
        status.trouble_wait(2, MISSION),
        agreement.question_wait(Grant(0, Role.COORDINATOR, "U1", NOW, None), None),
    ]


def links() -> list[Linked]:
    """Every relation, from both ends."""
    line = escalations.line_of(escalation(), readable=True)
    return [Linked(verb, begins_here, line) for verb in LinkVerb for begins_here in (True, False)]


VIEWS: dict[str, Callable[[], list[Any]]] = {
    "lines": lambda: line_blocks(lines(), ZONE),
    "waits": lambda: [block for wait in waits() for block in wait_blocks([wait], NOW, ZONE)[1:]],
    "waits-many": lambda: wait_blocks(waits(), NOW, ZONE),
    "links": lambda: link_blocks(links()[:7]) + link_blocks(links()[7:]),
}


@LANGUAGES
@pytest.mark.parametrize("name", VIEWS)
def test_views(name: str, language: str) -> None:
    agrees(GOLDEN, name, language, shown(VIEWS[name], language))


def test_every_golden_file_is_of_a_view() -> None:
    nothing_else(GOLDEN, VIEWS)


def test_what_waits_is_eight_and_how_many_more() -> None:
    blocks = wait_blocks(waits() * 3, NOW, ZONE)
    assert len(blocks) == WAITS_SHOWN + 2
    assert blocks[-1]["elements"][0]["text"] == f"{len(waits()) * 3 - WAITS_SHOWN} more."
    assert wait_blocks([], NOW, ZONE) == []


def test_the_longest_of_all_stay_within_slacks_limits() -> None:
    worst = Line(lines()[0].subject, "E-999999999", "&<" * 3000, "open", NOW, lines()[0].opens)
    linked = [replace(one, line=worst) for one in links()] * 3
    assert sum(block["text"]["text"].count("•") for block in link_blocks(linked)) == LINKS_SHOWN
    waiting = [replace(one, text=one.text[:300]) for one in waits()]
    blocks = [*wait_blocks(waiting, NOW, ZONE), *line_blocks([worst] * 10, ZONE), *link_blocks(linked)]
    assert check_view({"type": "home", "blocks": blocks}) == []
