"""The mission's clock: its zone, and the rules of that zone, which governments change, sometimes a week before.

Rooms follow `CLOCK_CHANGED` and let what was planned in local time keep it.
"""

from __future__ import annotations

from commands.kit.dates import zone_named
from commands.kit.times.changes import rules_of
from commands.kit.times.local import CLOCK_CHANGED
from commands.kit.work import Request, Work
from storage.funding.summaries import summary_plans
from storage.machine import get_facts, put_fact

RULES = "zone:rules"


def zone_changed(request: Request) -> list[str]:
    """Another zone was saved: rooms hear of it. Gives what keeps its local time, in lines for who saved it."""
    lines = request.kept_times(request)
    request.record(CLOCK_CHANGED, ("mission", request.mission.id), zone=request.mission.zone)
    return lines


def look_at_rules(work: Work) -> None:
    """See whether a new release of the tz database changes the coming years of a zone that something is planned in.

    What was planned before this was looked at first was planned by the rules of then, which nobody remembers.
    """
    fact = get_facts(work.session, work.mission.id).get(RULES)
    known = dict(fact.value.get("zones", {})) if fact else {}
    first_year = int(fact.value.get("first_year", work.now.year)) if fact else work.now.year
    now_true = _fingerprints(work, first_year)
    changed = [name for name, rules in now_true.items() if known.get(name, rules) != rules]
    if changed:
        work.record(CLOCK_CHANGED, ("mission", work.mission.id), zone=work.mission.zone, rules=changed)
    if now_true != known or first_year != work.now.year:
        value = {"first_year": work.now.year, "zones": _fingerprints(work, work.now.year)}
        put_fact(work.session, RULES, value, work.now, mission_id=work.mission.id)


def _fingerprints(work: Work, first_year: int) -> dict[str, str]:
    """Those of the mission's zone, and of the zones in which summaries of funding are planned."""
    names = {work.mission.zone, *(plan.zone for plan in summary_plans(work.session, work.mission.id))}
    zones = {name: zone_named(name) for name in sorted(names)}
    return {name: rules_of(zone, first_year) for name, zone in zones.items() if zone is not None}
