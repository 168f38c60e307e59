"""What an item must have before anybody is asked to decide it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from commands.cabinet.rules.papers import is_link
from commands.kit.words import _

TITLE, QUESTION, OPTIONS, OWNER, AGENCY = "title", "question", "options", "owner", "owner_agency"
CONSULT, LINK, FILE, MINUTES, HANDLING, KIND = "consult", "paper_link", "paper", "minutes", "handling", "kind"
DECIDE, INFORM = "decide", "inform"
TITLE_LIMIT = 150
QUESTION_LIMIT = 1000
OPTIONS_AT_MOST = 6
OPTION_LIMIT = 300
MINUTES_MOST = 120


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item as it was entered."""

    title: str
    question: str
    options: Sequence[str]
    owner: str | None
    owner_agency_id: int | None
    consult: Sequence[int] = ()
    paper_link: str = ""
    minutes: int = 10
    handling: str = "unclassified"


@dataclass(frozen=True, slots=True)
class ProposalContext:
    """What the checks need to know: the agencies of the series, those the owner answers for, and other trouble.

    `speaks_for_all`: the secretary enters items for any agency. Holders of a mission role need no agency.
    """

    agencies: frozenset[int]
    agencies_of_owner: frozenset[int]
    speaks_for_all: bool = False
    needs_agency: bool = True
    troubles: Mapping[str, str] = field(default_factory=dict)


def option_lines(text: str) -> list[str]:
    """Options as they were typed, one on each line."""
    return [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t")]


def check_proposal(proposal: Proposal, about: ProposalContext) -> dict[str, str]:
    """Everything that is wrong with an item, by field."""
    mistakes = dict(about.troubles)
    if not any(letter.isalpha() for letter in proposal.title):
        mistakes[TITLE] = _("Give it a title in words.")
    if not any(letter.isalpha() for letter in proposal.question):
        mistakes[QUESTION] = _("Write the question that the cabinet decides, for example: Do we open the corridor?")
    mistakes |= _check_options(proposal.options)
    mistakes |= _check_owner(proposal, about)
    if proposal.paper_link and not is_link(proposal.paper_link):
        mistakes[LINK] = _("This is not a link. It begins with https:// and has no blanks.")
    if not 1 <= proposal.minutes <= MINUTES_MOST:
        mistakes[MINUTES] = _("Write the minutes wanted, from 1 to {limit}.").format(limit=MINUTES_MOST)
    return mistakes


def _check_options(options: Sequence[str]) -> dict[str, str]:
    if len(options) < 2:
        text = _("Write at least two options, one on each line. Leaving things as they are is one.")
        return {OPTIONS: text}
    if len(options) > OPTIONS_AT_MOST:
        text = _("There are {count} options; more than {limit} cannot be decided between. Leave some out.")
        return {OPTIONS: text.format(count=len(options), limit=OPTIONS_AT_MOST)}
    if any(len(one) > OPTION_LIMIT for one in options):
        return {OPTIONS: _("An option has at most {limit} characters. Shorten it.").format(limit=OPTION_LIMIT)}
    if len({one.casefold() for one in options}) < len(options):
        return {OPTIONS: _("Two options are the same.")}
    return {}


def _check_owner(proposal: Proposal, about: ProposalContext) -> dict[str, str]:
    mistakes: dict[str, str] = {}
    if not proposal.owner:
        mistakes[OWNER] = _("Choose who owns it: one person.")
    if proposal.owner_agency_id is None:
        if about.needs_agency:
            mistakes[AGENCY] = _("Choose the agency that owns it.")
    elif proposal.owner_agency_id not in about.agencies:
        mistakes[AGENCY] = _("This agency does not sit in it.")
    elif not about.speaks_for_all and proposal.owner_agency_id not in about.agencies_of_owner:
        mistakes[OWNER] = _("This person does not answer for that agency. Choose its head, alternate or focal point.")
    return mistakes
