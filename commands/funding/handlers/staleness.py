"""Which figures are older than the mission's limit, and which donors gave the year before and not yet this year."""

from __future__ import annotations

from datetime import date

from commands.funding.handlers.own.secrecy import pledges_here
from commands.funding.handlers.picture import groups
from commands.funding.rules.plan_keys import scope_of
from commands.funding.rules.rows import Figures
from commands.funding.rules.years import present_year
from commands.funding.views.gaps import OldFigure, StoppedDonor
from commands.funding.views.own.words import line_kind_name
from commands.funding.views.picture import row_name
from commands.kit.words import _
from commands.kit.work import Work
from storage.funding.imports import FundingImport, ImportKind, ImportState, latest_imports
from storage.funding.lines import lines_of
from storage.funding.model import funding_settings
from storage.funding.totals import By, Scope, plan_lines

IMPORTS_LOOKED_AT = 500


def old_figures(work: Work, channel_id: str | None = None) -> list[OldFigure]:
    """Published requirements, imported flows, own figures and pledges that are old, the oldest first.

    Confidential ones are among them only in their own channel.
    """
    today = work.today
    limit = funding_settings(work.session, work.mission.id).stale_after_days
    found: list[tuple[str, date | None, str]] = [
        (line.name or line.code, line.published.as_of, _("requirements and funding"))
        for line in plan_lines(work.session, work.mission.id)
        if line.published is not None and line.plan_key
    ]
    found += [(name, day, _("flows")) for name, day in _flow_files(work)]
    for own in lines_of(work.session, work.mission.id, channel_id=channel_id):
        found.append((own.title, own.as_of, line_kind_name(own.kind)))
    for pledge in pledges_here(work, channel_id, open_only=True):
        day = pledge.updated_at.astimezone(work.zone).date()
        found.append((f"{pledge.donor}: {pledge.purpose}", day, _("pledge that has not moved")))
    old = [OldFigure(name, day, (today - day).days if day else None, what) for name, day, what in found]
    stale = [one for one in old if one.days is None or one.days > limit]
    return sorted(stale, key=lambda one: (one.as_of is not None, one.as_of or today, one.name))


def _flow_files(work: Work) -> list[tuple[str, date | None]]:
    """The newest file of flows of each country and boundary, with the day of its figures."""
    newest: dict[str, FundingImport] = {}
    for one in latest_imports(work.session, work.mission.id, limit=IMPORTS_LOOKED_AT):
        if one.state == ImportState.DONE and one.kind == ImportKind.FLOWS:
            newest.setdefault(_covered(one), one)
    return [(name, one.as_of) for name, one in newest.items()]


def _covered(one: FundingImport) -> str:
    parts = [
        str(part) for name in ("countries", "boundaries") for part in one.scope.get(name) or [] if isinstance(part, str)
    ]
    return " ".join(parts) or one.file_name


def stopped_donors(work: Work, key: str | None) -> list[StoppedDonor]:
    """Donors of the year before who have given nothing in this one, the largest first."""
    scope = scope_of(key)
    places = [(scope.country, scope.year)] if scope.country else _present_years(work)
    found: list[StoppedDonor] = []
    for country, year in places:
        if year is None:
            continue
        now = {one.name for one in groups(work, By.DONOR, Scope(country, year)) if one.funded}
        before: list[Figures] = groups(work, By.DONOR, Scope(country, year - 1))
        found += [
            StoppedDonor(row_name(one.name), one, year - 1) for one in before if one.funded and one.name not in now
        ]
    return sorted(found, key=lambda one: (-one.before.funded, one.name))


def _present_years(work: Work) -> list[tuple[str, int | None]]:
    years: dict[str, set[int]] = {}
    for line in plan_lines(work.session, work.mission.id):
        years.setdefault(line.country, set()).update([line.year] if line.year else [])
    return [(country, present_year(some, work.today.year)) for country, some in years.items()]
