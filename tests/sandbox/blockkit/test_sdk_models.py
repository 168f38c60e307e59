"""What Slack's own Python models build, and its reference calls valid, passes."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.models import blocks as b
from slack_sdk.models.blocks.basic_components import FeedbackButtonObject, RawTextObject
from slack_sdk.models.blocks.block_elements import FileInputElement, RichTextElementParts, WorkflowButtonElement
from slack_sdk.models.views import View

from bot.sandbox.blockkit import BLOCKS, check_blocks, check_view

LINK = "https://example.org/a"
OPTIONS = [b.Option(text="Yes", value="y"), b.Option(text="No", value="n", description="Not now")]
CONFIRM = b.ConfirmObject(title="Sure?", text="It is sent.", confirm="Yes", deny="No", style="danger")
RICH = b.RichTextBlock(
    elements=[
        b.RichTextSectionElement(
            elements=[
                RichTextElementParts.Text(text="Hello ", style=RichTextElementParts.TextStyle(bold=True)),
                RichTextElementParts.User(user_id="U1"),
                RichTextElementParts.Link(url=LINK, text="here"),
                RichTextElementParts.Emoji(name="wave"),
                RichTextElementParts.Date(timestamp=1_790_000_000, format="{date}"),
                RichTextElementParts.Broadcast(range="here"),
            ]
        ),
        b.RichTextListElement(
            style="bullet", elements=[b.RichTextSectionElement(elements=[RichTextElementParts.Text(text="one")])]
        ),
        b.RichTextQuoteElement(elements=[RichTextElementParts.Text(text="said")]),
        b.RichTextPreformattedElement(elements=[RichTextElementParts.Text(text="select 1")]),
    ]
)
CARD = b.CardBlock(
    title="UNHCR",
    subtitle="Late",
    body="Two days",
    icon=b.ImageElement(image_url=LINK, alt_text="Logo"),
    actions=[b.ButtonElement(text="Open", action_id="open")],
)
TASK = b.TaskCardBlock(task_id="1", title="Collect", status="pending", details=RICH)

MESSAGE_BLOCKS: list[Any] = [
    b.SectionBlock(text="*Owed*", fields=["a", "b"], accessory=b.OverflowMenuElement(action_id="o", options=OPTIONS)),
    b.HeaderBlock(text="Round 12"),
    b.DividerBlock(),
    b.ImageBlock(image_url=LINK, alt_text="Map", title="Map"),
    b.ContextBlock(elements=[b.MarkdownTextObject(text="c"), b.ImageElement(image_url=LINK, alt_text="i")]),
    b.ActionsBlock(
        elements=[
            b.ButtonElement(text="Go", action_id="go", value="1", style="primary", confirm=CONFIRM),
            b.LinkButtonElement(text="Read", url=LINK, action_id="read"),
            b.StaticSelectElement(placeholder="Pick", action_id="s", options=OPTIONS, initial_option=OPTIONS[0]),
            b.DatePickerElement(action_id="d", initial_date="2026-11-23"),
            b.TimePickerElement(action_id="t", initial_time="09:00"),
            b.DateTimePickerElement(action_id="dt", initial_date_time=1_790_000_000),
            b.RadioButtonsElement(action_id="r", options=OPTIONS),
            WorkflowButtonElement(text="Run", action_id="w", workflow={"trigger": {"url": LINK}}),
        ]
    ),
    b.ContextActionsBlock(
        elements=[
            b.FeedbackButtonsElement(
                action_id="f",
                positive_button=FeedbackButtonObject(text="Good", value="1"),
                negative_button=FeedbackButtonObject(text="Bad", value="0"),
            ),
            b.IconButtonElement(icon="trash", text="Delete", action_id="i"),
        ]
    ),
    b.MarkdownBlock(text="# Round"),
    b.FileBlock(external_id="F1"),
    b.VideoBlock(title="Briefing", alt_text="Briefing", thumbnail_url=LINK, video_url=LINK, author_name="Cabinet"),
    b.TableBlock(rows=[[RawTextObject(text="WFP").to_dict(), RICH.to_dict()]], column_settings=[{"align": "right"}]),
    RICH,
    CARD,
    b.CarouselBlock(elements=[CARD]),
    b.ContainerBlock(title="Agencies", child_blocks=[b.DividerBlock()], width="wide", is_collapsible=True),
    TASK,
    b.PlanBlock(title="Plan", tasks=[TASK]),
    b.AuthProviderBlock(value="fts", name="FTS", is_connected=True, auth_url=LINK),
    b.CallBlock(call_id="R1"),
]

INPUTS: list[Any] = [
    b.PlainTextInputElement(action_id="a", multiline=True, min_length=1, max_length=200, placeholder="Words"),
    b.EmailInputElement(action_id="a"),
    b.UrlInputElement(action_id="a", initial_value=LINK),
    b.NumberInputElement(action_id="a", is_decimal_allowed=True, min_value="0", max_value="9.5", initial_value="1"),
    b.RichTextInputElement(action_id="a", initial_value=RICH.to_dict()),
    FileInputElement(action_id="a", filetypes=["pdf"], max_files=3),
    b.CheckboxesElement(action_id="a", options=OPTIONS, initial_options=OPTIONS[:1]),
    b.StaticMultiSelectElement(action_id="a", options=OPTIONS, max_selected_items=2),
    b.StaticSelectElement(action_id="a", option_groups=[b.OptionGroup(label="G", options=OPTIONS)]),
    b.ExternalDataSelectElement(action_id="a", min_query_length=2),
    b.ExternalDataMultiSelectElement(action_id="a"),
    b.UserSelectElement(action_id="a", initial_user="U1"),
    b.UserMultiSelectElement(action_id="a", initial_users=["U1"]),
    b.ConversationSelectElement(
        action_id="a", response_url_enabled=True, filter=b.block_elements.ConversationFilter(include=["public"])
    ),
    b.ConversationMultiSelectElement(action_id="a", default_to_current_conversation=True),
    b.ChannelSelectElement(action_id="a"),
    b.ChannelMultiSelectElement(action_id="a", initial_channels=["C1"]),
]


@pytest.mark.parametrize("block", MESSAGE_BLOCKS, ids=lambda block: str(block.type))
def test_a_block_of_the_models_passes(block: Any) -> None:
    assert check_blocks([block.to_dict()], "message") == []


@pytest.mark.parametrize("element", INPUTS, ids=lambda element: str(element.type))
def test_an_input_of_the_models_passes_in_a_modal(element: Any) -> None:
    block = b.InputBlock(label="Update", hint="Short", element=element, block_id="b", optional=True)
    view = View(type="modal", title="Update", submit="Send", close="Cancel", callback_id="c", blocks=[block])
    assert check_view(view.to_dict()) == []


def test_a_home_tab_and_an_alert_of_the_models_pass() -> None:
    assert check_view(View(type="home", blocks=[b.DividerBlock()], private_metadata="{}").to_dict()) == []
    alert = b.AlertBlock(text="Two agencies are late", level="warning")
    assert check_view(View(type="modal", title="Late", blocks=[alert]).to_dict()) == []


def test_every_block_of_the_models_is_known() -> None:
    modelled = {kind.type for kind in b.Block.__subclasses__()}
    assert {"section", "carousel", "plan"} <= modelled <= set(BLOCKS)
