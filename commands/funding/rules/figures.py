"""The rules of figures that FTS's own data proved: what counts, coverage, unmet, surplus."""

from __future__ import annotations

INCOMING, SINGLE = "incoming", "single"
COUNTED_STATUSES = ("paid", "commitment")


def counts(boundary: str, on_boundary: str, status: str) -> bool:
    """Whether a flow is in the country's total: incoming, wholly for the country, paid or committed.

    Pledges are recorded and not counted. Internal flows are the same money again. Shared flows are counted nowhere.
    """
    return boundary == INCOMING and on_boundary == SINGLE and status in COUNTED_STATUSES
