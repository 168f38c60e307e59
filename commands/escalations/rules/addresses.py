"""What an e-mail address looks like, as far as we hand messages to it."""

from __future__ import annotations

import re

from commands.kit.words import _
from storage.mail import LONGEST_ADDRESS

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


def address_problem(address: str) -> str | None:
    """What is wrong with an address, and what to do; None when it can be used."""
    if len(address) > LONGEST_ADDRESS:
        return _("This address is longer than {most} characters. Enter another one.").format(most=LONGEST_ADDRESS)
    if not _ADDRESS.fullmatch(address) or ".." in address:
        return _("This is not an e-mail address. It looks like name@example.org, without blanks and accents.")
    return None
