"""E-mails leave once, to a real mail server: refusals, a server that is down, a line cut after the text, TLS."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock.heartbeat import heartbeat
from bot.delivery.email import Emails
from bot.delivery.slack import Permanent, Transient
from bot.delivery.smtp import MailServer
from bot.settings import Settings, SettingsError, read_settings
from bot.tools.doctor import examine
from commands.kit.cards import Card
from commands.kit.mail import mail, mail_is_set_up, mail_person
from commands.kit.post import tell
from commands.kit.work import Work
from storage import outbox
from storage.database import Database
from storage.mail import set_address
from storage.missions import get_mission
from storage.outbox import Claimed, OutboxRow
from storage.subjects import Key
from tests.mail_server import PASSWORD, USER, Post, a_certificate, a_mail_server, free_port
from tests.world import World

NOW = datetime(2026, 11, 24, 22, 10, tzinfo=UTC)
TO = "duty.officer@example.org"


@pytest.fixture
def server() -> Iterator[Post]:
    with a_mail_server() as server:
        yield server


def writes(database: Database, key: str = "e1", subject: str = "An escalation waits for you") -> None:
    with database.transaction() as session:
        work = Work(session, get_mission(session, "T1"), NOW)
        mail(work, TO, subject, "Ouvrez Slack: référence ESC-12.\n.\nLa fin.", key=key)


def claims(database: Database, at: datetime = NOW) -> Claimed:
    with database.transaction() as session:
        [row] = outbox.claim(session, "w1", at, 1)
    return row


def test_an_e_mail_says_what_it_must_and_answers_to_no_machine(sqlite_database: Database, server: Post) -> None:
    writes(sqlite_database, subject="Line one\nBcc: everybody@example.org")
    writes(sqlite_database)
    row = claims(sqlite_database)
    outcome = Emails(sqlite_database, server.server, lambda: NOW).send(row)
    [came] = server.mails
    assert came["Message-ID"] == outcome["message_id"]
    assert (came["From"], came["To"]) == ("Rapporteur <rapporteur@example.org>", TO)
    assert came["Subject"] == "Line one Bcc: everybody@example.org"
    assert came["Bcc"] is None
    assert came["Auto-Submitted"] == "auto-generated"
    assert came.get_content().replace("\r\n", "\n").rstrip() == "Ouvrez Slack: référence ESC-12.\n.\nLa fin."


def test_what_is_refused_before_or_after_the_text_is_told_apart(sqlite_database: Database, server: Post) -> None:
    writes(sqlite_database)
    emails = Emails(sqlite_database, server.server, lambda: NOW)
    row = claims(sqlite_database)
    for answer, kind, code in [
        ("450 4.2.1 try later", Transient, "smtp_450"),
        ("550 5.1.1 <duty.officer@example.org> unknown", Permanent, "smtp_550"),
    ]:
        for step in ("rcpt", "data"):
            setattr(server, step, answer)
            with pytest.raises(kind) as refused:
                emails.send(row)
            setattr(server, step, "")
            assert refused.value.code == code
            assert "@" not in refused.value.detail
    assert server.mails == []
    emails.send(row)
    assert len(server.mails) == 1


def test_a_server_that_is_down_is_tried_for_a_day(sqlite_database: Database) -> None:
    nobody = MailServer("127.0.0.1", free_port(), "rapporteur@example.org", "none", seconds=2)
    writes(sqlite_database)
    row = claims(sqlite_database)
    with pytest.raises(Transient, match="smtp_connection") as trouble:
        Emails(sqlite_database, nobody, lambda: NOW).send(row)
    assert not trouble.value.uncertain
    with pytest.raises(Permanent, match="smtp_connection"):
        Emails(sqlite_database, nobody, lambda: NOW + timedelta(hours=25)).send(row)
    with pytest.raises(Permanent, match="mail_not_set_up"):
        Emails(sqlite_database, None, lambda: NOW).send(row)
    row.handling = "confidential"
    with pytest.raises(Permanent, match="handling"):
        Emails(sqlite_database, nobody, lambda: NOW).send(row)


def test_a_worker_that_dies_after_the_text_left_sends_no_second_one(sqlite_database: Database, server: Post) -> None:
    writes(sqlite_database)
    row = claims(sqlite_database)
    server.server.deliver(TO, b"Subject: first\r\n\r\n", lambda: noted(sqlite_database, row))
    later = NOW + timedelta(minutes=2)
    again = claims(sqlite_database, later)
    assert again.uncertain
    with pytest.raises(Permanent, match="mail_unknown"):
        Emails(sqlite_database, server.server, lambda: later).send(again)
    assert server.subjects == ["first"]


def test_a_worker_that_dies_before_the_text_left_sends_it_later(sqlite_database: Database, server: Post) -> None:
    writes(sqlite_database)
    claims(sqlite_database)
    later = NOW + timedelta(minutes=2)
    again = claims(sqlite_database, later)
    assert again.uncertain
    Emails(sqlite_database, server.server, lambda: later).send(again)
    assert len(server.mails) == 1


def noted(database: Database, row: OutboxRow) -> None:
    """What a worker writes down before the text leaves."""
    with database.transaction() as session:
        assert outbox.renew(session, row.id, "w1", NOW, outcome={"text_left": True})


def test_tls_is_checked_and_never_left_out(sqlite_database: Database, tmp_path: Path, server: Post) -> None:
    certificate = a_certificate(tmp_path)
    trust = ssl.create_default_context(cafile=certificate[0])
    writes(sqlite_database)
    row = claims(sqlite_database)
    with a_mail_server(certificate=certificate, login=True) as secure:
        well = replace(secure.server, security="starttls", trust=trust, user=USER, password=PASSWORD)
        well.check()
        Emails(sqlite_database, well, lambda: NOW).send(row)
        assert len(secure.mails) == 1
        for server_of, kind, code in [
            (replace(well, trust=None), Transient, "smtp_tls"),
            (replace(well, password="wrong"), Permanent, "smtp_535"),
            (replace(well, user="", password=""), Permanent, "smtp_530"),
        ]:
            with pytest.raises(kind, match=code):
                Emails(sqlite_database, server_of, lambda: NOW).send(row)
        assert len(secure.mails) == 1
    with pytest.raises(Permanent, match="smtp_not_supported"):
        Emails(sqlite_database, replace(server.server, security="starttls"), lambda: NOW).send(row)
    assert server.mails == []


def test_settings_that_cannot_work_are_told(monkeypatch: pytest.MonkeyPatch, server: Post) -> None:
    for name, value in {"HOST": "mail.example.org", "USER": "r", "SECURITY": "none"}.items():
        monkeypatch.setenv(f"SMTP_{name}", value)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert "SMTP_FROM is missing" in str(refused.value)
    assert "set starttls or tls" in str(refused.value)
    monkeypatch.setenv("SMTP_FROM", "not an address")
    with pytest.raises(SettingsError, match="SMTP_FROM should be an address"):
        read_settings()


@pytest.mark.parametrize("works", [True, False])
def test_doctor_says_whether_the_mail_server_takes_anything(server: Post, works: bool, tmp_path: Path) -> None:
    port = server.server.port if works else free_port()
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        database_url=f"sqlite:///{tmp_path}/mission.db",
        slack_api_url="http://127.0.0.1:1/",
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_from="rapporteur@example.org",
        smtp_security="none",
    )
    [found] = [one for one in examine(settings) if "mail server" in one.what]
    assert found.well == works
    assert works or "smtp_connection" in str(found)


def test_an_e_mail_leaves_while_slack_is_down_and_a_doubtful_one_waits_for_a_person(world: World, server: Post) -> None:
    admin, officer = world.person("Chief of staff"), world.user_id("Cabinet secretary")
    world.delivery.mail = world.product.mail = server.server
    heartbeat(world.product, "w1")
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        assert mail_is_set_up(work)
        assert mail_person(work, officer, "s", "t", key=Key("none")) == "mail_no_address"
        set_address(session, world.mission_id, officer, TO, officer, world.now)
        tell(work, officer, Card("in Slack"), key=Key("in-slack"))
        assert mail_person(work, officer, "first", "t", key=Key("by-mail")) is None
    world.workspace.fault("*", "500", count=1000)
    world.delivery.drain()
    assert server.subjects == ["first"]
    world.workspace.wire.post("faults/clear")
    with world.database() as session:
        work = Work(session, get_mission(session, world.mission_id), world.now)
        work.mission.paused_reason, work.mission.paused_until = "token_revoked", world.now + timedelta(minutes=1)
        assert mail_person(work, officer, "second", "t", key=Key("by-mail-2")) is None
    server.cut = True
    world.delivery.drain()
    assert server.subjects == ["first", "second"]
    server.cut = False
    world.pass_time(minutes=5)
    assert server.subjects == ["first", "second"]
    alarm = next(one for one in admin.messages(in_="Rapporteur") if "An e-mail could not be delivered" in one.text)
    assert "@Cabinet secretary: the line to the mail server broke before it answered; it may have arrived" in alarm.text
    alarm.press("Send again")
    world.settle()
    assert server.subjects == ["first", "second", "second"]
    with world.database() as session:
        ids = [row.outcome for row in session.scalars(select(OutboxRow).where(OutboxRow.method == outbox.EMAIL))]
    assert [str(one["Message-ID"]) for one in server.mails[1:]] == [ids[1]["message_id"]] * 2  # type: ignore[index]
