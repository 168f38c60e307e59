"""Where people can be reached by e-mail, as they or an admin entered it. Slack is never asked for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.upsert import put_row

LONGEST_ADDRESS = 200


class MailAddress(Base):
    """One person's address. It goes with the person: it is kept until they, or an admin, take it away."""

    __tablename__ = "mail_addresses"
    kept = "one address a person, until they or an admin remove it"

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    entered_by: Mapped[str] = mapped_column(String(32))
    entered_at: Mapped[datetime]


def address_of(session: Session, mission_id: str, user_id: str) -> str | None:
    """A person's address; None while nobody has entered one."""
    row = session.get(MailAddress, (mission_id, user_id))
    return row.address if row else None


def set_address(session: Session, mission_id: str, user_id: str, address: str | None, by: str, now: datetime) -> None:
    """Remember a person's address, or forget it with None."""
    key = {"mission_id": mission_id, "user_id": user_id}
    if address is not None:
        put_row(session, MailAddress, key, address=address, entered_by=by, entered_at=now)
        return
    row = session.get(MailAddress, key)
    if row is not None:
        session.delete(row)
        session.flush()
