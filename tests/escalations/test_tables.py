"""Queries around escalations on both databases: who may know of what, roster, posts, chain, e-mails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from commands.kit.cards import Card
from commands.kit.mail import mail
from commands.kit.post import tell
from commands.kit.work import Work
from storage import duty, outbox
from storage.agencies import Agency
from storage.database import Database
from storage.escalations.chains import Chain, ChainStep, chain_to_change
from storage.escalations.lists import Order, Reader, Scope, count_for, known_to, list_for, raised_between
from storage.escalations.model import Escalation, EscalationAgency, EscalationPerson, State
from storage.escalations.notices import EscalationNotice, NoticeState, Way, overtaken_emails, unread_on_slack
from storage.mail import address_of, set_address
from storage.missions import get_mission

NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
DAY = timedelta(days=1)


def an_escalation(number: int, mission: str = "T1", **more: Any) -> Escalation:
    """A matter that U1 raised so many days ago."""
    values: dict[str, Any] = {
        "asks": "decision",
        "summary": f"Matter {number}",
        "severity": "urgent",
        "raised_by": "U1",
        "raised_at": NOW - number * DAY,
        "state": State.RAISED,
        "touched_at": NOW,
        "ack_due_at": NOW,
        "decide_due_at": NOW,
        "chain": {},
        "next_at": NOW + number * DAY,
        "updated_at": NOW,
    }
    return Escalation(mission_id=mission, number=number, **{**values, **more})


def test_the_lists_hold_what_a_reader_may_know_of(database: Database) -> None:
    with database.transaction() as session:
        for mission in ("T1", "T2"):
            get_mission(session, mission)
        agency = Agency(mission_id="T1", code="WFP", code_key="wfp", name="WFP", created_at=NOW, updated_at=NOW)
        made = [an_escalation(number) for number in range(1, 6)]
        made[4].state, made[4].next_at = State.DECIDED, None
        session.add_all([agency, *made, an_escalation(1, "T2")])
        session.flush()
        of = {"mission_id": "T1"}
        session.add(EscalationAgency(escalation_id=made[1].id, agency_id=agency.id, **of))
        session.add(EscalationPerson(escalation_id=made[2].id, user_id="U3", joined_at=NOW, **of))
        for kind, state, this in [("climb", "delivered", 3), ("skip-0-0", "skipped", 0), ("concerned", "delivered", 0)]:
            session.add(
                EscalationNotice(
                    escalation_id=made[this].id, turn=1, kind=kind, step=0, lap=0, place="U4", state=state, at=NOW, **of
                )
            )
        agency_id = agency.id
    readers = {
        "U1": (Reader("U1"), {1, 2, 3, 4, 5}),
        "agency": (Reader("U2", frozenset({agency_id})), {2}),
        "joined": (Reader("U3"), {3}),
        "told": (Reader("U4"), {4}),
        "nobody": (Reader("U5"), set()),
        "office": (Reader("U6", everything=True), {1, 2, 3, 4, 5}),
    }
    with database.reading() as session:
        for reader, known in readers.values():
            assert {one.number for one in known_to(session, "T1", reader)} == known
            for scope, among in ((Scope.OPEN, {1, 2, 3, 4}), (Scope.CLOSED, {5})):
                found = list_for(session, "T1", reader, scope, Order.OLDEST, limit=10)
                assert {one.number for one in found} == known & among
                assert count_for(session, "T1", reader, scope) == len(known & among)
        office = readers["office"][0]
        numbers = [one.number for one in list_for(session, "T1", office, Scope.OPEN, Order.NEWEST, limit=2, offset=1)]
        assert numbers == [2, 3]
        assert [one.number for one in list_for(session, "T1", office, Scope.OPEN, Order.NEXT, limit=2)] == [1, 2]
        mine = readers["agency"][0]
        assert [one.number for one in list_for(session, "T1", mine, Scope.AGENCY, Order.OLDEST, limit=9)] == [2]
        assert [one.number for one in raised_between(session, "T1", NOW - 3 * DAY, NOW - DAY)] == [3, 2]


def test_roster_posts_chain_and_addresses_are_kept(database: Database) -> None:
    with database.transaction() as session:
        get_mission(session, "T1")
        posts = duty.ensure_posts(session, "T1")
        assert [post.code for post in duty.ensure_posts(session, "T1")] == ["srsg", "deputy", "chief_of_staff"]
        duty.lock_posts(session, "T1")
        spans = {"starts_at": NOW, "ends_at": NOW + DAY, "user_id": "U1", "entered_by": "U1", "entered_at": NOW}
        turn = duty.DutyTurn(mission_id="T1", kind="shift", **spans)
        window = duty.OfficerWindow(mission_id="T1", post_id=posts[0].id, **spans)
        step = ChainStep(mission_id="T1", position=0, who="person", who_value="U1", wait_minutes=5)
        chain = Chain(mission_id="T1", name="", is_default=True, updated_at=NOW, updated_by="U1", steps=[step])
        session.add_all([turn, window, chain])
        duty.change_duty_settings(session, "T1", around_the_clock=True)
        duty.change_duty_settings(session, "T1", told_gaps=[{"starts_at": "a", "ends_at": "b"}])
        set_address(session, "T1", "U1", "a@example.org", "U1", NOW)
        set_address(session, "T1", "U1", "b@example.org", "U1", NOW)
        set_address(session, "T1", "U2", None, "U1", NOW)
        session.flush()
        ids = turn.id, window.id, posts[0].id
    with database.transaction() as session:
        assert duty.duty_settings(session, "T1").around_the_clock
        assert duty.duty_settings(session, "T1").told_gaps == [{"starts_at": "a", "ends_at": "b"}]
        assert [one.id for one in duty.turns_after(session, "T1", NOW)] == [ids[0]]
        assert duty.turns_after(session, "T1", NOW + DAY) == []
        assert [one.id for one in duty.windows_after(session, "T1", NOW)] == [ids[1]]
        assert (duty.get_turn(session, "T2", ids[0]), duty.get_window(session, "T2", ids[1])) == (None, None)
        assert duty.get_post_of_line(session, "T2", ids[2]) is None
        assert address_of(session, "T1", "U1") == "b@example.org"
        found = chain_to_change(session, "T1")
        assert found is not None
        assert [one.by_email for one in found.steps] == [False]
        assert chain_to_change(session, "T2") is None


def test_e_mails_can_be_taken_alone(database: Database) -> None:
    with database.transaction() as session:
        work = Work(session, get_mission(session, "T1"), NOW)
        tell(work, "U1", Card("in Slack"), key="slack")
        mail(work, "a@example.org", "s", "t", key="mail")
    with database.transaction() as session:
        assert outbox.has_due(session, "T1", NOW, only=outbox.EMAIL)
        [row] = outbox.claim(session, "w1", NOW, 5, mission_id="T1", only=outbox.EMAIL)
        assert row.key == "mail"
        assert outbox.renew(session, row.id, "w1", NOW + DAY, outcome={"text_left": True})
        assert not outbox.renew(session, row.id, "w2", NOW, outcome=None)
        assert not outbox.has_due(session, "T1", NOW, only=outbox.EMAIL)
        assert outbox.has_due(session, "T1", NOW)


def a_notice(escalation_id: int, place: str, **other: object) -> EscalationNotice:
    """A message of a step of yesterday that waits for Slack."""
    values = {"kind": "step", "turn": 1, "step": 0, "lap": 0, "at": NOW - DAY, "way": Way.SLACK, **other}
    return EscalationNotice(mission_id="T1", escalation_id=escalation_id, place=place, **values)


def test_only_whom_slack_leaves_waiting_is_found_and_so_many_at_once(database: Database) -> None:
    with database.transaction() as session:
        get_mission(session, "T1")
        free, held, done = an_escalation(1), an_escalation(2, holder="U2"), an_escalation(3, state=State.DECIDED)
        session.add_all([free, held, done])
        session.flush()
        session.add_all(
            [
                *(a_notice(free.id, f"U{number}") for number in range(1, 5)),
                a_notice(free.id, "U5", state=NoticeState.DELIVERED),
                a_notice(free.id, "U6", at=NOW),
                a_notice(free.id, "U7", at=NOW - 3 * DAY),
                a_notice(free.id, "U8", kind="concerned"),
                a_notice(free.id, "channel:C1"),
                a_notice(free.id, "U9"),
                a_notice(free.id, "U9", way=Way.EMAIL, state=NoticeState.SKIPPED),
                a_notice(held.id, "U1"),
                a_notice(held.id, "U2"),
                a_notice(done.id, "U1"),
                a_notice(free.id, "U1", way=Way.EMAIL),
                a_notice(held.id, "U1", way=Way.EMAIL),
                a_notice(held.id, "U2", way=Way.EMAIL, turn=2),
                a_notice(done.id, "U1", way=Way.EMAIL, turn=2),
            ]
        )
        session.flush()
        late = {"after": NOW - 2 * DAY, "until": NOW - DAY, "but": "concerned", "not_to": "channel:"}
        found = [(one.escalation_id, one.place) for one in unread_on_slack(session, "T1", **late)]
        assert found == [(free.id, "U2"), (free.id, "U3"), (free.id, "U4"), (held.id, "U2")]
        assert [one.place for one in unread_on_slack(session, "T1", **late, limit=2)] == ["U2", "U3"]
        assert [(one.escalation_id, one.place) for one in overtaken_emails(session, "T1")] == [
            (held.id, "U1"),
            (done.id, "U1"),
        ]
