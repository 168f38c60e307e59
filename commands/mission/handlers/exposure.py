"""Confidential texts of ours where somebody reads them who may not: deleted by whoever was told."""

from __future__ import annotations

from commands.kit.channels.deleting import delete_texts as delete_them
from commands.kit.channels.deleting import note_deleted
from commands.kit.work import NOTHING_TO_SAY, Answer, Request, Work
from storage.outbox import Sent
from storage.subjects import Subject

DONE = "mission:text-deleted"


def delete_texts(request: Request) -> Answer:
    """The button of the warning."""
    delete_them(request, request.value, DONE)
    return NOTHING_TO_SAY


def text_deleted(work: Work, subject: Subject, _outcome: Sent) -> None:
    """Slack has deleted one."""
    note_deleted(work, subject)
