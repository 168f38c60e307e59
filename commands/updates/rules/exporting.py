"""Returns and digests as rows of a table. Titles are English, so that files of all missions read alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commands.kit.names.sectors import sector_name
from commands.kit.tables.cells import named
from commands.updates.rules.answers import answer_text
from commands.updates.rules.questions import items_for, questions_of
from storage.agencies import Agency
from storage.updates.digests import RoundDigest
from storage.updates.returns import SUSPENDED_REASON, Return, ReturnVersion
from storage.updates.rounds import Round

RETURN_TITLES = [
    "Round",
    "Due (UTC)",
    "Agency code",
    "Agency",
    "State",
    "Late",
    "Version",
    "Kind",
    "Question",
    "Sector",
    "Answer",
    "Unit",
    "By",
    "By proxy for",
    "At (UTC)",
    "Waived because",
    "Classification",
]
DIGEST_TITLES = ["Round", "Number", "Sent (UTC)", "Channel", "Text", "Classification"]


def return_rows(
    rounds: Sequence[Round],
    returns: Sequence[Return],
    versions: Sequence[ReturnVersion],
    agencies: Mapping[int, Agency],
    names: Mapping[str, str],
) -> list[list[str]]:
    """One row for each answer of each version; one for a return without any."""
    said: dict[int, list[ReturnVersion]] = {}
    for version in versions:
        said.setdefault(version.return_id, []).append(version)
    by_id = {this.id: this for this in rounds}
    rows: list[list[str]] = []
    for given in returns:
        this, agency = by_id[given.round_id], agencies[given.agency_id]
        start = [this.title, this.due_at.isoformat(), agency.code, agency.name, given.state]
        end = [
            "Agency suspended" if given.waived_reason == SUSPENDED_REASON else given.waived_reason or "",
            this.handling,
        ]
        found = said.get(given.id)
        if not found:
            rows.append([*start, "", "", "", "", "", "", "", "", "", "", *end])
        for version in found or ():
            rows += [[*start, *middle, *end] for middle in _version_rows(this, given, version, names)]
    return rows


def _version_rows(this: Round, given: Return, version: ReturnVersion, names: Mapping[str, str]) -> list[list[str]]:
    about = ["yes" if version.is_late else "no", str(version.number), version.kind]
    who = [named(version.by, names), version.on_behalf_of or "", version.at.isoformat()]
    items = items_for(questions_of(this.questions), given.sectors)
    rows = []
    for item in items:
        value = version.answers.get(item.key)
        if value is None:
            continue
        answer = str(value) if item.question.unit else answer_text(item.question, value)
        sector = sector_name(item.sector) if item.sector else ""
        rows.append([*about, item.question.text, sector, answer, item.question.unit, *who])
    return rows or [[*about, "", "", "", "", *who]]


def digest_rows(digests: Sequence[tuple[RoundDigest, Round]]) -> list[list[str]]:
    """One row for each digest and addendum, with its whole text."""
    return [
        [
            this.title,
            str(digest.number),
            digest.sent_at.isoformat(),
            digest.channel_id,
            "\n".join(texts_of(digest.content["pages"])),
            digest.handling,
        ]
        for digest, this in digests
    ]


def texts_of(value: Any) -> list[str]:
    """Every text in blocks, in order."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return [*own, *(text for inner in value.values() for text in texts_of(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in texts_of(inner)]
    return []
