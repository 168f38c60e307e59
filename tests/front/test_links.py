"""Links: once while they stand, never in a circle, seen from both ends and never by who may not see the other end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from commands.kit.front.links import Linked, link, linked
from commands.kit.front.tables import Front
from commands.kit.front.things import Line
from commands.kit.permission import Who
from commands.kit.refused import Refused
from commands.kit.work import Work
from storage.database import Database
from storage.links.model import WITHOUT_CIRCLES, Link, LinkVerb, leads_to
from storage.missions import get_mission
from storage.people import Person
from storage.subjects import Subject
from tests.databases import sqlite_url

NOW = datetime(2035, 1, 4, 12, tzinfo=UTC)
LATER = datetime(2035, 1, 5, 12, tzinfo=UTC)
A, B, C = (Subject.of("thing", number) for number in (1, 2, 3))


@contextmanager
def at_work(database: Database, front: Front | None = None) -> Iterator[Work]:
    """A unit of work that is undone when it ends."""
    with Session(database.engine) as session:
        yield Work(session, get_mission(session, "T1"), NOW, front=front or Front())
        session.rollback()


def reads(*hidden: str) -> Front:
    """A front door where everybody may read every thing but the hidden ones."""

    def read(_work: Work, _who: Who, identity: str) -> Line | None:
        return None if identity in hidden else Line(Subject.of("thing", identity), "", f"Thing {identity}", "open")

    return Front(readings={"thing": read})


def somebody() -> Who:
    return Who("U1", Person(mission_id="T1", user_id="U1"))


def seen(found: list[Linked]) -> list[tuple[str, bool, str]]:
    return [(one.verb.value, one.begins_here, one.line.title) for one in found]


def test_a_link_stands_once_until_it_is_removed(database: Database) -> None:
    with at_work(database) as work:
        assert link(work, A, LinkVerb.ABOUT, B)
        assert not link(work, A, LinkVerb.ABOUT, B)
        assert link(work, A, LinkVerb.DOUBLES, B)
        assert link(work, B, LinkVerb.ABOUT, A)
        (standing,) = work.session.query(Link).filter_by(verb="about", from_subject=str(A))
        standing.removed_at = LATER
        work.session.flush()
        assert link(work, A, LinkVerb.ABOUT, B)


def test_a_link_is_seen_from_both_ends_and_hidden_with_the_other_end(database: Database) -> None:
    with at_work(database, reads("3")) as work:
        link(work, A, LinkVerb.AROSE_FROM, B)
        link(work, C, LinkVerb.ABOUT, A)
        link(work, A, LinkVerb.ABOUT, Subject.of("unknown", 1))
        assert seen(linked(work, somebody(), A)) == [("arose_from", True, "Thing 2")]
        assert seen(linked(work, somebody(), B)) == [("arose_from", False, "Thing 1")]
        assert seen(linked(work, somebody(), C)) == [("about", True, "Thing 1")]


def test_what_was_removed_is_seen_no_more(database: Database) -> None:
    with at_work(database, reads()) as work:
        link(work, A, LinkVerb.SERVES, B)
        work.session.query(Link).update({"removed_at": LATER})
        assert linked(work, somebody(), A) == []
        assert not leads_to(work.session, "T1", A, LinkVerb.SERVES, B)
        assert link(work, B, LinkVerb.SERVES, A)


def test_a_circle_of_another_verb_or_mission_is_none(database: Database) -> None:
    with at_work(database) as work:
        link(work, A, LinkVerb.SERVES, B)
        assert link(work, B, LinkVerb.REPLACES, A)
        assert link(work, B, LinkVerb.ABOUT, A)
        assert not leads_to(work.session, "T2", A, LinkVerb.SERVES, B)
        with pytest.raises(Refused, match="circle"):
            link(work, A, LinkVerb.ABOUT, A)


STEPS = st.lists(st.tuples(st.integers(1, 5), st.sampled_from(LinkVerb), st.integers(1, 5)), max_size=16)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return Database(sqlite_url(tmp_path_factory.mktemp("links")))


@settings(max_examples=40)
@given(STEPS)
def test_nothing_serves_or_replaces_itself_in_however_many_steps(
    kept: Database, steps: list[tuple[int, LinkVerb, int]]
) -> None:
    stands: dict[LinkVerb, set[tuple[int, int]]] = {verb: set() for verb in LinkVerb}
    with at_work(kept) as work:
        for begin, verb, end in steps:
            circle = begin == end or (verb in WITHOUT_CIRCLES and comes_to(stands[verb], end, begin))
            if circle:
                with pytest.raises(Refused):
                    link(work, Subject.of("thing", begin), verb, Subject.of("thing", end))
                continue
            is_new = link(work, Subject.of("thing", begin), verb, Subject.of("thing", end))
            assert is_new == ((begin, end) not in stands[verb])
            stands[verb].add((begin, end))


def comes_to(pairs: set[tuple[int, int]], begin: int, end: int) -> bool:
    reached, left = {begin}, [begin]
    while left:
        here = left.pop()
        ahead = {there for of, there in pairs if of == here} - reached
        reached |= ahead
        left += ahead
    return end in reached
