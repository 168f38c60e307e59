"""A summary of the funding as it is sent: one message for each channel, the rest in its thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands.funding.rules.changes import COUNTRY, TOTAL, Change, unexplained
from commands.funding.rules.rows import Figures, Picture, largest_unmet
from commands.funding.views.flow_changes import flow_text
from commands.funding.views.gaps import OldFigure
from commands.funding.views.money import as_of_text, percent, signed, usd
from commands.funding.views.own.discrepancies import figures_line, standing_line
from commands.funding.views.own.pledges import amount_of, title_of
from commands.funding.views.own.pledges import standing_line as pledge_standing
from commands.funding.views.picture import age_text, checks_block, country_text, plan_line, plans_table, row_name
from commands.funding.views.texts import pair, safe
from commands.kit.cards import Block, Card, actions, button, context, header, pages, section, sections, shorten
from commands.kit.dates import day_text
from commands.kit.words import _, ngettext
from storage.funding.changes import FlowChange
from storage.funding.discrepancies import FundingDiscrepancy
from storage.funding.pledges import FundingPledge

FLOWS_IN_MESSAGE, GAPS, ROWS_IN_THREAD = 5, 5, 40
NAME = 90


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a summary says. `since` is when the last one was sent, None for the first.

    Nothing in it is Confidential: whatever is stays in its own channel and is in no sum here.
    """

    title: str
    picture: Picture
    changes: Sequence[Change]
    flows: Sequence[FlowChange]
    since: datetime | None
    rows: Sequence[Figures]
    old: Sequence[OldFigure]
    pledges: Sequence[FundingPledge]
    discrepancies: Sequence[FundingDiscrepancy]
    own: Sequence[str]
    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The day it is in the mission."""
        return self.now.astimezone(self.zone).date()

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing moved since the last summary."""
        return self.since is not None and not self.changes


def summary_cards(brief: Brief) -> list[Card]:
    """The message, then the messages of its thread; what one message cannot hold opens the thread."""
    whole = _message(brief)
    first, *more = pages(whole.blocks)
    rest = [Card(_("More of {title}").format(title=brief.title), tuple(part)) for part in more]
    return [Card(whole.text, tuple(first)), *rest, *_thread(brief)]


def _message(brief: Brief) -> Card:
    headline = headline_text(brief)
    plans = [plan for plan in brief.picture.plans if plan.key]
    text = f"{brief.title}. {headline} " + "; ".join(plan_line(plan) for plan in plans[:5])
    blocks: list[Block] = [header(brief.title), section(f"*{headline}*")]
    blocks += [section(country_text(one, brief.picture.parts.get(one.key))) for one in brief.picture.countries[:3]]
    if plans:
        blocks.append(plans_table(brief.picture))
    blocks += checks_block(brief.picture)
    blocks += _why(brief, FLOWS_IN_MESSAGE)
    blocks += _gaps(brief)
    blocks.append(section(_counts(brief)))
    blocks += [section("\n".join(brief.own))] if brief.own else []
    blocks.append(context(age_text(brief.picture.age), _("Source: FTS. The workbook in the thread has everything.")))
    blocks.append(actions(button(_("Open the funding"), "funding:status"), button(_("Gaps"), "funding:gap", "*")))
    return Card(shorten(text, 3500), tuple(blocks))


def headline_text(brief: Brief) -> str:
    """What moved since the last summary, in one sentence; also when nothing did."""
    if brief.since is None:
        return _("This is the first summary, so there is nothing to compare with.")
    day = day_text(brief.since.astimezone(brief.zone).date())
    if brief.is_unchanged:
        return _("No change since the summary of {day}.").format(day=day)
    totals = [one for one in brief.changes if one.cluster == TOTAL and not one.plan_key.startswith(COUNTRY)]
    moved = sum((one.difference for one in totals), start=brief.changes[0].difference * 0)
    if not moved:
        return _("Since the summary of {day} figures moved, and the funding of all plans together did not.").format(
            day=day
        )
    return _("{change} of funding since the summary of {day}.").format(change=signed(moved), day=day)


def _why(brief: Brief, most: int) -> list[Block]:
    if brief.since is None or not (brief.changes or brief.flows):
        return []
    lines = [_("*What changed*"), *(change_text(one, brief.picture) for one in _of_plans(brief.changes)[:most])]
    moving = [one for one in brief.flows if one.matters]
    lines += _left_over(brief, most)
    if moving:
        lines += [_("*Why: these flows*"), *(flow_text(one) for one in moving[:most])]
    left = len(moving) - most
    if left > 0:
        lines.append(
            ngettext("and {count} more in the thread", "and {count} more in the thread", left).format(count=left)
        )
    if not moving:
        lines.append(_("No flow explains it: published figures were changed by themselves."))
    return list(sections("\n".join(lines)))


def _left_over(brief: Brief, most: int) -> list[str]:
    """How much of a plan's change no flow explains: there, FTS changed what it publishes by itself."""
    found = unexplained(_of_plans(brief.changes)[:most], brief.flows) if brief.flows else {}
    line = _("• {name}: {amount} of this is in no flow imported here")
    return [line.format(name=plan_name(key, brief.picture), amount=signed(left)) for key, left in found.items()]


def _of_plans(changes: Sequence[Change]) -> list[Change]:
    return [one for one in changes if one.cluster == TOTAL]


def plan_name(key: str, picture: Picture) -> str:
    """What a plan or a country is called."""
    plan = picture.plan(key)
    return row_name(plan.total.name) if plan else key.removeprefix(COUNTRY).replace(":", " ")


def change_text(one: Change, picture: Picture) -> str:
    """How one row moved: its funding, and its requirement where that moved too."""
    name = plan_name(one.plan_key, picture)
    if one.cluster != TOTAL:
        name = f"{name}, {row_name(one.cluster)}"
    parts = []
    if one.funded[0] != one.funded[1]:
        parts.append(_("funding {change}, now {now}").format(change=signed(one.difference), now=usd(one.funded[1])))
    if one.required[0] != one.required[1]:
        parts.append(
            _("requirement {before} → {after}").format(before=usd(one.required[0]), after=usd(one.required[1]))
        )
    return f"• {pair(safe(name, NAME), '; '.join(parts))}"


def _gaps(brief: Brief) -> list[Block]:
    lines = [
        _("• {name}: {unmet} missing, {coverage} covered").format(
            name=safe(row_name(one.name), NAME), unmet=usd(one.unmet), coverage=percent(one.coverage)
        )
        for one in largest_unmet(brief.rows, GAPS)
    ]
    return [section("\n".join([_("*Largest gaps*"), *lines]))] if lines else []


def _counts(brief: Brief) -> str:
    due, open_ones, old = len(brief.pledges), len(brief.discrepancies), len(brief.old)
    lines = [
        (due, ngettext("{count} pledge is due.", "{count} pledges are due.", due)),
        (open_ones, ngettext("{count} discrepancy is open.", "{count} discrepancies are open.", open_ones)),
        (old, ngettext("{count} figure is old.", "{count} figures are old.", old)),
    ]
    found = [text.format(count=count) for count, text in lines if count]
    nothing = _("No pledge is due, no discrepancy is open and no figure is old.")
    return " ".join(found) or nothing


def _thread(brief: Brief) -> list[Card]:
    blocks: list[Block] = []
    clusters = [one for one in brief.changes if one.cluster != TOTAL]
    moving = [one for one in brief.flows if one.matters][FLOWS_IN_MESSAGE:]
    blocks += _list(_("*Clusters that moved*"), [change_text(one, brief.picture) for one in clusters])
    blocks += _list(_("*More flows that moved the figures*"), [flow_text(one) for one in moving])
    blocks += _list(_("*Pledges due*"), [f"• {_pledge_text(one, brief.today)}" for one in brief.pledges])
    blocks += _list(
        _("*Discrepancies open*"), [f"• {_difference_text(one, brief.today)}" for one in brief.discrepancies]
    )
    blocks += _list(_("*Old figures*"), [f"• {_old_text(one)}" for one in brief.old])
    found = [part for part in pages(blocks) if part]
    return [Card(_("More of {title}").format(title=brief.title), tuple(part)) for part in found]


def _list(title: str, lines: Sequence[str]) -> list[Block]:
    if not lines:
        return []
    shown = list(lines[:ROWS_IN_THREAD])
    left = len(lines) - len(shown)
    if left:
        shown.append(
            ngettext("and {count} more in the workbook", "and {count} more in the workbook", left).format(count=left)
        )
    return list(sections("\n".join([title, *shown])))


def _pledge_text(one: FundingPledge, today: date) -> str:
    return f"{title_of(one)}, {amount_of(one)} · {pledge_standing(one, today)}"


def _difference_text(one: FundingDiscrepancy, today: date) -> str:
    return f"{safe(one.label, NAME)}: {figures_line(one)} · {standing_line(one, today)}"


def _old_text(one: OldFigure) -> str:
    return f"{safe(one.name, NAME)} ({one.what}), {as_of_text(one.as_of)}"
