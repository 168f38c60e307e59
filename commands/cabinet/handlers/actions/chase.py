"""The chase of actions: each step once, in the owner's working hours, one message for all that a person owes."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from commands.cabinet.handlers.actions.cards import secretaries_of, tasks_of
from commands.cabinet.handlers.actions.reminders import left_subject, reminder_subject
from commands.cabinet.rules.actions import Step, step_due, taken_with
from commands.cabinet.views.actions.cards import Task
from commands.cabinet.views.actions.lists import head_card, left_card, reminder_card
from commands.kit.dates import read_calendar
from commands.kit.post import tell
from commands.kit.times.polite import own_calendar, polite_moment
from commands.kit.work import Work
from storage.agencies import get_agency
from storage.cabinet.actions import TO_DO, actions_in
from storage.people import Person, Role, people_of
from storage.subjects import Key

Due = list[tuple[Task, Step]]


def chase(work: Work) -> None:
    """Every hour: remind whoever works now of what is due."""
    calendar = read_calendar(work)
    tasks = tasks_of(work, actions_in(work.session, work.mission.id, TO_DO))
    people = people_of(work.session, work.mission.id, {task.action.owner for task in tasks})
    by_owner: dict[str, Due] = {}
    for task in tasks:
        step = step_due(task.action, task.today, calendar)
        if step is not None:
            by_owner.setdefault(task.action.owner, []).append((task, step))
    for owner, due in sorted(by_owner.items()):
        if own_calendar(calendar, people.get(owner)).is_working(work.now):
            _remind(work, owner, people.get(owner), due)


def _remind(work: Work, owner: str, person: Person | None, due: Due) -> None:
    for task, step in due:
        task.action.chased = taken_with(step, task.action.chased)
        if step is Step.HEAD:
            work.record("action.head", ("action", task.action.id))
    mark = _mark(due)
    if person is not None and person.is_gone:
        for task, _step in due:
            for user in secretaries_of(work, task.action):
                with work.speaking_to(user):
                    key, about = Key.of("left", task.action.id, owner, user), left_subject(task.action, user)
                    tell(work, user, left_card(task), key=key, subject=about)
    else:
        with work.speaking_to(owner):
            about = reminder_subject(owner, mark, [task.action.id for task, _step in due])
            tell(work, owner, reminder_card(due), key=Key.of("chase", owner, mark), subject=about)
    _tell_heads(work, [task for task, step in due if step is Step.HEAD], mark)


def _mark(due: Due) -> str:
    """Names a reminder: the same steps of the same actions are never sent twice."""
    named = ",".join(f"{task.action.id}:{step}:{task.action.due_on}:{task.action.version}" for task, step in due)
    return sha256(named.encode()).hexdigest()[:24]


def _tell_heads(work: Work, tasks: Sequence[Task], mark: str) -> None:
    by_head: dict[str, list[Task]] = {}
    for task in tasks:
        agency = get_agency(work.session, work.mission.id, task.action.owner_agency_id or 0)
        for user in agency.holders(Role.HEAD_OF_AGENCY) if agency is not None else []:
            if user != task.action.owner:
                by_head.setdefault(user, []).append(task)
    people = people_of(work.session, work.mission.id, by_head)
    calendar = read_calendar(work)
    for user, theirs in sorted(by_head.items()):
        person = people.get(user)
        if person is not None and person.is_gone:
            continue
        with work.speaking_to(user):
            when = polite_moment(work.now, own_calendar(calendar, person))
            tell(work, user, head_card(theirs), key=Key.of("chase-head", user, mark), not_before=when)
