"""Which agencies a round asks: everybody, a kind, a sector, or named ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storage.agencies import Agency, AgencyState
from storage.letters import begins_with, fits, folded
from storage.updates.returns import Standing

ALL = "all"
NEAREST = 3


def selects(selectors: Sequence[str], agency: Agency) -> bool:
    """Whether a round asks this agency. Suspended ones owe nothing."""
    if agency.state != AgencyState.ACTIVE:
        return False
    marks = {ALL, f"kind:{agency.kind}", f"agency:{agency.id}", *(f"sector:{sector}" for sector in agency.sectors)}
    return not marks.isdisjoint(selectors)


def chosen(selectors: Sequence[str], agencies: Iterable[Agency]) -> list[Agency]:
    """The agencies that a round asks, in the order given."""
    return [agency for agency in agencies if selects(selectors, agency)]


def matching(query: str, standings: Sequence[Standing]) -> list[Standing]:
    """The returns whose agency has every word of what was typed in its code or name, its code first."""
    found = [one for one in standings if fits(query, f"{one.code} {one.name}")]
    return sorted(found, key=lambda one: not begins_with(query, one.code))


def nearest_codes(typed: str, agencies: Iterable[Agency]) -> list[str]:
    """Codes that somebody may have meant, the likeliest first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 2 MiB that most processes never need

    words = {agency.code: folded(agency.code) for agency in agencies}
    found = process.extract(folded(typed), words, scorer=fuzz.WRatio, limit=NEAREST, score_cutoff=50)
    return [code for _word, _score, code in found]
