"""The message that stands pinned in a cabinet's channel: what it is for and how to work with it."""

from __future__ import annotations

from commands.cabinet.views.words import hours_text, quorum_text, rhythm_text
from commands.kit.cards import Card, escape, header, mention, section
from commands.kit.handling import Handling
from commands.kit.names.levels import level_note
from commands.kit.words import _
from storage.cabinet.series import Series


def welcome_card(series: Series, command: str) -> Card:
    """How this series works, in a few lines, with the commands."""
    title = _("Welcome to {title}").format(title=series.title)
    lines = [
        _("Meets: {rhythm}").format(rhythm=rhythm_text(series)),
        _("Chair: {chair} · Secretary: {secretary}").format(
            chair=mention(series.chair), secretary=mention(series.secretary)
        ),
        _("Papers are due {hours} before a meeting, the record {record} after it.").format(
            hours=hours_text(series.papers_hours), record=hours_text(series.record_hours)
        ),
        _("Quorum: {quorum}").format(quorum=quorum_text(series.quorum_rule, series.quorum_number)),
    ]
    how = _(
        "`{command}` shows the next meeting, `{command} propose` brings an item, `{command} agenda` opens the agenda. "
        "The record says what was decided and who does it by when, never who said what."
    ).format(command=command)
    blocks = [header(title), *level_note(series.handling), section("\n".join(lines)), section(how)]
    return Card(escape(title), tuple(blocks), Handling(series.handling))
