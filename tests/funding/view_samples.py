"""Every view of the reading half of the funding room with something to show, and the longest that there can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from commands.funding.rules.changes import compare, moved, snapshot_of
from commands.funding.rules.differences import Check, Reason, Why
from commands.funding.rules.opening import FigureRef
from commands.funding.rules.own import entry as e
from commands.funding.rules.own.deadlines import Deadline, Due, LineWarning
from commands.funding.rules.rows import Age, Figures, Picture, PlanPicture
from commands.funding.rules.sending import SummaryEntry
from commands.funding.views import charts, files, flows, gaps, groups, schedule, summary
from commands.funding.views.notes import DiscrepancyNotes, LineNotes, PledgeNotes, SummaryNotes
from commands.funding.views.own import discrepancies, limits, lines, pledges
from commands.funding.views.picture import overview_card, plan_card
from commands.kit.cards import Block, Card
from commands.kit.pages import page_at
from storage.funding.changes import ChangeKind, FlowChange
from storage.funding.discrepancies import FundingDiscrepancy
from storage.funding.limits import FundingLimits
from storage.funding.lines import FundingLine
from storage.funding.model import Flow
from storage.funding.pledges import FundingPledge
from storage.funding.steps import FundingStep
from storage.funding.summaries import SummaryPlan

NOW = datetime(2035, 3, 5, 9, tzinfo=UTC)
TODAY = NOW.date()
ZONE = ZoneInfo("Africa/Juba")
EVIL = "<!channel> & co <https://example.org|here>"


def row(name: str, required: int | None, paid: int, commitment: int = 0, pledged: int = 0) -> Figures:
    asked = None if required is None else Decimal(required)
    amounts = [Decimal(one) for one in (paid + commitment, paid, commitment, pledged)]
    return Figures(name, asked, *amounts, key=name or "Not specified")


CLUSTERS = (
    row("Food Security", 182_400_000, 59_950_000, 12_500_000),
    row("Protection", 38_900_000, 45_513_000),
    row("Coordination", 9_600_000, 0),
    row("Not specified", None, 1_234_567),
    row(EVIL, 1, 3),
)
TOTAL = row("Upper Valley Plan 2035", 230_900_001, 106_697_570, 12_500_000, 5_000_000)
POOLED = Why(Reason.POOLED, Decimal(20_017), ("Upper Valley Humanitarian Fund",))
CHECK = Check("AFG", 2035, "77", TOTAL.name, Decimal(119_197_570), Decimal(119_177_553), (POOLED,))
OF_COUNTRY = Check("AFG", 2035, None, "", Decimal(725_591_299), Decimal(725_591_299))
OF_OTHER_DAYS = Why(Reason.DAYS, Decimal(0), (), "2035-03-01", "2035-02-13")
DAYS = Check("AFG", 2035, "78", EVIL, Decimal(9), Decimal(7), (OF_OTHER_DAYS,))
PLAN = PlanPicture("AFG:2035:77", "HUPV35", TOTAL, CLUSTERS, Age(date(2035, 3, 1), 21, 328), CHECK)
BEFORE = {"AFG:2035:77": {"": {"required": "230900001", "funded": "118197570"}}}
MOVED = PlanPicture(PLAN.key, PLAN.code, TOTAL, CLUSTERS, PLAN.age, None, moved(BEFORE, PLAN), date(2035, 2, 26))
LOCATIONS = (row("South Sudan", 200_000_000, 90_000_000), row("Multiple locations (shared)", None, 29_197_570))
LOCATED = PlanPicture(PLAN.key, PLAN.code, TOTAL, CLUSTERS, PLAN.age, locations=LOCATIONS)
MANY = tuple(
    row(f"Cluster {place:02} with the longest name that anybody gives a cluster", 10**11 + place, 10**10 - place)
    for place in range(30)
)
LARGE = PlanPicture("AFG:2035:78", "HLARGE", row("Plan of thirty clusters", 3 * 10**12, 3 * 10**11), MANY, PLAN.age)
CHECKS = (CHECK, OF_COUNTRY, DAYS)
COUNTRY = row("AFG 2035", None, 620_000_000, 105_591_299)
PICTURE = Picture((MOVED, LARGE), (COUNTRY,), row("", None, 146_123_534), Age(date(2035, 3, 1), 21, 328), checks=CHECKS)


def flow(number: int, donor: str = "Donor North", amount: str = "1170000.50", **more: Any) -> Flow:
    values: dict[str, Any] = {
        "id": number,
        "fts_id": str(228_000 + number),
        "amount_usd": Decimal(amount),
        "src_organization": donor,
        "dest_organization": "World Food Programme",
        "dest_global_clusters": "Food Security",
        "dest_plan": "Upper Valley Plan 2035",
        "status": "paid",
        "flow_type": "Standard",
        "contribution_type": "financial",
        "method": "",
        "description": EVIL,
        "original_amount": Decimal("1000000.00"),
        "original_currency": "EUR",
        "exchange_rate": Decimal("0.854"),
        "decision_date": date(2035, 1, 10),
        "first_reported_date": date(2035, 1, 31),
        "updated_on": date(2035, 2, 1),
        "flow_date": date(2035, 1, 10),
        "is_counted": True,
        "is_withdrawn": False,
        "valid_to": None,
    }
    return Flow(**{**values, **more})


def pledge(**more: Any) -> FundingPledge:
    values: dict[str, Any] = {
        "id": 4,
        "donor": "Western Isles",
        "purpose": "Cash for returnees",
        "amount": Decimal(5_000_000),
        "currency": "EUR",
        "rate": Decimal("0.925"),
        "rate_day": date(2035, 3, 1),
        "rate_source": "UN operational rate",
        "usd": Decimal(5_405_405),
        "announced_on": date(2035, 2, 1),
        "state": "pledge",
        "owner": "UOWNER",
        "next_on": TODAY,
        "source": EVIL,
        "flow_ref": "",
        "handling": "unclassified",
        "version": 2,
        "plan_key": "",
    }
    return FundingPledge(**{**values, **more})


def line(**more: Any) -> FundingLine:
    values: dict[str, Any] = {
        "id": 7,
        "kind": "peacebuilding",
        "facility": "irf",
        "title": "Women mediators",
        "donor": "Peacebuilding Fund",
        "amount": Decimal(2_400_000),
        "currency": "USD",
        "rate": Decimal(1),
        "rate_day": TODAY,
        "rate_source": "",
        "usd": Decimal(2_400_000),
        "status": "paid",
        "source": "Project document",
        "as_of": date(2035, 1, 15),
        "starts": date(2034, 6, 1),
        "ends": date(2036, 5, 31),
        "owner": "UOWNER",
        "handling": "unclassified",
    }
    return FundingLine(**{**values, **more})


def difference(**more: Any) -> FundingDiscrepancy:
    values: dict[str, Any] = {
        "id": 9,
        "about": "flow|2",
        "label": f"Flow 228002: {EVIL}",
        "theirs": Decimal(1_170_000),
        "theirs_as_of": date(2035, 2, 1),
        "ours": Decimal(1_370_000),
        "evidence": "Agreement 12/2035",
        "contact": "Donor reporting, WFP headquarters",
        "state": "open",
        "owner": "UOWNER",
        "next_on": date(2035, 3, 19),
        "version": 1,
    }
    return FundingDiscrepancy(**{**values, **more})


def step(before: str, after: str, note: str = "", **more: Any) -> FundingStep:
    return FundingStep(at=NOW, by="UOWNER", before=before, after=after, note=note, changes={}, **more)


STEPS = [step("announced", "pledge", f"Confirmed.\n{EVIL}"), step("", "announced")]


def brief(*, first: bool = False, quiet: bool = False) -> summary.Brief:
    after = snapshot_of(PICTURE)
    changes = [] if quiet else compare({**after, **BEFORE}, after)
    moving = [
        FlowChange(ChangeKind.NEW, None, flow(1, EVIL), Decimal(1_500_000)),
        FlowChange(ChangeKind.WITHDRAWN, None, flow(2), Decimal(-500_000)),
        FlowChange(
            ChangeKind.MOVED,
            flow(3, plan_key="77", year=2035, country="AFG"),
            flow(3, plan_key="78", dest_plan=EVIL, year=2035, country="AFG"),
            Decimal(0),
        ),
    ]
    return summary.Brief(
        title="Weekly funding",
        picture=PICTURE,
        changes=changes,
        flows=[] if quiet or first else moving,
        since=None if first else NOW - timedelta(days=7),
        rows=CLUSTERS,
        old=[] if quiet else [gaps.OldFigure("AFG incoming", date(2035, 1, 1), 63, "flows")],
        pledges=[] if quiet else [pledge()],
        discrepancies=[] if quiet else [difference()],
        own=lines.totals_lines([line(), line(kind="quick_impact", usd=Decimal(48_500))]),
        now=NOW,
        zone=ZONE,
    )


PLANNED = SummaryPlan(
    id=3, title=f"Weekly {EVIL}", weekdays=[0, 3], at=time(8), zone="Africa/Juba", channels=["C1", "C2"], state="active"
)
OPENED = FigureRef("cluster", "0123456789abcdef", "AFG:2035:77")
TYPED: dict[str, Any] = {"donor": "Western Isles", "amount": "5 000 000", "rate_day": TODAY, "owner": "UOWNER"}
PLANS = [("AFG:2035:77", "Upper Valley Plan 2035")]
STOPPED = [gaps.StoppedDonor("Southern Federation", row("Southern Federation", None, 22_000_000), 2034)]

MESSAGES: dict[str, Callable[[], Card]] = {
    "overview": lambda: overview_card(PICTURE, lines.totals_lines([line()]), may_write=True),
    "plan": lambda: plan_card(PLAN, may_write=False),
    "plan_moved": lambda: plan_card(MOVED, may_write=True),
    "plan_located": lambda: plan_card(LOCATED, may_write=False),
    "plan_of_thirty_clusters": lambda: plan_card(LARGE, may_write=True),
    "by_donor": lambda: groups.groups_card("donor", "all plans", CLUSTERS, None),
    "by_nothing": lambda: groups.groups_card("agency", "all plans", [], None),
    "gaps": lambda: gaps.gap_card("all plans", CLUSTERS, STOPPED),
    "no_gaps": lambda: gaps.gap_card("all plans", [], []),
    "old": lambda: gaps.stale_card(
        [gaps.OldFigure(EVIL, date(2035, 1, 1), 63, "flows"), gaps.OldFigure("x", None, None, "y")], 30
    ),
    "nothing_old": lambda: gaps.stale_card([], 30),
    "bars": lambda: charts.bar_card("Upper Valley", CLUSTERS, PLAN.key),
    "bars_of_thirty": lambda: charts.bar_card("Plan of thirty clusters", MANY, None),
    "pie": lambda: charts.pie_card("donor", "all plans", MANY[:9], None),
    "pie_of_nothing": lambda: charts.pie_card("donor", "all plans", [], None),
    "pledge_card": lambda: pledges.pledge_card(pledge(), TODAY),
    "pledge_confidential": lambda: pledges.pledge_card(pledge(handling="confidential", channel_id="C9"), TODAY),
    "pledge_reminder": lambda: pledges.reminder_card(pledge(), TODAY),
    "discrepancy_reminder": lambda: discrepancies.reminder_card(difference(), TODAY),
    "deadline": lambda: lines.deadline_card(line(), Deadline(Due.EXTENSION, date(2036, 2, 29))),
    "files": lambda: files.files_card("all plans", "*"),
    "file_coming": lambda: files.coming_card("brief"),
    "summary": lambda: summary.summary_cards(brief())[0],
    "summary_thread": lambda: summary.summary_cards(brief())[1],
    "summary_first": lambda: summary.summary_cards(brief(first=True))[0],
    "summary_unchanged": lambda: summary.summary_cards(brief(quiet=True))[0],
    "summary_preview": lambda: schedule.preview_card(PLANNED, summary.summary_cards(brief())),
}
FORMS: dict[str, Callable[[], Block]] = {
    "flows": lambda: flows.flows_form(
        EVIL, OPENED, page_at(25, 1, 10).holding([flow(1), flow(2, EVIL)]), Decimal(29_250_012)
    ),
    "flows_none": lambda: flows.flows_form("Health", OPENED, page_at(0, 0, 10), Decimal(0)),
    "flow": lambda: flows.flow_form(flow(1), [flow(1, amount="9", valid_to=NOW), flow(1)], may_write=True),
    "flow_withdrawn": lambda: flows.flow_form(flow(1, is_withdrawn=True, is_counted=False), [], may_write=False),
    "pledges": lambda: pledges.pledges_form(
        [pledge(), pledge(id=5, next_on=None)], 0, TODAY, PledgeNotes(), may_write=True
    ),
    "pledges_none": lambda: pledges.pledges_form([], 0, TODAY, PledgeNotes(), may_write=False),
    "pledge": lambda: pledges.pledge_details(pledge(), STEPS, TODAY, PledgeNotes("C1"), about=[EVIL], may_write=True),
    "pledge_new": lambda: pledges.pledge_form(
        e.PledgeEntry(**TYPED, next=TODAY), [], PLANS, PledgeNotes(""), cleared=True
    ),
    "pledge_move": lambda: pledges.move_form(pledge(), e.MoveEntry(next=TODAY), PledgeNotes(pledge=4, version=2)),
    "discrepancies": lambda: discrepancies.discrepancies_form([difference()], 0, TODAY, may_write=True),
    "discrepancies_none": lambda: discrepancies.discrepancies_form([], 0, TODAY, may_write=False),
    "discrepancy": lambda: discrepancies.discrepancy_details(difference(), [step("", "open")], TODAY, may_write=True),
    "discrepancy_new": lambda: discrepancies.differ_form(e.DifferenceEntry(owner="UOWNER", next=TODAY), None, None),
    "discrepancy_move": lambda: discrepancies.move_form(difference(), e.MoveEntry(next=TODAY), DiscrepancyNotes(9, 1)),
    "lines": lambda: lines.lines_form([line()], 0, TODAY, 30, LineNotes(), may_write=True),
    "lines_none": lambda: lines.lines_form([], 0, TODAY, 30, LineNotes(), may_write=False),
    "line": lambda: lines.line_details(
        line(),
        [step("", "paid")],
        [Deadline(Due.ANNUAL, date(2035, 11, 15))],
        list(LineWarning),
        LineNotes(),
        may_write=True,
    ),
    "line_new": lambda: lines.line_form(e.LineEntry(**TYPED), [], LineNotes(), cleared=True),
    "limits": lambda: limits.limits_form(
        FundingLimits(
            remind_days=14,
            irf_months=18,
            prf_months=36,
            extension_months=3,
            report_months=3,
            half_year="06-15",
            annual="",
            qip_ceiling=Decimal(50_000),
        ),
        30,
    ),
    "schedule": lambda: schedule.schedule_form(
        [schedule.Planned(PLANNED, NOW, NOW - timedelta(days=7))], ZONE, "Done."
    ),
    "schedule_none": lambda: schedule.schedule_form([], ZONE),
    "summary_form": lambda: schedule.summary_form(
        SummaryEntry(title="Weekly", weekdays=[0], at=time(8), zone="UTC"), PLANS, SummaryNotes()
    ),
}
LONG = "&" * 900
WORST_MESSAGES: dict[str, Callable[[], Card]] = {
    "pledge": lambda: pledges.pledge_card(pledge(donor=LONG, purpose=LONG, source=LONG, rate_source=LONG), TODAY),
    "discrepancy": lambda: discrepancies.reminder_card(difference(label=LONG, contact=LONG), TODAY),
    "overview": lambda: overview_card(
        Picture(tuple(LARGE for _ in range(150)), (COUNTRY,) * 9, None, Age()), [], may_write=True
    ),
    "groups": lambda: groups.groups_card("donor", LONG, [row(f"{LONG}{n}", None, n) for n in range(300)], None),
    "gaps": lambda: gaps.gap_card(LONG, [row(f"{LONG}{n}", 10**13, n) for n in range(99)], STOPPED * 40),
    "bars": lambda: charts.bar_card(LONG, [row(f"{LONG}{n}", 10**13, n) for n in range(99)], None),
}
WORST = summary.Brief(
    title="&" * 100,
    picture=Picture(tuple(LARGE for _ in range(100)), (row("&" * 300, None, 10**13),) * 9, None, Age()),
    changes=compare({}, {"x": {LONG[:90] + str(n): {"required": "1", "funded": "1"} for n in range(90)}}),
    flows=[FlowChange(ChangeKind.CHANGED, None, flow(n, LONG), Decimal(n - 50)) for n in range(99)],
    since=NOW,
    rows=[row(f"{LONG}{n}", 10**13, n) for n in range(99)],
    old=[gaps.OldFigure(LONG, TODAY, 99, LONG[:60]) for _ in range(99)],
    pledges=[pledge(donor=LONG, purpose=LONG)] * 99,
    discrepancies=[difference(label=LONG)] * 99,
    own=[LONG] * 3,
    now=NOW,
    zone=ZONE,
)
for place in range(7):
    WORST_MESSAGES[f"summary_{place}"] = lambda place=place: summary.summary_cards(WORST)[place]  # type: ignore[misc]
WORST_FORMS: dict[str, Callable[[], Block]] = {
    "flows": lambda: flows.flows_form(
        LONG, OPENED, page_at(10**6, 5, 10).holding([flow(n, LONG) for n in range(10)]), Decimal(10**13)
    ),
    "flow": lambda: flows.flow_form(flow(1, LONG, description=LONG * 9), [flow(1)] * 50, may_write=True),
    "pledge": lambda: pledges.pledge_details(
        pledge(donor=LONG, purpose=LONG, source=LONG, rate_source=LONG[:200]),
        [step("stalled", "lapsed", LONG)] * 60,
        TODAY,
        PledgeNotes(),
        may_write=True,
    ),
    "discrepancy": lambda: discrepancies.discrepancy_details(
        difference(label=LONG, evidence=LONG, contact=LONG), [step("open", "sent_on", LONG)] * 60, TODAY, may_write=True
    ),
}
