"""What the room says outside forms: appointments, suspensions, exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from babel.lists import format_list

from commands.agencies.rules.leave import Cover
from commands.agencies.views.parts import days, labelled, verb
from commands.kit.cards import Card, actions, button, escape, mention, section
from commands.kit.names.agencies import agency_name
from commands.kit.names.roles import role_name
from commands.kit.pages import left_text
from commands.kit.words import _, current_locale
from storage.agencies import Agency, Leave
from storage.people import Role

MOST_SPANS = 20


def appointed_card(agency: Agency, roles: Sequence[Role], command: Callable[[str], str]) -> Card:
    """To somebody who answers for an agency from now on: what that means and what to do."""
    named = f"{agency.code} ({agency_name(agency)})"
    listed = format_list([role_name(role) for role in roles], locale=current_locale())
    title = _("You are now {roles} of {agency}.").format(roles=listed, agency=escape(named))
    lines = [title, *(_meaning(role) for role in roles)]
    lines.append(
        _(
            "What to do now: type {update} to see what {code} owes. Before you are away, enter your leave with "
            "{focal}; somebody else is asked meanwhile."
        ).format(
            update=f"`{command('update')}`",
            code=escape(agency.code),
            focal=f"`{command('agency')} focal {escape(agency.code)}`",
        )
    )
    buttons = actions(
        button(_("Look at {code}").format(code=agency.code), verb("show"), str(agency.id)),
        button(_("Enter my leave"), verb("focal"), str(agency.id)),
    )
    return Card(title, (section("\n".join([f"*{title}*", *lines[1:]])), buttons))


def dismissed_card(agency: Agency) -> Card:
    """The same, once they do not answer for it any more."""
    text = _("You do not answer for {agency} any more.").format(agency=f"{agency.code} ({agency_name(agency)})")
    return Card(text, (section(escape(text)),))


def _meaning(role: Role) -> str:
    return {
        Role.HEAD_OF_AGENCY: _(
            "As head of agency you are asked when nobody else answers, and you may choose focal points and alternates."
        ),
        Role.FOCAL_POINT: _("As focal point you are asked for your agency's updates, here, in a direct message."),
        Role.ALTERNATE: _("As alternate you are asked for your agency's updates while its focal points are away."),
    }[role]


def stand_in_card(command: Callable[[str], str], leave: Leave, spans: Sequence[tuple[Agency, Cover]]) -> Card:
    """To somebody who answers for agencies while a person is on leave."""
    title = _("{person} goes on leave: you stand in for {codes}.").format(
        person=mention(leave.user_id), codes=_codes(spans)
    )
    lines = [
        "• " + labelled(f"*{escape(agency.code)}*", days(cover.first_day, cover.last_day))
        for agency, cover in spans[:MOST_SPANS]
    ]
    if len(spans) > MOST_SPANS:
        lines.append(left_text(len(spans) - MOST_SPANS))
    closing = _("Meanwhile you are asked for these updates, here. {update} shows what is owed.").format(
        update=f"`{command('update')}`"
    )
    first = spans[0][0]
    look = button(_("Look at {code}").format(code=first.code), verb("show"), str(first.id))
    return Card(title, (section("\n".join([title, *lines, closing]), accessory=look),))


def _codes(spans: Sequence[tuple[Agency, Cover]]) -> str:
    return ", ".join(dict.fromkeys(escape(agency.code) for agency, _cover in spans))


def called_off_card(leave: Leave, spans: Sequence[tuple[Agency, Cover]]) -> Card:
    """To somebody who was to stand in: the leave is off."""
    words = _("{person} is not on leave after all ({days}): you need not stand in for {codes}.").format(
        person=mention(leave.user_id),
        days=days(leave.first_day, leave.last_day),
        codes=_codes(spans),
    )
    return Card(words, (section(words),))


def resumed_card(agency: Agency) -> Card:
    """To whoever resumed an agency with a command."""
    words = _("{agency} is active again and will be asked for updates.").format(agency=f"*{escape(agency.code)}*")
    look = button(_("Look at {code}").format(code=agency.code), verb("show"), str(agency.id))
    return Card(words, (section(words, accessory=look),))


def export_card(count: int) -> Card:
    """To whoever asked for an export: where it will be."""
    words = _(
        "The list of agencies ({count}) is on its way to your direct messages, as CSV and as XLSX. "
        "Either file can be changed and imported again."
    ).format(count=count)
    return Card(words, (section(words),))
