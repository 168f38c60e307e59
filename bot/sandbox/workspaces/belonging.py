"""Where people and installations belong: to this workspace, to others of its organisation, or to somebody else's.

On Enterprise Grid a person has one id in all workspaces of the organisation. What a user object calls their team is the
workspace they came from, or the organisation; the workspaces they are in stand beside it. Where Slack names no team,
the list alone says it. Shapes: the recorded user objects of Slack's own SDKs (``team_id``, ``teams``,
``enterprise_user``).
"""

from bot.sandbox.records import App, Json, Person
from bot.sandbox.workspace import Team


def is_of(team: Team, home: str, teams: list[str]) -> bool:
    """Whether somebody with this home and these workspaces is in the workspace."""
    return team.id in teams if teams else home in {"", team.id}


def shown(team: Team, person: Person) -> Json:
    """The members of a user object that say where a person belongs."""
    told: Json = {"team_id": person.team_id} if person.team_id else {"teams": person.teams}
    if team.enterprise and person.team_id and person.teams:
        told["enterprise_user"] = {
            "id": person.id,
            "enterprise_id": team.enterprise,
            "enterprise_name": team.name,
            "is_admin": False,
            "is_owner": False,
            "teams": person.teams,
        }
    return told


def installation(team: Team, app: App) -> Json:
    """Whose an installation is: the workspace's, or the whole organisation's, which names no workspace."""
    if app.organisation_wide:
        return {"enterprise_id": team.enterprise, "team_id": None, "is_enterprise_install": True}
    return {"enterprise_id": team.enterprise or None, "team_id": team.id, "is_enterprise_install": False}
