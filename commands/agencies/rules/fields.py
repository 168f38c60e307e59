"""What the fields of an agency may hold: the same checks for a form and for every row of a list."""

from __future__ import annotations

import re

from commands.agencies.rules.codes import LONGEST, SHORTEST, is_code
from commands.kit.names.sectors import LONGEST_SECTOR, sector_of, sector_order, sectors
from commands.kit.words import _
from storage.letters import folded

LONGEST_NAME = 200
LONGEST_STATION = 100
LONGEST_REASON = 500
MOST_SECTORS = 40
_EMOJI_CODE = re.compile(r":[a-z0-9_+\-']+:")


def tidy(text: str) -> str:
    """A text on one line, without blanks at its ends or twice in a row."""
    return " ".join(text.split())


def code_problem(code: str) -> str | None:
    """What is wrong with a code, and what to do; None when nothing is."""
    if is_code(code):
        return None
    return _("A code has {shortest} to {longest} letters (A to Z), digits, - and /. “{code}” does not fit.").format(
        shortest=SHORTEST, longest=LONGEST, code=code[:40]
    )


def name_problem(name: str) -> str | None:
    """What is wrong with a name: it needs a letter of any script (digits and emoji are no name), and has to fit."""
    if not any(letter.isalpha() for letter in _EMOJI_CODE.sub("", name)):
        return _("A name needs letters. Write the agency's full name.")
    if len(name) > LONGEST_NAME:
        return _("This name has {count} characters. Shorten it to {most}.").format(count=len(name), most=LONGEST_NAME)
    return None


def station_problem(station: str) -> str | None:
    """What is wrong with a duty station: it has to fit."""
    if len(station) <= LONGEST_STATION:
        return None
    return _("A duty station has at most {most} characters.").format(most=LONGEST_STATION)


def reason_problem(reason: str) -> str | None:
    """What is wrong with the reason of a suspension."""
    if not any(letter.isalnum() for letter in _EMOJI_CODE.sub("", reason)):
        return _("Say in a few words why, for those who look at the agency later.")
    if len(reason) > LONGEST_REASON:
        return _("This reason has {count} characters. Shorten it to {most}.").format(
            count=len(reason), most=LONGEST_REASON
        )
    return None


def sector_problem(values: list[str]) -> str | None:
    """What is wrong with a list of sectors."""
    if len(values) > MOST_SECTORS:
        return _("An agency has at most {most} sectors. This names {count}.").format(
            most=MOST_SECTORS, count=len(values)
        )
    bad = next((value for value in values if len(value) > LONGEST_SECTOR or not folded(value)), None)
    if bad is None:
        return None
    return _("A sector is a few words of at most {most} characters. “{value}” does not fit.").format(
        most=LONGEST_SECTOR, value=bad[:LONGEST_SECTOR]
    )


def sectors_in(text: str) -> list[str]:
    """The sectors of a cell or a text field, separated by ; or | or a line end.

    A comma separates only known sectors, because names of sectors hold commas.
    """
    found: list[str] = []
    for part in re.split(r"[;|\n]", text):
        words = tidy(part)
        if not words:
            continue
        pieces = [sector_of(piece) for piece in words.split(",")]
        if sector_of(words) not in sectors() and len(pieces) > 1 and all(piece in sectors() for piece in pieces):
            found += pieces
        else:
            found.append(sector_of(words))
    return in_order(found)


def in_order(values: list[str]) -> list[str]:
    """Sectors each once (compared as words), those of the list first."""
    once = {folded(value): value for value in reversed(values)}
    return sorted(once.values(), key=sector_order)
