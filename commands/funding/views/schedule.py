"""The plans of summaries: the list, the form, and a preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.funding.rules.sending import SummaryEntry
from commands.funding.views.notes import SummaryNotes
from commands.funding.views.own.fields import channels_select
from commands.kit.cards import (
    Block,
    Card,
    actions,
    button,
    channel_link,
    confirm,
    context,
    divider,
    escape,
    moment,
    option,
    section,
)
from commands.kit.dates import clock_text, when_text
from commands.kit.entry.choices import some_of
from commands.kit.forms import checkboxes, field_block, modal, text_input, time_input
from commands.kit.pages import page_of, turning
from commands.kit.times.rhythm import weekday_options, weekdays_text
from commands.kit.words import _, ngettext
from storage.funding.summaries import SummaryPlan, SummaryState

PAGE = 15
TITLE, DAYS, AT, ZONE, SCOPE, CHANNELS = "title", "days", "at", "zone", "scope", "channels"


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with its next moment and when it was sent last."""

    plan: SummaryPlan
    next_at: datetime | None
    last_at: datetime | None


def schedule_form(found: Sequence[Planned], zone: ZoneInfo, said: str = "", number: int = 0) -> Block:
    """The plans of summaries, 15 on a page, with what can be done about each; `said` is what was just done."""
    blocks: list[Block] = [section(said)] if said else []
    blocks += [actions(button(_("New summary"), "funding:summary-new", style="primary"))]
    if not found:
        blocks.append(
            section(
                _("No summary is planned yet. Choose days, an hour and channels; it is sent even if nothing changed.")
            )
        )
    page = page_of(found, number, PAGE)
    for one in page.items:
        blocks += [divider(), section(_text(one, zone)), actions(*_buttons(one.plan))]
    blocks += turning(page, "funding:summaries")
    return modal("funding:nothing", _("Summaries"), blocks, close=_("Close"))


def _text(one: Planned, zone: ZoneInfo) -> str:
    plan = one.plan
    days = weekdays_text(sorted(plan.weekdays))
    lines = [
        f"*{escape(plan.title)}*",
        _("{days} at {time} ({zone})").format(days=days, time=clock_text(plan.at), zone=plan.zone),
        _("To {channels}").format(channels=", ".join(channel_link(one) for one in plan.channels)),
    ]
    if plan.state == SummaryState.HELD:
        lines.append(_("*Held.* Nothing is sent until somebody resumes it."))
    elif one.next_at is not None:
        lines.append(_("Next {when}").format(when=moment(one.next_at, when_text(one.next_at, zone))))
    if one.last_at is not None:
        lines.append(_("Last sent {when}").format(when=moment(one.last_at, when_text(one.last_at, zone))))
    return "\n".join(lines)


def _buttons(plan: SummaryPlan) -> list[Block]:
    value = str(plan.id)
    question = confirm(
        _("Send it now?"),
        _("It goes to its channels at once. The next planned one compares with it."),
        _("Send"),
        _("Not yet"),
    )
    buttons = [
        button(_("Preview"), "funding:summary-preview", value),
        button(_("Send now"), "funding:summary-send", value, confirm=question),
        button(_("Edit"), "funding:summary-edit", value),
    ]
    if plan.state == SummaryState.HELD:
        return [*buttons, button(_("Resume"), "funding:summary-resume", value)]
    return [*buttons, button(_("Hold"), "funding:summary-hold", value)]


def summary_form(entry: SummaryEntry, plans: Sequence[tuple[str, str]], notes: SummaryNotes) -> Block:
    """Days, time, zone, plans and channels of a summary."""
    blocks = [
        field_block(TITLE, _("Title"), text_input(initial=entry.title, most=100)),
        field_block(DAYS, _("Days"), checkboxes(weekday_options(), initial=[str(day) for day in entry.weekdays])),
        field_block(AT, _("Time"), time_input(initial=entry.at)),
        field_block(
            ZONE,
            _("Time zone"),
            text_input(initial=entry.zone, most=64),
            hint=_("As the IANA names it, for example Africa/Juba."),
        ),
    ]
    if plans:
        scope = some_of([option(name, key) for key, name in plans], "funding:own-plan", initial=entry.scope)
        blocks.append(field_block(SCOPE, _("Plans"), scope, hint=_("None chosen means all of them."), optional=True))
    hint = _("The funding cell's channel, the cabinet's. I must be in each of them.")
    blocks.append(field_block(CHANNELS, _("Channels"), channels_select(initial=entry.channels), hint=hint))
    title = _("Edit summary") if notes.plan else _("New summary")
    return modal("funding:summary", title, blocks, submit=_("Save"), close=_("Cancel"), notes=notes)


def preview_card(plan: SummaryPlan, cards: Sequence[Card]) -> Card:
    """A summary as it would be sent now, for the one person who asked."""
    left = len(cards) - 1
    note = ngettext(
        "Preview, only for you. In the thread: a workbook and {count} more message.",
        "Preview, only for you. In the thread: a workbook and {count} more messages.",
        left,
    ).format(count=left)
    text = _("Preview of {title}. {text}").format(title=plan.title, text=cards[0].text)
    return Card(text, (context(note), *cards[0].blocks))
