"""Where the mission stands: the answer to `/mission`, and the room's part of App Home."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from commands.kit.cards import Block, Card, actions, button, channel_link, escape, header, mention, section
from commands.kit.front.things import Press, Wait
from commands.kit.names.roles import role_name
from commands.kit.times.zones import zone_label
from commands.kit.words import _, current_language, ngettext, pgettext
from commands.mission.rules.setup import Settings
from commands.mission.rules.status import Status, Step
from commands.mission.views.words import hours, labelled, language_name, setting_name, week
from storage.people import Role
from storage.subjects import Subject

Spell = Callable[[str], str]


def not_set_up_card(*, may: bool, admins: Sequence[str], command: Spell) -> Card:
    """What `/mission` says before the setup."""
    text = _before_text(may=may, admins=admins, command=command)
    blocks = [section(text)]
    if may:
        blocks.append(actions(button(_("Set up"), "mission:setup", style="primary")))
    return Card(text, tuple(blocks))


def _before_text(*, may: bool, admins: Sequence[str], command: Spell) -> str:
    what = _(
        "I ask every agency of the mission for its update, show who has answered and who owes, "
        "and give the cabinet one digest to read."
    )
    if may:
        return f"{what} {_('Set me up first: name, time zone, working week, languages and two channels.')}"
    setup = f"`{command('mission')} setup`"
    names = ", ".join(mention(user) for user in admins)
    if not names:
        text = _("I am not set up yet. A workspace admin can do it with {command}.")
    else:
        text = _("I am not set up yet. One of these workspace admins can do it with {command}: {admins}.")
    return f"{what} {text.format(command=setup, admins=names)}"


def home_before(*, may: bool, admins: Sequence[str], command: Spell) -> list[Block]:
    """App Home before the setup."""
    card = not_set_up_card(may=may, admins=admins, command=command)
    return [header(_("Welcome")), *card.blocks]


def trouble_wait(count: int, subject: Subject) -> Wait:
    """One line for admins when something does not work."""
    text = ngettext(
        "*{count} thing does not work as it should.*", "*{count} things do not work as they should.*", count
    ).format(count=count)
    return Wait(None, text, Press(_("See health"), "mission:health"), subject)


def status_card(settings: Settings, status: Status, left: Sequence[Step], *, is_admin: bool, command: Spell) -> Card:
    """What `/mission` says once the mission is set up."""
    summary = "\n".join(_setting_lines(settings, status))
    blocks = [header(settings.name), section(summary)]
    steps = "\n".join(f"• {_step_text(step, command)}" for step in left)
    if steps:
        blocks.append(section(f"*{_('What is missing')}*\n{steps}"))
    blocks.append(actions(*_buttons(is_admin=is_admin)))
    return Card("\n".join(filter(None, [escape(settings.name), summary, steps])), tuple(blocks))


def _setting_lines(settings: Settings, status: Status) -> list[str]:
    assert settings.start is not None
    assert settings.end is not None
    rows = [
        (_("Time zone"), zone_label(settings.zone, current_language())),
        (_("Working week"), f"{week(settings.days)}, {hours(settings.start, settings.end)}"),
        (_("Languages"), ", ".join(language_name(code) for code in settings.languages)),
        (setting_name("cabinet"), _channel(settings.cabinet)),
        (setting_name("coordinators"), _channel(settings.coordinators)),
        (_("Agencies"), str(status.agencies)),
        (_("Days off entered"), str(status.holidays)),
    ]
    return [labelled(name, value) for name, value in rows]


def _channel(chosen: str | None) -> str:
    return channel_link(chosen) if chosen else pgettext("channel", "none")


def _step_text(step: Step, command: Spell) -> str:
    mission, agency = command("mission"), command("agency")
    return {
        Step.SET_UP: _("Set the mission up: {command}").format(command=f"`{mission} setup`"),
        Step.CHANNELS: _("I cannot use one of the two channels. See why: {command}").format(
            command=f"`{mission} health`"
        ),
        Step.COORDINATOR: _("Nobody is {role} yet. Name somebody: {command}").format(
            role=role_name(Role.COORDINATOR), command=f"`{mission} roles`"
        ),
        Step.AGENCIES: _("There are no agencies yet. Add them: {command}").format(command=f"`{agency} import`"),
        Step.HOLIDAYS: _("No days off are entered: {command}").format(command=f"`{mission} calendar`"),
    }[step]


def _buttons(*, is_admin: bool) -> list[Block]:
    buttons = [
        button(_("Roles"), "mission:roles"),
        button(_("Calendar"), "mission:calendar"),
        button(_("Health"), "mission:health"),
    ]
    return [button(_("Change the setup"), "mission:setup"), *buttons] if is_admin else buttons
