"""A small Bolt app that knows nothing of the sandbox: what an ordinary Slack app does, over HTTP or Socket Mode."""

import json
from typing import Any

from slack_bolt import App
from slack_sdk.web import WebClient

SECRET = "foreign-secret"
BOT_TOKEN = "xoxb-foreign"
APP_TOKEN = "xapp-foreign"
SCOPES = [
    "chat:write", "commands", "app_mentions:read", "channels:read", "channels:history", "channels:manage",
    "groups:history",
    "groups:read", "groups:write", "im:history", "im:write", "im:read", "users:read", "users:read.email", "files:read",
    "files:write", "reactions:read", "reactions:write", "pins:write", "pins:read",
]  # fmt: skip


def text(words: str) -> dict[str, Any]:
    """A plain text object."""
    return {"type": "plain_text", "text": words}


def button(words: str, action: str, value: str = "-") -> dict[str, Any]:
    """A button."""
    return {"type": "button", "action_id": action, "text": text(words), "value": value}


def field(label: str, block: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An input block."""
    return {"type": "input", "block_id": block, "label": text(label), "element": {"action_id": "v", **element}, **more}


def options(*names: str) -> list[dict[str, Any]]:
    """Options by name."""
    return [{"text": text(name), "value": name.lower()} for name in names]


ORDER_FORM = {
    "type": "modal",
    "callback_id": "order",
    "title": text("Order"),
    "submit": text("Send"),
    "close": text("Cancel"),
    "notify_on_close": True,
    "private_metadata": "kept",
    "blocks": [
        field("What", "what", {"type": "plain_text_input", "max_length": 20}),
        field(
            "How many", "many", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}, optional=True
        ),
        field("Size", "size", {"type": "static_select", "options": options("Small", "Large")}),
        field("Extras", "extras", {"type": "checkboxes", "options": options("Sugar", "Milk")}, optional=True),
        field("For", "person", {"type": "users_select"}, optional=True),
        field("When", "when", {"type": "datepicker"}, optional=True),
        field("Country", "country", {"type": "external_select", "min_query_length": 1}, optional=True),
        field("Paper", "paper", {"type": "file_input", "filetypes": ["txt"], "max_files": 1}, optional=True),
        {"type": "actions", "block_id": "more", "elements": [button("Details", "details")]},
    ],
}


def build(api_url: str, **more: Any) -> tuple[App, list[Any]]:
    """The app and the list of what it heard."""
    app = App(token=BOT_TOKEN, signing_secret=SECRET, client=WebClient(BOT_TOKEN, base_url=api_url), **more)
    heard: list[Any] = []
    _commands(app)
    _forms(app, heard)
    _events(app, heard)
    return app, heard


def _commands(app: App) -> None:
    @app.command("/order")
    def order(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=ORDER_FORM)

    @app.command("/echo")
    def echo(ack: Any, body: dict[str, Any]) -> None:
        ack(f"You said {body['text']}")

    @app.command("/later")
    def later(ack: Any, respond: Any) -> None:
        ack()
        respond(text="Here it is", blocks=[{"type": "actions", "elements": [button("Replace me", "replace")]}])

    @app.action("replace")
    def replace(ack: Any, respond: Any) -> None:
        ack()
        respond(text="Replaced", replace_original=True)


def _forms(app: App, heard: list[Any]) -> None:
    @app.view("order")
    def ordered(ack: Any, client: WebClient, body: dict[str, Any], view: dict[str, Any]) -> None:
        values = view["state"]["values"]
        heard.append(view)
        if values["what"]["v"]["value"] == "tea":
            ack(response_action="errors", errors={"what": "We have no tea"})
            return
        ack()
        said = f"Order: {values['what']['v']['value']}, {values['size']['v']['selected_option']['value']}"
        blocks = [
            {"type": "section", "text": {"type": "mrkdwn", "text": said}},
            {"type": "actions", "block_id": "decide", "elements": [button("Approve", "approve", "42")]},
        ]
        client.chat_postMessage(channel=body["user"]["id"], text=said, blocks=blocks)

    @app.view_closed("order")
    def closed(ack: Any, body: dict[str, Any]) -> None:
        ack()
        heard.append(("closed", body["view"]["state"], body["is_cleared"]))

    @app.action("details")
    def details(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        heard.append(("details", body["view"]["state"]["values"]))
        blocks = [{"type": "section", "text": text("More about it")}]
        client.views_push(
            trigger_id=body["trigger_id"], view={"type": "modal", "title": text("Details"), "blocks": blocks}
        )

    @app.options("v")
    def countries(ack: Any, payload: dict[str, Any]) -> None:
        names = [name for name in ("Chad", "Mali", "Malta") if payload["value"].lower() in name.lower()]
        ack(options=options(*names))

    @app.action("approve")
    def approve(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        client.chat_update(
            channel=body["channel"]["id"], ts=body["message"]["ts"], text=f"Approved {body['actions'][0]['value']}"
        )


def _events(app: App, heard: list[Any]) -> None:
    @app.event("app_home_opened")
    def opened(client: WebClient, event: dict[str, Any]) -> None:
        blocks = [
            {"type": "header", "text": text("Welcome")},
            {"type": "actions", "elements": [button("Order", "home_order")]},
        ]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("home_order")
    def home_order(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=ORDER_FORM)

    @app.shortcut("new_order")
    def new_order(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=ORDER_FORM)

    @app.shortcut("quote")
    def quote(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        place = {"channel": body["channel"]["id"], "thread_ts": body["message"]["ts"]}
        client.chat_postMessage(text=f"Quoted: {body['message']['text']}", **place)

    @app.event("app_mention")
    def mentioned(client: WebClient, event: dict[str, Any]) -> None:
        heard.append(("mention", event["text"]))
        client.reactions_add(channel=event["channel"], timestamp=event["ts"], name="eyes")

    @app.event("file_shared")
    def shared(client: WebClient, event: dict[str, Any]) -> None:
        file = client.files_info(file=event["file_id"])["file"]
        client.files_upload_v2(
            content=json.dumps({"name": file["name"]}), filename="receipt.json", channel=event["channel_id"]
        ) if file["name"] != "receipt.json" else None

    @app.event("message")
    def said(event: dict[str, Any]) -> None:
        heard.append(("message", event.get("subtype"), event.get("text")))


SEED: dict[str, Any] = {
    "workspace": {"id": "T0FOREIGN", "name": "Foreign", "domain": "foreign"},
    "people": [
        {"handle": "chief", "name": "Chief of staff", "email": "chief@example.org", "admin": True, "tz": "Africa/Juba"},
        {"handle": "focal", "name": "Focal point", "email": "focal@example.org", "locale": "fr-FR"},
        {"handle": "outsider", "name": "Outsider", "guest": "multi"},
    ],
    "channels": [
        {"name": "general", "general": True, "members": "all"},
        {"name": "closed", "private": True, "members": ["chief"]},
        {"name": "open", "members": ["chief"]},
    ],
    "apps": [
        {
            "name": "Foreign",
            "bot_token": BOT_TOKEN,
            "app_token": APP_TOKEN,
            "signing_secret": SECRET,
            "scopes": SCOPES,
            "commands": [{"command": f"/{name}", "usage_hint": "[text]"} for name in ("order", "echo", "later")],
            "shortcuts": [
                {"type": "global", "name": "New order", "callback_id": "new_order"},
                {"type": "message", "name": "Quote", "callback_id": "quote"},
            ],
            "events": ["app_home_opened", "app_mention", "message.channels", "message.im", "file_shared"],
            "channels": ["general"],
        }
    ],
}
