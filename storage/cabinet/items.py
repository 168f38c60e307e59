"""Items of the cabinet's agenda: proposed, scheduled, discussed, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, lazyload, mapped_column

from storage.base import Base, OfMission, key_of
from storage.cabinet.meetings import AHEAD, Meeting
from storage.letters import search_phrases
from storage.upsert import put_row


class ItemState(StrEnum):
    """The life of an agenda item. One that was merged into another is withdrawn and names it in `merged_into_id`."""

    PROPOSED = "proposed"
    SCHEDULED = "scheduled"
    DISCUSSED = "discussed"
    DECIDED = "decided"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"


class ItemKind(StrEnum):
    """Why an item stands on the agenda: for a decision, on every agenda of the series, or as a matter arising."""

    DECISION = "decision"
    STANDING = "standing"
    ARISING = "arising"


class Item(OfMission, Base):
    """One item. `meeting_id` is the meeting it is proposed for or scheduled in; empty while none is planned.

    `question` is what the cabinet is asked to decide. `consult` lists agency ids. The paper is a link, or a file
    (`Paper`, named in `paper_name`). `minutes` is the time wanted, `position` the order in the
    meeting, 1 first. `reason` says why it was deferred or withdrawn. A deferred item that came back has
    `deferred_from_id`; `arises_from` names what a matter arising comes from, for example `action:12`, and lets it
    enter a meeting only once.
    """

    __tablename__ = "cabinet_items"
    kept = "the record of the cabinet: what it was asked, and what became of it"
    __table_args__ = (
        Index("ix_cabinet_items_meeting", "meeting_id", "position"),
        Index("ix_cabinet_items_series", "series_id", "state"),
        Index("uq_cabinet_items_arises", "meeting_id", "arises_from", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("cabinet_series.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("cabinet_meetings.id"))
    kind: Mapped[str] = mapped_column(String(16), default=ItemKind.DECISION)
    state: Mapped[str] = mapped_column(String(16), default=ItemState.PROPOSED)
    title: Mapped[str] = mapped_column(Text)
    title_key: Mapped[str] = mapped_column(Text, default=key_of("title"), server_default="")
    question: Mapped[str] = mapped_column(Text, default="")
    options: Mapped[list[str]] = mapped_column(default=list)
    owner: Mapped[str | None] = mapped_column(String(32))
    owner_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    consult: Mapped[list[int]] = mapped_column(default=list)
    paper_link: Mapped[str] = mapped_column(Text, default="")
    paper_name: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int] = mapped_column(default=10)
    handling: Mapped[str] = mapped_column(String(24), default="unclassified")
    position: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Text, default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("cabinet_items.id"))
    deferred_from_id: Mapped[int | None] = mapped_column(ForeignKey("cabinet_items.id"))
    arises_from: Mapped[str | None] = mapped_column(String(64))
    source_link: Mapped[str] = mapped_column(Text, default="")
    proposed_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class Paper(OfMission, Base):
    """A file that was put into the form of an item. Kept for a while only: it goes out with the agenda."""

    __tablename__ = "cabinet_papers"
    kept = "belongs to the record of the cabinet, one for each item at most"

    item_id: Mapped[int] = mapped_column(ForeignKey("cabinet_items.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime]


def get_item(session: Session, mission_id: str, item_id: int) -> Item | None:
    """The item with this id, if it is of this mission."""
    item = session.get(Item, item_id)
    return item if item is not None and item.mission_id == mission_id else None


def items_by_id(session: Session, mission_id: str, ids: Iterable[int]) -> dict[int, Item]:
    """The mission's items among `ids`, by id."""
    query = select(Item).where(Item.mission_id == mission_id, Item.id.in_(list(ids)))
    return {item.id: item for item in session.scalars(query)}


_OF_MEETING = select(Item).where(Item.meeting_id == bindparam("meeting")).order_by(Item.position, Item.id)
_OF_MEETING_IN = _OF_MEETING.where(Item.state.in_(bindparam("states", expanding=True)))
_COUNTED = (
    select(Item.meeting_id, Item.state, func.count())
    .where(Item.meeting_id.in_(bindparam("meetings", expanding=True)))
    .group_by(Item.meeting_id, Item.state)
)


def items_of_meeting(session: Session, meeting_id: int, states: Iterable[str] | None = None) -> list[Item]:
    """The items proposed for or scheduled in a meeting, in the agenda's order."""
    if states is None:
        return list(session.scalars(_OF_MEETING, {"meeting": meeting_id}))
    return list(session.scalars(_OF_MEETING_IN, {"meeting": meeting_id, "states": list(states)}))


def count_items(session: Session, meeting_ids: Collection[int]) -> dict[int, Counter[str]]:
    """How many items each of these meetings has, by state."""
    found: dict[int, Counter[str]] = {meeting_id: Counter() for meeting_id in meeting_ids}
    if meeting_ids:
        for meeting_id, state, count in session.execute(_COUNTED, {"meetings": list(meeting_ids)}):
            found[meeting_id or 0][state] = count
    return found


def items_of_meetings(session: Session, meeting_ids: Iterable[int]) -> dict[int, list[Item]]:
    """The items of several meetings, by meeting id, each in the agenda's order."""
    query = select(Item).where(Item.meeting_id.in_(list(meeting_ids))).order_by(Item.position, Item.id)
    found: dict[int, list[Item]] = {}
    for item in session.scalars(query):
        found.setdefault(item.meeting_id or 0, []).append(item)
    return found


def proposed_to(session: Session, mission_id: str, secretary: str) -> list[tuple[Meeting, int]]:
    """The meetings of a secretary to which items are proposed, with how many, the next meeting first."""
    query = select(Meeting, func.count(Item.id)).join(Item, Item.meeting_id == Meeting.id)
    query = query.where(
        Meeting.mission_id == mission_id, Meeting.secretary == secretary, Meeting.state.in_(AHEAD)
    ).where(Item.state == ItemState.PROPOSED)
    query = query.options(lazyload(Meeting.series)).group_by(Meeting.id).order_by(Meeting.starts_at, Meeting.id)
    return [(meeting, count) for meeting, count in session.execute(query)]


def waiting_items(session: Session, series_id: int) -> list[Item]:
    """Items of a series that were proposed while no meeting was planned, the oldest first."""
    query = select(Item).where(Item.series_id == series_id, Item.meeting_id.is_(None), Item.state == ItemState.PROPOSED)
    return list(session.scalars(query.order_by(Item.created_at, Item.id)))


def deferred_items(session: Session, series_id: int) -> list[Item]:
    """Items of a series that were deferred and have not come back, the oldest first."""
    again = select(Item.deferred_from_id).where(Item.series_id == series_id, Item.deferred_from_id.is_not(None))
    query = select(Item).where(Item.series_id == series_id, Item.state == ItemState.DEFERRED, Item.id.not_in(again))
    return list(session.scalars(query.order_by(Item.created_at, Item.id)))


def search_items(session: Session, mission_id: str, words: str, limit: int) -> list[Item]:
    """The newest items whose title holds all the words, whoever may read them."""
    query = select(Item).where(Item.mission_id == mission_id)
    for phrase in search_phrases(words):
        query = query.where(Item.title_key.contains(phrase, autoescape=True))
    return list(session.scalars(query.order_by(Item.updated_at.desc(), Item.id.desc()).limit(limit)))


def last_position(session: Session, meeting_id: int) -> int:
    """The position of the last item of a meeting; 0 when it has none."""
    return session.scalar(select(func.max(Item.position)).where(Item.meeting_id == meeting_id)) or 0


def keep_paper(session: Session, item: Item, name: str, content: bytes, now: datetime) -> None:
    """Make this file the item's paper."""
    values = {"mission_id": item.mission_id, "name": name, "content": content, "kept_at": now}
    put_row(session, Paper, {"item_id": item.id}, **values)
    item.paper_name = name
    session.flush()


def papers_of(session: Session, item_ids: Iterable[int]) -> dict[int, Paper]:
    """The files of these items, by item."""
    rows = session.scalars(select(Paper).where(Paper.item_id.in_(list(item_ids))))
    return {paper.item_id: paper for paper in rows}
