"""Series, meetings and items in the database, on both kinds."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from storage.agencies import Agency
from storage.cabinet.decisions import Decision, Search, find_decisions
from storage.cabinet.items import Item, ItemState, deferred_items, items_of_meeting, last_position, waiting_items
from storage.cabinet.meetings import Meeting, MeetingState, meetings_in_channel, next_of_series
from storage.cabinet.series import Series, all_series, get_series, members_of_series, replace_members_of_series
from storage.database import Database
from storage.letters import folded
from storage.missions import get_mission

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OFFICERS = {"chair": "U1", "secretary": "U2"}


def a_series() -> Series:
    return Series(
        mission_id="T1",
        title="Cabinet",
        anchor=NOW.date(),
        start_time=time(10),
        created_by="U1",
        created_at=NOW,
        updated_at=NOW,
        **OFFICERS,
    )


def a_meeting(series: Series, starts_at: datetime, **values: object) -> Meeting:
    return Meeting(
        mission_id="T1",
        series_id=series.id,
        title="Cabinet",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        call_at=NOW,
        papers_at=NOW,
        record_at=NOW,
        created_by="U1",
        created_at=NOW,
        **OFFICERS,
        **values,
    )


def an_item(series: Series, **values: object) -> Item:
    return Item(
        mission_id="T1",
        series_id=series.id,
        title="Access",
        proposed_by="U1",
        created_at=NOW,
        updated_at=NOW,
        **values,
    )


def test_series_meetings_and_items_find_each_other(database: Database) -> None:
    with database.transaction() as session:
        get_mission(session, "T1")
        agency = Agency(mission_id="T1", code="WFP", code_key="wfp", name="WFP", created_at=NOW, updated_at=NOW)
        series = a_series()
        session.add_all([agency, series])
        session.flush()
        replace_members_of_series(session, series, [agency.id], ["humanitarian_coordinator"])
        replace_members_of_series(session, series, [agency.id], ["human_rights_adviser"])
        assert members_of_series(session, series.id) == ([agency.id], ["human_rights_adviser"])
        assert all_series(session, "T1") == [series]
        assert get_series(session, "T2", series.id) is None

        first = a_meeting(series, NOW + timedelta(days=1), channel_id="C1", state=MeetingState.CLOSED)
        second = a_meeting(series, NOW + timedelta(days=8), channel_id="C1", state=MeetingState.CONVENED)
        session.add_all([first, second])
        session.flush()
        assert meetings_in_channel(session, "T1", "C1") == [second]
        assert next_of_series(session, series.id, NOW) == second
        first.state, second.state = MeetingState.HELD, MeetingState.IN_SESSION
        session.flush()
        assert meetings_in_channel(session, "T1", "C1") == [second, first]
        first.state = MeetingState.CLOSED
        second.state = MeetingState.CLOSED
        session.flush()
        assert meetings_in_channel(session, "T1", "C1") == [second]

        deferred = an_item(series, meeting_id=first.id, state=ItemState.DEFERRED, position=1)
        waiting = an_item(series)
        session.add_all([deferred, waiting])
        session.flush()
        assert waiting_items(session, series.id) == [waiting]
        assert deferred_items(session, series.id) == [deferred]
        session.add(an_item(series, meeting_id=second.id, deferred_from_id=deferred.id, position=4))
        session.flush()
        assert deferred_items(session, series.id) == []
        assert [item.position for item in items_of_meeting(session, second.id)] == [4]
        assert (last_position(session, second.id), last_position(session, 999)) == (4, 0)


def test_a_search_finds_the_same_on_both_databases_in_every_script(database: Database) -> None:
    texts = [
        "Élan de paix",
        "محمـــد يفتح المعبر",
        "Kıbrıs köprüsü",
        "Ёлка у моста",
        "Η οδός ανοίγει",
        "सेना विभाग",
        "सोना विभाग",
    ]
    searched = {
        "élan": [0],
        "ELAN paix": [0],
        "محمد": [1],
        "یفتح": [1],
        "KIBRIS": [2],
        "елка": [3],
        "ΟΔΟΣ": [4],
        "सेना": [5],
        "paix durable": [],
        "विभाग": [6, 5],
    }
    with database.transaction() as session:
        get_mission(session, "T1")
        agency = Agency(mission_id="T1", code="WFP", code_key="wfp", name="WFP", created_at=NOW, updated_at=NOW)
        series = a_series()
        session.add_all([agency, series])
        session.flush()
        meeting = a_meeting(series, NOW)
        item = an_item(series)
        session.add_all([meeting, item])
        session.flush()
        where = {"mission_id": "T1", "series_id": series.id, "meeting_id": meeting.id, "item_id": item.id}
        whose = {"owner": "U1", "owner_agency_id": agency.id, "due_on": NOW.date(), "decided_by": "U1"}
        session.add_all(
            Decision(
                **where,
                **whose,
                year=2026,
                number=place,
                text=one,
                text_key=folded(one),
                state="stands",
                decided_at=NOW,
            )
            for place, one in enumerate(texts)
        )
        session.flush()
        found = {
            words: [one.number for one in find_decisions(session, "T1", Search(words=words), limit=10)]
            for words in searched
        }
    assert found == searched
