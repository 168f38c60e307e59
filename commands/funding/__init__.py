"""Funding: what was asked, pledged, committed and paid, as OCHA's Financial Tracking Service publishes it."""

from __future__ import annotations

from datetime import timedelta

from commands.funding.handlers import import_steps, importing, reading
from commands.funding.rules.recognising import FILE, MOST_BYTES
from commands.funding.rules.rights import WRITE
from commands.kit.room import CatchUp, Command, Room, Schedule, Sub, Verb

ROOM = Room(
    name="funding",
    summary="What the mission's plans ask for and receive, to the dollar, with the age of every figure.",
    commands=(
        Command(
            name="/funding",
            summary="Shows what plans ask for and receive",
            start=Verb(reading.show_start, reads_only=True),
            start_summary="Shows plans with requirement, funding, coverage and what is missing.",
            subs=(
                Sub(
                    "import",
                    "",
                    "Reads a file from FTS or HDX, with a preview.",
                    Verb(importing.open_import, WRITE, reads_only=True),
                ),
                Sub("imports", "", "Shows what was imported.", Verb(importing.show_imports, WRITE, reads_only=True)),
            ),
        ),
    ),
    actions={
        "open-import": Verb(importing.open_import, WRITE, reads_only=True),
        "save-import": Verb(importing.save, WRITE),
        "discard-import": Verb(importing.discard, WRITE),
        "undo-import": Verb(importing.undo, WRITE),
        "import-issues": Verb(importing.send_refused, WRITE),
        "show-import": Verb(importing.show_one, WRITE, reads_only=True),
        "imports": Verb(importing.show_imports, WRITE, reads_only=True),
    },
    forms={
        "import": Verb(importing.take_file, WRITE, fetches=FILE, fetch_limit=MOST_BYTES),
    },
    timers={
        "read": import_steps.read_step,
        "save": import_steps.save_step,
        "undo": import_steps.undo_step,
    },
    schedules={
        "tidy": Schedule(timedelta(days=1), importing.discard_old, CatchUp.ONCE),
    },
)
