"""The mission's own figures: the list, one line with its deadlines and history, the forms, and reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from commands.funding.rules.own import entry as e
from commands.funding.rules.own.deadlines import Deadline, LineWarning
from commands.funding.views.money import as_of_text, usd
from commands.funding.views.notes import LineNotes
from commands.funding.views.own.fields import (
    agency_field,
    day,
    handling_fields,
    money_fields,
    owner_field,
    warning,
    words,
)
from commands.funding.views.own.history import history_blocks
from commands.funding.views.own.pledges import amount_of, rate_line
from commands.funding.views.own.words import due_name, facility_name, line_kind_name, line_status_name, warning_text
from commands.funding.views.texts import pair, safe
from commands.kit.cards import Block, Card, actions, button, confirm, mention, option, section, sections
from commands.kit.dates import day_text
from commands.kit.forms import field_block, modal, select
from commands.kit.handling import Handling
from commands.kit.pages import left_text, page_of, turning
from commands.kit.pressed import BAR, value_of
from commands.kit.words import _
from storage.agencies import Agency
from storage.funding.lines import Facility, FundingLine, LineKind, LineStatus
from storage.funding.steps import FundingStep

PAGE = 10
DEADLINES_SHOWN = 6
NAME = 150


def lines_form(
    found: Sequence[FundingLine], number: int, today: date, stale_days: int, notes: LineNotes, *, may_write: bool
) -> Block:
    """The mission's own figures by kind, each with how firm and how old it is."""
    blocks: list[Block] = []
    if may_write:
        new = button(_("New figure"), "funding:line-new", style="primary")
        blocks.append(actions(new, button(_("Limits and deadlines"), "funding:limits")))
    if not found:
        blocks.append(
            section(
                _(
                    "The mission has no figures of its own here yet: programmatic and trust-fund lines, quick-impact "
                    "projects, Peacebuilding Fund projects."
                )
            )
        )
    page = page_of(found, number, PAGE)
    for line in page.items:
        opener = button(_("Open"), f"funding:line:{line.id}", str(line.id), label=_("Open this figure"))
        blocks.append(section(f"{title_of(line)}\n{_about(line, today, stale_days)}", accessory=opener))
    blocks += turning(page, "funding:lines", lambda number: value_of(number, "", by=BAR))
    return modal("funding:nothing", _("Own figures"), blocks, close=_("Close"), notes=notes)


def title_of(line: FundingLine) -> str:
    """A line by its kind and title, safe for Slack's markup."""
    return f"*{safe(line.title, NAME)}* ({line_kind_name(line.kind)})"


def _about(line: FundingLine, today: date, stale_days: int) -> str:
    parts = [amount_of(line), line_status_name(line.status), as_of_text(line.as_of)]
    if (today - line.as_of).days > stale_days:
        parts.append(_("*old*"))
    return " · ".join(parts)


def line_details(
    line: FundingLine,
    steps: Sequence[FundingStep],
    deadlines: Sequence[Deadline],
    warnings: Sequence[LineWarning],
    notes: LineNotes,
    *,
    may_write: bool,
) -> Block:
    """One line with everything known."""
    blocks: list[Block] = list(sections("\n".join(_facts(line))))
    if warnings:
        blocks.append(section("\n".join(f":warning: {warning_text(one)}" for one in warnings)))
    if deadlines:
        lines = [f"• {pair(day_text(one.on), due_name(one.what))}" for one in deadlines[:DEADLINES_SHOWN]]
        if len(deadlines) > DEADLINES_SHOWN:
            lines.append(left_text(len(deadlines) - DEADLINES_SHOWN))
        blocks.append(section("\n".join([_("*Deadlines*"), *lines])))
    if may_write:
        blocks.append(actions(*_buttons(line)))
    blocks += history_blocks(steps, line_status_name)
    return modal("funding:nothing", _("Own figure"), blocks, close=_("Close"), notes=replace(notes, line=line.id))


def _facts(line: FundingLine) -> list[str]:
    parts = [amount_of(line), line_status_name(line.status), as_of_text(line.as_of)]
    facts = [title_of(line), " · ".join(parts)]
    if line.handling == Handling.CONFIDENTIAL:
        facts.append(_("*Confidential*: it stays in this channel and is in no total."))
    if line.facility:
        facts.append(facility_name(line.facility))
    if line.donor:
        facts.append(_("Donor: {donor}").format(donor=safe(line.donor, NAME)))
    if line.starts or line.ends:
        span = [day_text(one) if one else "…" for one in (line.starts, line.ends)]
        facts.append(_("From {start} to {end}").format(start=span[0], end=span[1]))
    facts.append(_("Source: {source}").format(source=safe(line.source, NAME)))
    facts.append(_("Owner: {owner}").format(owner=mention(line.owner)))
    rate = rate_line(line)
    return [*facts, rate] if rate else facts


def _buttons(line: FundingLine) -> list[Block]:
    value = str(line.id)
    question = confirm(
        _("Take it off the books?"),
        _("It disappears from lists and totals. Its history is kept."),
        _("Take it off"),
        _("Keep it"),
        danger=True,
    )
    off = button(_("Take off the books"), "funding:line-off", value, style="danger", confirm=question)
    return [button(_("Edit"), "funding:line-edit", value, style="primary"), off]


def line_form(
    entry: e.LineEntry, agencies: Sequence[Agency], notes: LineNotes, *, cleared: bool, said: str = ""
) -> Block:
    """The form of a line."""
    kinds = [option(line_kind_name(one), one.value) for one in LineKind]
    statuses = [option(line_status_name(one), one.value) for one in LineStatus]
    facilities = [option(facility_name(one), one.value) for one in Facility]
    blocks = [
        *warning(said),
        field_block(e.KIND, _("Kind"), select(kinds, initial=entry.kind)),
        words(e.TITLE, _("Title"), entry.title),
        words(e.DONOR, _("Donor or fund"), entry.donor, optional=True),
        *money_fields(entry),
        field_block(e.STATUS, _("Status"), select(statuses, initial=entry.status)),
        day(e.AS_OF, _("As of"), entry.as_of, hint=_("The day this figure is from.")),
        words(e.SOURCE, _("Source"), entry.source, hint=_("Where the figure is from: a ledger, a letter, a report.")),
        day(e.STARTS, _("Begins"), entry.starts, optional=True),
        day(e.ENDS, _("Ends"), entry.ends, optional=True),
        field_block(
            e.FACILITY,
            _("Facility"),
            select(facilities, initial=entry.facility),
            hint=_("For Peacebuilding Fund projects only."),
            optional=True,
        ),
        *agency_field(entry, agencies),
        owner_field(entry.owner),
        *handling_fields(entry, may_choose=cleared),
    ]
    title = _("Edit figure") if entry.version else _("New figure")
    return modal("funding:line", title, blocks, submit=_("Save"), close=_("Cancel"), notes=notes)


def deadline_card(line: FundingLine, one: Deadline) -> Card:
    """A deadline is near."""
    text = _("{owner}, a deadline of {title} is near: {what}, {day}.").format(
        owner=mention(line.owner), title=title_of(line), what=due_name(one.what), day=day_text(one.on)
    )
    opener = button(_("Open"), f"funding:line:{line.id}", str(line.id))
    return Card(text, (section(text, accessory=opener),), Handling(line.handling))


def totals_lines(found: Sequence[FundingLine]) -> list[str]:
    """The sum of each kind in a line: what is paid and committed; pledges apart."""
    lines = []
    for kind in LineKind:
        of_kind = [one for one in found if one.kind == kind]
        if of_kind:
            lines.append(_kind_line(kind, of_kind))
    return [_("*Own figures of the mission*, beside FTS and not part of it:"), *lines] if lines else []


def _kind_line(kind: LineKind, found: Sequence[FundingLine]) -> str:
    counted = sum((one.usd for one in found if one.status != LineStatus.PLEDGE), Decimal(0))
    pledged = sum((one.usd for one in found if one.status == LineStatus.PLEDGE), Decimal(0))
    oldest = min(one.as_of for one in found)
    text = f"• {pair(line_kind_name(kind), usd(counted))}"
    if pledged:
        text += ", " + _("pledged {amount}").format(amount=usd(pledged))
    return f"{text} ({as_of_text(oldest)})"
