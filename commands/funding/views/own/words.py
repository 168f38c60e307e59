"""The states and kinds of own figures in words."""

from __future__ import annotations

from commands.funding.rules.own.deadlines import Due, LineWarning
from commands.kit.words import _, pgettext
from storage.funding.discrepancies import DiscrepancyState
from storage.funding.lines import Facility, LineKind, LineStatus
from storage.funding.pledges import PledgeState


def pledge_state_name(state: str) -> str:
    """Where a pledge stands, as the Financial Tracking Service says it where it has a word."""
    return {
        PledgeState.ANNOUNCED: pgettext("pledge", "announced"),
        PledgeState.PLEDGE: pgettext("pledge", "pledge"),
        PledgeState.COMMITMENT: pgettext("pledge", "commitment"),
        PledgeState.PAID: pgettext("pledge", "paid"),
        PledgeState.STALLED: pgettext("pledge", "stalled"),
        PledgeState.LAPSED: pgettext("pledge", "lapsed"),
    }[PledgeState(state)]


def pledge_state_meaning(state: str) -> str:
    """What a state means, in a line."""
    return {
        PledgeState.ANNOUNCED: _("said, nothing in writing yet"),
        PledgeState.PLEDGE: _("in writing, not binding"),
        PledgeState.COMMITMENT: _("agreement signed, counts as funding"),
        PledgeState.PAID: _("transferred, counts as funding"),
        PledgeState.STALLED: _("nothing moves, somebody must ask"),
        PledgeState.LAPSED: _("will not come"),
    }[PledgeState(state)]


def discrepancy_state_name(state: str) -> str:
    """Where a correction stands."""
    return {
        DiscrepancyState.OPEN: pgettext("discrepancy", "still open"),
        DiscrepancyState.SENT_ON: pgettext("discrepancy", "sent on to headquarters"),
        DiscrepancyState.REFLECTED: pgettext("discrepancy", "reflected in FTS"),
        DiscrepancyState.REJECTED: pgettext("discrepancy", "rejected"),
    }[DiscrepancyState(state)]


def line_kind_name(kind: str) -> str:
    """Where a line belongs."""
    return {
        LineKind.PROGRAMMATIC: _("Programmatic activity"),
        LineKind.TRUST_FUND: _("Trust fund"),
        LineKind.QUICK_IMPACT: _("Quick-impact project"),
        LineKind.PEACEBUILDING_FUND: _("Peacebuilding Fund project"),
    }[LineKind(kind)]


def facility_name(facility: str) -> str:
    """A facility of the Peacebuilding Fund."""
    return {
        Facility.IMMEDIATE_RESPONSE: _("Immediate Response Facility (IRF)"),
        Facility.PEACEBUILDING_RECOVERY: _("Peacebuilding and Recovery Facility (PRF)"),
    }[Facility(facility)]


def line_status_name(status: str) -> str:
    """How firm money is."""
    return {
        LineStatus.PLEDGE: pgettext("figure", "pledge"),
        LineStatus.COMMITMENT: pgettext("figure", "commitment"),
        LineStatus.PAID: pgettext("figure", "paid"),
    }[LineStatus(status)]


def due_name(what: Due) -> str:
    """What a project owes."""
    return {
        Due.EXTENSION: _("last day to ask for an extension"),
        Due.FINAL_REPORT: _("final narrative report"),
        Due.HALF_YEAR: _("half-yearly report"),
        Due.ANNUAL: _("annual report"),
    }[what]


def warning_text(warning: LineWarning) -> str:
    """What is unusual about a line."""
    return {
        LineWarning.TOO_LONG: _("It runs longer than this facility usually allows."),
        LineWarning.ABOVE_CEILING: _("It is above the ceiling the mission has set."),
        LineWarning.RATE_OF_ONE: _("The rate is exactly 1 for a currency that is not the US dollar. Check it."),
        LineWarning.NO_END: _("It has no end yet, so its deadlines are not known."),
    }[warning]


def flow_status_name(status: str) -> str:
    """How firm a flow is."""
    return {
        "paid": pgettext("flow", "paid"),
        "commitment": pgettext("flow", "commitment"),
        "pledge": pgettext("flow", "pledge"),
    }.get(status, status)
