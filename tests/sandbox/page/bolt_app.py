"""A small Bolt app for the page's tests: it opens forms, posts every block, keeps a Home, and notes what it heard."""

import threading
import time
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler

from tests.sandbox.page import payloads
from tests.waiting import PATIENCE

Json = dict[str, Any]
PLACES = ["Juba", "Malakal", "Bentiu", "Wau", "Jubek"]
TOO_LATE = 3.4


class Heard:
    """What the app received, by kind; a test waits for it instead of sleeping."""

    def __init__(self) -> None:
        self._all: list[tuple[str, Json]] = []
        self._changed = threading.Condition()

    def note(self, kind: str, body: Json) -> None:
        """Remember one."""
        with self._changed:
            self._all.append((kind, body))
            self._changed.notify_all()

    def wait(self, kind: str, seconds: float = PATIENCE) -> Json:
        """The newest of a kind, taken away; waits until there is one."""
        end = time.monotonic() + seconds
        with self._changed:
            while not (found := [one for one in self._all if one[0] == kind]):
                if not self._changed.wait(end - time.monotonic()):
                    raise AssertionError(f"the app never heard {kind!r}; it heard {[name for name, _ in self._all]}")
            self._all = [one for one in self._all if one[0] != kind]
            return found[-1][1]


def build(url: str, heard: Heard) -> App:
    """The app, its Web API at ``url``."""
    from slack_sdk import WebClient  # noqa: PLC0415 - the address is only known here

    client = WebClient(token="xoxb-page", base_url=f"{url}/api/")
    app = App(client=client, signing_secret="page-secret", token_verification_enabled=False)
    _commands(app)
    _forms(app, heard)
    _gestures(app, heard)
    _home(app)
    return app


def _commands(app: App) -> None:
    @app.command("/report")
    def report(ack: Any, command: Json, client: Any, respond: Any) -> None:
        what, person, channel = command["text"], command["user_id"], command["channel_id"]
        if what == "late":
            time.sleep(TOO_LATE)
        if what == "inside":
            ack(text=f"Only you, <@{person}>: *nothing is owed*.")
            return
        ack()
        if what in {"form", "late"}:
            client.views_open(trigger_id=command["trigger_id"], view=payloads.form())
        elif what == "live":
            client.views_open(trigger_id=command["trigger_id"], view=payloads.live_form())
        elif what == "blocks":
            client.chat_postMessage(channel=channel, text="Daily round", blocks=payloads.everyday_blocks(person))
            client.chat_postMessage(channel=channel, text="Newer", blocks=payloads.newer_blocks())
        elif what == "figures":
            blocks = [payloads.data_table(), payloads.chart("bar")]
            client.chat_postMessage(channel=channel, text="Funding", blocks=blocks)
            client.chat_postMessage(
                channel=channel, text="Shares", blocks=[payloads.chart("pie"), payloads.chart("area")]
            )
        elif what == "hush":
            client.chat_postEphemeral(channel=channel, user=person, text="A whisper for one reader")
        else:
            respond("Try `form`.")

    @app.options("value")
    def places(ack: Any, body: Json) -> None:
        wanted = body["value"].lower()
        ack(options=[payloads.option(place) for place in PLACES if wanted in place.lower()])


def _forms(app: App, heard: Heard) -> None:
    @app.view("everything")
    def everything(ack: Any, view: Json, client: Any, body: Json) -> None:
        values = view["state"]["values"]
        if values["title"]["value"]["value"] == "Refuse me":
            ack(response_action="errors", errors={"title": "This title is taken.", "agency": "Choose another agency."})
            return
        ack()
        heard.note("everything", values)
        client.chat_postMessage(channel=body["user"]["id"], text=f"Received: {values['title']['value']['value']}")

    @app.view_closed("everything")
    def closed(ack: Any, body: Json) -> None:
        ack()
        heard.note("closed", body)

    @app.view("live")
    def live(ack: Any, view: Json) -> None:
        ack()
        heard.note("live", view["state"]["values"])

    @app.view("second")
    def second(ack: Any, view: Json) -> None:
        ack()
        heard.note("second", view["state"]["values"])

    @app.action("letters")
    def letters(ack: Any, body: Json, client: Any) -> None:
        ack()
        said = body["actions"][0]["value"]
        heard.note("letters", body["actions"][0])
        client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=payloads.live_form(said))

    @app.action("push")
    def push(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_push(trigger_id=body["trigger_id"], view=payloads.second_form())


def _gestures(app: App, heard: Heard) -> None:
    @app.action({"block_id": "round"})
    def pressed(ack: Any, body: Json) -> None:
        ack()
        heard.note(body["actions"][0]["action_id"], body["actions"][0])

    @app.action("more")
    def more(ack: Any, body: Json) -> None:
        ack()
        heard.note("more", body["actions"][0])

    @app.action("card")
    def card(ack: Any, body: Json) -> None:
        ack()
        heard.note("card", body["actions"][0])

    @app.shortcut("brief")
    def brief(ack: Any, shortcut: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=payloads.second_form())

    @app.shortcut("decide")
    def decide(ack: Any, shortcut: Json) -> None:
        ack()
        heard.note("decide", shortcut["message"])


def _home(app: App) -> None:
    presses: dict[str, int] = {}

    @app.event("app_home_opened")
    def opened(event: Json, client: Any) -> None:
        if event["tab"] == "home":
            client.views_publish(
                user_id=event["user"], view=payloads.home(event["user"], presses.get(event["user"], 0))
            )

    @app.action("press")
    def press(ack: Any, body: Json, client: Any) -> None:
        ack()
        person = body["user"]["id"]
        presses[person] = presses.get(person, 0) + 1
        client.views_publish(user_id=person, view=payloads.home(person, presses[person]))

    @app.action("sector")
    def sector(ack: Any) -> None:
        ack()


def connect(app: App) -> SocketModeHandler:
    """Open the app's socket; the caller closes it."""
    handler = SocketModeHandler(app, "xapp-page")
    handler.connect()
    return handler
