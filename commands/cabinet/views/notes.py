"""What the forms of this room carry along. `came_from` says where a form was opened, and so where it leads back to."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.notes import named

LONGEST_LINK = 300


@dataclass(frozen=True, slots=True)
class SeriesNotes:
    """The series that a form is about, 0 for a new one; the step that is shown; or that it is a one-off meeting."""

    series: int = 0
    step: str = ""
    one_off: bool = False


@dataclass(frozen=True, slots=True)
class ConveneNotes:
    """The series that a meeting is convened for or that ends; the day for which the reader was warned of a day off."""

    series: int = 0
    warned: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingNotes:
    """The meeting that a form is about; the day for which the reader was warned that it is a day off."""

    meeting: int = 0
    warned: str | None = None


@dataclass(frozen=True, slots=True)
class ProposalNotes:
    """For which series and meeting an item is proposed, the item that is changed, the message it comes from."""

    series: int = 0
    meeting: int = 0
    item: int = 0
    link: str | None = None


@dataclass(frozen=True, slots=True)
class ItemNotes:
    """The item that a form is about, and what is done with it."""

    item: int = 0
    verb: str | None = None


@dataclass(frozen=True, slots=True)
class OutcomeNotes:
    """The item whose outcome is given, which outcome, and where the form was opened."""

    item: int = 0
    outcome: str = ""
    came_from: str = named("from", "")


@dataclass(frozen=True, slots=True)
class DecisionNotes:
    """The item that is decided, where the form was opened, and the message that the decision comes from."""

    item: int = 0
    came_from: str = named("from", "")
    link: str = named("link", "", most=LONGEST_LINK)


@dataclass(frozen=True, slots=True)
class LinkNotes:
    """The message that something is made of."""

    link: str = ""


@dataclass(frozen=True, slots=True)
class ActionNotes:
    """Of which meeting and decision an action is, and the message it comes from."""

    meeting: int | None = None
    decision: int | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class MoveNotes:
    """The action that moves, and where the form was opened."""

    action: int = 0
    came_from: str = named("from", "")


@dataclass(frozen=True, slots=True)
class ListNotes:
    """Which list of actions is shown, and its page."""

    place: str = named("list", "")


@dataclass(frozen=True, slots=True)
class LogNotes:
    """What the log of decisions was searched for; days as ISO 8601 writes them, empty where there is none."""

    words: str = ""
    agency: int = 0
    state: str = ""
    since: str = ""
    until: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ReservationNotes:
    """The decision that is reserved on."""

    decision: int = 0


@dataclass(frozen=True, slots=True)
class ObjectionNotes:
    """What binds an agency and is objected to."""

    binding: int = 0


@dataclass(frozen=True, slots=True)
class MinutesNotes:
    """The minutes that a form is about, and the item of theirs."""

    minutes: int = 0
    item: int | None = None
