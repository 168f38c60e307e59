"""Faults on request: which, for which method, how often."""

from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase

from bot.sandbox.records import Json, Refused

API_KINDS = ("error", "500", "503", "429", "cut_before", "cut_after", "slow")
DELIVERY_KINDS = ("duplicate", "delay", "reorder", "drop")
_DELIVERY = "delivery:"


@dataclass
class Fault:
    """One fault that waits for its method. ``seconds``: Retry-After, delay or slowness."""

    method: str
    kind: str
    count: int = 1
    error: str = "internal_error"
    seconds: float = 1.0
    skip: int = 0
    app: str = ""


class Faults:
    """The faults still to come, in the order they were asked for."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Ask for a fault.

        Raises:
            Refused: ``invalid_fault`` when the kind does not exist for the method.
        """
        kinds = DELIVERY_KINDS if fault.method.startswith(_DELIVERY) else API_KINDS
        if fault.kind not in kinds or fault.count < 1:
            raise Refused("invalid_fault", f"{fault.method} takes one of: {', '.join(kinds)}; count from 1")
        self._waiting.append(fault)

    def take(self, method: str, app_id: str) -> Fault | None:
        """The fault this call meets, used up by one."""
        for fault in self._waiting:
            # A fault of every method (`*`) is none of deliveries.
            same_way = fault.method.startswith(_DELIVERY) == method.startswith(_DELIVERY)
            if not same_way or not fnmatchcase(method, fault.method) or fault.app not in {"", app_id}:
                continue
            if fault.skip > 0:
                fault.skip -= 1
                return None
            fault.count -= 1
            if fault.count == 0:
                self._waiting.remove(fault)
            return fault
        return None

    def clear(self) -> None:
        """Forget them all."""
        self._waiting.clear()

    def to_json(self) -> list[Json]:
        """What is still to come."""
        return [asdict(fault) for fault in self._waiting]
