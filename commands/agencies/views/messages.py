"""What the room says outside forms: appointments, suspensions, exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from commands.agencies.views.parts import verb
from commands.kit.agency_words import agency_name
from commands.kit.permission import role_name
from commands.kit.say import Card, actions, button, escape, section
from commands.kit.words import _
from storage.agencies import Agency
from storage.people import Role


def appointed_card(agency: Agency, roles: Sequence[Role], command: Callable[[str], str]) -> Card:
    """To somebody who answers for an agency from now on: what that means and what to do."""
    named = f"{agency.code} ({agency_name(agency)})"
    title = _("You are now {roles} of {agency}.").format(
        roles=_(" and ").join(role_name(role) for role in roles), agency=escape(named)
    )
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


def _meaning(role: Role) -> str:
    return {
        Role.HEAD_OF_AGENCY: _(
            "As head of agency you are asked when nobody else answers, and you may choose focal points and alternates."
        ),
        Role.FOCAL_POINT: _("As focal point you are asked for your agency's updates, here, in a direct message."),
        Role.ALTERNATE: _("As alternate you are asked for your agency's updates while its focal points are away."),
    }[role]


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
