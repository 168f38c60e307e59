"""Everything the views of one escalation draw from, gathered beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.escalations.rules.access import level_of
from commands.escalations.rules.chains import ChainPlan
from commands.kit.handling import Handling
from storage.escalations.model import Escalation, EscalationAct
from storage.escalations.notices import EscalationNotice, NoticeState


@dataclass(frozen=True, slots=True)
class Case:
    """One escalation with its surroundings. `withheld`: whoever reads this may know of it and not read its texts.

    `may_answer`: whether this reader may answer what was asked back. `merged_into` and `resembles` are numbers. `acts`
    is its history, `notices` whom its steps have told.
    """

    this: Escalation
    chain: ChainPlan
    codes: tuple[str, ...]
    zone: ZoneInfo
    now: datetime
    acts: Sequence[EscalationAct] = ()
    notices: Sequence[EscalationNotice] = ()
    merged_into: int | None = None
    resembles: tuple[int, ...] = field(default=())
    withheld: bool = False
    reader: str = ""
    may_answer: bool = True

    @property
    def level(self) -> Handling:
        """The level of a message that draws it: a withheld one says nothing that needs care."""
        return Handling.UNCLASSIFIED if self.withheld else level_of(self.this)

    @property
    def is_pointer(self) -> bool:
        """Whether its text is held outside Slack."""
        return self.this.handling == Handling.STRICTLY_CONFIDENTIAL

    def missed(self) -> list[EscalationNotice]:
        """Whom steps did not reach, oldest first."""
        lost = (NoticeState.FAILED, NoticeState.SKIPPED)
        return [one for one in self.notices if one.state in lost and one.step >= 0]
