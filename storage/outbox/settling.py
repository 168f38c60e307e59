"""Writing down what became of rows that a worker had in hand, and giving back what it still has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import CursorResult, Update, bindparam, update
from sqlalchemy.orm import Session

from storage.outbox.call import Sent
from storage.outbox.claiming import Claimed
from storage.outbox.queue import LEASE, TABLE, OutboxRow, State


@dataclass(frozen=True, slots=True)
class Left:
    """A row that left `at` this moment, and what Slack said of it."""

    row: Claimed
    outcome: Sent
    at: datetime

    def values(self, error: str | None = None) -> dict[str, Any]:
        """What is written down of it; `error` says what raised afterwards."""
        return {
            "state": State.SENT,
            "outcome": self.outcome,
            "settled_at": self.at,
            "error": error,
            "attachment": None,
            # A message that was drawn as it left has its level and its side since then.
            "handling": self.row.handling,
            "compartment": self.row.compartment,
        }


def renew(session: Session, row_id: int, owner: str, now: datetime, **values: Any) -> bool:
    """Make a lease run anew, and write `values`. Returns False when the row went to somebody else meanwhile."""
    return settle(session, row_id, owner, lease_owner=owner, lease_until=now + LEASE, **values)


def settle(session: Session, row_id: int, owner: str, **values: Any) -> bool:
    """Write what became of a claimed row. Returns False when the lease went to somebody else meanwhile."""
    return _settle(session, owner, [(row_id, values)])


def settle_left(session: Session, owner: str, left: Iterable[Left]) -> bool:
    """Write down with one statement that all these left. Returns False when not all of them were still the owner's.

    Then some may be written all the same: the transaction is to be given up.
    """
    # In one order always, so that whoever writes several of them waits for nobody who waits in turn.
    in_order = sorted(left, key=lambda one: one.row.id)
    return _settle(session, owner, [(one.row.id, one.values()) for one in in_order])


def _settle(session: Session, owner: str, what: Sequence[tuple[int, dict[str, Any]]]) -> bool:
    free = {"lease_owner": None, "lease_until": None}
    statement = _settling(tuple({**free, **what[0][1]}))
    settled = session.execute(
        statement, [{"of_row": row_id, "of_owner": owner, **free, **values} for row_id, values in what]
    )
    return cast("CursorResult[Any]", settled).rowcount == len(what)


@cache
def _settling(columns: tuple[str, ...]) -> Update:
    """The statement that writes these columns, built once."""
    return (
        update(TABLE)
        .where(
            TABLE.c.id == bindparam("of_row"),
            TABLE.c.lease_owner == bindparam("of_owner"),
            TABLE.c.state == State.PENDING,
        )
        .values({name: bindparam(name) for name in columns})
    )


def give_back(session: Session, owner: str, now: datetime, not_before: datetime) -> int:
    """Let others have what a worker that ends holds; they must look whether Slack has it already. How many rows."""
    statement = (
        update(OutboxRow)
        .where(OutboxRow.lease_owner == owner, OutboxRow.lease_until >= now, OutboxRow.state == State.PENDING)
        .values(lease_owner=None, lease_until=None, uncertain=True, not_before=not_before)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
