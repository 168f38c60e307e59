"""What works and what does not, in plain words, each trouble with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from commands.kit.cards import Card, actions, button, channel_link, escape, header, mention, moment, section
from commands.kit.names.reasons import reason_text
from commands.kit.words import _, ngettext, pgettext
from commands.mission.rules.channels import ChannelProblem
from commands.mission.rules.health import Area, Finding, State, troubles
from commands.mission.views.words import channel_advice, setting_name
from storage.outbox.report import FailedMessage

MIGRATE = "python -m bot migrate"
START_WORKER = "python -m bot worker"
DOCTOR = "python -m bot doctor"
Spell = Callable[[str], str]


def health_card(
    findings: Sequence[Finding],
    failures: Sequence[FailedMessage],
    *,
    is_admin: bool,
    command: Spell,
    notice: str = "",
) -> Card:
    """Everything health knows. Admins get a button to send each failed message again."""
    lines = [_line(finding, command) for finding in findings]
    headline = _headline(len(troubles(findings)))
    blocks = [section(notice)] if notice else []
    blocks += [header(headline), *(section(line) for line in lines)]
    failed = [_failure_text(failure) for failure in failures]
    for failure, text in zip(failures, failed, strict=True):
        again = button(_("Send again"), f"mission:retry:{failure.id}", str(failure.id)) if is_admin else None
        blocks.append(section(text, accessory=again))
    blocks.append(actions(button(_("Look again"), "mission:health")))
    return Card("\n".join(filter(None, [notice, headline, *lines, *failed])), tuple(blocks))


def _headline(count: int) -> str:
    if not count:
        return _("Everything works")
    text = ngettext("{count} thing does not work as it should", "{count} things do not work as they should", count)
    return text.format(count=count)


def _line(finding: Finding, command: Spell) -> str:
    state = _state(finding.state)
    what, advice = words(finding, command)
    line = _("*{area}* ({state}): {what}").format(area=_area(finding.area), state=state, what=what)
    return line + "\n" + _("What to do: {advice}").format(advice=advice) if advice else line


def _state(state: State) -> str:
    return {
        State.GOOD: pgettext("part of the product", "works"),
        State.NOTE: pgettext("part of the product", "note"),
        State.BAD: pgettext("part of the product", "problem"),
    }[state]


def _area(area: Area) -> str:
    return {
        Area.SLACK: pgettext("part of the product", "Slack"),
        Area.SCOPES: pgettext("part of the product", "Permissions in Slack"),
        Area.CHANNELS: pgettext("part of the product", "Channel"),
        Area.DATABASE: pgettext("part of the product", "Database"),
        Area.CLOCK: pgettext("part of the product", "Clock"),
        Area.OUTBOX: pgettext("part of the product", "Messages"),
        Area.PEOPLE: pgettext("part of the product", "People"),
    }[area]


def words(finding: Finding, command: Spell) -> tuple[str, str]:
    """What was found and what to do, both in plain words; nothing to do is an empty text."""
    sentences = {**_slack_words(), **_running_words(), **_outbox_words(), **_channel_words()}
    what, advice = sentences[finding.what]
    facts = {name: _fact(name, value) for name, value in finding.facts.items()}
    commands = {
        "setup": f"`{command('mission')} setup`",
        "migrate": f"`{MIGRATE}`",
        "worker": f"`{START_WORKER}`",
        "doctor": f"`{DOCTOR}`",
    }
    return what.format(**facts), advice.format(**facts, **commands)


def _fact(name: str, value: object) -> str:
    if isinstance(value, datetime):
        return moment(value, value.strftime("%Y-%m-%d %H:%M UTC"))
    if isinstance(value, list):
        return ", ".join(f"`{escape(str(one))}`" for one in value)
    if name == "channel":
        return channel_link(str(value)) if value else ""
    if name == "setting":
        return setting_name(str(value))
    return escape(str(value)) if value is not None else _("never")


def _slack_words() -> dict[str, tuple[str, str]]:
    operator = _("Whoever runs me should look at this:")
    return {
        "auth_good": (_("I can reach Slack. Last checked {at}."), ""),
        "auth_unknown": (_("Not checked yet. The worker does it when it starts."), ""),
        "auth_bad": (
            _("Slack refuses my token ({reason})."),
            f"{operator} " + _("install the app again and put the new token in SLACK_BOT_TOKEN."),
        ),
        "auth_away": (
            _("I could not reach Slack when I last tried ({reason})."),
            _("If it stays so, whoever runs me should look: {doctor} says what to do."),
        ),
        "cut_off": (
            _("I was cut off from this workspace ({reason}), so nothing is sent."),
            f"{operator} " + _("install the app again and put the new token in SLACK_BOT_TOKEN."),
        ),
        "scopes_good": (_("I have every permission that I need ({count})."), ""),
        "scopes_unknown": (_("Not checked yet."), ""),
        "scopes_untold": (_("Slack did not say which permissions I have."), ""),
        "scopes_missing": (
            _("These permissions are missing: {missing}."),
            _("A workspace admin adds them in the app's settings (OAuth & Permissions) and installs the app again."),
        ),
    }


def _running_words() -> dict[str, tuple[str, str]]:
    operator = _("Whoever runs me should look at this:")
    return {
        "database_good": (_("{kind}, up to date."), ""),
        "database_unknown": (_("It answers. The worker has not looked at its version yet."), ""),
        "database_behind": (
            _("{kind}, older than the program."),
            f"{operator} " + _("run {migrate} and start again."),
        ),
        "clock_good": (_("The worker is running. It last said so {at}."), ""),
        "clock_late": (
            _("The worker has been silent since {at}: nothing is sent and nothing happens by itself."),
            f"{operator} " + _("start {worker} again."),
        ),
        "clock_never": (
            _("No worker has run yet: nothing is sent and nothing happens by itself."),
            f"{operator} " + _("start {worker}."),
        ),
        "people_good": (_("People I know here: {count}. The one I asked Slack about longest ago: {at}."), ""),
        "people_none": (_("I have not met anybody yet."), ""),
    }


def _outbox_words() -> dict[str, tuple[str, str]]:
    return {
        "outbox_empty": (_("Nothing waits to be sent. Planned for later: {count}."), ""),
        "outbox_waiting": (_("On their way: {count}."), ""),
        "outbox_stuck": (
            _("Should have left: {count}, the oldest {at}."),
            _("If this stays so for some minutes, the worker is not running or Slack cannot be reached."),
        ),
        "outbox_held": (_("Held by Slack's limit or by a passing trouble: {count}. Next try: {at}."), ""),
        "outbox_failed": (
            _("Could not be delivered: {count}."),
            _("Remove the reason, then let an admin send them again."),
        ),
    }


def _channel_words() -> dict[str, tuple[str, str]]:
    broken = _("I cannot use {channel} as I should ({setting}).")
    found = {f"channel_{problem.value}": (broken, channel_advice(problem)) for problem in ChannelProblem}
    found["channel_not_read"] = (_("I have not seen {channel} yet ({setting}). I am asking Slack about it."), "")
    found["channel_good"] = (_("I can write in {channel} and read who is in it ({setting})."), "")
    found["channel_missing"] = (_("None is chosen ({setting})."), _("An admin chooses one with {setup}."))
    return found


def _failure_text(failure: FailedMessage) -> str:
    text = _("Not delivered to {place} ({when}): {reason}")
    when = moment(failure.failed_at, failure.failed_at.strftime("%Y-%m-%d %H:%M UTC")) if failure.failed_at else "?"
    return text.format(place=_place(failure.place), when=when, reason=reason_text(failure.error))


def _place(place: str) -> str:
    if place.startswith("dm:"):
        return mention(place.removeprefix("dm:"))
    if place.startswith("mail:"):
        return _("an e-mail address")
    return channel_link(place) if place.startswith(("C", "G", "D")) else f"`{escape(place)}`"


def sent_again_card() -> Card:
    """What stands where an admin was asked about a message that could not be delivered."""
    text = _("Somebody has had this message sent again. If it is refused once more, you are told here.")
    return Card(text, (section(text),))
