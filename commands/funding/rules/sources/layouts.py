"""The columns of sources beside FTS.

Files of OCHA's pooled funds are made by machines and always called the same; lists of projects and budgets are made by
people, and known by the words of their headers, English or French.
"""

from __future__ import annotations

from commands.funding.rules.imports.columns import Layout
from commands.kit.tables import Column
from storage.funding.imports import ImportKind


def _made(*required: str, **columns: str) -> tuple[Column, ...]:
    """Columns that are always called the same, by what we call them."""
    return tuple(Column(name, (title,), required=name in required) for name, title in columns.items())


def _written(name: str, *words: str, required: bool = False) -> Column:
    return Column(name, words, required=required, examples=words[:4])


CERF_CONTRIBUTIONS = Layout(
    "cerf donors",
    _made(
        *("code", "party", "granted", "spent"),
        code="ContributionId",
        label="ContributionCode",
        party="Donor",
        year="Year",
        category="DonorType",
        status="ContributionStatus",
        granted="PledgeAmountUSD",
        committed="CommitmentAmountUSD",
        spent="ReceivedAmountUSD",
        pledged_on="PledgeDate",
        committed_on="CommitmentDate",
        paid_on="ReceivedDate",
    ),
)
CERF_PROJECTS = Layout(
    "cerf projects",
    _made(
        *("code", "party", "granted", "country_code"),
        code="ProjectID",
        label="ProjectCode",
        title="ProjectTitle",
        party="AgencyName",
        year="Year",
        category="WindowFullName",
        status="AllocationStatus",
        granted="TotalAmountApproved",
        country_code="CountryCode",
        plan_code="projectcapcode",
        starts="ProjectStartDate",
        ends="ProjectEndDate",
        paid_on="DisbursementDate",
    ),
)
CBPF_CONTRIBUTIONS = Layout(
    "cbpf donors",
    _made(
        *("code", "fund_name", "party", "granted", "spent"),
        code="ContributionCode",
        fund_name="PooledFundName",
        fund_code="PooledFundCodeAbbrv",
        party="DonorName",
        year="FiscalYear",
        granted="PledgeAmt",
        spent="PaidAmt",
        pledged_on="PledgeDate",
        paid_on="PaidDate",
    ),
)
CBPF_PROJECTS = Layout(
    "cbpf projects",
    _made(
        *("code", "fund_name", "party", "granted"),
        code="ChfProjectCode",
        fund_name="PooledFundName",
        party="OrganizationName",
        title="ProjectTitle",
        year="AllocationYear",
        category="AllocationType",
        status="ProjectStatus",
        granted="Budget",
        starts="ActualStartDate",
        planned_start="ProjectStartDate",
        ends="ActualEndDate",
        planned_end="ProjectEndDate",
        decided_on="ApprovedDate",
    ),
)
_TITLE = ("project title", "title", "project name", "project", "activity", "titre du projet", "intitulé", "projet")
_CODE = (
    *("project code", "project number", "project no", "project id", "mptf project id", "mptfo project id"),
    *("code", "reference", "code du projet", "numéro du projet", "référence"),
)
_PARTY = (
    *("recipient organization", "recipient organisation", "participating organization", "participating organisation"),
    *("implementing organization", "implementing organisation", "organization", "organisation", "recipient", "agency"),
    *("puno", "runo", "implementing partner", "partner", "organisation bénéficiaire", "agence", "partenaire"),
)
_SPENT = (
    *("expenditure", "expenditures", "total expenditure", "expenditure usd", "spent", "disbursements", "disbursement"),
    *("dépenses", "dépense", "décaissements", "décaissement"),
)
FUND_PROJECTS = Layout(
    "fund projects",
    (
        _written("title", *_TITLE, required=True),
        _written("code", *_CODE),
        _written("fund_name", "fund", "fund name", "trust fund", "fonds", "fonds d'affectation spéciale"),
        _written("category", "facility", "window", "modality", "facilité", "guichet"),
        _written("party", *_PARTY, required=True),
        _written("share", "share", "share %", "percentage", "percent", "part", "quote-part", "pourcentage"),
        _written(
            "granted",
            *("approved budget", "approved amount", "amount approved", "approved", "total approved amount", "budget"),
            *("approved budget usd", "budget approuvé", "montant approuvé"),
            required=True,
        ),
        _written(
            "committed",
            *("transferred", "transfers", "amount transferred", "net funded amount", "net transfers", "transfer"),
            *("transferred usd", "montant transféré", "transferts", "transféré"),
        ),
        _written("spent", *_SPENT),
        _written("rate", "delivery rate", "delivery rate %", "delivery", "taux d'exécution", "taux de décaissement"),
        _written("starts", "start date", "start", "begins", "date de début", "début"),
        _written("ends", "end date", "end", "ends", "operational end date", "expected end date", "date de fin", "fin"),
        _written("status", "status", "project status", "statut", "état"),
        _written("country_code", "country", "country code", "pays"),
    ),
)
MISSION_BUDGET = Layout(
    "mission budget",
    (
        _written("title", "budget line", "line", "description", *_TITLE, "ligne budgétaire", required=True),
        _written("code", "line code", "funded programme", "commitment item", *_CODE),
        _written("fund_name", "kind", "category", "type", "nature", "catégorie"),
        _written("party", *_PARTY),
        _written(
            "period",
            *("budget period", "period", "fiscal year", "budget year", "financial period", "year"),
            *("exercice", "exercice budgétaire", "période"),
            required=True,
        ),
        _written(
            "granted",
            *("allotment", "allotments", "allotted", "allotted amount", "allotment usd"),
            *("crédits alloués", "dotation", "allocation de crédits"),
            required=True,
        ),
        _written(
            "committed",
            *("obligation", "obligations", "obligated", "obligated amount", "total obligations", "obligation usd"),
            *("engagements", "engagement", "engagé"),
        ),
        _written(
            "outstanding",
            *("outstanding obligations", "unliquidated obligations", "open commitments", "engagements non réglés"),
        ),
        _written("spent", *_SPENT),
        _written("starts", "period start", "start date", "début de l'exercice"),
        _written("ends", "period end", "end date", "fin de l'exercice"),
        _written("status", "status", "project status", "statut", "état"),
    ),
)
# A file is of the first one whose required columns it has; what machines make comes before what people write.
SOURCE_LAYOUTS = {
    CERF_CONTRIBUTIONS.name: (CERF_CONTRIBUTIONS, ImportKind.POOLED_CONTRIBUTIONS),
    CERF_PROJECTS.name: (CERF_PROJECTS, ImportKind.POOLED_PROJECTS),
    CBPF_CONTRIBUTIONS.name: (CBPF_CONTRIBUTIONS, ImportKind.POOLED_CONTRIBUTIONS),
    CBPF_PROJECTS.name: (CBPF_PROJECTS, ImportKind.POOLED_PROJECTS),
    MISSION_BUDGET.name: (MISSION_BUDGET, ImportKind.MISSION_BUDGET),
    FUND_PROJECTS.name: (FUND_PROJECTS, ImportKind.FUND_PROJECTS),
}
MADE_BY_MACHINES = frozenset({ImportKind.POOLED_CONTRIBUTIONS, ImportKind.POOLED_PROJECTS})
