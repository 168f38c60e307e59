"""Figures as tables of files: flows and requirements in FTS's own columns, so that an import reads them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from commands.funding.rules.rows import Figures, Picture
from commands.kit.tables import CellValue
from storage.funding.discrepancies import FundingDiscrepancy
from storage.funding.lines import FundingLine
from storage.funding.model import Flow, PlanRequirement
from storage.funding.pledges import FundingPledge

# FTS's column, the field that holds it, and FTS's own HXL tag.
FLOW_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("date", "flow_date", "#date"),
    ("budgetYear", "budget_year", "#date+year+budget"),
    ("description", "description", "#description+notes"),
    ("amountUSD", "amount_usd", "#value+funding+total+usd"),
    ("srcOrganization", "src_organization", "#org+name+funder"),
    ("srcOrganizationTypes", "src_organization_types", "#org+type+funder+list"),
    ("srcLocations", "src_locations", "#country+iso3+funder+list"),
    ("srcUsageYearStart", "src_usage_year_start", "#date+year+start+funder"),
    ("srcUsageYearEnd", "src_usage_year_end", "#date+year+end+funder"),
    ("destPlan", "dest_plan", "#activity+appeal+name"),
    ("destPlanCode", "dest_plan_code", "#activity+appeal+id+external"),
    ("destPlanId", "dest_plan_id", "#activity+appeal+id+fts_internal"),
    ("destOrganization", "dest_organization", "#org+name+impl"),
    ("destOrganizationTypes", "dest_organization_types", "#org+type+impl+list"),
    ("destGlobalClusters", "dest_global_clusters", "#sector+cluster+name+list"),
    ("destLocations", "dest_locations", "#country+iso3+impl+list"),
    ("destProject", "dest_project", "#activity+project+name"),
    ("destProjectCode", "dest_project_code", "#activity+project+code"),
    ("destEmergency", "dest_emergency", "#crisis+name"),
    ("destUsageYearStart", "dest_usage_year_start", "#date+year+start+impl"),
    ("destUsageYearEnd", "dest_usage_year_end", "#date+year+end+impl"),
    ("contributionType", "contribution_type", "#financial+contribution+type"),
    ("flowType", "flow_type", "#financial+contribution+type"),
    ("method", "method", "#financial+method"),
    ("boundary", "boundary", "#financial+direction"),
    ("onBoundary", "on_boundary", "#financial+direction+type"),
    ("status", "status", "#status+text"),
    ("firstReportedDate", "first_reported_date", "#date+reported"),
    ("decisionDate", "decision_date", "#date+decision"),
    ("keywords", "keywords", "#description+keywords"),
    ("originalAmount", "original_amount", "#value+funding+total"),
    ("originalCurrency", "original_currency", "#value+funding+total+currency"),
    ("exchangeRate", "exchange_rate", "#financial+fx"),
    ("id", "fts_id", "#activity+id+fts_internal"),
    ("refCode", "ref_code", "#activity+code"),
    ("createdAt", "created_on", "#date+created"),
    ("updatedAt", "updated_on", "#date+updated"),
)
REQUIREMENT_COLUMNS: tuple[tuple[str, str], ...] = (
    ("countryCode", "country"),
    ("id", "plan_id"),
    ("name", "plan_name"),
    ("code", "plan_code"),
    ("startDate", "start_date"),
    ("endDate", "end_date"),
    ("year", "year"),
    ("clusterCode", "cluster_code"),
    ("cluster", "cluster"),
    ("requirements", "requirements"),
    ("funding", "funding"),
    ("percentFunded", "percent"),
)
FIGURE_TITLES = ["Name", "Required (US$)", "Funded (US$)", "Coverage (%)", "Unmet (US$)", "Surplus (US$)", "As of"]
CLUSTER_TITLES = ["Plan", *FIGURE_TITLES]
LINE_TITLES = [
    "Kind",
    "Title",
    "Donor",
    "Status",
    "Amount",
    "Currency",
    "Rate (units for US$1)",
    "Rate of",
    "Source of the rate",
    "US$",
    "As of",
    "Source",
    "Begins",
    "Ends",
]
PLEDGE_TITLES = [
    "Donor",
    "For",
    "State",
    "Amount",
    "Currency",
    "Rate (units for US$1)",
    "Rate of",
    "Source of the rate",
    "US$",
    "Announced",
    "Next date",
    "Flow in FTS",
]
DIFFERENCE_TITLES = ["Figure", "FTS (US$)", "FTS as of", "Ours (US$)", "State", "Ask again", "Evidence", "Contact"]


def flow_titles() -> list[str]:
    """The 37 columns of FTS."""
    return [title for title, _field, _tag in FLOW_COLUMNS]


def hxl_tags() -> list[str]:
    """FTS's own HXL row, for who still reads it."""
    return [tag for _title, _field, tag in FLOW_COLUMNS]


def flow_rows(flows: Iterable[Flow]) -> Iterator[list[CellValue]]:
    """Flows in FTS's columns. Withdrawn ones are left out: FTS no longer publishes them."""
    for flow in flows:
        if not flow.is_withdrawn:
            yield [cell(getattr(flow, field)) for _title, field, _tag in FLOW_COLUMNS]


def at_most(rows: Iterable[list[CellValue]], most: int, note: str) -> Iterator[list[CellValue]]:
    """The first rows; where there are more, a last one says so, so that nobody takes a part for the whole."""
    for number, row in enumerate(rows):
        if number == most:
            yield [None, None, note]
            return
        yield row


def requirement_rows(rows: Iterable[PlanRequirement]) -> Iterator[list[CellValue]]:
    """Published requirements in FTS's columns."""
    for row in rows:
        yield [cell(getattr(row, field)) for _title, field in REQUIREMENT_COLUMNS]


def cell(value: Any) -> CellValue:
    """A value as a cell: money that is whole dollars has no decimals, as FTS writes it."""
    if isinstance(value, Decimal):
        return trimmed(value)
    return value if value is None or isinstance(value, int) else _text_or_day(value)


def _text_or_day(value: Any) -> CellValue:
    return str(value) if isinstance(value, str) else value


def trimmed(amount: Decimal) -> Decimal | int:
    """An amount without decimals that say nothing."""
    return int(amount) if amount == amount.to_integral_value() else amount.normalize()


def plan_rows(picture: Picture) -> list[list[CellValue]]:
    """A row for each plan, and for money that names none."""
    rows = [_figures(plan.total, plan.age.as_of) for plan in picture.plans]
    return rows if picture.unplanned is None else [*rows, _figures(picture.unplanned, None)]


def cluster_rows(picture: Picture) -> list[list[CellValue]]:
    """A row for each cluster of each plan; the rows of a plan add up to it."""
    return [[plan.total.name, *_figures(one, plan.age.as_of)] for plan in picture.plans for one in plan.clusters]


def _figures(row: Figures, as_of: CellValue) -> list[CellValue]:
    amounts = [row.required, row.funded, row.coverage, row.unmet, row.surplus]
    return [row.name or "Not specified", *(cell(one) for one in amounts), as_of]


def line_rows(lines: Sequence[FundingLine]) -> list[list[CellValue]]:
    """The mission's own figures; the caller leaves out what is Confidential."""
    return [
        [
            one.kind,
            one.title,
            one.donor,
            one.status,
            *_money(one),
            one.as_of,
            one.source,
            one.starts,
            one.ends,
        ]
        for one in lines
    ]


def pledge_rows(pledges: Sequence[FundingPledge]) -> list[list[CellValue]]:
    """Pledges; the caller leaves out what is Confidential."""
    return [
        [one.donor, one.purpose, one.state, *_money(one), one.announced_on, one.next_on, one.flow_ref]
        for one in pledges
    ]


def _money(row: FundingLine | FundingPledge) -> list[CellValue]:
    return [
        trimmed(row.amount),
        row.currency,
        trimmed(row.rate),
        row.rate_day,
        row.rate_source,
        trimmed(row.usd),
    ]


def difference_rows(found: Sequence[FundingDiscrepancy]) -> list[list[CellValue]]:
    """Discrepancies with both figures."""
    return [
        [
            one.label,
            cell(one.theirs),
            one.theirs_as_of,
            cell(one.ours),
            one.state,
            one.next_on,
            one.evidence,
            one.contact,
        ]
        for one in found
    ]


def with_tags(rows: Iterable[Sequence[CellValue]], tags: Sequence[str]) -> Iterator[Sequence[CellValue]]:
    """Rows below a HXL row."""
    yield list(tags)
    yield from rows


Sheets = Mapping[str, tuple[Sequence[str], Iterable[Sequence[CellValue]]]]
