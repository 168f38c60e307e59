"""Settings: every mistake in one report, secrets never printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _away_from_any_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_defaults_are_enough_without_slack() -> None:
    settings = read_settings()
    assert settings.database_url == "sqlite:///rapporteur.db"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert (settings.host, settings.port) == ("127.0.0.1", 3000)


def test_every_mistake_is_in_one_report(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SLACK_BOT_TOKEN": "xoxp-very-secret",
        "PORT": "99999",
        "DATABASE_URL": "mysql://x/y",
        "LOG_LEVEL": "LOUD",
        "COMMAND_PREFIX": "UN ",
        "SLACK_API_URL": "slack",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    report = str(caught.value)
    for name in ("SLACK_BOT_TOKEN", "PORT", "DATABASE_URL", "LOG_LEVEL", "COMMAND_PREFIX", "SLACK_API_URL"):
        assert name in report
    assert "xoxb-" in report
    assert "very-secret" not in report


def test_what_slack_needs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(for_slack=True)
    assert "SLACK_BOT_TOKEN" in str(caught.value)
    assert "SLACK_SIGNING_SECRET" in str(caught.value)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    assert read_settings(for_slack=True).uses_socket_mode


def test_secrets_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SLACK_BOT_TOKEN": "xoxb-very-secret",
        "SLACK_SIGNING_SECRET": "very-secret",
        "SLACK_APP_TOKEN": "xapp-very-secret",
        "DATABASE_URL": "postgresql://me:very-secret@host/db",
        "SMTP_HOST": "mail.example.org",
        "SMTP_FROM": "rapporteur@example.org",
        "SMTP_USER": "me",
        "SMTP_PASSWORD": "very-secret",
    }.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    for shown in (repr(settings), str(settings), f"{settings}", repr(settings.mail_server())):
        assert "very-secret" not in shown


@pytest.mark.parametrize(
    "url",
    ["http://slack.com/api/", "http://www.slack.com/api", "http://slack-gov.com/api/", "https://me:pw@slack.com/api/"],
)
def test_slack_itself_is_never_asked_in_the_clear(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SLACK_API_URL", url)
    with pytest.raises(SettingsError, match="SLACK_API_URL should") as caught:
        read_settings()
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_uses_the_current_driver(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://me@host/db")
    assert read_settings().database_url == "postgresql+psycopg://me@host/db"


def test_a_file_beside_the_process_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=4321\nSLACK_API_URL=http://127.0.0.1:9/api\n")
    settings = read_settings()
    assert (settings.port, settings.slack_api_url) == (4321, "http://127.0.0.1:9/api/")


def test_the_example_names_every_variable() -> None:
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}
