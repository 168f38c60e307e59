"""The form in which a member proposes an item, and what somebody is told who needs no decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from commands.cabinet.rules import proposing as p
from commands.cabinet.rules.papers import LINK_LIMIT, PAPER_KINDS
from commands.cabinet.views.notes import ProposalNotes
from commands.kit.cards import Block, actions, button, context, escape, option, section
from commands.kit.forms import (
    external_select,
    field_block,
    file_input,
    modal,
    multi_external_select,
    number_input,
    person_select,
    radio,
    select,
    text_input,
)
from commands.kit.handling import Handling, highest
from commands.kit.names.agencies import agency_option
from commands.kit.names.levels import level_options
from commands.kit.words import _
from storage.agencies import Agency
from storage.cabinet.items import Item


@dataclass(frozen=True, slots=True)
class Proposing:
    """An item being entered: for which meeting, what is known of it, and who may own it."""

    heading: str
    notes: ProposalNotes
    level: str
    agencies: Sequence[Agency]
    own_agencies: Sequence[Agency]
    owner: str
    item: Item | None = None
    more: Mapping[str, str] = field(default_factory=dict)


def propose_form(form: Proposing) -> Block:
    """The form of an item, new or known."""
    item = form.item
    return modal(
        "cabinet:propose",
        _("Edit item") if item else _("Propose an item"),
        [context(form.heading), *_kind(form), *_what(form), *_who(form), *_paper(form), *_rest(form)],
        submit=_("Save") if item else _("Propose"),
        close=_("Close"),
        notes=form.notes,
    )


def heading_of(title: str, starts: str) -> str:
    """For which meeting an item is."""
    return f"*{escape(title)}* · {starts}"


def _kind(form: Proposing) -> list[Block]:
    if form.item is not None:
        return []
    kinds = [
        option(_("The cabinet decides something"), p.DECIDE),
        option(_("No decision is needed, it is for information"), p.INFORM),
    ]
    return [field_block(p.KIND, _("What is it for?"), radio(kinds, initial=p.DECIDE))]


def _what(form: Proposing) -> list[Block]:
    item = form.item
    title = text_input(initial=item.title if item else form.more.get(p.TITLE), most=p.TITLE_LIMIT)
    question = text_input(
        initial=item.question if item else form.more.get(p.QUESTION),
        long=True,
        most=p.QUESTION_LIMIT,
        placeholder=_("Do we open the corridor on 1 December?"),
    )
    options = text_input(initial="\n".join(item.options) if item else None, long=True)
    # A new item may turn out to be for information only: then none of these is asked for.
    new = item is None
    return [
        field_block(p.TITLE, _("Title"), title),
        field_block(p.QUESTION, _("Question to decide"), question, optional=new),
        field_block(
            p.OPTIONS,
            _("Options"),
            options,
            hint=_("One on each line. Leaving things as they are is one."),
            optional=new,
        ),
    ]


def _who(form: Proposing) -> list[Block]:
    item = form.item
    by_id = {agency.id: agency for agency in form.agencies}
    own = form.own_agencies
    owner = by_id.get(item.owner_agency_id or 0) if item else (own[0] if own else None)
    if 0 < len(own) <= 10:
        chosen = owner if owner in own else None
        agency = select([agency_option(one) for one in own], initial=str(chosen.id) if chosen else None)
    else:
        agency = external_select("cabinet:agency", initial=agency_option(owner) if owner else None)
    consult = [agency_option(by_id[one]) for one in (item.consult if item else ()) if one in by_id]
    return [
        field_block(p.AGENCY, _("Agency that owns it"), agency, optional=not own),
        field_block(p.OWNER, _("Person who owns it"), person_select(initial=item.owner if item else form.owner)),
        field_block(
            p.CONSULT,
            _("Agencies to consult before"),
            multi_external_select("cabinet:agency", initial=consult),
            optional=True,
        ),
    ]


def _paper(form: Proposing) -> list[Block]:
    item = form.item
    link = text_input(
        initial=item.paper_link if item else None, most=LINK_LIMIT, placeholder="https://documents.example.org/paper"
    )
    attached = item.paper_name if item is not None else ""
    hint = _("Attached now: {name}. A new file takes its place.").format(name=attached) if attached else None
    return [
        field_block(p.LINK, _("Paper as a link"), link, optional=True),
        field_block(p.FILE, _("Paper as a file"), file_input(kinds=PAPER_KINDS), hint=hint, optional=True),
    ]


def _rest(form: Proposing) -> list[Block]:
    item = form.item
    minutes = number_input(initial=str(item.minutes) if item else "10", decimals=False)
    levels = [level for level in (Handling.UNCLASSIFIED, Handling.CONFIDENTIAL) if _reaches(level, form.level)]
    choices = level_options(levels)
    initial = item.handling if item else levels[0].value
    hint = _("A Confidential item is read in the agenda's form by those who may, and never in the canvas.")
    return [
        field_block(p.MINUTES, _("Minutes wanted"), minutes),
        field_block(p.HANDLING, _("Classification"), radio(choices, initial=initial), hint=hint),
    ]


def _reaches(level: Handling, least: str) -> bool:
    """An item is never below the level of its meeting."""
    return highest(level, Handling(least)) is level


def written_update_form(title: str, command: str) -> Block:
    """No decision is needed: a written update reaches everybody and leaves the meeting its time."""
    text = _(
        "*Then it needs no time of the meeting.* Send it as a written update: `{command} submit`. Every member reads "
        "it in the digest, and the meeting keeps its time for what it has to decide."
    ).format(command=command)
    back = context(_("If the cabinet has to decide something after all, propose it with its question and options."))
    return modal("cabinet:noted", _("A written update"), [section(f"*{escape(title)}*"), section(text), back])


def proposed_form(item: Item, when: str, *, waits: bool) -> Block:
    """That an item has been proposed, and what comes next."""
    text = _(
        "*{title}* is proposed. The secretary puts it on the agenda; your call for items shows what becomes of it."
    )
    blocks = [section(text.format(title=escape(item.title))), context(when)]
    if waits:
        blocks.append(context(_("No meeting is planned: it waits for the next one.")))
    blocks.append(actions(button(_("Withdraw it"), "cabinet:withdraw", str(item.id)), block_id="proposed"))
    return modal("cabinet:noted", _("Proposed"), blocks, close=_("Close"))


def when_of(starts: str, papers: str) -> str:
    """When a meeting is and when its papers are due."""
    return _("{starts}. Papers are due {papers}.").format(starts=starts, papers=papers)
