"""The forms of the duty roster. They replace each other in one window; what was typed stays when one is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from commands.escalations.rules.duty import (
    AT,
    EVERY,
    EVERY_FIELD,
    FIRST,
    FROM_DAY,
    FROM_TIME,
    LAST,
    PEOPLE,
    PERSON,
    POST,
    SHIFT,
    TITLE,
    TO_DAY,
    TO_TIME,
)
from commands.escalations.rules.roster import Turn
from commands.escalations.views.duty.overview import post_name, span_text
from commands.escalations.views.notes import EmailNotes
from commands.kit.cards import Block, actions, button, context, mention, option, section
from commands.kit.dates import zone_text
from commands.kit.forms import (
    date_input,
    external_select,
    field_block,
    modal,
    people_select,
    person_select,
    radio,
    select,
    text_input,
    time_input,
)
from commands.kit.times.zones import zone_option
from commands.kit.words import _, ngettext
from storage.duty import DutySettings, Post

LONGEST_TITLE = 60
CLOCK, HOURS, ALWAYS = "clock", "hours", "always"


def _form(verb: str, title: str, blocks: Sequence[Block], submit: str) -> Block:
    back = actions(button(_("Back to the roster"), "escalations:duty"))
    return modal(verb, title, [*blocks, back], submit=submit, close=_("Close"))


def rotation_form(today: date, handover: time, now: datetime, zone: ZoneInfo) -> Block:
    """Shifts in turns."""
    choices = [
        option(ngettext("after one day", "after {count} days", days).format(count=days), str(days)) for days in EVERY
    ]
    blocks = [
        section(_("People take turns in the order you choose them. One person alone has every shift.")),
        field_block(PEOPLE, _("Who takes turns"), people_select()),
        field_block(FIRST, _("First day"), date_input(initial=today)),
        field_block(LAST, _("Last day"), date_input()),
        field_block(EVERY_FIELD, _("Hand-over"), select(choices, initial="7")),
        field_block(AT, _("Time of the hand-over"), time_input(initial=handover), hint=zone_text(now, zone)),
    ]
    return _form("escalations:duty-add", _("Add shifts"), blocks, _("Add"))


def hand_over_form(turns: Sequence[Turn], zone: ZoneInfo, now: datetime) -> Block:
    """One's own shift to somebody else."""
    choices = [option(span_text(max(one.starts_at, now), one.ends_at, zone), str(one.id)) for one in turns]
    blocks = [
        field_block(SHIFT, _("Which shift"), select(choices, initial=str(turns[0].id)), hint=zone_text(now, zone)),
        field_block(PERSON, _("To whom"), person_select(), hint=_("They are told at once.")),
    ]
    return _form("escalations:duty-hand", _("Hand over my shift"), blocks, _("Hand over"))


def stand_in_form(now: datetime, zone: ZoneInfo) -> Block:
    """Somebody instead of whoever is on the roster."""
    blocks = [
        section(_("A stand-in goes before the roster for as long as it lasts.")),
        field_block(PERSON, _("Who stands in"), person_select()),
        *_span_fields(now, zone),
    ]
    return _form("escalations:duty-stand-in", _("Put in a stand-in"), blocks, _("Put in"))


def officer_form(posts: Sequence[Post], now: datetime, zone: ZoneInfo) -> Block:
    """Somebody acts for a post."""
    choices = [option(post_name(post), str(post.id)) for post in posts]
    blocks = [
        section(_("Steps of a chain that name the post reach the officer in charge. There is one at a time.")),
        field_block(POST, _("Post"), select(choices)),
        field_block(PERSON, _("Who is in charge"), person_select()),
        *_span_fields(now, zone),
    ]
    return _form("escalations:duty-oic", _("Officer in charge"), blocks, _("Enter"))


def _span_fields(now: datetime, zone: ZoneInfo) -> list[Block]:
    here = zone_text(now, zone)
    today = now.astimezone(zone).date()
    return [
        field_block(FROM_DAY, _("From, day"), date_input(initial=today)),
        field_block(FROM_TIME, _("From, time"), time_input(), hint=here),
        field_block(TO_DAY, _("To, day"), date_input()),
        field_block(TO_TIME, _("To, time"), time_input(), hint=here),
    ]


def posts_form(posts: Sequence[Post]) -> Block:
    """Who holds which post."""
    blocks = [
        field_block(f"holder-{post.id}", post_name(post), person_select(initial=post.holder), optional=True)
        for post in posts
    ]
    new = text_input(most=LONGEST_TITLE, placeholder=_("Deputy SRSG (Political)"))
    blocks.append(field_block(TITLE, _("Another post"), new, optional=True))
    return _form("escalations:duty-posts", _("Posts"), blocks, _("Save"))


def hours_form(settings: DutySettings, language: str) -> Block:
    """When somebody has to be on duty."""
    choices = [
        option(_("In the working hours of the mission's calendar"), HOURS),
        option(_("Around the clock"), ALWAYS),
    ]
    chosen = ALWAYS if settings.around_the_clock else HOURS
    zone = external_select(
        "escalations:duty-zone",
        initial=zone_option(settings.zone, language) if settings.zone else None,
        placeholder=_("The mission's zone"),
    )
    blocks = [
        field_block(CLOCK, _("Somebody has to be on duty"), radio(choices, initial=chosen)),
        field_block("zone", _("Read those hours in another zone"), zone, optional=True),
    ]
    return _form("escalations:duty-hours", _("Duty hours"), blocks, _("Save"))


def email_form(user_id: str, address: str | None, *, is_set_up: bool, is_own: bool) -> Block:
    """Where a person is reached by e-mail."""
    who = "" if is_own else mention(user_id)
    about = _(
        "When Slack is down, or when a step of a chain says so, an e-mail tells that an escalation waits. "
        "It holds no text of it."
    )
    blocks = [section(about)]
    if who:
        blocks.insert(0, section(_("*Address of {person}*").format(person=who)))
    if not is_set_up:
        blocks.append(
            context(_("E-mail is not set up here yet; whoever runs Rapporteur can do it. The address is kept."))
        )
    field = text_input(initial=address, most=200, placeholder="name@example.org")
    hint = _("Leave it empty to be reached in Slack only.")
    blocks.append(field_block("address", _("E-mail address"), field, optional=True, hint=hint))
    return modal(
        "escalations:email", _("E-mail"), blocks, submit=_("Save"), close=_("Close"), notes=EmailNotes(user_id)
    )


def email_done(text: str) -> Block:
    """What became of the address."""
    return modal("escalations:email", _("E-mail"), [section(text)], close=_("Close"))
