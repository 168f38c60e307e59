"""Setting a mission up and changing its settings."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.permission import ADMIN
from commands.kit.post import refresh_home
from commands.kit.refused import RefusedFields
from commands.kit.times.zones import is_zone, search_zones
from commands.kit.words import available_languages, current_language
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, Work
from commands.mission.handlers.channels import check_channel, problem_of, read_if_unknown, welcome
from commands.mission.handlers.clock import zone_changed
from commands.mission.handlers.status import status_of
from commands.mission.rules.channels import UNCERTAIN, ChannelProblem
from commands.mission.rules.setup import Settings, apply_settings, check_settings, settings_of
from commands.mission.rules.status import missing
from commands.mission.views.setup import setup_form, setup_saved
from commands.mission.views.status import not_set_up_card, status_card
from commands.mission.views.words import channel_advice
from storage.people import Role, all_grants, people_with_home, set_holders, workspace_admins

ADMINS_NAMED = 5


def start(request: Request) -> Answer:
    """What is set up and what is missing."""
    is_admin = ADMIN.is_met_by(request.who)
    if request.mission.set_up_at is None:
        card = not_set_up_card(may=is_admin, admins=admins_named(request), command=request.command)
        return Answer(say=card)
    status = status_of(request)
    settings = settings_of(request.mission)
    return Answer(say=status_card(settings, status, missing(status), is_admin=is_admin, command=request.command))


def admins_named(work: Work) -> list[str]:
    """A few people who can set the mission up."""
    return [person.user_id for person in workspace_admins(work.session, work.mission.id)[:ADMINS_NAMED]]


def open_setup(request: Request) -> Answer:
    """The setup form, filled with what the mission has; at first with the zone of the person who opens it."""
    settings = settings_of(request.mission)
    first_time = request.mission.set_up_at is None
    if first_time and is_zone(request.who.person.zone):
        settings = replace(settings, zone=request.who.person.zone)
    return Answer(form=setup_form(settings, first_time=first_time))


def offer_zones(request: Request) -> Answer:
    """Zones for what was typed."""
    return Answer(options=tuple(search_zones(request.query, current_language())))


def choose_channel(request: Request) -> Answer:
    """A channel was chosen in the open form: ask Slack about it now, so that Save can tell what is wrong."""
    for setting in ("cabinet", "coordinators"):
        channel = request.fields.channel(setting)
        if channel:
            read_if_unknown(request, channel)
    return NOTHING_TO_SAY


def save_setup(request: Request) -> Answer:
    """Check and save the form."""
    wanted = _read_form(request)
    problems = _channel_problems(request, wanted)
    certain = {name: channel_advice(problem) for name, problem in problems.items() if problem not in UNCERTAIN}
    errors = check_settings(wanted, certain)
    if errors:
        raise RefusedFields(errors)
    first_time = request.mission.set_up_at is None
    changes = apply_settings(request.mission, wanted)
    if first_time:
        request.mission.set_up_at = request.now
        _make_admin(request)
    if first_time or changes:
        request.record(
            "mission.set_up" if first_time else "mission.changed", ("mission", request.mission.id), changes=changes
        )
    kept = zone_changed(request) if "zone" in changes and not first_time else []
    for setting in problems:
        check_channel(request, _channel(wanted, setting), request.who.user_id)
    if "coordinators" not in problems:
        welcome(request)
    if first_time:
        refresh_home(request, people_with_home(request.session, request.mission.id))
    view = setup_saved(wanted, list(problems), first_time=first_time, command=request.command, kept=kept)
    return Answer(update=view)


def _read_form(request: Request) -> Settings:
    fields = request.fields
    main = fields.choice("language") or available_languages()[0]
    others = [code for code in fields.choices("languages") if code != main]
    return Settings(
        name=fields.text("name"),
        zone=fields.choice("zone") or "",
        days=tuple(sorted(int(day) for day in fields.choices("days"))),
        start=fields.time_of_day("start"),
        end=fields.time_of_day("end"),
        languages=(main, *others),
        cabinet=fields.channel("cabinet"),
        coordinators=fields.channel("coordinators"),
        abuse=" ".join(fields.text("abuse").split()),
    )


def _channel(wanted: Settings, setting: str) -> str:
    return (wanted.cabinet if setting == "cabinet" else wanted.coordinators) or ""


def _channel_problems(request: Request, wanted: Settings) -> dict[str, ChannelProblem]:
    chosen = {setting: _channel(wanted, setting) for setting in ("cabinet", "coordinators")}
    found = {setting: problem_of(request, channel) for setting, channel in chosen.items() if channel}
    return {setting: problem for setting, problem in found.items() if problem is not None}


def _make_admin(request: Request) -> None:
    """Whoever sets the mission up first is its first admin; an admin can change that under roles."""
    held = all_grants(request.session, request.mission.id).get(Role.ADMIN, [])
    user = request.who.user_id
    added, _removed = set_holders(request.session, request.mission.id, Role.ADMIN, [*held, user], user, request.now)
    if added:
        request.record("roles.changed", ("role", Role.ADMIN.value), added=sorted(added), removed=[])
