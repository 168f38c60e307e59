"""The columns of what FTS publishes, as files call them: its own names, other spellings, HXL tags."""

from __future__ import annotations

import re
from dataclasses import dataclass

from commands.kit.tables import Column, Header

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _column(name: str, *words: str, tags: tuple[str, ...] = (), required: bool = False) -> Column:
    apart = _CAMEL.sub(" ", name)
    return Column(name, (apart, *words), tags, required, (name, *words[:2]))


ID = _column("id", "flow id", "flowid", "fts id", "identifiant", tags=("#activity+id+fts_internal",), required=True)
AMOUNT = _column(
    "amountUSD",
    "amount us",
    "amount in usd",
    "amount",
    "montant usd",
    tags=("#value+funding+total+usd",),
    required=True,
)
BOUNDARY = _column("boundary", "direction", tags=("#financial+direction",))
ON_BOUNDARY = _column("onBoundary", "on boundary type", tags=("#financial+direction+type",), required=True)
STATUS = _column("status", "flow status", "statut", tags=("#status+text", "#status"), required=True)

# In the order in which storage keeps them: the file's column, then the field.
FLOW_FIELDS: tuple[tuple[Column, str], ...] = (
    (_column("date", "flow date", tags=("#date",)), "flow_date"),
    (_column("budgetYear", tags=("#date+year+budget",)), "budget_year"),
    (_column("description", tags=("#description+notes",)), "description"),
    (AMOUNT, "amount_usd"),
    (
        _column("srcOrganization", "source organization", "source org", "donor", tags=("#org+name+funder",)),
        "src_organization",
    ),
    (
        _column("srcOrganizationTypes", "source organization types", tags=("#org+type+funder",)),
        "src_organization_types",
    ),
    (_column("srcLocations", "source locations", "source location", tags=("#country+iso3+funder",)), "src_locations"),
    (
        _column("srcUsageYearStart", "source usage year start", tags=("#date+year+start+funder",)),
        "src_usage_year_start",
    ),
    (_column("srcUsageYearEnd", "source usage year end", tags=("#date+year+end+funder",)), "src_usage_year_end"),
    (_column("destPlan", "destination plan", "plan", tags=("#activity+appeal+name",)), "dest_plan"),
    (_column("destPlanCode", "destination plan code", tags=("#activity+appeal+id+external",)), "dest_plan_code"),
    (_column("destPlanId", "destination plan id", tags=("#activity+appeal+id+fts_internal",)), "dest_plan_id"),
    (
        _column("destOrganization", "destination organization", "recipient organization", tags=("#org+name+impl",)),
        "dest_organization",
    ),
    (
        _column("destOrganizationTypes", "destination organization types", tags=("#org+type+impl",)),
        "dest_organization_types",
    ),
    (
        _column(
            "destGlobalClusters",
            "destination global clusters",
            "destination global cluster",
            tags=("#sector+cluster+name",),
        ),
        "dest_global_clusters",
    ),
    (
        _column("destLocations", "destination locations", "destination location", tags=("#country+iso3+impl",)),
        "dest_locations",
    ),
    (_column("destProject", "destination project", tags=("#activity+project+name",)), "dest_project"),
    (_column("destProjectCode", "destination project code", tags=("#activity+project+code",)), "dest_project_code"),
    (_column("destEmergency", "destination emergency", tags=("#crisis+name",)), "dest_emergency"),
    (
        _column("destUsageYearStart", "destination usage year start", tags=("#date+year+start+impl",)),
        "dest_usage_year_start",
    ),
    (_column("destUsageYearEnd", "destination usage year end", tags=("#date+year+end+impl",)), "dest_usage_year_end"),
    (_column("contributionType", tags=("#financial+contribution+type",)), "contribution_type"),
    (_column("flowType", tags=("#financial+contribution+type",)), "flow_type"),
    (_column("method", tags=("#financial+method",)), "method"),
    (BOUNDARY, "boundary"),
    (ON_BOUNDARY, "on_boundary"),
    (STATUS, "status"),
    (_column("firstReportedDate", "first reported", tags=("#date+reported",)), "first_reported_date"),
    (_column("decisionDate", tags=("#date+decision",)), "decision_date"),
    (_column("keywords", tags=("#description+keywords",)), "keywords"),
    (_column("originalAmount", tags=("#value+funding+total",)), "original_amount"),
    (_column("originalCurrency", tags=("#value+funding+total+currency",)), "original_currency"),
    (_column("exchangeRate", tags=("#financial+fx",)), "exchange_rate"),
    (ID, "fts_id"),
    (_column("refCode", "reference code", tags=("#activity+code",)), "ref_code"),
    (_column("createdAt", "created date", tags=("#date+created",)), "created_on"),
    (_column("updatedAt", "updated date", tags=("#date+updated",)), "updated_on"),
)
FLOW_COLUMNS = tuple(column for column, _field in FLOW_FIELDS)

_COUNTRY = _column("countryCode", "country", "country iso3", "pays", tags=("#country+code",))
_PLAN_ID = _column("id", "plan id", tags=("#activity+appeal+id+fts_internal",))
_PLAN_CODE = _column("code", "plan code", tags=("#activity+appeal+id+external",))
_NAME = _column("name", "plan name", "plan", tags=("#activity+appeal+name",), required=True)
_START = _column("startDate", tags=("#date+start",))
_END = _column("endDate", tags=("#date+end",))
_YEAR = _column("year", "année", tags=("#date+year",), required=True)
_REQUIREMENTS = _column(
    "requirements",
    "revised requirements",
    "requirements usd",
    "besoins",
    tags=("#value+funding+required+usd",),
    required=True,
)
_ORIGINAL = _column("origRequirements", "original requirements")
_PRIORITISED = _column(
    "prioritisedRequirements",
    *("prioritizedRequirements", "prioritized requirements", "hyper prioritised requirements"),
    "besoins prioritaires",
)
_FUNDING = _column("funding", "funding usd", "financement", tags=("#value+funding+total+usd",), required=True)
_PERCENT = _column("percentFunded", "percent", "coverage", tags=("#value+funding+pct",))

PLAN_COLUMNS = (
    _COUNTRY,
    _PLAN_ID,
    _NAME,
    _PLAN_CODE,
    _column("typeName", "type", "plan type", tags=("#activity+appeal+type+name",)),
    _START,
    _END,
    _YEAR,
    _ORIGINAL,
    _PRIORITISED,
    _REQUIREMENTS,
    _FUNDING,
    _PERCENT,
)
CLUSTER_COLUMNS = (
    _COUNTRY,
    _PLAN_ID,
    _NAME,
    _PLAN_CODE,
    _START,
    _END,
    _YEAR,
    _column("clusterCode", "cluster id", tags=("#sector+cluster+code",)),
    _column("cluster", "cluster name", "sector", tags=("#sector+cluster+name",), required=True),
    _ORIGINAL,
    _REQUIREMENTS,
    _FUNDING,
    _PERCENT,
)
# HDX HAPI: the same figures under other names, which ours are called after.
HAPI_COLUMNS = (
    Column("countryCode", ("location_code",), required=True),
    Column("code", ("appeal_code",), required=True),
    Column("name", ("appeal_name",), required=True),
    Column("typeName", ("appeal_type",)),
    Column("requirements", ("requirements_usd",), required=True),
    Column("funding", ("funding_usd",), required=True),
    Column("percentFunded", ("funding_pct",)),
    Column("startDate", ("reference_period_start",), required=True),
    Column("endDate", ("reference_period_end",)),
    Column("warning", ("warning",)),
    Column("error", ("error",)),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A format: the columns looked for. A file is of the first layout whose required columns it has."""

    name: str
    columns: tuple[Column, ...]

    @property
    def required(self) -> set[str]:
        """Columns without which a file is not of this layout."""
        return {column.name for column in self.columns if column.required}


FLOWS = Layout("flows", FLOW_COLUMNS)
HAPI = Layout("hapi", HAPI_COLUMNS)
CLUSTERS = Layout("clusters", CLUSTER_COLUMNS)
PLANS = Layout("plans", PLAN_COLUMNS)
# What was asked and given for COVID-19, out of what a plan asked and was given in all.
COVID = Layout(
    "covid",
    (
        *(column for column in PLAN_COLUMNS if column.name not in {"requirements", "funding", "percentFunded"}),
        Column("covidFunding", ("covid funding",), required=True),
        Column("covidRequirements", ("covid requirements",)),
    ),
)
EMERGENCY = Layout("emergency", (Column("emergencyId", ("emergency id",), ("#crisis+code",), True), *PLAN_COLUMNS[1:]))
# HAPI comes last: its rows have no year, which every other layout needs.
LAYOUTS = (FLOWS, CLUSTERS, EMERGENCY, COVID, PLANS, HAPI)


def covid_header(header: Header) -> Header:
    """The header of a file about COVID-19, with its figures as those of the plans it names."""
    names = {"covidFunding": "funding", "covidRequirements": "requirements"}
    return Header(
        header.row,
        header.tag_row,
        {names.get(name, name): place for name, place in header.places.items()},
        header.titles,
    )
