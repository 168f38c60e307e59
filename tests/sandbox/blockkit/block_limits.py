"""Numbers of layout blocks, elements, tables, charts and cards, each with the payload that reaches it."""

from __future__ import annotations

from .limit_case import LimitCase, block_limit, button_limit, input_limit, view_limit
from .payloads import (
    Payload,
    actions,
    bar,
    blocks_on,
    button,
    card,
    cell,
    chart,
    container,
    data_table,
    divider,
    field_for,
    image,
    message,
    modal,
    mrkdwn,
    options,
    part,
    pie,
    plain,
    provider,
    rich_section,
    rich_text,
    rows,
    section,
    static_select,
    table,
    video,
    words,
)


def _table_of(total: int) -> Payload:
    return message(table(rows=[[cell(words(total // 2)), cell(words(total - total // 2))]]))


LAYOUT = [
    block_limit("text of a section", 3_000, lambda n: section(text=mrkdwn(words(n))), "/text/text"),
    block_limit("fields of a section", 10, lambda n: section(fields=[mrkdwn("f")] * n), "/fields"),
    block_limit("text of a section field", 2_000, lambda n: section(fields=[mrkdwn(words(n))]), "/fields/0/text"),
    block_limit("text of a header", 150, lambda n: {"type": "header", "text": plain(words(n))}, "/text/text"),
    block_limit(
        "elements of a context block", 10, lambda n: {"type": "context", "elements": [mrkdwn("c")] * n}, "/elements"
    ),
    block_limit(
        "text of a context element",
        3_000,
        lambda n: {"type": "context", "elements": [mrkdwn(words(n))]},
        "/elements/0/text",
    ),
    block_limit("elements of an actions block", 25, lambda n: actions(*[button()] * n), "/elements"),
    block_limit(
        "elements of a context_actions block",
        5,
        lambda n: {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Delete")}] * n,
        },
        "/elements",
    ),
    block_limit("alt_text of an image", 2_000, lambda n: image(alt_text=words(n)), "/alt_text"),
    block_limit("title of an image block", 2_000, lambda n: image(title=plain(words(n))), "/title/text"),
    view_limit(
        "label of an input",
        2_000,
        lambda n: modal(field_for({"type": "plain_text_input"}, label=plain(words(n)))),
        "/view/blocks/0/label/text",
    ),
    view_limit(
        "hint of an input",
        2_000,
        lambda n: modal(field_for({"type": "plain_text_input"}, hint=plain(words(n)))),
        "/view/blocks/0/hint/text",
    ),
    LimitCase(
        "text over all markdown blocks of a message",
        12_000,
        lambda n: blocks_on("message", {"type": "markdown", "text": words(n)}),
        "/blocks/0/text",
    ),
    LimitCase(
        "text over all markdown blocks of a message",
        12_000,
        lambda n: blocks_on(
            "message",
            {"type": "markdown", "text": words(6000)},
            {"type": "markdown", "text": words(n - 6000)},
        ),
        "/blocks/1/text",
    ),
    block_limit("title of a video", 199, lambda n: video(title=plain(words(n))), "/title/text"),
    block_limit("author_name of a video", 49, lambda n: video(author_name=words(n)), "/author_name"),
]

ELEMENTS = [
    button_limit("text of a button", 75, lambda n: {"text": plain(words(n))}, "/text/text"),
    button_limit("value of a button", 2_000, lambda n: {"value": words(n)}, "/value"),
    button_limit("accessibility_label", 75, lambda n: {"accessibility_label": words(n)}, "/accessibility_label"),
    button_limit("agent_prompt of a button", 4_000, lambda n: {"agent_prompt": words(n)}, "/agent_prompt"),
    button_limit("visible_to_user_ids", 10, lambda n: {"visible_to_user_ids": ["U1"] * n}, "/visible_to_user_ids"),
    input_limit("options of a select menu", 100, lambda n: static_select(options=options(n)), "/options"),
    input_limit(
        "options of a select menu", 100, lambda n: {"type": "multi_static_select", "options": options(n)}, "/options"
    ),
    input_limit(
        "option groups of a select menu",
        100,
        lambda n: {"type": "static_select", "option_groups": [{"label": plain("g"), "options": options(1)}] * n},
        "/option_groups",
    ),
    input_limit(
        "options of checkboxes or radio buttons",
        10,
        lambda n: {"type": "checkboxes", "options": options(n)},
        "/options",
    ),
    input_limit(
        "options of checkboxes or radio buttons",
        10,
        lambda n: {"type": "radio_buttons", "options": options(n)},
        "/options",
    ),
    LimitCase(
        "options of an overflow menu",
        5,
        lambda n: message(section(accessory={"type": "overflow", "options": options(n)})),
        "/blocks/0/accessory/options",
    ),
    input_limit(
        "max_selected_items, at least",
        1,
        lambda n: {"type": "multi_users_select", "max_selected_items": n},
        "/max_selected_items",
        step=-1,
    ),
    input_limit(
        "min_length of a text input", 3_000, lambda n: {"type": "plain_text_input", "min_length": n}, "/min_length"
    ),
    input_limit(
        "max_length of a text input", 3_000, lambda n: {"type": "plain_text_input", "max_length": n}, "/max_length"
    ),
    input_limit(
        "max_length of a text input",
        3_000,
        lambda n: {"type": "plain_text_input", "initial_value": words(n)},
        "/initial_value",
    ),
    input_limit(
        "max_length of a text input, at least",
        1,
        lambda n: {"type": "plain_text_input", "max_length": n},
        "/max_length",
        step=-1,
    ),
    input_limit(
        "min_lines and max_lines of a rich text input",
        100,
        lambda n: {"type": "rich_text_input", "max_lines": n},
        "/max_lines",
    ),
    input_limit(
        "min_lines and max_lines of a rich text input",
        100,
        lambda n: {"type": "rich_text_input", "min_lines": n},
        "/min_lines",
    ),
    input_limit("max_files of a file input", 10, lambda n: {"type": "file_input", "max_files": n}, "/max_files"),
    input_limit(
        "max_files of a file input, at least",
        1,
        lambda n: {"type": "file_input", "max_files": n},
        "/max_files",
        step=-1,
    ),
    input_limit(
        "initial_date_time, seconds",
        9_999_999_999,
        lambda n: {"type": "datetimepicker", "initial_date_time": n},
        "/initial_date_time",
    ),
    input_limit(
        "initial_date_time, seconds, at least",
        1_000_000_000,
        lambda n: {"type": "datetimepicker", "initial_date_time": n},
        "/initial_date_time",
        step=-1,
    ),
    block_limit(
        "indent of a rich text list",
        8,
        lambda n: rich_text(
            {"type": "rich_text_list", "style": "bullet", "indent": n, "elements": [rich_section(part())]}
        ),
        "/elements/0/indent",
    ),
]

FIGURES = [
    block_limit("rows of a table", 100, lambda n: table(rows=rows(n)), "/rows"),
    block_limit("cells of a table row", 20, lambda n: table(rows=rows(1, n)), "/rows/0"),
    block_limit(
        "column_settings of a table", 20, lambda n: table(column_settings=[{"align": "right"}] * n), "/column_settings"
    ),
    LimitCase("text over all cells of a table", 10_000, _table_of, "/blocks/0/rows"),
    block_limit("rows of a data table with its header", 101, lambda n: data_table(rows=rows(n)), "/rows"),
    block_limit(
        "rows of a data table with its header, at least", 2, lambda n: data_table(rows=rows(n)), "/rows", step=-1
    ),
    block_limit(
        "columns of a data table", 20, lambda n: data_table(rows=rows(2, n)), "/rows/0", also=("/blocks/0/rows/1",)
    ),
    block_limit("page_size of a data table", 100, lambda n: data_table(page_size=n), "/page_size"),
    block_limit("title of a chart", 50, lambda n: chart(pie(), title=words(n)), "/title"),
    block_limit("segments of a pie chart", 6, lambda n: chart(pie(n)), "/chart/segments"),
    block_limit("series of a chart", 6, lambda n: chart(bar(["a"], [str(i) for i in range(n)])), "/chart/series"),
    block_limit(
        "categories of a chart",
        20,
        lambda n: chart(bar([str(i) for i in range(n)])),
        "/chart/series/0/data",
        also=("/blocks/0/chart/axis_config/categories",),
    ),
    block_limit(
        "label of a category, segment or series",
        20,
        lambda n: chart({"type": "pie", "segments": [{"label": words(n), "value": 1}]}),
        "/chart/segments/0/label",
    ),
    block_limit(
        "label of a category, segment or series", 20, lambda n: chart(bar(["a"], [words(n)])), "/chart/series/0/name"
    ),
    block_limit(
        "axis label of a chart", 50, lambda n: chart(bar(["a"], x_label=words(n))), "/chart/axis_config/x_label"
    ),
    block_limit(
        "axis label of a chart", 50, lambda n: chart(bar(["a"], y_label=words(n))), "/chart/axis_config/y_label"
    ),
]

CARDS = [
    block_limit("title of a card", 150, lambda n: card(title=plain(words(n))), "/title/text"),
    block_limit("subtitle of a card", 150, lambda n: card(subtitle=mrkdwn(words(n))), "/subtitle/text"),
    block_limit("body of a card", 200, lambda n: card(body=mrkdwn(words(n))), "/body/text"),
    block_limit("buttons of a card", 3, lambda n: card(actions=[button()] * n), "/actions"),
    block_limit("cards of a carousel", 10, lambda n: {"type": "carousel", "elements": [card()] * n}, "/elements"),
    block_limit("title of a container", 150, lambda n: container(title=plain(words(n))), "/title/text"),
    block_limit("subtitle of a container", 150, lambda n: container(subtitle=mrkdwn(words(n))), "/subtitle/text"),
    block_limit("child_blocks of a container", 10, lambda n: container(*[divider()] * n), "/child_blocks"),
    view_limit(
        "text of an alert", 200, lambda n: modal({"type": "alert", "text": plain(words(n))}), "/view/blocks/0/text/text"
    ),
    block_limit("value of an auth provider", 150, lambda n: provider(value=words(n)), "/value"),
    block_limit("name of an auth provider", 75, lambda n: provider(name=plain(words(n))), "/name/text"),
    block_limit(
        "description of an auth provider", 150, lambda n: provider(description=plain(words(n))), "/description/text"
    ),
    block_limit(
        "connected identity or context of an auth provider",
        75,
        lambda n: provider(connected_identity=plain(words(n))),
        "/connected_identity/text",
    ),
    block_limit(
        "connected identity or context of an auth provider",
        75,
        lambda n: provider(connected_context=plain(words(n))),
        "/connected_context/text",
    ),
]
