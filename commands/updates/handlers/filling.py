"""The form between two presses: what it is prefilled with, and the draft that keeps what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commands.kit.work import Ask
from commands.updates.handlers.owed import changed, find_owed
from commands.updates.rules.questions import Item, items_for, questions_of
from commands.updates.views.answer_form import Filling, read_answers
from commands.updates.views.asks import Owed
from commands.updates.views.words import source_of_draft, source_of_version
from storage.returns import ReturnDraft, ReturnState, drafts_of, forget_draft, get_draft, version_of


def items_of(owed: Owed) -> list[Item]:
    """What the agency answers in this round."""
    return items_for(questions_of(owed.round.questions), owed.given.sectors)


def first_filling(ask: Ask, owed: Owed, *, proxy: bool = False) -> Filling:
    """The form as it opens: with the person's own draft, else with the version that counts now."""
    draft = get_draft(ask.session, owed.given.id, ask.who.user_id)
    if draft is not None:
        source = source_of_draft(draft.saved_at, owed.zone)
        return Filling(owed, items_of(owed), draft.answers, draft.base_version, source=source, proxy=proxy)
    given = owed.given
    source = source_of_version(given, owed.zone) if given.state == ReturnState.SUBMITTED else ""
    return Filling(owed, items_of(owed), dict(given.answers), given.version, source=source, proxy=proxy)


def filling_in(ask: Ask) -> Filling:
    """The form the person has before them, with everything typed so far on this step and the others.

    Raises Refused as `find_owed` does.
    """
    owed = find_owed(ask, ask.notes.get("return", ""))
    items = items_of(owed)
    draft = get_draft(ask.session, owed.given.id, ask.who.user_id)
    known = draft.answers if draft is not None else owed.given.answers
    answers = merged(known, read_answers(items, ask.fields))
    filling = Filling(
        owed,
        items,
        answers,
        base=int(ask.notes.get("base") or 0),
        start=int(ask.notes.get("start") or 0),
        proxy=bool(ask.notes.get("proxy")),
    )
    return beside_the_newest(ask, filling) if ask.notes.get("merge") else filling


def merged(known: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """What is known with what was typed over it; a field that was emptied is gone."""
    return {key: value for key, value in {**known, **typed}.items() if value is not None}


def beside_the_newest(ask: Ask, filling: Filling) -> Filling:
    """The same form with the version that counts now beside it, for two people who wrote at once."""
    given = filling.owed.given
    newest = version_of(ask.session, given.id, given.version)
    answers = newest.answers if newest is not None else given.answers
    by = newest.by if newest is not None else given.answered_by or ""
    return Filling(
        filling.owed,
        filling.items,
        filling.answers,
        filling.base,
        filling.start,
        filling.source,
        filling.proxy,
        beside=answers,
        by=by,
    )


def keep_draft(ask: Ask, filling: Filling) -> None:
    """Keep what was typed; the board shows a draft from the first word on."""
    given = filling.owed.given
    before = given.state
    if filling.answers == given.answers and given.version == filling.base:
        forget_draft(ask.session, given.id, ask.who.user_id)
    else:
        ask.session.merge(
            ReturnDraft(
                mission_id=ask.mission.id,
                return_id=given.id,
                user_id=ask.who.user_id,
                answers=dict(filling.answers),
                base_version=filling.base,
                saved_at=ask.now,
            )
        )
    ask.session.flush()
    settle_draft_state(ask, filling.owed)
    if given.state != before:
        changed(ask, given, filling.owed.round)


def settle_draft_state(ask: Ask, owed: Owed) -> None:
    """An unanswered return is a draft as long as anybody's draft of it is kept."""
    if owed.given.state in (ReturnState.OWED, ReturnState.DRAFT) and owed.is_open:
        has_draft = bool(drafts_of(ask.session, owed.given.id))
        owed.given.state = ReturnState.DRAFT if has_draft else ReturnState.OWED


def save_typed(ask: Ask) -> None:
    """Somebody types: nothing they wrote is lost, even when the network goes."""
    keep_draft(ask, filling_in(ask))
