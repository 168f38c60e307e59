"""Whose a delivery is. The same app may be installed in other workspaces, whose deliveries come in at the same address.

A mission is one workspace: what another one sends is not answered as ours, and takes nothing away from us. A delivery
about a channel that two workspaces share may name both.
"""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]

# Slack tells that what we send with has been taken away.
CUT_OFF = frozenset({"tokens_revoked", "app_uninstalled"})


def teams_of_command(body: Body) -> frozenset[str]:
    """The workspace in which a command was typed."""
    return _named(body.get("team_id"))


def teams_of_interaction(body: Body) -> frozenset[str]:
    """The workspace whose installation a press, a form or a shortcut is for, as far as it is told.

    A view tells. A press in a message may name the workspace of whoever presses instead.
    """
    view = body.get("view") or {}
    if view.get("app_installed_team_id"):
        return _named(view["app_installed_team_id"])
    return _named((body.get("team") or {}).get("id"), view.get("team_id"))


def teams_of_event(body: Body) -> frozenset[str]:
    """The workspaces that an event concerns. What was taken away, was taken from the installation it names alone."""
    authorized = _named(*(one.get("team_id") for one in body.get("authorizations") or []))
    named = _named(body.get("team_id"))
    if str((body.get("event") or {}).get("type")) in CUT_OFF:
        return authorized or named
    return authorized | named


def _named(*teams: object) -> frozenset[str]:
    return frozenset(str(team) for team in teams if team)
