"""First contact and upkeep: setting the mission up, its roles, its calendar, its health."""

from __future__ import annotations

from datetime import timedelta

from commands.kit.demo import Demo
from commands.kit.owed.telling import put_off
from commands.kit.permission import ADMIN
from commands.kit.room import CatchUp, Command, HomeCard, Room, Schedule, Sub, Verb
from commands.mission import demo
from commands.mission.handlers import (
    agreement,
    audit,
    calendar,
    channels,
    clock,
    exposure,
    health,
    roles,
    seasons,
    setup,
)
from commands.mission.rules.audit import AUDITORS
from commands.mission.views import acts
from commands.mission.views.calendar import FILE

ROOM = Room(
    name="mission",
    summary="The mission itself: its settings, roles, calendar and health.",
    commands=(
        Command(
            name="/mission",
            summary="Sets the mission up and shows how it stands",
            start=Verb(setup.start, before_set_up=True, reads_only=True),
            start_summary="Shows what is set up and what is missing.",
            subs=(
                Sub(
                    "setup",
                    "",
                    "Sets name, time zone, working week, languages and channels.",
                    Verb(setup.open_setup, ADMIN, before_set_up=True, reads_only=True),
                ),
                Sub(
                    "roles",
                    "[@person]",
                    "Shows who holds which role, or what one person is; admins change it.",
                    Verb(roles.show_roles, reads_only=True),
                ),
                Sub(
                    "calendar",
                    "",
                    "Shows the working week and the days off; admins change them.",
                    Verb(calendar.open_calendar, reads_only=True),
                ),
                Sub(
                    "health",
                    "",
                    "Says what works, what does not, and what to do about it.",
                    Verb(health.show_health, before_set_up=True, reads_only=True),
                ),
                Sub(
                    "audit",
                    "",
                    "Shows who did what: exports, refusals, Confidential texts that were opened.",
                    Verb(audit.show, AUDITORS, reads_only=True),
                ),
            ),
        ),
    ),
    actions={
        "setup": Verb(setup.open_setup, ADMIN, before_set_up=True, reads_only=True),
        "channel": Verb(setup.choose_channel, ADMIN, before_set_up=True, reads_only=True),
        "recheck": Verb(channels.recheck, ADMIN),
        "roles": Verb(roles.show_roles, reads_only=True),
        "roles-form": Verb(roles.open_roles, ADMIN, reads_only=True),
        "person": Verb(roles.choose_people, ADMIN, reads_only=True),
        "agree": Verb(agreement.agree),
        "disagree": Verb(agreement.disagree),
        "delete-texts": Verb(exposure.delete_texts),
        "audit-page": Verb(audit.turn_page, AUDITORS, reads_only=True),
        "audit-export": Verb(audit.export, AUDITORS, prepares=audit.prepare_export),
        "calendar": Verb(calendar.open_calendar, reads_only=True),
        "add": Verb(calendar.open_add, ADMIN, reads_only=True),
        "paste": Verb(calendar.open_paste, ADMIN, reads_only=True),
        "remove": Verb(calendar.remove, ADMIN),
        "season": Verb(seasons.open_season, ADMIN, reads_only=True),
        "season-remove": Verb(seasons.remove_season, ADMIN),
        "health": Verb(health.show_health, before_set_up=True, reads_only=True),
        "retry": Verb(health.retry, ADMIN),
        "owed-later": Verb(put_off),
    },
    forms={
        "setup": Verb(setup.save_setup, ADMIN, before_set_up=True),
        "roles": Verb(roles.save_roles, ADMIN),
        "audit": Verb(audit.search, AUDITORS, reads_only=True),
        "add": Verb(calendar.save_added, ADMIN),
        "paste": Verb(calendar.save_pasted, ADMIN, fetches=FILE),
        "season": Verb(seasons.save_season, ADMIN),
    },
    options={"zone": Verb(setup.offer_zones, ADMIN, before_set_up=True, reads_only=True)},
    events={"member_joined_channel": channels.invited},
    schedules={"clock": Schedule(timedelta(hours=1), clock.look_at_rules, CatchUp.ONCE)},
    results={
        "channel-checked": channels.channel_checked,
        "joined": channels.joined,
        "text-deleted": exposure.text_deleted,
    },
    drawings={
        "alarm": health.draw_alarm,
        "agreement": agreement.draw_question,
        "own-role": agreement.draw_own,
    },
    follows={
        "roles.changed": (agreement.ask, "roles"),
        "agency.people": (agreement.ask, "agency"),
    },
    waits={"trouble": health.trouble_waiting, "roles": agreement.waiting},
    tells={"roles": agreement.follow_roles, "agency": agreement.follow_agency},
    home=HomeCard(order=0, draw=health.draw_home),
    acts=acts.words,
    demo=Demo(10, demo.prepare),
)
