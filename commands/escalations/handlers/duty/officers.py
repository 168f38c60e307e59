"""The posts of the leadership, who is in charge of them meanwhile, and when somebody has to be on duty."""

from __future__ import annotations

from commands.escalations.handlers.duty.checks import check_members, check_span, entered_span, lock, name_of_person
from commands.escalations.handlers.duty.messages import tell_officer
from commands.escalations.handlers.duty.overview import roster_view
from commands.escalations.handlers.duty.roster import read_windows
from commands.escalations.rules.duty import POST, TITLE, officer_problem
from commands.escalations.views.duty.forms import ALWAYS, CLOCK, hours_form, officer_form, posts_form
from commands.escalations.views.duty.overview import post_name, span_text
from commands.kit.refused import Refused
from commands.kit.times.local import local_texts
from commands.kit.times.zones import is_zone, search_zones
from commands.kit.words import _, current_language
from commands.kit.work import Answer, Request, opened
from storage.duty import (
    OfficerWindow,
    Post,
    change_duty_settings,
    duty_settings,
    ensure_posts,
    get_post_of_line,
    get_window,
)
from storage.letters import folded
from storage.subjects import number

MOST_POSTS = 12


def open_officer(request: Request) -> Answer:
    """The form for an officer in charge."""
    return opened(request, officer_form(ensure_posts(request.session, request.mission.id), request.now, request.zone))


def open_posts(request: Request) -> Answer:
    """The form for the posts."""
    return opened(request, posts_form(ensure_posts(request.session, request.mission.id)))


def open_hours(request: Request) -> Answer:
    """The form for duty hours."""
    return opened(request, hours_form(duty_settings(request.session, request.mission.id), current_language()))


def offer_zones(request: Request) -> Answer:
    """Choices for the zone of duty hours."""
    return Answer(options=tuple(search_zones(request.query, current_language())))


def save_officer(request: Request) -> Answer:
    """Enter who is in charge of a post, unless somebody else is during that time."""
    lock(request)
    chosen = request.fields.choice(POST) or ""
    post = get_post_of_line(request.session, request.mission.id, number(chosen))
    if post is None:
        raise Refused(_("Choose the post."), POST)
    entered = entered_span(request)
    check_span(request, entered, on_roster=False)
    found = officer_problem(post.code, entered, read_windows(request, [post], request.now), post.holder)
    if found is not None:
        field, met = found
        if met is None:
            raise Refused(_("This person holds the post. Choose who acts for them."), field)
        text = _("{person} is in charge of this post then ({span}). Take that away first, or enter other times.")
        name = name_of_person(request, met.person)
        raise Refused(text.format(person=name, span=span_text(met.starts_at, met.ends_at, request.zone)), field)
    window = OfficerWindow(
        mission_id=request.mission.id,
        post_id=post.id,
        user_id=entered.person,
        starts_at=entered.starts_at,
        ends_at=entered.ends_at,
        local_times=local_texts(request.zone, starts_at=entered.starts_at, ends_at=entered.ends_at),
        entered_by=request.who.user_id,
        entered_at=request.now,
    )
    request.session.add(window)
    request.session.flush()
    request.record("duty.officer", ("post", post.id), person=window.user_id, window=window.id)
    tell_officer(request, post, window)
    return Answer(update=roster_view(request, _("Saved. Those concerned are told.")))


def save_posts(request: Request) -> Answer:
    """Name who holds the posts; add one."""
    lock(request)
    posts = ensure_posts(request.session, request.mission.id)
    for post in posts:
        field = f"holder-{post.id}"
        holder = request.fields.person(field) if request.fields.has(field) else post.holder
        if holder != post.holder:
            if holder:
                check_members(request, [holder], field)
            request.record("duty.post", ("post", post.id), before=post.holder, after=holder)
            post.holder = holder
    title = request.fields.text(TITLE)
    if title:
        _add_post(request, posts, title)
    request.session.flush()
    return Answer(update=roster_view(request, _("Saved.")))


def _add_post(request: Request, posts: list[Post], title: str) -> None:
    if folded(title) in {folded(post_name(post)) for post in posts}:
        raise Refused(_("There is a post of this name already."), TITLE)
    if len(posts) >= MOST_POSTS:
        raise Refused(_("There are {count} posts already. Use one of those.").format(count=len(posts)), TITLE)
    rank = max(post.rank for post in posts) + 1
    request.session.add(Post(mission_id=request.mission.id, code=f"post{rank}", title=title, rank=rank))
    request.record("duty.post.added", ("mission", request.mission.id), title=title)


def save_hours(request: Request) -> Answer:
    """When somebody has to be on duty."""
    always = request.fields.choice(CLOCK) == ALWAYS
    zone = request.fields.choice("zone") or ""
    if zone and not is_zone(zone):
        raise Refused(_("I do not know this time zone. Choose one from the list."), "zone")
    change_duty_settings(request.session, request.mission.id, around_the_clock=always, zone="" if always else zone)
    request.record("duty.hours", ("mission", request.mission.id), around_the_clock=always, zone=zone)
    return Answer(update=roster_view(request, _("Saved.")))


def take_officer_away(request: Request) -> Answer:
    """End an officer-in-charge window: what lies ahead of it is gone, what is past stays on record."""
    lock(request)
    window = get_window(request.session, request.mission.id, number(request.value))
    post = get_post_of_line(request.session, request.mission.id, window.post_id) if window else None
    if window is None or post is None or window.ends_at <= request.now:
        return opened(request, roster_view(request, _("That was taken away already.")))
    tell_officer(request, post, window, is_off=True)
    request.record("duty.officer.removed", ("post", post.id), person=window.user_id, window=window.id)
    if window.starts_at >= request.now:
        request.session.delete(window)
    else:
        window.ends_at = request.now
    request.session.flush()
    return opened(request, roster_view(request, _("Taken away.")))
