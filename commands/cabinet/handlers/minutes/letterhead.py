"""Setting the mission's own head of documents. A template is tried in the worker before it is used."""

from __future__ import annotations

from commands.cabinet.handlers.minutes.documents import send_later
from commands.cabinet.views.minutes.letterhead import ADDRESS, ORGANISATION, TEMPLATE, letterhead_form
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import NOTHING_TO_SAY, Answer, Request
from storage.cabinet.minutes import Letterhead, letterhead_of
from storage.subjects import Subject

ZIP_MARK = b"PK\x03\x04"


def open_form(request: Request) -> Answer:
    """The form with the head as it is."""
    return Answer(form=letterhead_form(letterhead_of(request.session, request.mission.id)))


def take_form(request: Request) -> Answer:
    """The head is saved; a new template waits until it has been tried."""
    head = letterhead_of(request.session, request.mission.id)
    if head is None:
        head = Letterhead(mission_id=request.mission.id, template_name="", trial_name="")
        request.session.add(head)
    head.organisation, head.address = request.fields.text(ORGANISATION), request.fields.text(ADDRESS)
    head.changed_by, head.changed_at = request.who.user_id, request.now
    if TEMPLATE in request.files:
        name, content = request.files[TEMPLATE]
        if not content.startswith(ZIP_MARK):
            raise Refused(_("This is no DOCX file. Save it as DOCX and try again."), TEMPLATE)
        head.trial, head.trial_name = content, name
    request.session.flush()
    request.record("cabinet.letterhead", ("mission", request.mission.id))
    send_later(request, request.who.user_id, Subject.of("letterhead"), occasion=request.request_id)
    return NOTHING_TO_SAY
