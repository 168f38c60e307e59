"""`python -m bot doctor`: what is wrong with an installation, and what to do about each finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.addresses import is_slack_itself
from bot.delivery.identity import ORGANISATION_TOKEN, identity_in
from bot.delivery.slack import SlackCalls, SlackTrouble, TokenLost
from bot.rooms import find_rooms
from bot.settings import Settings
from bot.tools.advice import advise
from commands.kit.documents.letters import FONT_PACKAGES, SAMPLES, unset_scripts
from storage.connection.place import LEAST_ROOM_BYTES, PlaceError, check_place, file_of, readable_by_others, room_left
from storage.connection.trouble import NotNowError
from storage.database import Database
from storage.migrate import is_current
from storage.missions import Mission

APP_TOKEN = "Make an app-level token with connections:write, and switch Socket Mode on in the app's settings."  # noqa: S105
CLOCK_MAY_DIFFER_BY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `well` is None where nobody can tell. `advice` is what to do about it."""

    what: str
    well: bool | None
    advice: str = ""

    def __str__(self) -> str:
        if self.well:
            return f"ok    {self.what}"
        return f"{'?' if self.well is None else 'FAIL':<6}{self.what}\n      -> {self.advice}"


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, cheapest first; a look that cannot be taken is a finding too."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _tokens,
        _way_in,
        _place,
        _fonts,
        _database,
        _slack,
        _mail,
    )
    for check in checks:
        yield from check(settings)


def _tokens(settings: Settings) -> Iterator[Finding]:
    bot = settings.slack_bot_token.get_secret_value()
    yield Finding(
        "SLACK_BOT_TOKEN is a bot token",
        bot.startswith("xoxb-"),
        "Install the app and copy the Bot User OAuth Token (xoxb-...) from OAuth & Permissions.",
    )
    if settings.uses_socket_mode:
        return
    secret = settings.slack_signing_secret.get_secret_value()
    # Slack's own secrets are 32 hexadecimal digits; a local Slack may use another text.
    well = bool(secret) and (not is_slack_itself(settings.slack_api_url) or bool(re.fullmatch(r"[0-9a-f]{32}", secret)))
    yield Finding(
        "SLACK_SIGNING_SECRET has the shape of a signing secret",
        well,
        "Copy the Signing Secret (32 hexadecimal digits) from Basic Information, not the client secret.",
    )


def _way_in(settings: Settings) -> Iterator[Finding]:
    if settings.uses_socket_mode:
        token = settings.slack_app_token.get_secret_value()
        calls = SlackCalls(token, settings.slack_api_url)
        try:
            calls.call("apps.connections.open")
        except SlackTrouble as trouble:
            yield Finding("Socket Mode can connect", False, advise(trouble, settings.slack_api_url, token=APP_TOKEN))
        else:
            yield Finding("Socket Mode can connect", well=True)
        return
    yield Finding(
        f"HTTP mode: Slack must reach this process at https://YOUR-ADDRESS/slack/events (it listens on"
        f" {settings.host}:{settings.port})",
        well=True,
    )


def _place(settings: Settings) -> Iterator[Finding]:
    """Where an SQLite file lies; of a server's disk we know nothing."""
    if file_of(settings.database_url) is None:
        return
    what = "the database's folder is on a disk of this machine and can be written"
    try:
        check_place(settings.database_url)
    except PlaceError as error:
        yield Finding(what, False, str(error))
        return
    yield Finding(what, well=True)
    left = room_left(settings.database_url)
    enough = left is None or left >= LEAST_ROOM_BYTES
    yield Finding("the database's disk has room", enough, f"{(left or 0) // 1_000_000} MB are left. Make room there.")
    open_to_all = " ".join(str(part) for part in readable_by_others(settings.database_url))
    advice = f"Run: chmod o-r {open_to_all}"
    yield Finding("nobody else on this machine can read the database", not open_to_all, advice)


def _fonts(_settings: Settings) -> Iterator[Finding]:
    """Scripts of which minutes and briefs as PDF would show boxes; a mission may well need none of them."""
    missing = unset_scripts(SAMPLES.values())
    advice = f"Missing: {', '.join(missing)}. If the mission writes one of them: apt-get install {FONT_PACKAGES}"
    yield Finding("PDF files can show every script that missions write", None if missing else True, advice)


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        check_place(settings.database_url)
    except PlaceError:
        return  # told already
    database = Database(settings.database_url)
    try:
        current = is_current(database)
        yield Finding("the database answers", well=True)
        yield Finding("the database has every migration", current, "Run: python -m bot migrate")
        if current:
            yield from _zones(database)
    except (SQLAlchemyError, NotNowError) as error:
        yield Finding("the database answers", well=False, advice=f"Check DATABASE_URL ({type(error).__name__}).")
    finally:
        database.dispose()


def _zones(database: Database) -> Iterator[Finding]:
    with database.reading() as session:
        for mission in session.scalars(select(Mission)):
            try:
                ZoneInfo(mission.zone)
            except (ZoneInfoNotFoundError, ValueError):
                yield Finding(
                    f"the zone of {mission.name or mission.id} is known", False, "Choose another in /mission setup."
                )
            else:
                yield Finding(f"the zone of {mission.name or mission.id} is known", well=True)


def _slack(settings: Settings) -> Iterator[Finding]:
    calls = SlackCalls(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        granted, date = calls.scopes_and_date()
    except SlackTrouble as trouble:
        yield Finding("Slack accepts the bot token", False, advise(trouble, settings.slack_api_url))
        return
    yield Finding("Slack accepts the bot token", well=True)
    yield _workspace(calls)
    yield _scopes(granted)
    if date:
        skew = abs(datetime.now(UTC) - parsedate_to_datetime(date))
        yield Finding(
            "this machine's clock agrees with Slack's",
            skew < CLOCK_MAY_DIFFER_BY,
            f"It is {skew.total_seconds():.0f} s off; Slack's requests are refused after 300 s. Switch NTP on.",
        )


def _workspace(calls: SlackCalls) -> Finding:
    what = "the token is of one workspace"
    advice = (
        "It is of a whole organisation (Enterprise Grid). I keep one mission, which is one workspace: switch"
        " organisation-wide deployment off in the app's settings, install the app in the mission's workspace alone,"
        " and copy that Bot User OAuth Token."
    )
    try:
        identity_in(calls.call("auth.test"))
    except TokenLost as lost:
        return Finding(what, False, advice if lost.code == ORGANISATION_TOKEN else lost.code)
    except SlackTrouble as trouble:
        return Finding(what, None, str(trouble))
    return Finding(what, well=True)


def _scopes(granted: list[str] | None) -> Finding:
    what = "every scope of the manifest is granted"
    if granted is None:
        return Finding(what, None, "Slack sent no list of scopes (x-oauth-scopes): a proxy may have taken it out.")
    missing = sorted(set(find_rooms().scopes) - set(granted))
    advice = f"Add {', '.join(missing)} (paste the new manifest: python -m bot manifest) and reinstall the app."
    return Finding(what, not missing, advice)


def _mail(settings: Settings) -> Iterator[Finding]:
    server = settings.mail_server()
    if server is None:
        yield Finding("e-mail is not set up: nobody is reached when Slack is down (SMTP_HOST)", well=True)
        return
    trouble = ""
    try:
        server.check()
    except SlackTrouble as error:
        trouble = str(error)
    advice = "Check SMTP_HOST, SMTP_PORT, SMTP_SECURITY, SMTP_USER and SMTP_PASSWORD, and the server's certificate."
    yield Finding("the mail server takes e-mails from us", not trouble, f"It failed with {trouble}. {advice}")
