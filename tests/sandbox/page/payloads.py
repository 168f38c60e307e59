"""Block Kit the test app sends: one form with every input, one message with every block, one Home."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    """A mrkdwn text object."""
    return {"type": "mrkdwn", "text": text}


def option(label: str, note: str = "") -> Json:
    """An option whose value is its label in small letters."""
    described = {"description": plain(note)} if note else {}
    return {"text": plain(label), "value": label.lower().replace(" ", "-"), **described}


def field(block: str, label: str, element: Json, **more: Any) -> Json:
    """An input block; its element's action id is ``value``."""
    return {
        "type": "input",
        "block_id": block,
        "label": plain(label),
        "element": {"action_id": "value", **element},
        **more,
    }


def button(action: str, label: str, **more: Any) -> Json:
    """A button."""
    return {"type": "button", "action_id": action, "text": plain(label), **more}


SECTORS = [option("Health", "Clinics and medicine"), option("Shelter"), option("Water"), option("Food security")]
GROUPED = [
    {"label": plain("UN agencies"), "options": [option("WFP"), option("UNICEF")]},
    {"label": plain("Components"), "options": [option("Human rights"), option("Political affairs")]},
]


def typed_inputs() -> list[Json]:
    """Everything one types."""
    hint = plain("As it will stand in the digest.")
    return [
        field("title", "Title", {"type": "plain_text_input", "min_length": 3, "max_length": 40}, hint=hint),
        field(
            "report", "Report", {"type": "plain_text_input", "multiline": True, "placeholder": plain("What changed?")}
        ),
        field("mail", "Contact e-mail", {"type": "email_text_input"}),
        field("page", "Web page", {"type": "url_text_input"}, optional=True),
        field("count", "People reached", {"type": "number_input", "is_decimal_allowed": False, "min_value": "0"}),
        field("story", "Story", {"type": "rich_text_input"}, optional=True),
        field("papers", "Papers", {"type": "file_input", "filetypes": ["csv", "txt"], "max_files": 2}, optional=True),
    ]


def chosen_inputs() -> list[Json]:
    """Everything one chooses."""
    return [
        field("day", "Day", {"type": "datepicker"}),
        field("hour", "Hour", {"type": "timepicker"}),
        field("moment", "Exact moment", {"type": "datetimepicker"}),
        field("agency", "Agency", {"type": "static_select", "option_groups": GROUPED}),
        field("sectors", "Sectors", {"type": "multi_static_select", "options": SECTORS, "max_selected_items": 2}),
        field("place", "Place", {"type": "external_select", "min_query_length": 2}),
        field("places", "Other places", {"type": "multi_external_select", "min_query_length": 2}, optional=True),
        field("person", "Focal point", {"type": "users_select"}),
        field("people", "Alternates", {"type": "multi_users_select"}, optional=True),
        field("room", "Conversation", {"type": "conversations_select", "filter": {"include": ["public", "private"]}}),
        field("rooms", "Conversations", {"type": "multi_conversations_select"}, optional=True),
        field("channel", "Channel", {"type": "channels_select"}, optional=True),
        field("channels", "Channels", {"type": "multi_channels_select"}, optional=True),
        field(
            "kind", "Kind", {"type": "radio_buttons", "options": [option("Routine"), option("Urgent", "Read at once")]}
        ),
        field("needs", "Needs", {"type": "checkboxes", "options": SECTORS[:3]}, optional=True),
    ]


def form() -> Json:
    """The form with every kind of input."""
    return {
        "type": "modal",
        "callback_id": "everything",
        "title": plain("Situation report"),
        "submit": plain("Submit"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": [
            {"type": "alert", "level": "info", "text": mrkdwn("All fields go into the *daily digest*.")},
            *typed_inputs(),
            *chosen_inputs(),
        ],
    }


def live_form(said: str = "Nothing yet") -> Json:
    """A form that talks while it is filled, and opens another one."""
    watch = {"trigger_actions_on": ["on_character_entered"]}
    letters = {"type": "plain_text_input", "action_id": "letters", "dispatch_action_config": watch}
    return {
        "type": "modal",
        "callback_id": "live",
        "title": plain("Live form"),
        "submit": plain("Save"),
        "blocks": [
            {"type": "input", "block_id": "word", "label": plain("Word"), "dispatch_action": True, "element": letters},
            {"type": "context", "block_id": "echo", "elements": [plain(f"The app heard: {said}")]},
            {"type": "actions", "block_id": "more", "elements": [button("push", "Open another")]},
        ],
    }


def second_form() -> Json:
    """The form above the live one."""
    note = field("note", "Note", {"type": "plain_text_input"}, optional=True)
    return {
        "type": "modal",
        "callback_id": "second",
        "title": plain("Second form"),
        "submit": plain("Done"),
        "blocks": [note],
    }


def cell(value: str | float) -> Json:
    """A table's cell."""
    return (
        {"type": "raw_text", "text": value}
        if isinstance(value, str)
        else {"type": "raw_number", "value": value, "text": f"{value:,}"}
    )


FUNDING = [
    ("WFP", 1_250_000),
    ("UNICEF", 840_000),
    ("UNHCR", 96_500),
    ("WHO", 410_200),
    ("FAO", 77_000),
    ("IOM", 502_000),
    ("UNDP", 63_000),
]


def data_table() -> Json:
    """A table of more than one page, sortable."""
    rows = [[cell("Agency"), cell("Received (USD)")], *([cell(name), cell(amount)] for name, amount in FUNDING)]
    return {"type": "data_table", "block_id": "funding", "caption": "Funding by agency", "page_size": 5, "rows": rows}


def series(name: str, values: dict[str, float]) -> Json:
    """A chart's series."""
    return {"name": name, "data": [{"label": label, "value": value} for label, value in values.items()]}


def chart(kind: str) -> Json:
    """A chart of one kind."""
    months = ["Jan", "Feb", "Mar", "Apr"]
    needed = series("Required", dict(zip(months, [120, 140, 150, 180], strict=True)))
    came = series("Received", dict(zip(months, [60, 85, 110, 96], strict=True)))
    plan: Json = {
        "type": kind,
        "series": [needed, came],
        "axis_config": {"categories": months, "x_label": "Month", "y_label": "USD million"},
    }
    if kind == "pie":
        plan = {"type": "pie", "segments": [{"label": name, "value": amount} for name, amount in FUNDING[:5]]}
    return {"type": "data_visualization", "block_id": f"chart-{kind}", "title": f"Funding, {kind}", "chart": plan}


def everyday_blocks(person: str) -> list[Json]:
    """The blocks of an ordinary message."""
    fields = [mrkdwn("*Agency*\nWFP"), mrkdwn("*Due*\n<!date^1893456000^{date_short} at {time}^1 January 2030>")]
    overflow = {"type": "overflow", "action_id": "more", "options": [option("Snooze"), option("Hand over")]}
    return [
        {"type": "header", "text": plain("Daily round :clipboard:")},
        {
            "type": "section",
            "text": mrkdwn("*Bold* _italic_ ~struck~ `code` <https://example.org|link> a &lt; b\n&gt; quoted"),
            "accessory": overflow,
        },
        {"type": "section", "fields": fields},
        {"type": "divider"},
        {
            "type": "actions",
            "block_id": "round",
            "elements": [
                button("write", "Write update", style="primary"),
                button(
                    "nil",
                    "Nothing to report",
                    confirm={
                        "title": plain("Sure?"),
                        "text": plain("It counts as answered."),
                        "confirm": plain("Yes, nil"),
                        "deny": plain("No"),
                    },
                ),
                button("secret", "For one person", visible_to_user_ids=[person]),
                {
                    "type": "static_select",
                    "action_id": "pick",
                    "placeholder": plain("Pick a sector"),
                    "options": SECTORS,
                },
            ],
        },
        {"type": "context", "elements": [mrkdwn("Mission time *14:00*, asked by <!subteam^S00000001>")]},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "text", "text": "First", "style": {"bold": True}}],
                        },
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "user", "user_id": person}, {"type": "text", "text": " second"}],
                        },
                    ],
                }
            ],
        },
    ]


def newer_blocks() -> list[Json]:
    """The blocks of 2025 and 2026."""
    card = {
        "type": "card",
        "title": mrkdwn("Convoy to the north"),
        "subtitle": mrkdwn("Three trucks"),
        "body": mrkdwn("Leaves at dawn."),
        "actions": [button("card", "Approve")],
    }
    done = {"type": "task_card", "task_id": "t1", "title": "Read returns", "status": "complete"}
    doing = {"type": "task_card", "task_id": "t2", "title": "Write digest", "status": "in_progress"}
    feedback = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": plain("Useful"), "value": "up"},
        "negative_button": {"text": plain("Not useful"), "value": "down"},
    }
    return [
        {"type": "markdown", "text": "## Markdown\n\n1. one\n2. **two**\n\n| a | b |\n|---|--:|\n| x | 1 |"},
        {
            "type": "carousel",
            "elements": [
                card,
                {**card, "title": mrkdwn("Convoy to the south"), "actions": [button("card2", "Approve")]},
            ],
        },
        {
            "type": "container",
            "title": plain("Folded"),
            "is_collapsible": True,
            "default_collapsed": True,
            "child_blocks": [{"type": "section", "text": mrkdwn("Inside the fold")}],
        },
        {"type": "plan", "title": "Preparing the digest", "tasks": [done, doing]},
        {"type": "context_actions", "elements": [feedback]},
    ]


def home(person: str, pressed: int = 0) -> Json:
    """An app's Home for one person."""
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("What you owe")},
            {
                "type": "section",
                "text": mrkdwn(f"Hello <@{person}>. You have pressed *{pressed}* times."),
                "accessory": button("press", "Press me", style="primary"),
            },
            {"type": "divider"},
            {
                "type": "section",
                "block_id": "filter",
                "text": mrkdwn("Show a sector"),
                "accessory": {
                    "type": "static_select",
                    "action_id": "sector",
                    "placeholder": plain("Choose a sector"),
                    "options": SECTORS,
                },
            },
        ],
    }
