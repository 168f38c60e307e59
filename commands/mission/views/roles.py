"""Who holds which role: the overview, the form that changes it, and what a new holder is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from commands.kit import forms
from commands.kit.cards import Block, Card, actions, button, context, header, mention, section, shorten
from commands.kit.names.roles import role_meaning, role_name
from commands.kit.words import _, ngettext
from commands.mission.views.notes import RolesNotes
from commands.mission.views.words import labelled
from storage.people import MISSION_ROLES, Role

HOLDERS_SHOWN = 60

Held = Mapping[Role, Sequence[str]]
Waiting = Collection[tuple[Role, str]]
"""Roles in the mission, with the holder who gave it to themselves and to whom nobody has agreed."""


def roles_card(holders: Held, waiting: Waiting = frozenset(), *, is_admin: bool) -> Card:
    """Every mission role with its holders."""
    blocks = [header(_("Roles in the mission"))]
    lines = []
    for role in MISSION_ROLES:
        people = _people(holders.get(role, ()), {user for one, user in waiting if one is role})
        name = _capital(role_name(role))
        lines.append(labelled(name, people))
        blocks += [section(lines[-1]), context(role_meaning(role))]
    blocks.append(context(_("Focal points, alternates and heads of agencies are named with each agency.")))
    if is_admin:
        blocks.append(actions(button(_("Change roles"), "mission:roles-form", style="primary")))
    return Card("\n".join(lines), tuple(blocks))


def _people(users: Sequence[str], waiting: Collection[str]) -> str:
    if not users:
        return _("nobody yet")
    shown = ", ".join(_marked(mention(user), waits=user in waiting) for user in users[:HOLDERS_SHOWN])
    more = len(users) - HOLDERS_SHOWN
    if more <= 0:
        return shown
    return f"{shown} " + _("and {count} more").format(count=more)


def _marked(text: str, *, waits: bool) -> str:
    return text + (" " + _("(waits for somebody else to agree)") if waits else "")


def _explained(role: Role) -> str:
    return labelled(_capital(role_name(role)), role_meaning(role))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def person_card(
    user: str,
    roles: Sequence[Role],
    in_agencies: Sequence[tuple[str, Sequence[Role]]],
    waiting: Collection[tuple[str, Role]] = frozenset(),
) -> Card:
    """One person's roles, in the mission and by agency code; `waiting` are by code too, empty for the mission."""
    lines = [f"• {_marked(_explained(role), waits=('', role) in waiting)}" for role in roles]
    for code, held in in_agencies:
        names = ", ".join(_marked(role_name(role), waits=(code, role) in waiting) for role in held)
        lines.append(f"• {labelled(code, names)}")
    text = _("{person} has no role in the mission.") if not lines else _("What {person} is in the mission:")
    first = text.format(person=mention(user))
    return Card("\n".join([first, *lines]), tuple(section(part) for part in (first, "\n".join(lines)) if part))


def roles_form(holders: Held, version: str) -> Block:
    """One field of people for each role. `version` tells whether somebody else saved meanwhile."""
    blocks: list[Block] = [section(_("Whoever gains a role gets one message that says what it means."))]
    for role in MISSION_ROLES:
        # Who somebody is (a guest? which language?) is asked of Slack while the form is open, so that Save knows.
        element = forms.people_select(initial=list(holders.get(role, ())), action="mission:person")
        blocks.append(
            forms.field_block(
                role.value,
                _capital(role_name(role)),
                element,
                hint=role_meaning(role),
                optional=role is not Role.ADMIN,
                acts=True,
            )
        )
    return forms.modal(
        "mission:roles", _("Roles"), blocks, submit=_("Save"), close=_("Cancel"), notes=RolesNotes(version)
    )


def granted_card(roles: Sequence[Role], by: str, mission: str, command: Callable[[str], str]) -> Card:
    """What a new holder is told, once."""
    hello = ngettext(
        "{person} gave you a role in {mission}:", "{person} gave you {count} roles in {mission}:", len(roles)
    ).format(person=mention(by), mission=f"*{shorten(mission, 80)}*", count=len(roles))
    lines = "\n".join(f"• {_explained(role)}" for role in roles)
    more = _("My Home tab shows what waits for you. {command} shows who holds which role.").format(
        command=f"`{command('mission')} roles`"
    )
    return Card(f"{hello}\n{lines}\n{more}", (section(hello), section(lines), context(more)))
