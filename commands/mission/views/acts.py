"""How the audit record says what was done with the mission: each text follows the name of who did it."""

from __future__ import annotations

from commands.kit.names.acts import ActWords
from commands.kit.words import _, pgettext


def words() -> ActWords:
    """Acts of this room, and what they were done to, by the codes that stand on record."""
    return ActWords(
        acts={
            "audit.exported": _("took the audit record out as files"),
            "holidays.added": _("added days off"),
            "holidays.removed": _("removed days off"),
            "season.added": _("added a season with other working hours"),
            "season.removed": _("removed a season with other working hours"),
            "mission.set_up": _("set the mission up"),
            "mission.clock": _("moved what is planned with the mission’s clock"),
            "mission.changed": _("changed the settings of the mission"),
            "outbox.retried": _("sent a message again that had failed"),
            "roles.changed": _("gave or took back a role"),
            "roles.agreed": _("agreed to a role that somebody gave to themselves"),
        },
        things={
            "mission": pgettext("on record", "mission"),
            "outbox": pgettext("on record", "message"),
            "role": pgettext("on record", "role"),
        },
    )
