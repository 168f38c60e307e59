"""Small valid payloads that the cases bend out of shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.sandbox.blockkit import Problem, check_blocks, check_message, check_view

Json = dict[str, Any]


@dataclass(frozen=True)
class Payload:
    """A payload and the way it is checked: "message", "update", "view", or "blocks on <surface>"."""

    kind: str
    content: Any

    def problems(self) -> list[Problem]:
        if self.kind == "message":
            return check_message(self.content)
        if self.kind == "update":
            return check_message(self.content, update=True)
        if self.kind == "view":
            return check_view(self.content)
        return check_blocks(self.content, self.kind.removeprefix("blocks on "))


def message(*blocks: Json, **extra: Any) -> Payload:
    return Payload("message", {"text": "Update due", "blocks": list(blocks), **extra})


def blocks_on(surface: str, *blocks: Json) -> Payload:
    return Payload(f"blocks on {surface}", list(blocks))


def bare_message(**content: Any) -> Payload:
    return Payload("message", content)


def modal(*blocks: Json, **extra: Any) -> Payload:
    frame = {"type": "modal", "title": plain("Update"), "submit": plain("Send")}
    return Payload("view", {**frame, "blocks": list(blocks) or [divider()], **extra})


def home(*blocks: Json, **extra: Any) -> Payload:
    return Payload("view", {"type": "home", "blocks": list(blocks), **extra})


def words(length: int) -> str:
    return "w" * length


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def divider(**extra: Any) -> Json:
    return {"type": "divider", **extra}


def section(**extra: Any) -> Json:
    return {"type": "section", "text": mrkdwn("*WFP* owes its update"), **extra}


def button(**extra: Any) -> Json:
    return {"type": "button", "text": plain("Open"), **extra}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field_for(element: Json, **extra: Any) -> Json:
    return {"type": "input", "label": plain("Update"), "element": element, **extra}


def option(value: str = "a", **extra: Any) -> Json:
    return {"text": plain(f"Option {value}"), "value": value, **extra}


def options(count: int) -> list[Json]:
    return [option(str(number)) for number in range(count)]


def static_select(**extra: Any) -> Json:
    return {"type": "static_select", "options": options(2), **extra}


def confirm(**extra: Any) -> Json:
    texts = {"title": plain("Sure?"), "text": mrkdwn("It is sent."), "confirm": plain("Yes"), "deny": plain("No")}
    return {**texts, **extra}


def image(**extra: Any) -> Json:
    return {"type": "image", "alt_text": "Map", "image_url": "https://example.org/map.png", **extra}


def rich_text(*elements: Json, **extra: Any) -> Json:
    return {"type": "rich_text", "elements": list(elements), **extra}


def rich_section(*parts: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(parts)}


def part(text: str = "Said") -> Json:
    return {"type": "text", "text": text}


def cell(text: str = "x") -> Json:
    return {"type": "raw_text", "text": text}


def rows(count: int, width: int = 2) -> list[list[Json]]:
    return [[cell() for _ in range(width)] for _ in range(count)]


def table(**extra: Any) -> Json:
    return {"type": "table", "rows": rows(2), **extra}


def data_table(**extra: Any) -> Json:
    return {"type": "data_table", "caption": "Pledges", "rows": rows(3), **extra}


def chart(plot: Json, **extra: Any) -> Json:
    return {"type": "data_visualization", "title": "Funding", "chart": plot, **extra}


def pie(count: int = 2, **extra: Any) -> Json:
    segments = [{"label": str(number), "value": 1} for number in range(count)]
    return {"type": "pie", "segments": segments, **extra}


def bar(categories: list[str], names: list[str] | None = None, **axis: Any) -> Json:
    data = [{"label": label, "value": 1} for label in categories]
    series = [{"name": name, "data": data} for name in names or ["Pledged"]]
    return {"type": "bar", "series": series, "axis_config": {"categories": categories, **axis}}


def card(**extra: Any) -> Json:
    return {"type": "card", "title": plain("UNICEF"), **extra}


def container(*blocks: Json, **extra: Any) -> Json:
    return {"type": "container", "title": plain("Agencies"), "child_blocks": list(blocks) or [divider()], **extra}


def task(**extra: Any) -> Json:
    return {"type": "task_card", "task_id": "1", "title": "Collect updates", **extra}


def video(**extra: Any) -> Json:
    return {
        "type": "video",
        "title": plain("Briefing"),
        "alt_text": "Briefing of the cabinet",
        "thumbnail_url": "https://example.org/t.png",
        "video_url": "https://example.org/v",
        **extra,
    }


def provider(**extra: Any) -> Json:
    return {"type": "auth_provider", "value": "fts", "name": plain("FTS"), "is_connected": False, **extra}
