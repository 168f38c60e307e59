"""Slack's answers to the steps of a channel's making."""

from __future__ import annotations

from commands.cabinet.handlers.agenda.papers import send_papers_of
from commands.cabinet.handlers.meetings.channels import CONTENTS, subject_parts
from commands.kit.channels import advance
from commands.kit.work import Work
from storage.channel_setups import SetupState, lock_setup
from storage.outbox import Sent
from storage.subjects import Subject


def on_step(work: Work, subject: Subject, outcome: Sent) -> None:
    """Slack answered a step; an agenda that was due meanwhile goes out as soon as the channel is there."""
    advance(work, CONTENTS, subject, outcome)
    setup = lock_setup(work.session, work.mission.id, subject.number())
    if setup is not None and setup.state == SetupState.READY:
        _series, meetings = subject_parts(work, setup)
        for meeting in meetings:
            send_papers_of(work, meeting)


def on_step_failed(work: Work, subject: Subject, reason: str) -> None:
    """A step never reached Slack: the same as a refusal, so that nobody waits for a channel without knowing why."""
    advance(work, CONTENTS, subject, {"refused": reason})
