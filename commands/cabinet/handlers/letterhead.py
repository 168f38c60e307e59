"""Setting the mission's own head of documents. A template is tried in the worker before it is used."""

from __future__ import annotations

from commands.cabinet.handlers.documents import send_later
from commands.cabinet.views.letterhead import ADDRESS, ORGANISATION, TEMPLATE, letterhead_form
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.cabinet_minutes import Letterhead, letterhead_of

ZIP_MARK = b"PK\x03\x04"


def open_form(ask: Ask) -> Answer:
    """The form with the head as it is."""
    return Answer(form=letterhead_form(letterhead_of(ask.session, ask.mission.id)))


def take_form(ask: Ask) -> None:
    """The head is saved; a new template waits until it has been tried."""
    head = letterhead_of(ask.session, ask.mission.id)
    if head is None:
        head = Letterhead(mission_id=ask.mission.id, template_name="", trial_name="")
        ask.session.add(head)
    head.organisation, head.address = ask.fields.text(ORGANISATION), ask.fields.text(ADDRESS)
    head.changed_by, head.changed_at = ask.who.user_id, ask.now
    if TEMPLATE in ask.files:
        name, content = ask.files[TEMPLATE]
        if not content.startswith(ZIP_MARK):
            raise Refused(_("This is no DOCX file. Save it as DOCX and try again."), TEMPLATE)
        head.trial, head.trial_name = content, name
    ask.session.flush()
    ask.record("cabinet.letterhead", ("mission", ask.mission.id))
    send_later(ask, ask.who.user_id, "letterhead", occasion=ask.request_id)
