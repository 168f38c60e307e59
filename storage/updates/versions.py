"""The versions of a return: writing one, with what the return is from then on, and reading them again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from storage.connection.ready import Ready, insert_of
from storage.updates.returns import Return, ReturnVersion

_WRITTEN = ("state", "version", "is_late", "answers", "answered_by", "answered_at", "on_behalf_of", "deferred")
_WRITE = Ready(
    update(cast("Table", Return.__table__))
    .where(Return.__table__.c.id == bindparam("of_return"))
    .values({name: bindparam(name) for name in _WRITTEN})
)
_WRITE_VERSION = insert_of(ReturnVersion)


def write_version(session: Session, given: Return, version: dict[str, Any], **values: Any) -> None:
    """Give a return these values, and the version that made them so: two statements, past the unit of work.

    `version` says what the version is: `kind`, `answers`, `by`, `at`, `on_behalf_of` and `is_late`.
    """
    for name, value in {"version": given.version + 1, **values}.items():
        set_committed_value(given, name, value)
    _WRITE.run(session, {"of_return": given.id, **{name: getattr(given, name) for name in _WRITTEN}})
    made = {"mission_id": given.mission_id, "return_id": given.id, "number": given.version, **version}
    _WRITE_VERSION.run(session, made)


def versions_of(session: Session, return_ids: Iterable[int]) -> list[ReturnVersion]:
    """Every version of these returns, oldest first."""
    query = select(ReturnVersion).where(ReturnVersion.return_id.in_(list(return_ids)))
    return list(session.scalars(query.order_by(ReturnVersion.return_id, ReturnVersion.number)))


def version_of(session: Session, return_id: int, number: int) -> ReturnVersion | None:
    """One version of a return."""
    query = select(ReturnVersion).where(ReturnVersion.return_id == return_id, ReturnVersion.number == number)
    return session.scalars(query).first()
