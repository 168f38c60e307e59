"""Names of global clusters, and lists of them in one cell, where a name may hold a comma itself."""

from __future__ import annotations

from collections.abc import Iterable

NOT_SPECIFIED = "Not specified"
SHARED = "Multiple clusters/sectors (shared)"

# Names FTS has used since 2000; plans' own clusters come from the files.
GLOBAL_CLUSTERS = (
    "Agriculture",
    "Camp Coordination / Management",
    "Child Protection",
    "Coordination and support services",
    "COVID-19",
    "Early Recovery",
    "Education",
    "Emergency Shelter and NFI",
    "Emergency Telecommunications",
    "Food Security",
    "Gender Based Violence",
    "Health",
    "Housing, Land and Property",
    "Logistics",
    "Mine Action",
    "Multi-sector",
    "Multipurpose Cash",
    "Nutrition",
    "Other",
    "Protection",
    "Protection - Child Protection",
    "Protection - Gender-Based Violence",
    "Protection - Housing, Land and Property",
    "Protection - Human Trafficking & Smuggling",
    "Protection - Mine Action",
    "Water Sanitation Hygiene",
    "Water, Sanitation and Hygiene",
)
# Codes of the global clusters; plans number theirs above these or between them.
GLOBAL_CODES = frozenset([*map(str, range(1, 17)), *map(str, range(26479, 26580))])


def split_list(cell: str, known: Iterable[str] = GLOBAL_CLUSTERS) -> list[str]:
    """The names in a cell. Known names are found first, so that a comma inside one does not cut it."""
    if "," not in cell:
        return [cell] if cell else []
    with_comma = sorted((name for name in known if "," in name), key=len, reverse=True)
    names: list[str] = []
    rest = cell
    while rest:
        name = next((one for one in with_comma if _begins(rest, one)), None)
        if name is None:
            name, _comma, rest = rest.partition(",")
        else:
            rest = rest[len(name) :].lstrip().removeprefix(",")
        names.append(name.strip())
        rest = rest.strip()
    return [name for name in names if name]


def _begins(text: str, name: str) -> bool:
    rest = text[len(name) :].lstrip()
    return text.startswith(name) and (not rest or rest.startswith(","))


def one_cluster(cell: str, known: Iterable[str] = GLOBAL_CLUSTERS) -> str:
    """The cluster a flow counts under: its own, "" where it names none, SHARED where it names several."""
    names = split_list(cell, known)
    if not names or names == [NOT_SPECIFIED]:
        return ""
    return names[0] if len(names) == 1 else SHARED


def are_global(rows: Iterable[tuple[str, str]]) -> bool:
    """Whether most rows of a file (code and name) are global clusters and not the clusters of a plan."""
    coded = [(code, name) for code, name in rows if code]
    fitting = sum(code in GLOBAL_CODES and (name in GLOBAL_CLUSTERS or int(code) > 20) for code, name in coded)
    return bool(coded) and 2 * fitting > len(coded)
