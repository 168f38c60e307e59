"""Roles as people say them. A role is a line of `storage.people.Role` and its words here; all lists follow.

Gesture: put into words.
"""

from __future__ import annotations

from typing import NamedTuple

from commands.kit.words import _
from storage.people import Role


class RoleWords(NamedTuple):
    """A role's name, to stand inside a sentence, and what it is for, in one or two sentences."""

    name: str
    meaning: str


def role_name(role: Role) -> str:
    """A role as people say it, to stand inside a sentence."""
    return _words()[role].name


def role_meaning(role: Role) -> str:
    """What a role is for, in one or two sentences."""
    return _words()[role].meaning


def _words() -> dict[Role, RoleWords]:
    return {
        Role.ADMIN: RoleWords(
            _("admin"), _("Sets the mission up, names the holders of roles, and is told when something does not work.")
        ),
        Role.COORDINATOR: RoleWords(
            _("coordinator"),
            _(
                "Runs the reporting rounds and the cabinet's papers: "
                "opens rounds, waives returns, submits for agencies."
            ),
        ),
        Role.SRSG_OFFICE: RoleWords(
            _("SRSG office"), _("Receives escalations and decides on them for the Special Representative.")
        ),
        Role.HEAD_OF_AGENCY: RoleWords(
            _("head of agency"), _("Leads an agency, and hears last when its update is missing.")
        ),
        Role.FOCAL_POINT: RoleWords(_("focal point"), _("Answers for an agency.")),
        Role.ALTERNATE: RoleWords(_("alternate"), _("Answers for an agency when the focal point cannot.")),
        Role.FUNDING_CELL: RoleWords(
            _("funding cell"), _("Keeps the funding figures of the mission and of its agencies.")
        ),
        Role.HUMANITARIAN_COORDINATOR: RoleWords(
            _("humanitarian coordinator"),
            _("Can enter a humanitarian reservation against a decision of the cabinet."),
        ),
        Role.HUMAN_RIGHTS_ADVISER: RoleWords(
            _("human-rights adviser"), _("Can enter a human-rights reservation against a decision of the cabinet.")
        ),
        Role.DUTY_OFFICER: RoleWords(
            _("duty officer"), _("Is told first about what cannot wait outside working hours.")
        ),
        Role.OPERATIONS: RoleWords(
            _("operations"), _("Keeps the log of the joint operations centre, and has its watch.")
        ),
        Role.PLANNING: RoleWords(_("planning"), _("Keeps what the mission is there for, its results and its dates.")),
        Role.OBSERVER: RoleWords(_("observer"), _("May read what is Unclassified, and owes nothing.")),
    }
