"""What of the audit record somebody looks for, and how an act reads as a row of a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum

from commands.kit.names.acts import ActWords
from commands.kit.permission import one_of
from commands.kit.tables.cells import named
from storage.audit import AuditEntry, Search
from storage.people import Role

AUDITORS = one_of(Role.ADMIN, Role.SRSG_OFFICE)
TITLES = ("When (UTC)", "Who", "For", "What", "What (code)", "About", "About (code)", "About (id)", "Details")


class Sort(StrEnum):
    """What kind of acts are looked for."""

    ALL = "all"
    READ = "read"
    REFUSED = "refused"
    EXPORTED = "exported"
    ROLES = "roles"


SEARCHES: Mapping[Sort, Search] = {
    Sort.ALL: Search(),
    Sort.READ: Search(verbs=("read",)),
    Sort.REFUSED: Search(verbs=("refused",)),
    Sort.EXPORTED: Search(endings=(".exported",)),
    Sort.ROLES: Search(verbs=("roles.changed", "roles.agreed", "agency.people")),
}


def row_of(entry: AuditEntry, names: Mapping[str, str], words: ActWords) -> list[str]:
    """An act as a row under `TITLES`, in words and by the codes that programs look for.

    `details` are JSON; they never hold the text of what is Confidential.
    """
    return [
        entry.at.isoformat(timespec="seconds"),
        named(entry.actor, names),
        named(entry.on_behalf_of or "", names),
        words.act(entry.verb),
        entry.verb,
        words.thing(entry.subject_kind),
        entry.subject_kind,
        entry.subject_id,
        json.dumps(entry.details, ensure_ascii=False, sort_keys=True) if entry.details else "",
    ]
