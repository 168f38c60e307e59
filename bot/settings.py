"""The only reader of the environment. Every mistake is reported at once, by variable, and no secret is ever printed."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.delivery.addresses import address_of, domain_of
from bot.delivery.smtp import MailServer, Security

if TYPE_CHECKING:
    from commands.kit.work import Limits

SLACK_OWN_API = "https://slack.com/api/"


class SettingsError(Exception):
    """The environment cannot be used; the text names every variable that is wrong and what it should be."""


def _database_url(value: str) -> str:
    value = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", value)
    try:
        backend = make_url(value).get_backend_name()
    except ArgumentError as error:
        raise ValueError("should look like sqlite:///rapporteur.db or postgresql://user@host/name") from error
    if backend not in {"sqlite", "postgresql"}:
        raise ValueError("should begin with sqlite:/// or postgresql://")
    return value


def _api_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(f"should be an address such as {SLACK_OWN_API}")
    found = address_of(value)
    if found is None:
        raise ValueError("should name a host and, if need be, a port, and no user or password")
    if found.scheme == "http" and domain_of(found.host):
        raise ValueError("should begin with https:// where it is Slack's own: the token would be readable on its way")
    return value if value.endswith("/") else value + "/"


def _prefix(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9_-]{0,16}", value):
        raise ValueError("should have at most 16 lower-case letters, digits, - or _, for example un-")
    return value


def _sender(value: str) -> str:
    if value and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", parseaddr(value)[1]):
        raise ValueError("should be an address such as rapporteur@example.org or Rapporteur <rapporteur@example.org>")
    return value


def _token(kind: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not value.get_secret_value().startswith(kind):
            raise ValueError(f"should begin with {kind}")
        return value

    return AfterValidator(check)


class Settings(BaseSettings):
    """What the environment, or a file `.env` beside it, says. Unset variables have the defaults shown."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    slack_bot_token: Annotated[SecretStr, _token("xoxb-")] = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_app_token: Annotated[SecretStr, _token("xapp-")] = SecretStr("")
    slack_api_url: Annotated[str, AfterValidator(_api_url)] = SLACK_OWN_API
    # It may hold a password: never shown with the others.
    database_url: Annotated[str, AfterValidator(_database_url), Field(repr=False)] = "sqlite:///rapporteur.db"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 3000
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    command_prefix: Annotated[str, AfterValidator(_prefix)] = ""
    limit_immediate_an_hour: Annotated[int, Field(ge=1)] = 5
    limit_proof_emails_a_day: Annotated[int, Field(ge=1)] = 5
    limit_messages_an_hour: Annotated[int, Field(ge=1)] = 100
    smtp_host: str = ""
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: Annotated[str, AfterValidator(_sender)] = ""
    smtp_security: Security = "starttls"

    @property
    def uses_socket_mode(self) -> bool:
        """Whether Slack's deliveries come over a WebSocket that we open, so that no public address is needed."""
        return bool(self.slack_app_token.get_secret_value())

    def limits(self) -> Limits:
        """How much one person may cause others."""
        # The process that starts the server reads settings too, and needs nothing of the product.
        from commands.kit.work import Limits  # noqa: PLC0415

        return Limits(self.limit_immediate_an_hour, self.limit_proof_emails_a_day, self.limit_messages_an_hour)

    def mail_server(self) -> MailServer | None:
        """Where e-mails are handed over; None when no server is set."""
        if not self.smtp_host:
            return None
        return MailServer(
            host=self.smtp_host,
            port=self.smtp_port,
            sender=self.smtp_from,
            security=self.smtp_security,
            user=self.smtp_user,
            password=self.smtp_password.get_secret_value(),
        )


def read_settings(*, for_slack: bool = False) -> Settings:
    """Read the environment. With `for_slack`, what talking to Slack needs must be there.

    Raises SettingsError with one line per mistake.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(_report([_line(one) for one in error.errors()])) from None
    missing = [*_missing_for_mail(settings), *(_missing_for_slack(settings) if for_slack else [])]
    if missing:
        raise SettingsError(_report(missing))
    return settings


def _missing_for_slack(settings: Settings) -> list[str]:
    lines = []
    if not settings.slack_bot_token.get_secret_value():
        lines.append("SLACK_BOT_TOKEN is missing: the bot token of the installed app, it begins with xoxb-")
    if not settings.uses_socket_mode and not settings.slack_signing_secret.get_secret_value():
        lines.append(
            "SLACK_SIGNING_SECRET is missing: it stands under Basic Information of the app"
            " (or set SLACK_APP_TOKEN to use Socket Mode)"
        )
    return lines


def _missing_for_mail(settings: Settings) -> list[str]:
    if not settings.smtp_host:
        return []
    lines = []
    if not settings.smtp_from:
        lines.append("SMTP_FROM is missing: the address that e-mails come from, for example rapporteur@example.org")
    if settings.smtp_user and settings.smtp_security == "none":
        lines.append("SMTP_SECURITY is none, so SMTP_PASSWORD would be readable on the way: set starttls or tls")
    return lines


def _line(error: object) -> str:
    details: dict[str, object] = dict(error)  # type: ignore[call-overload]
    name = str(details["loc"][0]).upper()  # type: ignore[index]
    # Pydantic's own sentence without its prefix; the value is left out because it may be a secret.
    return f"{name} {str(details['msg']).removeprefix('Value error, ').replace('Input ', '')}"


def _report(lines: list[str]) -> str:
    return "The settings cannot be used:\n" + "\n".join(f"  {line}" for line in lines)
