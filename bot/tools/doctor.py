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

from bot.delivery.slack import SlackCalls, SlackTrouble
from bot.rooms import find_rooms
from bot.settings import Settings
from storage.database import Database
from storage.migrate import is_current
from storage.missions import Mission
from storage.trouble import NotNowError

CLOCK_MAY_DIFFER_BY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `advice` is what to do when it is not well."""

    what: str
    well: bool
    advice: str = ""

    def __str__(self) -> str:
        return f"ok    {self.what}" if self.well else f"FAIL  {self.what}\n      -> {self.advice}"


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, cheapest first; a look that cannot be taken is a finding too."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (_tokens, _way_in, _database, _slack, _mail)
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
    well = bool(secret) and ("slack.com" not in settings.slack_api_url or bool(re.fullmatch(r"[0-9a-f]{32}", secret)))
    yield Finding(
        "SLACK_SIGNING_SECRET has the shape of a signing secret",
        well,
        "Copy the Signing Secret (32 hexadecimal digits) from Basic Information, not the client secret.",
    )


def _way_in(settings: Settings) -> Iterator[Finding]:
    if settings.uses_socket_mode:
        token = settings.slack_app_token.get_secret_value()
        calls = SlackCalls(token, settings.slack_api_url)
        trouble = _trouble(lambda: calls.call("apps.connections.open"))
        advice = "Make an app-level token with connections:write and switch Socket Mode on in the app's settings."
        yield Finding("Socket Mode can connect", trouble is None, f"{trouble}. {advice}")
        return
    yield Finding(
        f"HTTP mode: Slack must reach this process at https://YOUR-ADDRESS/slack/events (it listens on"
        f" {settings.host}:{settings.port})",
        well=True,
    )


def _database(settings: Settings) -> Iterator[Finding]:
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
    granted: list[str] = []
    date = ""
    try:
        granted, date = calls.scopes_and_date()
    except SlackTrouble as trouble:
        yield Finding(
            "Slack accepts the bot token",
            False,
            f"Slack said {trouble.code}. Reinstall the app and copy the new token.",
        )
        return
    yield Finding("Slack accepts the bot token", well=True)
    missing = sorted(set(find_rooms().scopes) - set(granted)) if granted else []
    advice = f"Add {', '.join(missing)} (paste the new manifest: python -m bot manifest) and reinstall the app."
    yield Finding("every scope of the manifest is granted", not missing, advice)
    if date:
        skew = abs(datetime.now(UTC) - parsedate_to_datetime(date))
        yield Finding(
            "this machine's clock agrees with Slack's",
            skew < CLOCK_MAY_DIFFER_BY,
            f"It is {skew.total_seconds():.0f} s off; Slack's requests are refused after 300 s. Switch NTP on.",
        )


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


def _trouble(work: Callable[[], object]) -> str | None:
    try:
        work()
    except SlackTrouble as trouble:
        return f"Slack said {trouble.code}"
    return None
