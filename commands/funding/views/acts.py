"""How the audit record says what was done with funding: each text follows the name of who did it."""

from __future__ import annotations

from commands.kit.names.acts import ActWords
from commands.kit.words import _, pgettext


def words() -> ActWords:
    """Acts of this room, and what they were done to, by the codes that stand on record."""
    acts = _of_own() | _of_imports()
    return ActWords(acts, _things())


def _of_own() -> dict[str, str]:
    return {
        "discrepancy.added": _("reported a discrepancy"),
        "discrepancy.changed": _("changed a discrepancy"),
        "discrepancy.moved": _("took a discrepancy further"),
        "line.added": _("added a figure of our own"),
        "line.changed": _("changed a figure of our own"),
        "line.removed": _("removed a figure of our own from the list"),
        "pledge.added": _("added a pledge"),
        "pledge.changed": _("changed a pledge"),
        "pledge.moved": _("took a pledge further"),
        "reminder.snoozed": _("put a reminder about funding off"),
    }


def _of_imports() -> dict[str, str]:
    return {
        "funding.file": _("had a file of funding figures made"),
        "funding.import_confirmed": _("confirmed an import of figures"),
        "funding.import_discarded": _("discarded a file of figures"),
        "funding.import_undone": _("took an import of figures back"),
        "funding.import_explained": _("said how a file of figures is meant"),
        "funding.imported": _("imported figures"),
        "funding.limits": _("changed the limits and deadlines of funding"),
        "funding.summary": _("sent a summary of funding"),
        "summary_plan.saved": _("saved a schedule of funding summaries"),
        "summary_plan.held": _("paused a schedule of funding summaries"),
        "summary_plan.resumed": _("resumed a schedule of funding summaries"),
    }


def _things() -> dict[str, str]:
    return {
        "discrepancy": pgettext("on record", "discrepancy"),
        "funding_line": pgettext("on record", "figure of our own"),
        "funding_import": pgettext("on record", "import of figures"),
        "line": pgettext("on record", "figure of our own"),
        "pledge": pgettext("on record", "pledge"),
        "summary_plan": pgettext("on record", "schedule of funding summaries"),
    }
