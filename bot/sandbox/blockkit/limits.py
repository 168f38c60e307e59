"""Every number of Block Kit, in one place, with the certainty of its source.

Lengths are in characters, sizes in bytes, counts in items. A limit marked ``UNVERIFIED``, ``SECOND_HAND`` or
``MEASURED`` is not in Slack's reference: when the live service is seen to differ, this is the line to change.
"""

from __future__ import annotations

from .rules import MEASURED, SDK, SECOND_HAND, UNVERIFIED, limit

# Payloads
MESSAGE_BLOCKS = limit("blocks in a message", 50)
VIEW_BLOCKS_MIN = limit("blocks in a view, at least", 1, SDK)
VIEW_BLOCKS = limit("blocks in a view", 100)
# The live service refused messages of 11,341 to 13,297 characters; the exact formula is not published. Every text
# of every block counts here, labels of buttons and options too: the strictest reading.
MESSAGE_TEXT_TOTAL = limit("text over all blocks of a message", 12_000, MEASURED)
UPDATE_TEXT = limit("text of chat.update", 4_000)
MARKDOWN_TEXT = limit("markdown_text of a message", 12_000)
MARKDOWN_TOTAL = limit("text over all markdown blocks of a message", 12_000)
ATTACHMENTS = limit("attachments of a message", 100)
ATTACHMENT_ACTIONS = limit("actions of an attachment", 5, SDK)
ATTACHMENT_FOOTER = limit("footer of an attachment", 300, SDK)
METADATA_BYTES = limit("message metadata, bytes of JSON", 8_000, UNVERIFIED)
VIEW_BYTES = limit("view, bytes of JSON", 250 * 1024)
TABLES_PER_MESSAGE = limit("tables in a message", 1)
CHARTS_PER_MESSAGE = limit("charts in a message", 2, UNVERIFIED)

# Views
VIEW_TITLE = limit("title of a modal", 24)
VIEW_SUBMIT = limit("submit of a modal", 24)
VIEW_CLOSE = limit("close of a modal", 24)
PRIVATE_METADATA = limit("private_metadata of a view", 3_000)
CALLBACK_ID = limit("callback_id of a view", 255)
EXTERNAL_ID = limit("external_id of a view", 255)

# Everywhere
BLOCK_ID = limit("block_id", 255)
ACTION_ID = limit("action_id", 255)
URL = limit("url", 3_000)
TEXT_MIN = limit("text object, at least", 1)
PLACEHOLDER = limit("placeholder", 150)

# Composition objects
CONFIRM_TITLE = limit("title of a confirm dialog", 100)
CONFIRM_TEXT = limit("text of a confirm dialog", 300)
CONFIRM_BUTTON = limit("confirm button of a confirm dialog", 30)
DENY_BUTTON = limit("deny button of a confirm dialog", 30)
OPTION_TEXT = limit("text of an option", 75)
OPTION_VALUE = limit("value of an option", 150)
OPTION_DESCRIPTION = limit("description of an option", 75)
OPTION_GROUP_LABEL = limit("label of an option group", 75)
OPTION_GROUP_OPTIONS = limit("options of an option group", 100)

# Layout blocks
SECTION_TEXT = limit("text of a section", 3_000)
SECTION_FIELDS = limit("fields of a section", 10)
SECTION_FIELD = limit("text of a section field", 2_000)
HEADER_TEXT = limit("text of a header", 150)
CONTEXT_ELEMENTS = limit("elements of a context block", 10)
CONTEXT_TEXT = limit("text of a context element", 3_000)
ACTIONS_ELEMENTS = limit("elements of an actions block", 25)
CONTEXT_ACTIONS_ELEMENTS = limit("elements of a context_actions block", 5)
IMAGE_ALT = limit("alt_text of an image", 2_000)
IMAGE_TITLE = limit("title of an image block", 2_000)
INPUT_LABEL = limit("label of an input", 2_000)
INPUT_HINT = limit("hint of an input", 2_000)
VIDEO_TITLE = limit("title of a video", 199)
VIDEO_AUTHOR = limit("author_name of a video", 49)

# Buttons
BUTTON_TEXT = limit("text of a button", 75)
BUTTON_VALUE = limit("value of a button", 2_000)
ACCESSIBILITY_LABEL = limit("accessibility_label", 75)
AGENT_PROMPT = limit("agent_prompt of a button", 4_000, SDK)
VISIBLE_TO = limit("visible_to_user_ids", 10, SDK)

# Choices
CHOICES = limit("options of a select menu", 100)
CHOICE_GROUPS = limit("option groups of a select menu", 100)
FEW_CHOICES = limit("options of checkboxes or radio buttons", 10)
OVERFLOW_OPTIONS = limit("options of an overflow menu", 5)
SELECTED_MIN = limit("max_selected_items, at least", 1)

# Inputs
INPUT_MIN_LENGTH = limit("min_length of a text input", 3_000)
INPUT_MAX_LENGTH_MIN = limit("max_length of a text input, at least", 1, UNVERIFIED)
INPUT_MAX_LENGTH = limit("max_length of a text input", 3_000)
RICH_INPUT_LINES = limit("min_lines and max_lines of a rich text input", 100, SDK)
FILES_MIN = limit("max_files of a file input, at least", 1)
FILES = limit("max_files of a file input", 10)
# The reference asks for ten digits, so nothing before September 2001.
UNIX_TIME_MIN = limit("initial_date_time, seconds, at least", 1_000_000_000)
UNIX_TIME = limit("initial_date_time, seconds", 9_999_999_999, SDK)

# Rich text
LIST_INDENT = limit("indent of a rich text list", 8, UNVERIFIED)

# Tables and charts
TABLE_ROWS = limit("rows of a table", 100)
TABLE_COLUMNS = limit("cells of a table row", 20)
TABLE_SETTINGS = limit("column_settings of a table", 20)
TABLE_TEXT = limit("text over all cells of a table", 10_000, SECOND_HAND)
# A newer third-party library says 201 rows and 20 columns; the reference page says 101 rows.
DATA_TABLE_ROWS_MIN = limit("rows of a data table with its header, at least", 2)
DATA_TABLE_ROWS = limit("rows of a data table with its header", 101)
DATA_TABLE_COLUMNS = limit("columns of a data table", 20, UNVERIFIED)
DATA_TABLE_PAGE = limit("page_size of a data table", 100)
CHART_TITLE = limit("title of a chart", 50)
# A newer third-party library says 12 segments and series; the reference page says 6.
CHART_SEGMENTS = limit("segments of a pie chart", 6)
CHART_SERIES = limit("series of a chart", 6)
CHART_CATEGORIES = limit("categories of a chart", 20, UNVERIFIED)
CHART_LABEL = limit("label of a category, segment or series", 20, SECOND_HAND)
CHART_AXIS_LABEL = limit("axis label of a chart", 50, SECOND_HAND)

# Cards, containers, alerts
CARD_TITLE = limit("title of a card", 150, SDK)
CARD_SUBTITLE = limit("subtitle of a card", 150, SDK)
CARD_BODY = limit("body of a card", 200, SDK)
CARD_ACTIONS = limit("buttons of a card", 3, SECOND_HAND)
CAROUSEL_CARDS = limit("cards of a carousel", 10, SDK)
CONTAINER_TITLE = limit("title of a container", 150, SDK)
CONTAINER_SUBTITLE = limit("subtitle of a container", 150, SDK)
CONTAINER_BLOCKS = limit("child_blocks of a container", 10, SDK)
ALERT_TEXT = limit("text of an alert", 200, SECOND_HAND)
PROVIDER_VALUE = limit("value of an auth provider", 150, SDK)
PROVIDER_NAME = limit("name of an auth provider", 75, SDK)
PROVIDER_DESCRIPTION = limit("description of an auth provider", 150, SDK)
PROVIDER_IDENTITY = limit("connected identity or context of an auth provider", 75, SDK)
