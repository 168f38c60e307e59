"""Reading what agencies wrote: coordinators as it comes, everybody else as a digest has shown it."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.access import find, note_shown
from commands.kit.pages import page_number
from commands.kit.pressed import parts_of
from commands.kit.refused import Refused
from commands.kit.work import Answer, Request, opened
from commands.updates.handlers.access import RETURN, ROUND, not_shown_yet
from commands.updates.handlers.returns.shown import fresh_for, read_versions
from commands.updates.rules.access import Act
from commands.updates.rules.answers import Value
from commands.updates.views.returns.reading import Text, new_form, text_form
from storage.agencies import Agency, agencies_by_id
from storage.letters import folded
from storage.updates.looks import note_looks
from storage.updates.returns import Return, ReturnVersion, returns_of
from storage.updates.rounds import Round


def read_text(request: Request) -> Answer:
    """One agency's update; the value is `return:page`."""
    return_id, page = parts_of(request.value, 2)
    given = find(request, RETURN, return_id, Act.READ_TEXT)
    this = find(request, ROUND, given.round_id)
    found = _texts(request, this, [given])
    if not found:
        raise Refused(not_shown_yet(request, given))
    _note(request, [given])
    return opened(request, text_form(this, found[0], page_number(page), request.zone))


def read_new(request: Request) -> Answer:
    """What came since this coordinator looked, as much of it as a form holds; asked again, the rest."""
    this = find(request, ROUND, request.value, Act.LEAD)
    fresh = fresh_for(request, returns_of(request.session, this.id))
    texts = _texts(request, this, fresh)
    form, shown = new_form(this, texts, request.zone)
    seen = [one.given for one in texts[:shown]]
    note_shown(request, RETURN, seen)
    _note(request, seen)
    return opened(request, form)


def _note(request: Request, read: Sequence[Return]) -> None:
    """What somebody reads who reads it as it comes is not new to them any more."""
    fresh = {given.id: given.version for given in fresh_for(request, read)}
    note_looks(request.session, request.mission.id, request.who.user_id, fresh)


def _texts(request: Request, this: Round, returns: Sequence[Return]) -> list[Text]:
    """What this person may read of these returns, by the agency's code."""
    versions = read_versions(request, returns)
    agencies = agencies_by_id(request.session, request.mission.id, [one.agency_id for one in returns], people=False)
    found = [
        _text(this, given, agencies[given.agency_id], versions[given.id][-1])
        for given in returns
        if versions.get(given.id)
    ]
    return sorted(found, key=lambda one: folded(one.agency.code))


def _text(this: Round, given: Return, agency: Agency, version: ReturnVersion) -> Text:
    answers: dict[str, Value] = dict(version.answers)
    return Text(this, given, agency, answers, is_newest=version.number == given.version)
