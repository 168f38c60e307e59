"""The return board of a round, and an agency's record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.kit.cards import (
    BLOCKS_PER_MESSAGE,
    Block,
    Card,
    actions,
    button,
    confirm,
    context,
    escape,
    mention,
    section,
    sections,
    shorten,
    text_length,
)
from commands.kit.dates import both_times, day_text
from commands.kit.names.agencies import agency_name
from commands.kit.names.levels import level_note
from commands.kit.words import _
from commands.updates.rules.ending import can_undo
from commands.updates.rules.standings import Column, Tally, by_column, tally, timeliness_of
from commands.updates.views.calls import called_off_text
from commands.updates.views.words import column_name, level_of, period_text, timeliness_name, waived_because
from storage.agencies import Agency
from storage.updates.returns import Return, ReturnState, Standing
from storage.updates.rounds import Round, RoundState

# The board leaves room for what is not in its lists.
TEXT_OF_LISTS = 9_000
REASON_SHOWN = 60
# Who is missing matters most, so it stands first and is never left out.
OF_A_KIND = (Column.LATE, Column.NIL, Column.WAIVED, Column.MISSED)
ORDER = (Column.OWED, Column.MISSED, Column.LATE, Column.IN, Column.NIL, Column.WAIVED)


def received_text(counts: Tally) -> str:
    """How many updates are here, and of what kind those are that are no update on time; what is awaited is the rest."""
    text = _("Updates received: *{answered} of {total}*").format(answered=counts.answered, total=counts.total)
    kinds = [(column, column_name(column)) for column in OF_A_KIND if counts[column]]
    return " · ".join(
        [text, *(_("{name}: *{count}*").format(name=name, count=counts[column]) for column, name in kinds)]
    )


def round_state(this: Round, zone: ZoneInfo, now: datetime) -> str:
    """Where a round stands, with its next moment."""
    if this.state == RoundState.CALLED_OFF:
        return called_off_text(this, zone)
    if this.state == RoundState.CLOSED:
        closed = _("Closed {when}").format(when=both_times(this.closed_at or this.closes_at, zone))
        by = _("by {person}").format(person=mention(this.closed_by)) if this.closed_by else ""
        return " ".join(part for part in (closed, by) if part)
    if now >= this.due_at:
        return _("*Overdue since* {due} · closes {closes}").format(
            due=both_times(this.due_at, zone), closes=both_times(this.closes_at, zone)
        )
    return _("*Due* {due} · closes {closes}").format(
        due=both_times(this.due_at, zone), closes=both_times(this.closes_at, zone)
    )


def board_card(this: Round, standings: Sequence[Standing], zone: ZoneInfo, now: datetime) -> Card:
    """The one message about a round: counts, and the codes of who is owed, late, in, nil and waived."""
    counts = tally(standings)
    title = f"*{escape(this.title)}*"
    received = _("Updates received: *{answered} of {total}*").format(answered=counts.answered, total=counts.total)
    lines = [title, round_state(this, zone, now), period_text(this), received]
    blocks = [
        section("\n".join(line for line in lines if line)),
        *codes_text(standings),
        *level_note(this.handling),
        actions(*_board_buttons(this, now)),
    ]
    plain = _("{title}: {answered} of {total} updates received, {owed} awaited.").format(
        title=this.title,
        answered=counts.answered,
        total=counts.total,
        owed=counts[Column.OWED] + counts[Column.MISSED],
    )
    return Card(plain, tuple(blocks), level_of(this))


def each_button(this: Round) -> Block:
    """Opens the list of a round's agencies."""
    label = _("View {title} by agency").format(title=this.title)
    return button(_("View by agency"), "updates:each", str(this.id), label=label)


def _board_buttons(this: Round, now: datetime) -> list[Block]:
    value = str(this.id)
    each = each_button(this)
    if can_undo(this, now):
        label = _("Undo: open {title} again").format(title=this.title)
        return [each, button(_("Undo"), "updates:reopen", value, label=label)]
    if this.state != RoundState.OPEN:
        return [each]
    enter = button(_("Enter for an agency"), "updates:proxy", value)
    finish = button(_("Close and send digest"), "updates:finish", value, confirm=_finish_question())
    off = button(_("Call off"), "updates:call-off", value, confirm=_call_off_question())
    return [each, enter, button(_("Waive"), "updates:waive", value), finish, off]


def _call_off_question() -> Block:
    return confirm(
        _("Call this round off?"),
        _("Everybody who was asked is told that no update is due. What they wrote is kept; no digest is sent."),
        _("Call it off"),
        _("Keep it open"),
    )


def _finish_question() -> Block:
    return confirm(
        _("Close this round now?"),
        _(
            "What has not come counts as not received, and the digest is sent at once. "
            "You can undo this for ten minutes."
        ),
        _("Close and send"),
        _("Keep it open"),
    )


def codes_text(standings: Sequence[Standing]) -> list[Block]:
    """The agencies' codes by how they stand, who is missing first, as far as a message holds them."""
    columns = by_column(standings)
    blocks: list[Block] = []
    used = 0
    left_out: list[str] = []
    for column in ORDER:
        if not columns[column]:
            continue
        drawn = sections(f"*{column_name(column)}*\n{_codes(columns[column])}")
        size = sum(text_length(block) for block in drawn)
        if used + size > TEXT_OF_LISTS or len(blocks) + len(drawn) > BLOCKS_PER_MESSAGE - 8:
            left_out.append(_("{name}: *{count}*").format(name=column_name(column), count=len(columns[column])))
            continue
        blocks += drawn
        used += size
    if left_out:
        blocks.append(context(" · ".join(left_out), _("For these longer lists, press *View by agency*.")))
    return blocks


def _codes(found: Sequence[Standing]) -> str:
    return ", ".join(_code(one) for one in found)


def _code(one: Standing) -> str:
    code = escape(one.code)
    if one.waived_reason and column_is_waived(one):
        return f"{code} ({escape(shorten(waived_because(one.waived_reason), REASON_SHOWN))})"
    if one.state == ReturnState.DRAFT:
        return _("{code} (draft)").format(code=code)
    return code if one.has_contact else _("{code} (nobody to ask)").format(code=code)


def column_is_waived(one: Standing) -> bool:
    """Whether a return stands as waived now."""
    return one.state == ReturnState.WAIVED


def record_card(agency: Agency, history: Sequence[tuple[Return, Round]], zone: ZoneInfo) -> Card:
    """How an agency met its last rounds, the newest first."""
    name = f"*{escape(agency.code)}* {escape(agency_name(agency))}"
    if not history:
        text = _("{agency} has not been asked for an update yet.").format(agency=agency.code)
        return Card(text, (section(f"{name}\n{text}"),))
    counts: dict[str, int] = {}
    lines = []
    for given, this in history:
        how = timeliness_name(timeliness_of(given.state, given.is_late))
        counts[how] = counts.get(how, 0) + 1
        due = day_text(this.due_at.astimezone(zone).date())
        lines.append(f"• {due} · {escape(shorten(this.title, 80))}: *{how}*")
    summary = _("Of the last {count} rounds: {counts}").format(
        count=len(history), counts=", ".join(f"{how} {count}" for how, count in counts.items())
    )
    return Card(f"{agency.code}: {summary}", (section(f"{name}\n{summary}"), *sections("\n".join(lines))))
