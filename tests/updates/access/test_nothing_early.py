"""No text of an agency reaches anybody else before a digest has shown it, over every way out that the room has."""

from __future__ import annotations

import io
import json
import re
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import func, select

from bot.app import conversation_of
from bot.requests.incoming import ACTION, COMMAND, FORM, OPTIONS, Incoming
from commands.kit.forms import Fields
from commands.kit.work import MessageRef, ViewRef
from commands.updates import ROOM
from storage.agencies import Agency
from storage.outbox import OutboxRow
from storage.updates.digests import RoundDigest
from storage.updates.returns import Return
from tests.databases import sqlite_url
from tests.mission.homes import home_of
from tests.properties import examples
from tests.updates.rounds import a_round, the_round
from tests.updates.test_digest import a_plan
from tests.world import World, a_tidy_mission

WFP, CHIEF = "WFP focal point", "Chief of staff"
OTHERS = ("Mission reader", "IOM focal point", "SRSG", "Humanitarian coordinator")
MARK = re.compile(r"zq\d+zq")
QUESTION = "What did you do this week?"
numbers = count(1)


class Walk:
    """A mission in which WFP answers round after round; `rounds` are the rounds begun so far."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.plan = a_plan(world)
        self.rounds: list[int] = []
        self.another()

    def another(self) -> None:
        """A round more of the same plan, which may overlap the one before."""
        self.rounds.append(a_round(self.world, questions=QUESTION, plan_id=self.plan, slot=self.world.now))

    def writes(self, name: str = WFP) -> None:
        """WFP's update is written, or written again; nothing where no round is open."""
        person = self.world.person(name)
        if person.form is not None:
            person.form.close(everything=True)
        person.runs("/update submit WFP")
        form = person.form
        if form is None:  # two rounds can be meant, or none is open
            return
        form.fill(QUESTION, f"zq{next(numbers)}zq")
        if "Who at the agency gave you this update?" in form.text:
            form.fill("Who at the agency gave you this update?", "Head of office, by telephone")
        form.submit()
        self.world.settle()

    def enters(self) -> None:
        """A coordinator enters it for WFP."""
        self.writes(CHIEF)

    def says_nothing(self) -> None:
        """WFP has nothing to report."""
        self.world.person(WFP).runs("/update nil")
        self.world.settle()

    def digest(self) -> None:
        """The newest round's digest is sent."""
        self.world.go_to(the_round(self.world, self.rounds[-1]).digest_at)

    def addendum(self) -> None:
        """What came since is gathered."""
        self.world.pass_time(minutes=16)

    def shown(self) -> set[str]:
        """What digests and addenda have shown."""
        with self.world.product.database.reading() as session:
            return marks(json.dumps([one.content for one in session.scalars(select(RoundDigest))]))

    def read_by(self, name: str) -> set[str]:
        """Everything of WFP's that this person comes by, whatever they open, ask for or send."""
        self.world.pass_time(seconds=1)  # nobody gets the same files twice within one moment
        before = self._newest_row()
        answers = [self._hear(name, delivery) for delivery in self._deliveries()]
        sent = self._sent_to(name, before)  # files are forgotten once they have left
        home, story = home_of(self.world, name).text, self.world.person(name).story()
        return marks(" ".join([*answers, *sent, home, story]))

    def _hear(self, name: str, delivery: dict[str, Any]) -> str:
        conversation = conversation_of(self.world.product, self.world.product.slack)
        incoming = Incoming(key=f"walk:{next(numbers)}", user=self.world.user_id(name), **delivery)
        reaction = conversation.hear(incoming)
        return json.dumps([reaction.ack, reaction.calls], default=str)

    def _deliveries(self) -> list[dict[str, Any]]:
        """Every verb of the room, on everything it can be about."""
        with self.world.product.database.reading() as session:
            of_wfp = select(Return.id).join(Agency, Agency.id == Return.agency_id).where(Agency.code == "WFP")
            about = sorted({*session.scalars(of_wfp), *session.scalars(select(RoundDigest.id)), *self.rounds})
        modal = ViewRef("V1", "h", "modal")
        found: list[dict[str, Any]] = [
            {"kind": COMMAND, "verb": "/update", "text": f"{sub.word} {code}".strip()}
            for sub in ROOM.commands[0].subs
            for code in ("", "WFP")
        ]
        found.append({"kind": COMMAND, "verb": "/update", "text": ""})
        for one in about:
            notes = {"return": one, "round": one, "plan": one, "step": "preview", "base": 0, "merge": 1}
            where = {"view": modal, "notes": notes, "fields": Fields()}
            found += [
                {"kind": ACTION, "verb": f"updates:{verb}", "value": f"{one}:0", "message": MessageRef("C0", "1")}
                for verb in ROOM.actions
            ]
            found += [{"kind": FORM, "verb": f"updates:{verb}", **where} for verb in ROOM.forms]
            found += [{"kind": OPTIONS, "verb": f"updates:{verb}", **where} for verb in ROOM.options]
        return found

    def _newest_row(self) -> int:
        with self.world.product.database.reading() as session:
            return session.scalar(select(func.max(OutboxRow.id))) or 0

    def _sent_to(self, name: str, before: int) -> list[str]:
        query = select(OutboxRow).where(OutboxRow.id > before, OutboxRow.lane.contains(self.world.user_id(name)))
        with self.world.product.database.reading() as session:
            return [json.dumps(row.arguments) + text_of(row.attachment) for row in session.scalars(query)]


def marks(text: str) -> set[str]:
    return set(MARK.findall(text))


def text_of(file: bytes | None) -> str:
    """All that is in a file, whatever kind it is of."""
    if not file:
        return ""
    if file.startswith(b"PK"):
        sheets = load_workbook(io.BytesIO(file)).worksheets
        return " ".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    return file.decode(errors="replace")


STEPS = ("writes", "enters", "says_nothing", "digest", "addendum", "another")
# What every walk begins with: a text that may still be edited, and one that came after its digest.
FIRST = ("writes", "digest", "writes")


@given(steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=3), reader=st.sampled_from(OTHERS))
# A walk takes seconds, so that nobody waits for a shorter one that fails as well.
@settings(max_examples=examples(2), phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_nobody_else_reads_a_text_before_a_digest_has_shown_it(steps: list[str], reader: str) -> None:
    with TemporaryDirectory() as folder, a_tidy_mission(sqlite_url(Path(folder))) as world:
        walk = Walk(world)
        for step in (*FIRST, *steps):
            getattr(walk, step)()
            read = walk.read_by(reader)
            assert read <= walk.shown(), (step, reader)
        assert walk.shown() <= walk.read_by(CHIEF)
