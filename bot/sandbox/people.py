"""People as Slack shows them, added and changed at run time."""

from bot.sandbox.records import Json, Person
from bot.sandbox.workspace import Workspace
from bot.sandbox.workspaces.belonging import shown as shown_home

CHANGEABLE = ("deleted", "is_admin", "is_restricted", "is_ultra_restricted", "tz", "locale", "email", "name", "title")


def as_slack(workspace: Workspace, person: Person, *, locale: bool = False, email: bool = True) -> Json:
    """The user object of ``users.info``; the address only for apps that may read it."""
    now = workspace.clock.now()
    shown: Json = {
        "id": person.id,
        **shown_home(workspace.team, person),
        "name": person.handle,
        "deleted": person.deleted,
        "real_name": person.real_name or person.name,
        "profile": profile(workspace, person, email=email),
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
    }
    if person.is_stranger:
        shown["is_stranger"] = True
    if not person.deleted:
        flags = ("is_admin", "is_owner", "is_restricted", "is_ultra_restricted")
        shown |= {flag: getattr(person, flag) for flag in flags}
        shown |= {
            "is_primary_owner": False,
            "tz": person.tz,
            "tz_label": person.tz.rpartition("/")[2].replace("_", " "),
        }
        shown["tz_offset"] = person.tz_offset(now)
    if locale:
        shown["locale"] = person.locale
    return shown


def profile(workspace: Workspace, person: Person, *, email: bool = True) -> Json:
    """The profile inside a user object."""
    first, _, last = (person.real_name or person.name).partition(" ")
    shown: Json = {
        "title": person.title,
        "phone": "",
        "skype": "",
        "real_name": person.real_name or person.name,
        "real_name_normalized": person.real_name or person.name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "first_name": first,
        "last_name": last,
        "status_text": "",
        "status_emoji": "",
        "avatar_hash": person.id.lower(),
        "image_72": f"{workspace.url}/avatar/{person.id}.svg",
        **({"team": person.team_id} if person.team_id else {}),
    }
    if email and person.email:
        shown["email"] = person.email
    if person.is_bot:
        shown |= {"bot_id": person.bot_id, "api_app_id": person.app_id}
    return shown


def as_page(workspace: Workspace, person: Person) -> Json:
    """The person as the control interface gives it."""
    names = ("id", "handle", "name", "title", "email", "tz", "locale", "is_admin", "is_owner", "is_bot")
    flags = ("is_restricted", "is_ultra_restricted", "is_stranger", "team_id", "deleted", "app_id")
    shown = {name: getattr(person, name) for name in names + flags}
    shown["tz_label"] = person.tz.rpartition("/")[2].replace("_", " ")
    shown["tz_offset"] = person.tz_offset(workspace.clock.now())
    shown["image"] = f"{workspace.url}/avatar/{person.id}.svg"
    return shown


def add(workspace: Workspace, person: Person) -> None:
    """Take a new person in; apps hear ``team_join``, full members are in the general channel at once."""
    person.updated = int(workspace.clock.now())
    workspace.people[person.id] = person
    workspace.save(person)
    workspace.tell_people({"type": "person", "person": as_page(workspace, person)})
    workspace.tell_apps({"type": "team_join", "user": as_slack(workspace, person, locale=True)})


def change(workspace: Workspace, person: Person, changes: Json) -> None:
    """Change a person; apps hear ``user_change``."""
    for name in CHANGEABLE:
        if name in changes:
            setattr(person, name, changes[name])
    person.updated = int(workspace.clock.now())
    workspace.save(person)
    workspace.tell_people({"type": "person", "person": as_page(workspace, person)})
    workspace.tell_apps({"type": "user_change", "user": as_slack(workspace, person, locale=True)})
