"""The figures of a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from babel.dates import format_date

from commands.escalations.rules.figures import Figures, Spread
from commands.escalations.views.words import length_text, severity_name
from commands.kit.cards import Block, actions, button, context, option, section, select_menu
from commands.kit.forms import modal
from commands.kit.words import _, current_locale, ngettext


def month_name(month: date) -> str:
    """A month in the reader's language: `November 2026`."""
    return format_date(month, format="MMMM y", locale=current_locale())


def figures_form(found: Sequence[Figures], month: date, months: Sequence[date]) -> Block:
    """The figures by severity, with the months to choose from."""
    choices = [option(month_name(one), f"{one:%Y-%m}") for one in months]
    blocks = [
        actions(
            select_menu("escalations:figures", _("Month"), choices, initial=f"{month:%Y-%m}"),
            button(_("Back to the list"), "escalations:list"),
        ),
        section(_("*Escalations raised in {month}*").format(month=month_name(month))),
    ]
    if not any(one.raised for one in found):
        blocks.append(section(_("None was raised.")))
    blocks += [section(_line(one)) for one in found if one.raised]
    note = _(
        "From the raising to the first acknowledgement and to the decision, every hour counted. In the middle means: "
        "half were faster, half slower. What is not decided has no time yet."
    )
    blocks.append(context(note))
    return modal("escalations:figures", _("Figures"), blocks, close=_("Close"))


def _line(one: Figures) -> str:
    head = ngettext("*{severity}*: {count} raised", "*{severity}*: {count} raised", one.raised)
    lines = [
        head.format(severity=severity_name(one.severity), count=one.raised),
        _("Acknowledged: {spread}").format(spread=spread_text(one.acknowledged)),
        _("Decided: {spread}").format(spread=spread_text(one.decided)),
        " · ".join(_parts(one)),
    ]
    return "\n".join(line for line in lines if line)


def spread_text(spread: Spread) -> str:
    """How many, the one in the middle and the worst."""
    if spread.middle is None or spread.worst is None:
        return _("none yet")
    text = _("{count}, in the middle after {middle}, at worst after {worst}")
    return text.format(count=spread.count, middle=_length(spread.middle), worst=_length(spread.worst))


def _length(length: timedelta) -> str:
    return length_text(length) if length >= timedelta(minutes=1) else _("less than a minute")


def _parts(one: Figures) -> list[str]:
    counts = [
        (one.still_open, _("still open: {count}")),
        (one.returned, _("returned: {count}")),
        (one.withdrawn, _("withdrawn: {count}")),
        (one.merged, _("merged: {count}")),
        (one.reopened, _("re-opened: {count}")),
    ]
    return [text.format(count=count) for count, text in counts if count]
