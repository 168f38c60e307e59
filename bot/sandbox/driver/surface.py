"""Anything with blocks a person can press or change: a message, a form, a Home."""

from typing import TYPE_CHECKING, Any

from bot.sandbox import elements
from bot.sandbox.driver.render import label, lines

if TYPE_CHECKING:
    from bot.sandbox.driver.person import Person

Json = dict[str, Any]
_NAMED = ("users_select", "multi_users_select", "channels_select", "multi_channels_select")
_CONVERSATIONS = ("conversations_select", "multi_conversations_select")


class Surface:
    """What a person has before them; ``container`` says where it is."""

    def __init__(self, person: "Person", blocks: list[Json], container: Json) -> None:
        self.person = person
        self.blocks = blocks
        self.container = container
        self.typed: dict[str, dict[str, Any]] = {}

    @property
    def text(self) -> str:
        """Everything a person reads here, as plain lines."""
        return "\n".join(line for line in lines(self.blocks, self.person.name_of) if line)

    @property
    def buttons(self) -> list[str]:
        """What can be pressed here."""
        return [label(element) for _, element in elements.walk(self.blocks) if element["type"] == "button"]

    def press_in(self, what: str) -> Json:
        """Press a button, or choose a line of an overflow menu, by what is written on it.

        Its action_id will do, and what a reader of screens hears, where several have the same words on them.
        """
        for block, element in elements.walk(self.blocks):
            if element["type"] == "overflow":
                chosen = next((one for one in element["options"] if label(one) == what), None)
                if chosen:
                    return self._act(block, element, value=chosen["value"])
                continue
            names = {label(element), element.get("action_id"), element.get("accessibility_label")}
            if not elements.holds(element) and what in names:
                return self._act(block, element)
        raise AssertionError(self._absent(f"no button {what!r}", self.buttons))

    def field(self, name: str) -> tuple[Json, Json]:
        """The element with this label, placeholder or action_id, and its block."""
        known = []
        for block, element in elements.walk(self.blocks):
            if not elements.holds(element):
                continue
            names = _names(block, element)
            if name in names:
                return block, element
            known.append(names[0] if names else "")
        raise AssertionError(self._absent(f"no field {name!r}", known))

    def change(self, name: str, value: Any, *, trigger: str = "") -> Json | None:
        """Change an element; where that speaks to the app at once, the answer."""
        block, element = self.field(name)
        return self.put(block, element, value, trigger=trigger)

    def put(self, block: Json, element: Json, value: Any, *, trigger: str = "") -> Json | None:
        """Change this element; where that speaks to the app at once, the answer."""
        self.typed.setdefault(block["block_id"], {})[element["action_id"]] = value
        if block["type"] == "input" and not block.get("dispatch_action"):
            return None
        return self._act(block, element, value=value, **({"trigger": trigger} if trigger else {}))

    def options(self, name: str, query: str = "") -> list[Json]:
        """The options of a select; an external one asks its app for ``query``."""
        block, element = self.field(name)
        if element["type"] not in {"external_select", "multi_external_select"}:
            return elements.offered(element)
        found = self.person.wire.post(
            "options",
            **{"as": self.person.id},
            container=self.container,
            block_id=block["block_id"],
            action_id=element["action_id"],
            query=query,
        )
        return elements.offered(found)

    def choice(self, name: str, wanted: str) -> Any:
        """What choosing ``wanted`` (its text or value, a person's or channel's name) puts into the field."""
        _, element = self.field(name)
        if element["type"] in _NAMED or element["type"] in _CONVERSATIONS:
            return self._named(element["type"], wanted)
        offered = self.options(name, wanted)
        for option in offered:
            if wanted in {label(option), option["value"]}:
                return option if "external" in element["type"] else option["value"]
        raise AssertionError(self._absent(f"{name!r} offers no {wanted!r}", [label(one) for one in offered]))

    def _named(self, kind: str, wanted: str) -> str:
        channel = self.person.find_channel(wanted) if "users" not in kind else None
        if channel is not None:
            return str(channel["id"])
        return str(self.person.workspace.person(wanted).id)

    def _act(self, block: Json, element: Json, **more: Any) -> Json:
        answer = self.person.wire.post(
            "action",
            **{"as": self.person.id},
            container=self.container,
            block_id=block.get("block_id", ""),
            action_id=element["action_id"],
            values=self.typed,
            **more,
        )
        self.person.gestured(answer)
        return answer

    def _absent(self, what: str, there: list[str]) -> str:
        return f"{what}; there is: {', '.join(map(repr, there)) or 'none'}\n{self.text}\n\n{self.person.story()}"


def _names(block: Json, element: Json) -> list[str]:
    texts = [block.get("label"), element.get("placeholder"), block.get("text") if "accessory" in block else None]
    found = [str(text["text"]) for text in texts if isinstance(text, dict)]
    return [*found, element["action_id"]]
