"""Actions read with what belongs to them, and shown to their owner, in the meeting's channel and to the secretary."""

from __future__ import annotations

from collections.abc import Sequence

from commands.cabinet.handlers.meetings.place import channel_for
from commands.cabinet.handlers.things import meeting_of
from commands.cabinet.rules.actions import moves
from commands.cabinet.views.actions.cards import (
    Task,
    action_card,
    action_details,
    owner_card,
    to_verify_card,
)
from commands.kit.cards import Block, channel_link
from commands.kit.dates import read_calendar
from commands.kit.front.links import linked
from commands.kit.front.shown import link_blocks
from commands.kit.handling import Handling, Verdict, may_go
from commands.kit.people import learn_people
from commands.kit.permission import holders_of
from commands.kit.places import place_of_person
from commands.kit.post import show, show_to, tell
from commands.kit.promises import correct
from commands.kit.times.polite import own_calendar, polite_moment
from commands.kit.work import Request, Work
from storage import audit, posts
from storage.agencies import Agency, agencies_by_id
from storage.cabinet.actions import Action
from storage.cabinet.decisions import decisions_by_id
from storage.cabinet.series import get_series
from storage.people import Role, get_person
from storage.subjects import Key, Subject


def tasks_of(work: Work, actions: Sequence[Action], known: Sequence[Agency] = ()) -> list[Task]:
    """Actions with their agencies and decisions, in a fixed number of queries; agencies `known` are not read again."""
    agencies = {agency.id: agency for agency in known}
    owners = {one.owner_agency_id for one in actions if one.owner_agency_id is not None}
    if not owners <= agencies.keys():
        agencies |= agencies_by_id(work.session, work.mission.id, owners, people=False)
    decisions = decisions_by_id(
        work.session, work.mission.id, {one.decision_id for one in actions if one.decision_id is not None}
    )
    today = work.today
    return [Task(one, agencies, decisions.get(one.decision_id or 0), today, work.zone) for one in actions]


def task_of(work: Work, action: Action) -> Task:
    """One action with what belongs to it."""
    return tasks_of(work, [action])[0]


def secretaries_of(work: Work, action: Action) -> list[str]:
    """Who verifies an action: the secretary of its meeting or series, else the coordinators."""
    meeting = meeting_of(work, action)
    if meeting is not None:
        return [meeting.secretary]
    series = get_series(work.session, work.mission.id, action.series_id) if action.series_id else None
    if series is not None:
        return [series.secretary]
    return holders_of(work.session, work.mission.id, frozenset({Role.COORDINATOR}))


def leads_action(work: Work, action: Action, user: str) -> bool:
    """Whether a person verifies, returns and cancels an action."""
    meeting = meeting_of(work, action)
    return user in secretaries_of(work, action) or (meeting is not None and user in {meeting.chair, meeting.secretary})


def details_of(request: Request, action: Action, *, came_from: str = "") -> Block:
    """The form with everything about an action and what this person may do."""
    possible = moves(
        action.state,
        is_owner=request.who.user_id == action.owner,
        leads=leads_action(request, action, request.who.user_id),
    )
    meeting = meeting_of(request, action)
    others = link_blocks(linked(request, request.who, Subject.of("action", action.id)))
    link = channel_link(meeting.channel_id) if meeting is not None and meeting.channel_id else ""
    past = audit.history(request.session, request.mission.id, "action", action.id)
    return action_details(task_of(request, action), possible, past, link, came_from=came_from, linked=others)


def owner_subject(action: Action, user: str) -> Subject:
    """What the message to an owner is known by."""
    return Subject.of("action", action.id, user)


def tell_new_owner(work: Work, action: Action, given_by: str) -> None:
    """Tell somebody, in their working hours, what they are accountable for now."""
    learn_people(work, [action.owner])
    subject = owner_subject(action, action.owner)
    with work.speaking_to(action.owner):
        card = owner_card(task_of(work, action), given_by)
        own = own_calendar(read_calendar(work), get_person(work.session, work.mission.id, action.owner))
        when = polite_moment(work.now, own) if given_by != action.owner else work.now
        key = Key.of(subject, action.version or 1)
        tell(work, action.owner, card, key=key, subject=subject, not_before=when)


def show_action(work: Work, action: Action) -> None:
    """Bring the message to the owner and the card in the meeting's channel up to date.

    What a decision asks for stands in the decision's own card.
    """
    task = task_of(work, action)
    subject = owner_subject(action, action.owner)
    with work.speaking_to(action.owner):
        correct(work, f"dm:{action.owner}", subject, owner_card(task, action.created_by))
    channel = channel_for(work, meeting_of(work, action), action.handling)
    if channel is not None and not action.carries_out:
        with work.speaking_to_everyone():
            show(work, channel, Subject.of("action", action.id), action_card(task), at_once=True)


def ask_for_verification(work: Work, action: Action) -> None:
    """Ask the secretary to verify what was done."""
    task = task_of(work, action)
    for user in secretaries_of(work, action):
        if may_go(Handling(action.handling), place_of_person(work.session, work.mission, user)) is not Verdict.ALLOWED:
            continue
        subject = Subject.of("action", action.id, "verify", user)
        # A new report is a new question, and an edit would notify nobody.
        posts.forget_post(work.session, work.mission.id, subject)
        with work.speaking_to(user):
            show_to(work, user, subject, to_verify_card(task))
