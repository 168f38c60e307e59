"""What the mission room shows, kept as golden files in English and French and checked by Slack's own limits."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.rooms import find_rooms
from commands.kit.cards import Block, Card
from commands.kit.dates import Season
from commands.kit.names.acts import ActWords
from commands.kit.pages import Page, page_at, page_of
from commands.kit.permission import Who
from commands.mission.rules.audit import Sort
from commands.mission.rules.channels import ChannelProblem
from commands.mission.rules.health import Area, Finding, State
from commands.mission.rules.holidays import DaysOff, Outcome
from commands.mission.rules.setup import Settings
from commands.mission.rules.status import Status, Step
from commands.mission.views import agreement, audit, calendar, health, roles, seasons, setup, status, words
from storage.agencies import Agency
from storage.audit import AuditEntry
from storage.grants import Grant
from storage.outbox.report import FailedMessage
from storage.people import MISSION_ROLES, Person, Role
from tests.golden import LANGUAGES, agrees, nothing_else, shown

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SETTINGS = Settings("UN & partners", "Africa/Juba", (0, 1, 2, 3, 6), time(8), time(16, 30), ("fr", "en"), "C1", "C2")
WFP = Agency(mission_id="T1", id=3, code="WFP <3>", code_key="wfp", name="World Food Programme")
GRANT = Grant(3, Role.ALTERNATE, "U1", NOW, None)
OFFICE = Grant(0, Role.COORDINATOR, "U1", NOW, None)
EID = DaysOff(date(2026, 3, 20), date(2026, 3, 21), "Eid al-Fitr")
RAMADAN = Season(
    "Ramadan & Eid", date(2026, 2, 18), date(2026, 3, 19), frozenset({0, 1, 2, 3, 6}), time(10), time(14, 30)
)
TITLE_LIMIT = 24


def command(name: str) -> str:
    return f"/un-{name}"


def who(role: Role) -> Who:
    return Who("U2", Person(mission_id="T1", user_id="U2", name="U2", seen_at=NOW), frozenset({role}))


def many_days() -> list[DaysOff]:
    first = date(2026, 4, 1)
    return [DaysOff(first + timedelta(days=2 * n), first + timedelta(days=2 * n), f"Day <{n}>") for n in range(45)]


def all_findings() -> list[Finding]:
    """Every sentence health knows, with facts for all of them."""
    facts = {"at": NOW, "count": 3, "missing": ["files:read"], "reason": "token_revoked", "kind": "SQLite"}
    channel = {"setting": "cabinet", "channel": "C1"}
    sentences = {**health._slack_words(), **health._running_words()}
    sentences |= {**health._outbox_words(), **health._channel_words()}
    return [Finding(Area.SLACK, what, State.BAD, {**facts, **channel}) for what in sentences]


def an_audit_page() -> Page[AuditEntry]:
    """The second of three pages."""
    acts = [
        AuditEntry(at=NOW, actor="U2", verb="read", subject_kind="round", subject_id="7"),
        AuditEntry(at=NOW, actor="rapporteur", verb="minutes.<issue>", subject_kind="minutes", subject_id="3"),
        AuditEntry(at=NOW, actor="U2", verb="refused", subject_kind="verb", subject_id="/mission setup"),
        AuditEntry(
            at=NOW,
            actor="U2",
            verb="roles.changed",
            subject_kind="role",
            subject_id="coordinator",
            details={"added": ["U3", "U4"], "removed": ["U5"]},
        ),
        AuditEntry(at=NOW, actor="U2", verb="roles.changed", subject_kind="role", subject_id="a role of old"),
        AuditEntry(at=NOW, actor="U2", verb="mission.changed", subject_kind="mission", subject_id="T1"),
        AuditEntry(at=NOW, actor="U2", verb="email.entered", subject_kind="person", subject_id="U3"),
        AuditEntry(at=NOW, actor="U2", verb="channel.texts_deleted", subject_kind="channel", subject_id="C1"),
        AuditEntry(at=NOW, actor="U2", verb="line.added", subject_kind="line", subject_id="12"),
        AuditEntry(at=NOW, actor="U2", on_behalf_of="U3", verb="roles.agreed", subject_kind="agency", subject_id="3"),
        AuditEntry(
            at=NOW, actor="U2", on_behalf_of="A. <B>", verb="return.answers", subject_kind="return", subject_id="9"
        ),
    ]
    page: Page[AuditEntry] = page_at(45, 1, 20)
    return page.holding(acts)


FAILURES = [
    FailedMessage(7, "chat.postMessage", "C1", "is_archived", NOW),
    FailedMessage(8, "chat.postMessage", "dm:U1", "some_new_code with <detail>", None),
]
STATUS = Status(is_set_up=True, channels_work=False, coordinators=0, agencies=0, holidays=0)
MESSAGES: dict[str, Callable[[], Card]] = {
    "not-set-up-admin": lambda: status.not_set_up_card(may=True, admins=[], command=command),
    "not-set-up-member": lambda: status.not_set_up_card(may=False, admins=["U1", "U2"], command=command),
    "not-set-up-nobody": lambda: status.not_set_up_card(may=False, admins=[], command=command),
    "status": lambda: status.status_card(SETTINGS, STATUS, list(Step)[1:], is_admin=True, command=command),
    "audit-exported": lambda: audit.exported_card(1, 1),
    "audit-exported-in-part": lambda: audit.exported_card(20_000, 31_000),
    "agreement-question": lambda: agreement.question_card(GRANT, WFP, who(Role.COORDINATOR), command),
    "agreement-question-mission": lambda: agreement.question_card(OFFICE, None, who(Role.ADMIN), command),
    "agreement-question-coordinator": lambda: agreement.question_card(OFFICE, None, who(Role.COORDINATOR), command),
    "agreement-question-admin": lambda: agreement.question_card(
        Grant(0, Role.ADMIN, "U1", NOW, None), None, who(Role.COORDINATOR), command
    ),
    "agreement-agreed": lambda: agreement.answered_card(Role.ALTERNATE, WFP, "U1", "U2"),
    "agreement-taken-back": lambda: agreement.answered_card(Role.ALTERNATE, WFP, "U1", None),
    "agreement-passed": lambda: agreement.passed_card(GRANT, WFP),
    "own-role-asked": lambda: agreement.own_card(Role.ALTERNATE, WFP, ["U2", "U3"], command),
    "own-role-nobody": lambda: agreement.own_card(Role.COORDINATOR, None, [], command),
    "own-role-agreed": lambda: agreement.agreed_card(Role.ALTERNATE, WFP, "U2"),
    "welcome": lambda: setup.welcome_card("UN & partners", command),
    "channel-trouble": lambda: setup.channel_trouble_card(
        setup.ChannelTrouble("cabinet", "C1", words.channel_advice(ChannelProblem.NOT_MEMBER))
    ),
    "channel-good": lambda: setup.channel_good_card("coordinators", "C2"),
    "roles": lambda: roles.roles_card({Role.ADMIN: ["U1"], Role.COORDINATOR: ["U2", "U3"]}, is_admin=True),
    "roles-waiting": lambda: roles.roles_card(
        {Role.ADMIN: ["U1"], Role.COORDINATOR: ["U2", "U3"]}, {(Role.COORDINATOR, "U3")}, is_admin=False
    ),
    "person": lambda: roles.person_card("U1", list(MISSION_ROLES), [("WFP", [Role.FOCAL_POINT, Role.ALTERNATE])]),
    "person-waiting": lambda: roles.person_card(
        "U1",
        [Role.OBSERVER, Role.DUTY_OFFICER],
        [("WFP", [Role.FOCAL_POINT, Role.ALTERNATE])],
        {("", Role.DUTY_OFFICER), ("WFP", Role.ALTERNATE)},
    ),
    "person-without": lambda: roles.person_card("U1", [], []),
    "granted": lambda: roles.granted_card([Role.COORDINATOR, Role.DUTY_OFFICER], "U1", "UN & partners", command),
    "health": lambda: health.health_card(all_findings(), FAILURES, is_admin=True, command=command, notice="Done."),
}
FORMS: dict[str, Callable[[], Block]] = {
    "setup-first": lambda: setup.setup_form(
        Settings("", "UTC", (0, 1, 2, 3, 4), time(9), time(17), ("en",), None, None), first_time=True
    ),
    "setup-again": lambda: setup.setup_form(SETTINGS, first_time=False),
    "setup-saved": lambda: setup.setup_saved(SETTINGS, ["cabinet"], first_time=True, command=command),
    "roles-form": lambda: roles.roles_form({Role.ADMIN: ["U1"], Role.OBSERVER: ["U2"]}, "0123456789abcdef"),
    "calendar": lambda: calendar.calendar_view(
        SETTINGS, [EID], number=1, past=2, is_admin=True, notice=calendar.outcome_text(Outcome({}, 2, 1, 1))
    ),
    "calendar-empty": lambda: calendar.calendar_view(SETTINGS, [], number=9, past=0, is_admin=False),
    "calendar-page": lambda: calendar.calendar_view(SETTINGS, many_days(), number=2, past=0, is_admin=True),
    "audit": lambda: audit.audit_form(
        audit.Look(Sort.READ, "U2", 1), an_audit_page(), find_rooms().act_words(), ZoneInfo("Africa/Juba")
    ),
    "audit-nothing": lambda: audit.audit_form(audit.Look(), page_of([], 0, 20), ActWords(), ZoneInfo("Africa/Juba")),
    "calendar-add": calendar.add_form,
    "calendar-paste": calendar.paste_form,
    "calendar-season": lambda: calendar.calendar_view(
        SETTINGS, [EID], number=1, past=0, is_admin=True, seasons=[RAMADAN]
    ),
    "season": lambda: seasons.season_form(SETTINGS),
}
HOMES: dict[str, Callable[[], list[Block]]] = {
    "home-before": lambda: status.home_before(may=True, admins=[], command=command),
}
VIEWS = {**MESSAGES, **FORMS, **HOMES}


@LANGUAGES
@pytest.mark.parametrize("name", VIEWS)
def test_views(name: str, language: str) -> None:
    agrees(GOLDEN, name, language, shown(VIEWS[name], language))


def test_every_golden_file_is_of_a_view() -> None:
    nothing_else(GOLDEN, VIEWS)


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ((0, 1, 2, 3, 4), "Monday to Friday"),
        ((0, 1, 2, 3, 6), "Sunday to Thursday"),
        ((0, 2, 4), "Monday, Wednesday, Friday"),
        ((0, 6), "Sunday, Monday"),
        ((5,), "Saturday"),
        (tuple(range(7)), "every day"),
    ],
)
def test_a_working_week_reads_as_people_say_it(days: tuple[int, ...], text: str) -> None:
    assert words.week(days) == text


def test_a_name_with_slack_code_in_it_stays_text() -> None:
    card = setup.welcome_card("<!channel> & co", command)
    assert "<!channel>" not in card.text
    assert "&lt;!channel&gt; &amp; co" in card.text
    shown = json.dumps(
        calendar.calendar_view(SETTINGS, [DaysOff(EID.first, EID.first, "<!here>")], number=1, past=0, is_admin=False)
    )
    assert "<!here>" not in shown
