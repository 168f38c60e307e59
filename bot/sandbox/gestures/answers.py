"""What an app puts into its acknowledgements, as Slack reads it; what Slack drops or cannot use is logged."""

from typing import Any

from bot.sandbox import unseen
from bot.sandbox.blockkit import check_offer
from bot.sandbox.checking import refuse
from bot.sandbox.delivery.http import Answer
from bot.sandbox.records import App, Json, Refused
from bot.sandbox.sandbox import Sandbox

_WITH_CONTENT = {"view_submission", "block_suggestion"}


def note_unread(sandbox: Sandbox, app: App, kind: str, answer: Answer) -> None:
    """Note a body where Slack expects an empty acknowledgement and reads none."""
    if not answer.acknowledged or answer.body in (None, "", {}) or kind in _WITH_CONTENT:
        return
    note(sandbox, app, kind, answer.body, [f"Slack does not read what acknowledges {kind}; answer with an empty body"])


def note(sandbox: Sandbox, app: App, kind: str, body: Any, found: list[str]) -> None:
    """Note what Slack takes and shows broken in an acknowledgement."""
    if found:
        entry = sandbox.log.begin("in", app.id, f"{kind} answer", body)
        entry.slips = found
        sandbox.log.end(entry, None)


def note_broken(sandbox: Sandbox, app: App, kind: str, body: Json) -> None:
    """Note what a reader would see broken in a message or view an app answers with."""
    note(sandbox, app, kind, body, unseen.of(sandbox.workspace, body))


def refused(sandbox: Sandbox, app: App, kind: str, body: Any, refusal: Refused) -> None:
    """Note an acknowledgement that Slack cannot use."""
    entry = sandbox.log.begin("in", app.id, f"{kind} answer", body)
    sandbox.log.end(entry, {"ok": False, "error": refusal.code}, None, refusal.code, refusal.message)


def offer(body: Any) -> Json:
    """The options or option groups an app offers for an external select.

    Raises:
        Refused: the answer offers nothing Slack can show.
    """
    if not isinstance(body, dict):
        raise Refused("invalid_response", "the answer must be a JSON object with options or option_groups")
    refuse(check_offer(body))
    return {name: body[name] for name in ("options", "option_groups") if name in body}
