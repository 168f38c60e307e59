"""What a person has entered in a form of several steps before saving it: Slack's own notes hold 3,000 characters."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Json
from storage.upsert import put_row


class FormDraft(Base):
    """One person's unfinished form; `form` names it, for example `plan:12`."""

    __tablename__ = "form_drafts"
    kept = timedelta(days=30)

    mission_id: Mapped[str] = mapped_column(String(32), ForeignKey("missions.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    form: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[Json] = mapped_column(default=dict)
    saved_at: Mapped[datetime]


def load_form(session: Session, mission_id: str, user_id: str, form: str) -> Json | None:
    """What the person has entered so far, held until the transaction ends, so that two presses cannot both use it."""
    key = (mission_id, user_id, form)
    draft = session.get(FormDraft, key, with_for_update=True, populate_existing=True)
    return dict(draft.data) if draft else None


def save_form(session: Session, mission_id: str, user_id: str, form: str, data: Json, now: datetime) -> None:
    """Keep what the person has entered so far."""
    key = {"mission_id": mission_id, "user_id": user_id, "form": form}
    put_row(session, FormDraft, key, data=dict(data), saved_at=now)


def drop_form(session: Session, mission_id: str, user_id: str, form: str) -> None:
    """The form is saved or given up."""
    session.execute(
        delete(FormDraft).where(
            FormDraft.mission_id == mission_id, FormDraft.user_id == user_id, FormDraft.form == form
        )
    )


def forget_forms(session: Session, now: datetime) -> None:
    """Forget what somebody began to enter long ago and never saved."""
    session.execute(delete(FormDraft).where(FormDraft.saved_at < now - FormDraft.kept))
