"""The posts of the leadership, who is in charge of them meanwhile, and when somebody has to be on duty."""

from __future__ import annotations

from commands.escalations.handlers.duty import opened, roster_view
from commands.escalations.handlers.duty_checks import check_members, check_span, lock, name_of_person, span_wish
from commands.escalations.handlers.duty_telling import tell_officer
from commands.escalations.handlers.roster import read_windows
from commands.escalations.rules.duty import POST, TITLE, officer_problem
from commands.escalations.views.duty import post_name, span_text
from commands.escalations.views.duty_forms import ALWAYS, CLOCK, hours_form, officer_form, posts_form
from commands.kit.refused import Refused
from commands.kit.words import _, current_language
from commands.kit.work import Answer, Ask
from commands.kit.zones import is_zone, search_zones
from storage.duty import (
    OfficerWindow,
    Post,
    change_duty_settings,
    duty_settings,
    ensure_posts,
    get_post_of_line,
    get_window,
)

MOST_POSTS = 12


def open_officer(ask: Ask) -> Answer:
    """The form for an officer in charge."""
    return opened(ask, officer_form(ensure_posts(ask.session, ask.mission.id), ask.now, ask.zone))


def open_posts(ask: Ask) -> Answer:
    """The form for the posts."""
    return opened(ask, posts_form(ensure_posts(ask.session, ask.mission.id)))


def open_hours(ask: Ask) -> Answer:
    """The form for duty hours."""
    return opened(ask, hours_form(duty_settings(ask.session, ask.mission.id), current_language()))


def offer_zones(ask: Ask) -> Answer:
    """Choices for the zone of duty hours."""
    return Answer(options=tuple(search_zones(ask.query, current_language())))


def save_officer(ask: Ask) -> Answer:
    """Enter who is in charge of a post, unless somebody else is during that time."""
    lock(ask)
    chosen = ask.fields.choice(POST) or ""
    post = get_post_of_line(ask.session, ask.mission.id, int(chosen)) if chosen.isdigit() else None
    if post is None:
        raise Refused(_("Choose the post."), POST)
    wish = span_wish(ask)
    check_span(ask, wish, on_roster=False)
    found = officer_problem(post.code, wish, read_windows(ask, [post], ask.now), post.holder)
    if found is not None:
        field, met = found
        if met is None:
            raise Refused(_("This person holds the post. Choose who acts for them."), field)
        text = _("{person} is in charge of this post then ({span}). Take that away first, or enter other times.")
        name = name_of_person(ask, met.person)
        raise Refused(text.format(person=name, span=span_text(met.starts_at, met.ends_at, ask.zone)), field)
    window = OfficerWindow(
        mission_id=ask.mission.id,
        post_id=post.id,
        user_id=wish.person,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        entered_by=ask.who.user_id,
        entered_at=ask.now,
    )
    ask.session.add(window)
    ask.session.flush()
    ask.record("duty.officer", ("post", post.id), person=window.user_id, window=window.id)
    tell_officer(ask, post, window)
    return Answer(update=roster_view(ask, _("Saved. Those concerned are told.")))


def save_posts(ask: Ask) -> Answer:
    """Name who holds the posts; add one."""
    lock(ask)
    posts = ensure_posts(ask.session, ask.mission.id)
    for post in posts:
        field = f"holder-{post.id}"
        holder = ask.fields.person(field) if ask.fields.has(field) else post.holder
        if holder != post.holder:
            if holder:
                check_members(ask, [holder], field)
            ask.record("duty.post", ("post", post.id), before=post.holder, after=holder)
            post.holder = holder
    title = ask.fields.text(TITLE)
    if title:
        _add_post(ask, posts, title)
    ask.session.flush()
    return Answer(update=roster_view(ask, _("Saved.")))


def _add_post(ask: Ask, posts: list[Post], title: str) -> None:
    if title.casefold() in {post_name(post).casefold() for post in posts}:
        raise Refused(_("There is a post of this name already."), TITLE)
    if len(posts) >= MOST_POSTS:
        raise Refused(_("There are {count} posts already. Use one of those.").format(count=len(posts)), TITLE)
    rank = max(post.rank for post in posts) + 1
    ask.session.add(Post(mission_id=ask.mission.id, code=f"post{rank}", title=title, rank=rank))
    ask.record("duty.post.added", ("mission", ask.mission.id), title=title)


def save_hours(ask: Ask) -> Answer:
    """When somebody has to be on duty."""
    always = ask.fields.choice(CLOCK) == ALWAYS
    zone = ask.fields.choice("zone") or ""
    if zone and not is_zone(zone):
        raise Refused(_("I do not know this time zone. Choose one from the list."), "zone")
    change_duty_settings(ask.session, ask.mission.id, around_the_clock=always, zone="" if always else zone)
    ask.record("duty.hours", ("mission", ask.mission.id), around_the_clock=always, zone=zone)
    return Answer(update=roster_view(ask, _("Saved.")))


def take_officer_away(ask: Ask) -> Answer:
    """End an officer-in-charge window: what lies ahead of it is gone, what is past stays on record."""
    lock(ask)
    window = get_window(ask.session, ask.mission.id, int(ask.value)) if ask.value.isdigit() else None
    post = get_post_of_line(ask.session, ask.mission.id, window.post_id) if window else None
    if window is None or post is None or window.ends_at <= ask.now:
        return opened(ask, roster_view(ask, _("That was taken away already.")))
    tell_officer(ask, post, window, is_off=True)
    ask.record("duty.officer.removed", ("post", post.id), person=window.user_id, window=window.id)
    if window.starts_at >= ask.now:
        ask.session.delete(window)
    else:
        window.ends_at = ask.now
    ask.session.flush()
    return opened(ask, roster_view(ask, _("Taken away.")))
