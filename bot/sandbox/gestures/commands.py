"""Slash commands: those of apps, and Slack's own few."""

from collections.abc import Callable

from bot.sandbox import channels, messages
from bot.sandbox.delivery.respond import Address
from bot.sandbox.gestures import answers, talk
from bot.sandbox.gestures.base import Outcome, failed, shown_name
from bot.sandbox.records import App, Channel, Json, Person, Refused
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.text import as_typed


async def run(sandbox: Sandbox, person: Person, channel: Channel, typed: str, thread_ts: str = "") -> Outcome:
    """Run what was typed as a command.

    Raises:
        Refused: ``unknown_command``, or what Slack's own command refuses.
    """
    word, _, rest = typed.strip().partition(" ")
    app, command = _find(sandbox, word)
    if app is None:
        return _own(sandbox, person, channel, word, rest.strip())
    if thread_ts:
        raise Refused("not_in_thread", f"{word} is not supported in threads. Sorry!")
    text = rest.strip()
    if command.get("should_escape"):
        text = as_typed(text, *talk.names(sandbox))
    payload = _payload(sandbox, app, person, channel, word, text)
    answer = await sandbox.courier.send(app, "command", payload, "slash_command")
    if not answer.acknowledged:
        return failed(sandbox, app, person, answer, word)
    return _show(sandbox, app, person, channel, word, answer.body)


def _find(sandbox: Sandbox, word: str) -> tuple[App | None, Json]:
    for app in sandbox.workspace.apps.values():
        for command in app.commands:
            if app.installed and command["command"] == word:
                return app, command
    return None, {}


def _payload(sandbox: Sandbox, app: App, person: Person, channel: Channel, word: str, text: str) -> Json:
    team = sandbox.workspace.team
    grid = {"enterprise_id": team.enterprise, "enterprise_name": team.name} if team.enterprise else {}
    return {
        "token": app.verification_token,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": shown_name(channel),
        "user_id": person.id,
        "user_name": person.handle,
        "command": word,
        "text": text,
        "api_app_id": app.id,
        **grid,
        "is_enterprise_install": str(app.organisation_wide).lower(),
        "response_url": sandbox.responses.address(app, person.id, channel.id),
        "trigger_id": sandbox.views.trigger(app, person.id, channel=channel.id),
    }


def _show(sandbox: Sandbox, app: App, person: Person, channel: Channel, word: str, body: object) -> Outcome:
    if body is None or body == {}:
        return Outcome()
    said: Json = body if isinstance(body, dict) else {"text": str(body)}
    address = Address(app.id, person.id, channel.id, sandbox.clock.now())
    try:
        message = sandbox.responses.answer(address, said)
        answers.note_broken(sandbox, app, "command", said)
        return Outcome(message=message)
    except Refused as refusal:
        text = f"{word} failed: the app's answer cannot be shown ({refusal.code}: {refusal.message})"
        answers.refused(sandbox, app, "command", said, refusal)
        sandbox.live.notice(person.id, text, app.id)
        return Outcome(notice=text)


def _own(sandbox: Sandbox, person: Person, channel: Channel, word: str, rest: str) -> Outcome:
    command = _OWN.get(word)
    if command is None:
        raise Refused("unknown_command", f"{word} is not a valid command in this workspace.")
    command(sandbox, person, channel, rest)
    return Outcome()


def _invite(sandbox: Sandbox, person: Person, channel: Channel, rest: str) -> None:
    talk.invite(sandbox, person, channel, [sandbox.workspace.person(name).id for name in rest.split()])


def _topic(sandbox: Sandbox, person: Person, channel: Channel, rest: str) -> None:
    talk.describe(sandbox, person, channel, "topic", rest)


def _leave(sandbox: Sandbox, person: Person, channel: Channel, _rest: str) -> None:
    talk.leave(sandbox, person, channel)


def _archive(sandbox: Sandbox, person: Person, channel: Channel, _rest: str) -> None:
    talk.archive(sandbox, person, channel)


def _join(sandbox: Sandbox, person: Person, _channel: Channel, rest: str) -> None:
    talk.join(sandbox, person, sandbox.workspace.channel(rest, person.id))


def _dm(sandbox: Sandbox, person: Person, _channel: Channel, rest: str) -> None:
    name, _, text = rest.partition(" ")
    other = sandbox.workspace.person(name)
    opened, _ = channels.direct(sandbox.workspace, person.id, [other.id])
    if text.strip():
        talk.say(sandbox, person, opened, text.strip())


def _me(sandbox: Sandbox, person: Person, channel: Channel, rest: str) -> None:
    talk.need_member(channel, person)
    body = {"user": person.id, "text": as_typed(rest, *talk.names(sandbox)), "subtype": "me_message"}
    messages.post(sandbox.workspace, channel, body)


_OWN: dict[str, Callable[[Sandbox, Person, Channel, str], None]] = {
    "/invite": _invite,
    "/topic": _topic,
    "/leave": _leave,
    "/archive": _archive,
    "/join": _join,
    "/dm": _dm,
    "/msg": _dm,
    "/me": _me,
}
