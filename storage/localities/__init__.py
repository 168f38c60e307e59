"""The places of a mission by their p-codes, and other spellings of their names.

What every part of the product uses can be had from here.
"""

from storage.localities.finding import (
    add_alias,
    aliases_of,
    bearing,
    by_codes,
    fitting,
    save_localities,
)
from storage.localities.model import Locality, LocalityAlias

__all__ = [
    "Locality",
    "LocalityAlias",
    "add_alias",
    "aliases_of",
    "bearing",
    "by_codes",
    "fitting",
    "save_localities",
]
