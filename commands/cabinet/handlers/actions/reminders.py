"""The messages that remind of actions, and those that ask a secretary: what each says once things have moved on."""

from __future__ import annotations

from commands.cabinet.handlers.actions.cards import leads_action, task_of, tasks_of
from commands.cabinet.views.actions.cards import settled_card, to_verify_card
from commands.cabinet.views.actions.lists import REMINDED_AT_MOST, left_card, reminded_card
from commands.kit.cards import Card
from commands.kit.promises import redraw, redraw_about
from commands.kit.work import Work
from storage.cabinet.actions import TO_DO, Action, ActionState, get_action
from storage.people import get_person
from storage.posts import shown_about
from storage.subjects import Subject


def reminder_subject(owner: str, mark: str, actions: list[int]) -> Subject:
    """What a reminder is known by: whom it reminds, which one it is, and the actions that stand in it."""
    return Subject.of("cabinet", "remind", owner, mark, *actions[:REMINDED_AT_MOST])


def left_subject(action: Action, user: str) -> Subject:
    """What the message is known by that tells somebody of an action whose owner has left."""
    return Subject.of("action", action.id, "left", user)


def refresh_reminders(work: Work, action: Action, owner: str) -> None:
    """Let every reminder of this action that its owner has, and what secretaries were asked, say what holds."""
    reminders = shown_about(work.session, work.mission.id, Subject.of("cabinet", "remind", owner))
    mine = [one for one in reminders if str(action.id) in one.ids[2:]]
    redraw(work, "cabinet:reminder", dict.fromkeys(mine, f"dm:{owner}"))
    redraw_about(work, "cabinet:left", Subject.of("action", action.id, "left"))


def draw_reminder(work: Work, subject: Subject) -> Card | None:
    """A reminder as it is now."""
    owner, numbers = subject.ids[0], subject.ids[2:]
    found = [get_action(work.session, work.mission.id, int(one)) for one in numbers]
    with work.speaking_to(owner):
        return reminded_card(tasks_of(work, [one for one in found if one is not None]), owner)


def draw_left(work: Work, subject: Subject) -> Card | None:
    """What somebody was told of an action whose owner has left, as it is now."""
    action = get_action(work.session, work.mission.id, subject.number())
    if action is None:
        return None
    owner = get_person(work.session, work.mission.id, action.owner)
    waits = action.state in TO_DO and owner is not None and owner.is_gone
    with work.speaking_to(subject.ids[-1]):
        return left_card(task_of(work, action)) if waits else settled_card(task_of(work, action))


def draw_verification(work: Work, subject: Subject) -> Card | None:
    """The question whether an action is done, as it is now."""
    action, user = get_action(work.session, work.mission.id, subject.number()), subject.ids[-1]
    if action is None:
        return None
    waits = action.state == ActionState.DONE and leads_action(work, action, user)
    with work.speaking_to(user):
        return to_verify_card(task_of(work, action)) if waits else settled_card(task_of(work, action))
