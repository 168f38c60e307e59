"""Fills a workspace: from what was kept, else from the seed."""

from typing import Any

from bot.sandbox import channels, messages
from bot.sandbox.records import App, Canvas, Channel, Message, Person, Scheduled, StoredFile, UserGroup
from bot.sandbox.store.seed import Seed, SeedApp, SeedChannel, SeedPerson
from bot.sandbox.workspace import Workspace
from bot.sandbox.workspaces.belonging import is_of


def settle(workspace: Workspace, seed: Seed) -> None:
    """Fill the workspace with what was kept; what the seed has besides is added, apps follow the seed's new words."""
    _read_back(workspace)
    for person in seed.people:
        if not _known_person(workspace, person):
            add_person(workspace, person)
    for channel in seed.channels:
        if workspace.channel_named(channel.name) is None:
            _add_channel(workspace, channel)
    for app in seed.apps:
        install(workspace, app)
    for channel in seed.channels:
        _fill_channel(workspace, channel)
    for group in seed.usergroups:
        if not any(known.handle == group.handle for known in workspace.usergroups.values()):
            users = [workspace.person(handle).id for handle in group.members]
            made = UserGroup(workspace.new_id("S"), group.handle, group.name, users=users)
            workspace.usergroups[made.id] = made
            workspace.save(made)


def add_person(workspace: Workspace, seed: SeedPerson) -> Person:
    """Take a person in from a seed."""
    person = Person(
        id=seed.id or workspace.new_id("U"),
        handle=seed.handle,
        name=seed.name or seed.handle,
        team_id=seed.team or ("" if seed.teams else workspace.team.id),
        teams=list(seed.teams),
        title=seed.title,
        email=seed.email,
        tz=seed.tz,
        locale=seed.locale,
        is_admin=seed.admin or seed.owner,
        is_owner=seed.owner,
        is_restricted=bool(seed.guest),
        is_ultra_restricted=seed.guest == "single",
        is_stranger=not is_of(workspace.team, seed.team, seed.teams),
        deleted=seed.deleted,
        updated=int(workspace.clock.now()),
    )
    workspace.people[person.id] = person
    workspace.save(person)
    return person


def install(workspace: Workspace, seed: SeedApp) -> App:
    """Install an app with its bot user, or bring an installed one up to the seed; it keeps its id and tokens."""
    known = next((app for app in workspace.apps.values() if app.name == seed.name), None)
    app = known or _new_app(workspace, seed)
    app.description = seed.description
    app.bot_token = seed.bot_token or app.bot_token
    app.app_token = seed.app_token or app.app_token
    app.signing_secret = seed.signing_secret or app.signing_secret
    app.socket_mode = seed.socket_mode
    app.events_url = seed.events_url or seed.request_url
    app.interactivity_url = seed.interactivity_url or seed.request_url
    app.options_url = seed.options_url
    app.commands = [command.model_dump() for command in seed.commands]
    app.shortcuts = [shortcut.model_dump() for shortcut in seed.shortcuts]
    app.scopes = list(seed.scopes)
    app.user_scopes = list(seed.user_scopes)
    app.user_tokens = {token: workspace.person(handle).id for handle, token in seed.user_tokens.items()}
    app.events = list(seed.events)
    app.home, app.messages, app.read_only = seed.home, seed.messages, seed.read_only
    app.interactive, app.distributed = seed.interactive, seed.distributed
    app.organisation_wide = seed.organisation_wide
    workspace.save(app)
    for name in seed.channels:
        channel = workspace.channel(name)
        if app.bot_user not in channel.members:
            channel.members.append(app.bot_user)
            workspace.save(channel)
    return app


def _new_app(workspace: Workspace, seed: SeedApp) -> App:
    name = seed.display_name or seed.name
    handle = "".join(letter if letter.isalnum() else "_" for letter in name.lower())
    bot = Person(workspace.new_id("U"), handle, name, workspace.team.id, real_name=seed.name, is_bot=True)
    app = App(
        id=seed.id or workspace.new_id("A"),
        name=seed.name,
        bot_user=bot.id,
        bot_id=workspace.new_id("B"),
        bot_token=f"xoxb-{workspace.new_secret()}",
        app_token=f"xapp-{workspace.new_secret()}",
        signing_secret=workspace.new_secret(),
        verification_token=workspace.new_secret(),
    )
    bot.app_id, bot.bot_id = app.id, app.bot_id
    workspace.people[bot.id] = bot
    workspace.apps[app.id] = app
    workspace.save(bot)
    return app


def _known_person(workspace: Workspace, seed: SeedPerson) -> bool:
    return any(person.handle == seed.handle for person in workspace.people.values())


def _creator(workspace: Workspace) -> str:
    people = [person for person in workspace.people.values() if not person.is_bot]
    admins = [person for person in people if person.is_owner or person.is_admin]
    return (admins or people)[0].id


def _add_channel(workspace: Workspace, seed: SeedChannel) -> None:
    kind: Any = "private" if seed.private else "public"
    creator = _creator(workspace)
    made = channels.create(workspace, seed.name, kind, creator, id_=seed.id)
    made.members = []
    made.is_general = seed.general
    made.is_archived = seed.archived
    for what in ("topic", "purpose"):
        if getattr(seed, what):
            channels.describe(workspace, made, what, getattr(seed, what), creator)


def _fill_channel(workspace: Workspace, seed: SeedChannel) -> None:
    channel = workspace.channel(seed.name)
    if any(not workspace.people[user].is_bot for user in channel.members) or channel.id in workspace.messages:
        return
    people = [person for person in workspace.people.values() if not person.is_bot]
    if seed.members == "all":
        members = [person.id for person in people if not person.is_guest and not person.is_stranger]
    else:
        members = [_member(workspace, name) for name in seed.members]
    channel.members = list(dict.fromkeys([*channel.members, *members]))
    workspace.save(channel)


def _member(workspace: Workspace, name: str) -> str:
    app = next((app for app in workspace.apps.values() if app.name == name), None)
    return app.bot_user if app else workspace.person(name).id


def _read_back(workspace: Workspace) -> None:
    keep = workspace.keep
    workspace.people = {doc["id"]: Person(**doc) for doc in keep.read("Person")}
    workspace.channels = {doc["id"]: Channel(**doc) for doc in keep.read("Channel")}
    workspace.apps = {doc["id"]: App(**doc) for doc in keep.read("App")}
    workspace.files = {doc["id"]: StoredFile(**doc) for doc in keep.read("StoredFile")}
    workspace.usergroups = {doc["id"]: UserGroup(**doc) for doc in keep.read("UserGroup")}
    workspace.canvases = {doc["id"]: Canvas(**doc) for doc in keep.read("Canvas")}
    workspace.scheduled = {doc["id"]: Scheduled(**doc) for doc in keep.read("Scheduled")}
    for doc in keep.read("Message"):
        messages.restore(workspace, Message(**doc))
