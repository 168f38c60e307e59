"""How the audit record says what was done with agencies: each text follows the name of who did it."""

from __future__ import annotations

from commands.kit.names.acts import ActWords
from commands.kit.words import _, pgettext


def words() -> ActWords:
    """Acts of this room, and what they were done to, by the codes that stand on record."""
    return ActWords(
        acts={
            "agencies.exported": _("took the list of agencies out as files"),
            "agencies.imported": _("imported a list of agencies"),
            "agency.added": _("added an agency"),
            "agency.changed": _("changed an agency"),
            "agency.people": _("changed the people of an agency"),
            "agency.suspended": _("suspended an agency"),
            "agency.resumed": _("ended the suspension of an agency"),
            "leave.entered": _("entered leave"),
            "leave.removed": _("removed leave"),
        },
        things={
            "agency": pgettext("on record", "agency"),
            "agency_import": pgettext("on record", "list of agencies"),
        },
    )
