"""The form that sets a mission up, and what follows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from commands.kit import forms
from commands.kit.cards import Block, Card, actions, button, channel_link, context, escape, option, section, sections
from commands.kit.times.rhythm import weekday_options
from commands.kit.times.zones import zone_label, zone_option
from commands.kit.words import _, available_languages, current_language
from commands.mission.rules.setup import ABUSE_LIMIT, NAME_LIMIT, Settings
from commands.mission.views.words import BOT_NAME, labelled, language_name, setting_name


def setup_form(settings: Settings, *, first_time: bool) -> Block:
    """The whole setup in one form, filled with what the mission has."""
    intro = (
        _("This takes a minute. Everything can be changed later with the same form.")
        if first_time
        else _("Changes count from now on. With another time zone, what is planned keeps its local time.")
    )
    blocks = [section(intro), *_identity(settings), *_week(settings), *_languages(settings), *_channels(settings)]
    return forms.modal("mission:setup", _("Set up the mission"), blocks, submit=_("Save"), close=_("Cancel"))


def _identity(settings: Settings) -> list[Block]:
    zone = zone_option(settings.zone, current_language())
    return [
        forms.field_block("name", _("Name of the mission"), forms.text_input(initial=settings.name, most=NAME_LIMIT)),
        forms.field_block(
            "zone",
            _("Time zone"),
            forms.external_select("mission:zone", initial=zone, placeholder=_("City, country or offset")),
            hint=_("Deadlines are meant in this zone. Everybody also sees them in their own."),
        ),
    ]


def _week(settings: Settings) -> list[Block]:
    chosen = [str(day) for day in settings.days]
    return [
        forms.field_block("days", _("Working days"), forms.checkboxes(weekday_options(), initial=chosen)),
        forms.field_block("start", _("The working day begins"), forms.time_input(initial=settings.start)),
        forms.field_block(
            "end",
            _("The working day ends"),
            forms.time_input(initial=settings.end),
            hint=_("I write to people in their working hours. Days off are entered in the calendar."),
        ),
    ]


def _languages(settings: Settings) -> list[Block]:
    offered = [option(language_name(code), code) for code in available_languages()]
    return [
        forms.field_block(
            "language",
            _("Main language"),
            forms.radio(offered, initial=settings.languages[0]),
            hint=_("For what I write in channels."),
        ),
        forms.field_block(
            "languages",
            _("I also write to people in"),
            forms.checkboxes(offered, initial=settings.languages),
            hint=_("Each person gets their own language of these, as set in their Slack."),
            optional=True,
        ),
    ]


def _channels(settings: Settings) -> list[Block]:
    return [
        forms.field_block(
            "cabinet",
            setting_name("cabinet"),
            forms.channel_select(initial=settings.cabinet, action="mission:channel"),
            hint=_("Where the cabinet reads digests and papers. Private for Confidential ones; invite me there first."),
            acts=True,
        ),
        forms.field_block(
            "coordinators",
            setting_name("coordinators"),
            forms.channel_select(initial=settings.coordinators, action="mission:channel"),
            hint=_("Where coordinators see who has answered and who owes."),
            acts=True,
        ),
        forms.field_block(
            "abuse",
            _("Where sexual exploitation and abuse is reported"),
            forms.text_input(
                initial=settings.abuse, most=ABUSE_LIMIT, placeholder=_("A web address, a telephone, a team")
            ),
            hint=_("Told to whoever writes about it here, where it must not stand."),
            optional=True,
        ),
    ]


def setup_saved(
    settings: Settings,
    checking: Sequence[str],
    *,
    first_time: bool,
    command: Callable[[str], str],
    kept: Sequence[str] = (),
) -> Block:
    """What the person sees after saving.

    `checking` names the settings whose channel Slack is still asked about; `kept` says what keeps its local time in
    another zone.
    """
    blocks = [
        section(
            _("*{name}* is set up: {zone}.").format(
                name=escape(settings.name), zone=escape(zone_label(settings.zone, current_language()))
            )
        )
    ]
    blocks += _kept_times(kept)
    for setting in checking:
        channel = settings.cabinet if setting == "cabinet" else settings.coordinators
        text = _("{setting} {channel}: I am asking Slack whether I can use it. If I cannot, I will write to you.")
        blocks.append(section(text.format(setting=setting_name(setting), channel=channel_link(channel or ""))))
    if first_time:
        blocks.append(section(_("You are now an admin of the mission in {bot}.").format(bot=BOT_NAME)))
        blocks.append(section(next_steps(command)))
    blocks.append(
        actions(
            button(_("Name roles"), "mission:roles-form"),
            button(_("Days off"), "mission:calendar"),
            block_id="next",
        )
    )
    return forms.modal("mission:done", _("Saved"), blocks, close=_("Close"))


def _kept_times(kept: Sequence[str]) -> list[Block]:
    if not kept:
        return []
    lead = _("These keep their local time in the new zone, and those concerned are told:")
    back = _("If that was not meant, save the former zone again: everything that has not come yet goes back.")
    return [*sections("\n".join([lead, *(f"• {line}" for line in kept)])), context(back)]


def next_steps(command: Callable[[str], str]) -> str:
    """What comes after the setup, as a list."""
    steps = [
        _("Add the agencies: {command}").format(command=f"`{command('agency')} import`"),
        _("Name coordinators and other roles: {command}").format(command=f"`{command('mission')} roles`"),
        _("Enter the mission's days off: {command}").format(command=f"`{command('mission')} calendar`"),
        _("Ask the agencies for their first update: {command}").format(command=f"`{command('update')} round`"),
    ]
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))


def welcome_card(name: str, command: Callable[[str], str]) -> Card:
    """The first message in the coordinator channel."""
    hello = _("Hello. I am Rapporteur, and {name} is now set up.").format(name=f"*{escape(name)}*")
    here = _("In this channel I show who has sent their update and who owes it. What comes next:")
    text = f"{hello} {here}\n{next_steps(command)}"
    help_line = _("Every command explains itself: type {command}.").format(command=f"`{command('update')} help`")
    return Card(text, (section(f"{hello} {here}"), section(next_steps(command)), context(help_line)))


@dataclass(frozen=True, slots=True)
class ChannelTrouble:
    """A channel of the setup that cannot be used: which setting, which channel, why and what to do."""

    setting: str
    channel: str
    advice: str


def channel_trouble_card(trouble: ChannelTrouble) -> Card:
    """Told to the admin who chose a channel that turned out to be unusable."""
    text = labelled(f"{setting_name(trouble.setting)} {channel_link(trouble.channel)}", trouble.advice)
    again = button(_("Check again"), "mission:recheck", trouble.channel)
    other = button(_("Choose another channel"), "mission:setup")
    return Card(text, (section(text), actions(again, other)))


def channel_good_card(setting: str, channel: str) -> Card:
    """Told to the admin when a channel that was checked again can be used."""
    text = _("{setting} {channel}: this works now.").format(
        setting=setting_name(setting), channel=channel_link(channel)
    )
    return Card(text, (section(text),))
