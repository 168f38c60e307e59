"""The seed: one YAML or JSON document that says what a workspace holds when it starts.

``bot/sandbox/README.md`` describes every member. A mistake is refused with the place it is at.
"""

import json
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from bot.sandbox.clock import known_zones
from bot.sandbox.manifest import read_manifest

Json = dict[str, Any]
DEFAULT_SEED = Path(__file__).with_name("seed_default.yaml")


class SeedError(ValueError):
    """The seed cannot be used; the text names every mistake and its place."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


PartT = TypeVar("PartT", bound=_Part)


class SeedWorkspace(_Part):
    """The workspace itself."""

    id: str = "T00000001"
    name: str = "Sandbox"
    domain: str = "sandbox"
    enterprise: str = ""


class SeedPerson(_Part):
    """A person. ``guest``: ``multi`` or ``single`` channel guest.

    ``team``: where they came from, another workspace's id or the organisation's. ``teams``: the workspaces they are in;
    without ``team`` Slack names none of them as theirs. A stranger is in others only.
    """

    id: str = ""
    handle: str = Field(pattern=r"^[a-z0-9._-]{1,80}$")
    name: str = Field(default="", max_length=80)
    title: str = ""
    email: str = ""
    tz: str = "UTC"
    locale: str = Field(default="en-US", pattern=r"^[a-z]{2}-[A-Z]{2}$")
    admin: bool = False
    owner: bool = False
    guest: Literal["", "single", "multi"] = ""
    team: str = ""
    teams: list[str] = Field(default_factory=list)
    deleted: bool = False

    @field_validator("tz")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in known_zones():
            raise ValueError(f"{zone!r} is no IANA time zone (an example: Africa/Juba)")
        return zone


class SeedChannel(_Part):
    """A channel. ``members``: handles, names of apps, or ``all`` (every person who is no guest)."""

    id: str = ""
    name: str
    private: bool = False
    general: bool = False
    members: list[str] | Literal["all"] = Field(default_factory=list)
    topic: str = Field(default="", max_length=250)
    purpose: str = Field(default="", max_length=250)
    archived: bool = False


class SeedCommand(_Part):
    """A slash command, as in a manifest."""

    command: str = Field(pattern=r"^/[a-z0-9_.-]{1,31}$")
    description: str = ""
    usage_hint: str = ""
    url: str = ""
    should_escape: bool = False


class SeedShortcut(_Part):
    """A shortcut, as in a manifest."""

    type: Literal["global", "message"]
    name: str = Field(max_length=24)
    callback_id: str = Field(max_length=255)
    description: str = ""


class SeedApp(_Part):
    """An app. What ``manifest`` (a path or the manifest itself) says, the other members override."""

    id: str = ""
    name: str
    display_name: str = ""
    description: str = ""
    manifest: str | Json | None = None
    bot_token: str = Field(default="", pattern=r"^(xoxb-\S+)?$")
    app_token: str = Field(default="", pattern=r"^(xapp-\S+)?$")
    signing_secret: str = ""
    user_tokens: dict[str, str] = Field(default_factory=dict)
    socket_mode: bool = False
    request_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    events_url: str = ""
    interactivity_url: str = ""
    options_url: str = ""
    scopes: list[str] = Field(default_factory=list)
    user_scopes: list[str] = Field(default_factory=list)
    commands: list[SeedCommand] = Field(default_factory=list, max_length=50)
    shortcuts: list[SeedShortcut] = Field(default_factory=list, max_length=10)
    events: list[str] = Field(default_factory=list)
    home: bool = True
    messages: bool = True
    read_only: bool = False
    interactive: bool = True
    distributed: bool = False
    organisation_wide: bool = False
    channels: list[str] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _from_manifest(cls, given: Any) -> Any:
        manifest = given.get("manifest") if isinstance(given, dict) else None
        if isinstance(manifest, dict):
            return {**read_manifest(manifest), **given}
        return given


class SeedGroup(_Part):
    """A user group with its people's handles."""

    handle: str
    name: str
    members: list[str] = Field(default_factory=list)


class Seed(_Part):
    """A whole workspace before its first message."""

    workspace: SeedWorkspace = Field(default_factory=SeedWorkspace)
    people: list[SeedPerson] = Field(min_length=1)
    channels: list[SeedChannel] = Field(default_factory=list)
    apps: list[SeedApp] = Field(default_factory=list)
    usergroups: list[SeedGroup] = Field(default_factory=list)
    clock: float | None = None

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        handles = [person.handle for person in self.people]
        _unique("people", handles)
        _unique("channels", [channel.name for channel in self.channels])
        _unique("apps", [app.name for app in self.apps])
        _unique("bot tokens", [app.bot_token for app in self.apps if app.bot_token])
        known = {*handles, *(app.name for app in self.apps)}
        for channel in self.channels:
            _known(f"channels.{channel.name}.members", channel.members, known)
        for group in self.usergroups:
            _known(f"usergroups.{group.handle}.members", group.members, known)
        return self


def read_seed(source: Path | Json | None) -> Seed:
    """A seed from a YAML or JSON file, from a dictionary, or the default one.

    Raises:
        SeedError: the file cannot be read, or something in it is wrong.
    """
    if isinstance(source, dict):
        return _checked(source, "the seed", Path())
    path = source or DEFAULT_SEED
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SeedError(f"{path}: cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise SeedError(f"{path}: must be a mapping with people, channels and apps")
    return _checked(found, str(path), path.parent)


def seed_part(model: type[PartT], given: Json) -> PartT:
    """One checked part of a seed, for people and apps that come later.

    Raises:
        SeedError: something in it is wrong.
    """
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise SeedError(_mistakes(error)) from error


def _checked(found: Json, name: str, base: Path) -> Seed:
    apps = found.get("apps")
    if isinstance(apps, list):
        found = {**found, "apps": [_with_manifest(app, name, base) for app in apps]}
    try:
        return Seed.model_validate(found)
    except ValidationError as error:
        raise SeedError(f"{name}: {_mistakes(error)}") from error


def _with_manifest(app: Any, name: str, base: Path) -> Any:
    if not isinstance(app, dict) or not isinstance(app.get("manifest"), str):
        return app
    path = base / app["manifest"]
    try:
        text = path.read_text(encoding="utf-8")
        manifest = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise SeedError(f"{name}: apps: the manifest {path} cannot be read: {error}") from error
    return {**app, "manifest": manifest}


def _mistakes(error: ValidationError) -> str:
    lines = [f"{'.'.join(map(str, found['loc'])) or 'seed'}: {found['msg']}" for found in error.errors()]
    return "; ".join(lines)


def _unique(what: str, names: list[str]) -> None:
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise ValueError(f"{what}: used twice: {', '.join(doubled)}")


def _known(place: str, names: list[str] | Literal["all"], known: set[str]) -> None:
    unknown = [] if names == "all" else [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"{place}: no such person or app: {', '.join(unknown)}")
