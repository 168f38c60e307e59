"""Files for people, made while nobody waits to write, and sent through the outbox.

Gesture: make a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commands.kit.handling import Handling
from commands.kit.post import send_file
from commands.kit.work import Work
from storage.compartments import Compartment
from storage.subjects import Key


@dataclass(frozen=True, slots=True)
class File:
    """A file as somebody gets it: its name, its content, what is said above it, and the level and side of it."""

    name: str
    content: bytes
    comment: str
    handling: Handling = Handling.UNCLASSIFIED
    compartment: Compartment = Compartment.MISSION


def send_files(work: Work, user_id: str, files: Iterable[File], *, key: Key) -> None:
    """Put files into a person's direct messages, each once; `key` names the occasion.

    What was sent is put on record by the caller, who knows what it was about.
    """
    for file in files:
        about = Key.of(key, file.name)
        send_file(
            work,
            user_id,
            file.name,
            file.content,
            file.comment,
            key=about,
            handling=file.handling,
            compartment=file.compartment,
        )
