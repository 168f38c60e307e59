"""Message shortcuts: what somebody wrote becomes an action, a decision or an item, with a link to where it stands."""

from __future__ import annotations

from commands.cabinet.handlers.deciding import open_decision
from commands.cabinet.handlers.new_actions import meeting_here
from commands.cabinet.handlers.owners import usual_due
from commands.cabinet.handlers.proposing import open_with
from commands.cabinet.handlers.running import ON_THE_TABLE
from commands.cabinet.handlers.which import item_of, refuse_others, sees
from commands.cabinet.rules.deciding import Outcome, after
from commands.cabinet.views.actions import TEXT_LIMIT, action_form
from commands.cabinet.views.from_messages import ITEM, TEXT, choose_item_form
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.cabinet_items import items_of_meeting


def make_action(ask: Ask) -> Answer:
    """The form of an action with the message's text."""
    text, link = _message(ask)
    meeting = meeting_here(ask)
    notes: dict[str, object] = {"meeting": meeting.id if meeting else 0, "link": link}
    return Answer(form=action_form(usual_due(ask), text=text[:TEXT_LIMIT], notes=notes))


def propose_item(ask: Ask) -> Answer:
    """The form of an agenda item with the message's text."""
    text, link = _message(ask)
    return open_with(ask, text, link)


def make_decision(ask: Ask) -> Answer:
    """Ask which item of the meeting the message decides."""
    text, link = _message(ask)
    meeting = meeting_here(ask)
    if meeting is None:
        raise Refused(_("No meeting is in session here. Decisions belong to an item of a meeting."))
    refuse_others(ask, meeting)
    items = [
        item
        for item in items_of_meeting(ask.session, meeting.id, ON_THE_TABLE)
        if after(item.state, Outcome.DECIDE) and sees(ask, item.handling)
    ]
    if not items:
        raise Refused(_("Nothing on this agenda is open for a decision."))
    return Answer(form=choose_item_form(items, text, link))


def choose_item(ask: Ask) -> Answer:
    """The item is chosen: the form of the decision, with the message's text."""
    item = item_of(ask, ask.fields.choice(ITEM))
    link = str(ask.notes.get("link") or "")
    answer = open_decision(ask, item, text=ask.fields.text(TEXT), link=link, came_from="message")
    return Answer(update=answer.update or answer.form)


def _message(ask: Ask) -> tuple[str, str]:
    if ask.message is None or not ask.message.text.strip():
        raise Refused(_("This message has no text to take over."))
    stamp = ask.message.ts.replace(".", "")
    return ask.message.text.strip(), f"https://slack.com/archives/{ask.message.channel}/p{stamp}"
