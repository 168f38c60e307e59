"""What happens when a row is taken in hand for too long."""

from __future__ import annotations


class LeaseLostError(Exception):
    """The row went to another worker while we were at it."""
