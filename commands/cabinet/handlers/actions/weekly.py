"""The weekly digests of what is open: each goes where everybody may read it.

Actions of open series go to the cabinet's channel; those of a restricted one to its own channel, or to its secretary
it has none that may hold them; those that stand by themselves to the coordinators' channel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from commands.cabinet.handlers.actions.cards import tasks_of
from commands.cabinet.handlers.things import thing_of_action
from commands.cabinet.rules.access import is_open, is_open_series
from commands.cabinet.views.actions.lists import Digest, weekly_cards
from commands.kit.dates import ONE_DAY, read_calendar
from commands.kit.handling import Handling, highest
from commands.kit.places import not_usable, why_not
from commands.kit.post import post, tell
from commands.kit.work import Work
from storage.cabinet.actions import LIVE, Action, actions_in
from storage.cabinet.meetings import Meeting, meetings_by_id
from storage.cabinet.series import Series, series_by_id
from storage.people import people_of
from storage.subjects import Key, Subject


@dataclass(slots=True)
class Sorted:
    """What is open, by where it may be read: by everybody, by the seats of a series, or by itself; and what is
    around."""

    series: Mapping[int, Series]
    meetings: Mapping[int, Meeting]
    in_the_open: list[Action] = field(default_factory=list)
    restricted: dict[int, list[Action]] = field(default_factory=dict)
    alone: list[Action] = field(default_factory=list)


def weekly(work: Work) -> None:
    """On the first working morning of a week: what is open, by owner; nothing when nothing is."""
    calendar = read_calendar(work)
    monday = work.today - work.today.weekday() * ONE_DAY
    if not calendar.is_working(work.now) or calendar.working_day_from(monday) != work.today:
        return
    found = _sort(work, actions_in(work.session, work.mission.id, LIVE))
    cabinet, coordinators = work.mission.cabinet_channel, work.mission.coordinator_channel
    whole = Subject.of("cabinet", "open", monday)
    if cabinet or coordinators:
        _post(work, str(cabinet or coordinators), _digest(work, found.in_the_open, monday), whole)
    if coordinators:
        _post(work, coordinators, _digest(work, found.alone, monday), whole.part("alone"))
    for identity, actions in sorted(found.restricted.items()):
        series = found.series[identity]
        _tell_series(work, series, _digest(work, actions, monday, series), whole.part(identity))


def _sort(work: Work, actions: Sequence[Action]) -> Sorted:
    """Confidential actions of an open series, and those that stand by themselves, are in no digest."""
    found = Sorted(
        series_by_id(work.session, work.mission.id, {one.series_id or 0 for one in actions}),
        meetings_by_id(work.session, work.mission.id, {one.meeting_id or 0 for one in actions}),
    )
    for action in actions:
        thing = thing_of_action(work, action)
        if is_open(thing):
            (found.alone if action.series_id is None else found.in_the_open).append(action)
        elif thing.series is not None and not is_open_series(thing.series):
            found.restricted.setdefault(thing.series.id, []).append(action)
    return found


def _digest(work: Work, actions: Sequence[Action], monday: date, series: Series | None = None) -> Digest:
    tasks = tasks_of(work, actions)
    people = people_of(work.session, work.mission.id, {task.action.owner for task in tasks})
    names: Mapping[str, str] = {user: person.name or user for user, person in people.items()}
    levels = [one.handling for one in actions] + ([series.handling] if series is not None else [])
    title = series.title if series is not None else ""
    return Digest(tasks, names, monday, title, highest(*(Handling(level) for level in levels)))


def _post(work: Work, channel: str, digest: Digest, subject: Subject) -> None:
    if not digest.tasks:
        return
    with work.speaking_to_everyone():
        cards = weekly_cards(digest)
    for page, card in enumerate(cards):
        parent = subject if page else None
        post(work, channel, card, key=Key.of(subject, page), subject=None if page else subject, thread_of=parent)


def _tell_series(work: Work, series: Series, digest: Digest, subject: Subject) -> None:
    channel = series.channel_id
    if channel is not None and not not_usable(work, channel) and not why_not(work, digest.level, channel):
        _post(work, channel, digest, subject)
        return
    with work.speaking_to(series.secretary):
        cards = weekly_cards(digest)
    for page, card in enumerate(cards):
        tell(work, series.secretary, card, key=Key.of(subject, page, series.secretary))
