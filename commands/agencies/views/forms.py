"""Forms: an agency, its people and their leave, its suspension."""

from __future__ import annotations

from collections.abc import Sequence

from commands.agencies.rules.codes import LONGEST
from commands.agencies.rules.editing import Draft
from commands.agencies.rules.fields import LONGEST_NAME, LONGEST_REASON, LONGEST_STATION
from commands.agencies.rules.leave import FIRST, LAST, PERSON, EnteredLeave
from commands.agencies.rules.people import ALTERNATES, FOCAL_POINTS, HEAD, People, Rights
from commands.agencies.rules.planning import Difference
from commands.agencies.rules.search import AgencyNotes
from commands.agencies.views.parts import days, field_name, labelled, said, title_line, verb
from commands.kit.cards import Block, header, mention, option, section, shorten
from commands.kit.forms import (
    date_input,
    external_select,
    field_block,
    modal,
    multi_external_select,
    multi_select,
    people_select,
    person_select,
    select,
    text_input,
)
from commands.kit.names.agencies import kind_name, language_name, sphere_name
from commands.kit.names.sectors import sector_option
from commands.kit.times.zones import zone_option
from commands.kit.words import _, pgettext
from storage.agencies import Agency, AgencyKind, Leave, Sphere


def agency_form(
    draft: Draft,
    people: People | None,
    languages: Sequence[str],
    language: str,
    notes: AgencyNotes,
    warning: str = "",
) -> Block:
    """The form to add (with people) or to edit an agency. `warning` stands above what was typed."""
    blocks = [section(warning)] if warning else []
    blocks += [*_names(draft), *_work(draft, languages, language)]
    if people is not None:
        blocks += [header(_("People")), *people_fields(people, Rights(head=True, people=True))]
    adding = notes.agency is None
    title = _("Add an agency") if adding else _("Edit {code}").format(code=draft.code)
    return modal(verb("add" if adding else "edit"), title, blocks, submit=_("Save"), close=_("Cancel"), notes=notes)


def _names(draft: Draft) -> list[Block]:
    return [
        field_block(
            "code",
            field_name("code"),
            text_input(initial=draft.code, most=LONGEST, placeholder="WFP"),
            hint=_("Short and unique: letters A to Z, digits, - and /. People type it in commands."),
        ),
        field_block(
            "name",
            _("Name in English"),
            text_input(initial=draft.name, most=LONGEST_NAME, placeholder="World Food Programme"),
        ),
        field_block(
            "name_fr",
            _("Name in French"),
            text_input(initial=draft.name_fr, most=LONGEST_NAME),
            optional=True,
        ),
        field_block(
            "kind",
            field_name("kind"),
            select([option(kind_name(kind), kind.value) for kind in AgencyKind], initial=draft.kind),
        ),
        field_block(
            "sphere",
            field_name("sphere"),
            select([option(sphere_name(one), one.value) for one in Sphere], initial=draft.sphere),
            hint=_(
                "Nobody of a uniformed or political part of the mission works on the humanitarian or human-rights side."
            ),
            optional=True,
        ),
    ]


def _work(draft: Draft, languages: Sequence[str], language: str) -> list[Block]:
    zone = zone_option(draft.zone, language) if draft.zone else None
    return [
        field_block(
            "sectors",
            field_name("sectors"),
            multi_external_select(verb("sectors"), initial=[sector_option(one) for one in draft.sectors]),
            optional=True,
        ),
        field_block(
            "other_sectors",
            _("Other sectors"),
            text_input(placeholder=_("Peacebuilding; Rule of law"), most=LONGEST_STATION * 4),
            hint=_("Sectors of this mission that the list above does not have, separated by ;"),
            optional=True,
        ),
        field_block(
            "duty_station",
            field_name("duty_station"),
            text_input(initial=draft.duty_station, most=LONGEST_STATION, placeholder="Juba"),
            optional=True,
        ),
        field_block(
            "zone",
            field_name("zone"),
            external_select(verb("zone"), initial=zone, placeholder=_("City, country or offset")),
            hint=_("Where the agency works. Empty: the mission's zone."),
            optional=True,
        ),
        field_block(
            "language",
            field_name("language"),
            select([option(language_name(code), code) for code in languages], initial=draft.language),
            optional=True,
        ),
    ]


def people_fields(people: People, rights: Rights) -> list[Block]:
    """The fields of an agency's people, as far as the reader may change them."""
    blocks = []
    if rights.head:
        blocks.append(field_block(HEAD, field_name(HEAD), person_select(initial=people.head), optional=True))
    if rights.people:
        blocks.append(
            field_block(
                FOCAL_POINTS,
                field_name(FOCAL_POINTS),
                people_select(initial=people.focal_points),
                hint=_("The first one is asked first; the next one while the first is away."),
                optional=True,
            )
        )
        blocks.append(
            field_block(
                ALTERNATES,
                field_name(ALTERNATES),
                people_select(initial=people.alternates),
                hint=_("They answer, in this order, while every focal point is away."),
                optional=True,
            )
        )
    return blocks


def people_form(
    agency: Agency,
    people: People,
    leaves: Sequence[tuple[Leave, str]],
    rights: Rights,
    entered: EnteredLeave,
    notes: AgencyNotes,
    warning: str = "",
) -> Block:
    """People and leave of one agency; `leaves` come with the name of the person."""
    blocks = [section(warning or title_line(agency)), *people_fields(people, rights)]
    blocks.append(header(_("Leave") if rights.any_leave else _("Your leave")))
    if leaves:
        options = [_leave_option(leave, name) for leave, name in leaves]
        kept = multi_select(options, initial=[one["value"] for one in options])
        hint = _("Take away here what is no longer true.")
        blocks.append(field_block("leaves", _("Leave that is entered"), kept, hint=hint, optional=True))
    if rights.any_leave:
        blocks.append(field_block(PERSON, _("Who is away"), person_select(initial=entered.person), optional=True))
    blocks.append(field_block(FIRST, _("First day away"), date_input(initial=entered.first_day), optional=True))
    blocks.append(
        field_block(
            LAST,
            _("Last day away"),
            date_input(initial=entered.last_day),
            hint=_("Both days count. Meanwhile the next person in order is asked."),
            optional=True,
        )
    )
    title = _("People of {code}").format(code=agency.code)
    return modal(verb("people"), title, blocks, submit=_("Save"), close=_("Cancel"), notes=notes)


def _leave_option(leave: Leave, name: str) -> Block:
    return option(labelled(shorten(name, 40), days(leave.first_day, leave.last_day)), str(leave.id))


def suspend_form(agency: Agency, notes: AgencyNotes) -> Block:
    """Why an agency is suspended."""
    explained = _("A suspended agency owes no updates and is not asked. Its history stays, and it can be resumed.")
    reason = field_block(
        "reason",
        _("Reason"),
        text_input(long=True, most=LONGEST_REASON, placeholder=_("Left the country on 30 June")),
        hint=_("Everybody who looks at the agency sees it."),
    )
    return modal(
        verb("suspend"),
        _("Suspend {code}").format(code=agency.code),
        [section(title_line(agency)), section(explained), reason],
        submit=pgettext("agency", "Suspend"),
        close=_("Cancel"),
        notes=notes,
    )


def conflict_warning(by: str, found: Sequence[Difference]) -> str:
    """Somebody saved meanwhile: what is saved now (old) and what was typed (new), field by field."""
    lines = [
        _("{field}: saved now “{saved}”, you have “{typed}”").format(
            field=field_name(one.field), saved=_short(one.field, one.old), typed=_short(one.field, one.new)
        )
        for one in found
    ]
    opening = _(
        ":warning: *{person} changed this agency while you had it open.* What you typed is kept below. "
        "Save again to put it in place of what is saved now."
    ).format(person=mention(by) if by else _("Somebody"))
    return "\n".join([opening, *lines])


def _short(name: str, value: str | tuple[str, ...]) -> str:
    if name in {HEAD, FOCAL_POINTS, ALTERNATES}:
        return ", ".join(mention(user) for user in value if user) if value else "–"
    return shorten(said(name, value), 200)
