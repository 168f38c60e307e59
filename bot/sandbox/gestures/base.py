"""What every gesture shares: the payload's head, sending it, and what the person sees when it goes wrong."""

from dataclasses import dataclass, field

from bot.sandbox import files
from bot.sandbox.delivery.http import Answer
from bot.sandbox.gestures.answers import note_unread
from bot.sandbox.records import App, Channel, Json, Message, Person, Refused
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.views import View


@dataclass
class Outcome:
    """What a gesture came to."""

    acknowledged: bool = True
    notice: str | None = None
    errors: dict[str, str] | None = None
    message: Message | None = None
    more: Json = field(default_factory=dict)

    def to_json(self, sandbox: Sandbox, user: str) -> Json:
        """The answer of the control interface."""
        return {
            "acknowledged": self.acknowledged,
            "notice": self.notice,
            "errors": self.errors,
            "views": [sandbox.views.as_slack(view) for view in sandbox.views.stack(user)],
            "message": self.message.shown() if self.message else None,
            **self.more,
        }


def head(sandbox: Sandbox, app: App, person: Person, kind: str, *, trigger: str = "") -> Json:
    """The members every interaction payload begins with."""
    team = sandbox.workspace.team
    told: Json = {
        "type": kind,
        "user": {"id": person.id, "username": person.handle, "name": person.handle, "team_id": person.team_id},
        "api_app_id": app.id,
        "token": app.verification_token,
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": {"id": team.enterprise, "name": team.name} if team.enterprise else None,
        "is_enterprise_install": app.organisation_wide,
    }
    return told | ({"trigger_id": trigger} if trigger else {})


def place(channel: Channel) -> Json:
    """The ``channel`` member of a payload."""
    return {"id": channel.id, "name": shown_name(channel)}


def shown_name(channel: Channel) -> str:
    """What payloads call a channel: private and direct ones are not named."""
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)


async def ask(sandbox: Sandbox, app: App, payload: Json, family: str = "interactive") -> Answer:
    """Send an interaction to its app."""
    kind = str(payload["type"])
    if not app.interactive:
        return Answer(failure="not_interactive")
    answer = await sandbox.courier.send(app, family, payload, kind)
    note_unread(sandbox, app, kind, answer)
    return answer


def failed(sandbox: Sandbox, app: App, person: Person, answer: Answer, what: str) -> Outcome:
    """What a person sees when the app did not take it."""
    text = f"{what} failed: {reason(app, answer)}"
    sandbox.live.notice(person.id, text, app.id)
    return Outcome(acknowledged=False, notice=text)


def reason(app: App, answer: Answer) -> str:
    """Why an app did not take it, in plain words with Slack's code."""
    if answer.failure == "http_timeout":
        return "the app did not answer in time (operation_timeout)"
    if answer.failure == "http_error":
        return f"the app answered with status {answer.status} (dispatch_failed)"
    if answer.failure == "not_interactive":
        return f"{app.name} is not configured to handle interactive responses (dispatch_failed)"
    if app.mode == "socket":
        return f"{app.name} is not connected (dispatch_failed)"
    if app.mode == "none":
        return f"{app.name} has no request URL and no Socket Mode (dispatch_failed)"
    return "the app could not be reached (dispatch_failed)"


def shown_to(sandbox: Sandbox, channel: Channel, ts: str, person: Person) -> Message:
    """A message the person sees, ephemeral ones too.

    Raises:
        Refused: ``message_not_found``.
    """
    found = sandbox.workspace.find_message(channel.id, ts) or sandbox.workspace.find_ephemeral(channel.id, ts)
    if found is None or found.only_for not in {"", person.id}:
        raise Refused("message_not_found")
    return found


def own_files(sandbox: Sandbox, person: Person) -> dict[str, Json]:
    """The person's uploads by id, for forms."""
    mine = (file for file in sandbox.workspace.files.values() if file.user == person.id and file.state == "complete")
    return {file.id: files.as_slack(sandbox.workspace, file) for file in mine}


def app_of_view(sandbox: Sandbox, view: View) -> App:
    """Whose view it is."""
    return sandbox.workspace.apps[view.app_id]
