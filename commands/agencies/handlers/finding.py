"""Which agency is meant, and how its view is opened: on top of a message, or in place of the form that is open."""

from __future__ import annotations

from collections.abc import Callable

from commands.agencies.rules.codes import nearest
from commands.agencies.rules.search import Look
from commands.agencies.views.listing import unknown_card
from commands.kit.refused import Refused
from commands.kit.say import Block
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.agencies import Agency, agency_to_change, all_agencies, find_agency, get_agency


def opened(ask: Ask, view: Block) -> Answer:
    """Show a view: in place of the form that is open, else in a new one."""
    if ask.view is not None and ask.view.kind == "modal":
        return Answer(update=view)
    return Answer(form=view)


def look_of(ask: Ask) -> Look:
    """Where in the list the reader comes from."""
    return Look.from_notes(ask.notes)


def with_agency(ask: Ask, action: str, use: Callable[[Ask, Agency], Answer]) -> Answer:
    """Use the agency whose code was typed, or whose button was pressed.

    An unknown code is answered with the nearest ones; their buttons do `action`, which is what was meant.
    """
    if ask.value:
        return use(ask, pressed(ask))
    if not ask.text:
        raise Refused(
            _("Say which agency: {example}. {list} shows all of them.").format(
                example=f"`{ask.command('agency')} {action} WFP`", list=f"`{ask.command('agency')}`"
            )
        )
    agency = find_agency(ask.session, ask.mission.id, ask.text)
    if agency is None:
        near = nearest(ask.text, all_agencies(ask.session, ask.mission.id))
        return Answer(say=unknown_card(ask.text, near, action))
    return use(ask, agency)


def pressed(ask: Ask) -> Agency:
    """The agency of a button's value."""
    agency = get_agency(ask.session, ask.mission.id, int(ask.value)) if ask.value.isdigit() else None
    if agency is None:
        raise Refused(_gone())
    return agency


def to_change(ask: Ask) -> Agency:
    """The agency of the form that was submitted, locked until it is saved."""
    agency = agency_to_change(ask.session, ask.mission.id, int(ask.notes.get("agency") or 0))
    if agency is None:
        raise Refused(_gone())
    return agency


def _gone() -> str:
    return _("I do not know this agency. Open it again from the list.")
