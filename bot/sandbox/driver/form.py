"""A form as a person fills it."""

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from bot.sandbox.driver.surface import Surface

if TYPE_CHECKING:
    from bot.sandbox.driver.person import Person

Json = dict[str, Any]


class Form(Surface):
    """The top form. Fields are named by their label; each verb gives the form back, so that they chain."""

    def __init__(self, person: "Person", view: Json) -> None:
        super().__init__(person, view["blocks"], {"type": "view", "view_id": view["id"]})
        self.view = view
        self.errors: dict[str, str] = {}
        self.notice: str | None = None

    @property
    def title(self) -> str:
        """The form's title."""
        return str(self.view["title"]["text"])

    @property
    def fields(self) -> list[str]:
        """The labels of the inputs."""
        return [block["label"]["text"] for block in self.blocks if block["type"] == "input"]

    def value(self, name: str) -> Any:
        """What a field holds: text, number of seconds, option value(s), ids or file ids; None when empty."""
        block, element = self.field(name)
        typed = self.typed.get(block["block_id"], {})
        if element["action_id"] in typed:
            return typed[element["action_id"]]
        held = dict(self.view["state"]["values"][block["block_id"]][element["action_id"]])
        held.pop("type")
        (found,) = held.values()
        if isinstance(found, dict):
            return found.get("value", found)
        return (
            [one.get("value", one.get("id")) if isinstance(one, dict) else one for one in found]
            if isinstance(found, list)
            else found
        )

    def fill(self, name: str, value: Any, *, enter: bool = False) -> Self:
        """Type into a field: text, a number, a date, a time; ``enter`` presses the return key after it."""
        if isinstance(value, datetime):
            value = int(value.timestamp())
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, time):
            value = value.strftime("%H:%M")
        elif value is not None and not isinstance(value, dict):
            value = int(value) if self.field(name)[1]["type"] == "datetimepicker" else str(value)
        self._taken(self.change(name, value, trigger="enter" if enter else "character"))
        return self

    def choose(self, name: str, *wanted: str) -> Self:
        """Choose by what is written on the options, or by the names of people and channels; nothing clears it."""
        _, element = self.field(name)
        several = element["type"].startswith("multi_") or element["type"] == "checkboxes"
        found = [self.choice(name, one) for one in wanted]
        self._taken(self.change(name, found if several else (found[0] if found else None)))
        return self

    def check(self, name: str, *wanted: str) -> Self:
        """Tick boxes besides those ticked already."""
        found = [self.choice(name, one) for one in wanted]
        before = self.value(name) or []
        self._taken(self.change(name, [*before, *(one for one in found if one not in before)]))
        return self

    def uncheck(self, name: str, *wanted: str) -> Self:
        """Untick boxes."""
        gone = [self.choice(name, one) for one in wanted]
        self._taken(self.change(name, [one for one in self.value(name) or [] if one not in gone]))
        return self

    def attach(self, name: str, content: bytes | str | Path, *, called: str = "") -> Self:
        """Put a file into a field: bytes, a text, or a path."""
        if isinstance(content, Path):
            called, content = called or content.name, content.read_bytes()
        raw = content.encode() if isinstance(content, str) else content
        file = self.person.wire.upload(called or "file.txt", raw, **{"as": self.person.id})["file"]
        before = self.value(name) or []
        self._taken(self.change(name, [*before, file["id"]]))
        return self

    def press(self, what: str) -> "Form | None":
        """Press a button of the form, or its submit or close button by what is written on it; the form now open."""
        if what == self._written("submit"):
            return self.submit()
        if what == self._written("close"):
            return self.close()
        self.press_in(what)
        return self.person.form

    def _written(self, button: str) -> str | None:
        text = self.view.get(button)
        return str(text["text"]) if text else None

    def submit(self) -> "Form | None":
        """Submit. The form that is open then (this one, with ``errors`` by label, when it was refused), or None."""
        answer = self.person.wire.post(
            "view/submit", **{"as": self.person.id}, view_id=self.view["id"], values=self.typed
        )
        self.person.gestured(answer)
        self.notice = answer["notice"]
        self.errors = {self._label(block_id): text for block_id, text in (answer["errors"] or {}).items()}
        if self.errors or self.notice:
            return self
        return self.person.form

    def close(self, *, everything: bool = False) -> "Form | None":
        """Close the form (or all of them); the form below it, or None."""
        view_id = self.view["id"]
        answer = self.person.wire.post("view/close", **{"as": self.person.id}, view_id=view_id, all=everything)
        self.person.gestured(answer)
        return self.person.form

    def refresh(self) -> Self:
        """Look again: the app may have changed the form."""
        now = next((view for view in self.person.views() if view["id"] == self.view["id"]), None)
        assert now is not None, f"the form {self.title!r} is closed\n{self.person.story()}"
        self.view, self.blocks = now, now["blocks"]
        return self

    def _label(self, block_id: str) -> str:
        found = next((block for block in self.blocks if block["block_id"] == block_id), None)
        return str(found["label"]["text"]) if found and "label" in found else block_id

    def _taken(self, answer: Json | None) -> None:
        if answer is None:
            return
        if any(view["id"] == self.view["id"] for view in answer["views"]):
            self.refresh()
