"""Importing a list that was read: preview, decide, save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from commands.agencies.rules.editing import draft_of, draft_of_entry
from commands.agencies.rules.entries import Reading
from commands.agencies.rules.planning import Change, Comparison, Decision, Double, Plan, compare
from commands.agencies.rules.understanding import SEEN, Seen, Understood
from commands.agencies.views.importing import result_form
from commands.agencies.views.preview import Preview, PreviewNotes, Tab, preview_form
from commands.kit.contacts import everyone
from commands.kit.pages import page_number
from commands.kit.post import refresh_home
from commands.kit.pressed import choice_in, parts_of
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request
from storage.agencies import Agency, all_agencies, lock_agencies
from storage.agency_imports import (
    AgencyImport,
    Revision,
    add_imported,
    change_imported,
    get_import,
)

# What is kept of a list that was read holds this name.
ENTRIES = "entries"


def _kept(request: Request) -> AgencyImport:
    kept = get_import(request.session, request.mission.id, request.noted(PreviewNotes).of)
    if kept is None:
        raise Refused(_("This import was replaced by a newer one. Upload the file again."))
    if kept.saved_at is not None:
        raise Refused(_("This list is saved already. Close the form."))
    if ENTRIES not in kept.content:
        raise Refused(_("This list is not read yet. Say first how it is meant."))
    return kept


def _compared(request: Request, kept: AgencyImport) -> tuple[Reading, Comparison]:
    reading = Reading.from_json(kept.content)
    return reading, compare(reading, all_agencies(request.session, request.mission.id))


def _preview(request: Request, kept: AgencyImport, tab: Tab | None = None, page: int = 0) -> Preview:
    reading, comparison = _compared(request, kept)
    return _shown(kept, reading, comparison.decided(kept.decisions), tab, page)


def _shown(kept: AgencyImport, reading: Reading, plan: Plan, tab: Tab | None, page: int) -> Preview:
    seen, understood = Seen.from_json(kept.content.get(SEEN, {})), Understood.from_json(kept.understood)
    return Preview(kept.id, kept.file_name, reading, plan, tab, page, seen=seen, understood=understood)


def show_preview(request: Request, kept: AgencyImport) -> Answer:
    """What saving a list would do."""
    return Answer(update=preview_form(_preview(request, kept)))


def show_tab(request: Request) -> Answer:
    """Another part of the preview, from its beginning."""
    return Answer(update=preview_form(_preview(request, _kept(request), choice_in(Tab, request.value))))


def turn(request: Request) -> Answer:
    """Another page of the open part."""
    page, tab = page_number(request.value), request.noted(PreviewNotes).tab
    return Answer(update=preview_form(_preview(request, _kept(request), tab, page)))


def decide(request: Request) -> Answer:
    """Keep what somebody decided about one look-alike; the value is its row and the decision."""
    row, decision = parts_of(request.value, 2)
    return _decide(request, choice_in(Decision, decision), lambda double: str(double.entry.row) == row)


def decide_all(request: Request) -> Answer:
    """The same decision for every look-alike that is still open."""
    return _decide(request, choice_in(Decision, request.value), lambda double: double.decision is None)


def _decide(request: Request, decision: Decision, concerns: Callable[[Double], bool]) -> Answer:
    kept = _kept(request)
    reading, comparison = _compared(request, kept)
    doubles = comparison.decided(kept.decisions).doubles
    new = {double.entry.key: decision.value for double in doubles if concerns(double)}
    kept.decisions = {**kept.decisions, **new}
    page = request.noted(PreviewNotes).page
    plan = comparison.decided(kept.decisions)
    return Answer(update=preview_form(_shown(kept, reading, plan, Tab.DOUBLES, page)))


def save(request: Request) -> Answer:
    """Do what the preview showed, in one transaction; show it again when it is no longer what would happen."""
    kept = _kept(request)
    lock_agencies(request.session, request.mission.id)
    preview = _preview(request, kept)
    if preview.plan.undecided:
        warning = _(":warning: *Decide about every look-alike first*: is it another organisation, or the same?")
        return Answer(update=preview_form(replace(preview, tab=Tab.DOUBLES, warning=warning)))
    if preview.plan.fingerprint() != request.noted(PreviewNotes).seen:
        warning = _(":warning: *The agencies changed meanwhile.* Look at what would happen now, then save.")
        return Answer(update=preview_form(replace(preview, tab=request.noted(PreviewNotes).tab, warning=warning)))
    _apply(request, kept, preview.plan)
    kept.saved_at, kept.file = request.now, None
    request.record("agencies.imported", ("agency_import", kept.id), file=kept.file_name, figures=_figures(preview.plan))
    return Answer(update=result_form(kept.file_name, preview.plan))


def _figures(plan: Plan) -> dict[str, int]:
    return {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "left": len(plan.left),
        "same": len(plan.same),
        "refused": len(plan.refused),
    }


def _apply(request: Request, kept: AgencyImport, plan: Plan) -> None:
    by_id = {agency.id: agency for agency in all_agencies(request.session, request.mission.id)}
    changed = [by_id[change.agency_id] for change in plan.changed]
    revisions = [_revision(agency, change) for agency, change in zip(changed, plan.changed, strict=True)]
    change_imported(request.session, kept, revisions, request.actor, request.now)
    refresh_home(request, {user for agency in changed for user in everyone(agency)})
    drafts = [draft_of_entry(one.entry, one.code).as_record() for one in plan.added]
    add_imported(request.session, kept, drafts, request.actor, request.now)


def _revision(agency: Agency, change: Change) -> Revision:
    values: dict[str, Any] = {one.field: one.new for one in change.differences}
    return Revision(
        agency.id,
        agency.version + 1,
        replace(draft_of(agency), **values).as_record(),
        {one.field: [one.old, one.new] for one in change.differences},
    )
