"""What a channel is made of: the steps that people wait for, in the order of their worth, and its furnishing.

The calls to Slack that they are.

Gesture: make a channel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from commands.kit.cards import Card
from commands.kit.work import Work
from storage import posts
from storage.channel_setups import ChannelSetup
from storage.channels import members_of
from storage.subjects import Subject

INVITED_AT_ONCE = 100
NAME_LIMIT = 80
TOPIC_LIMIT = 250
PLAIN = "unclassified"
REFUSED = "refused"
TOPIC, PURPOSE, BOOKMARK, CANVAS = "topic", "purpose", "bookmark", "canvas"
GONE = frozenset({"is_archived", "channel_not_found", "not_in_channel"})
THERE_ALREADY = frozenset({"already_pinned", "already_in_channel"})
# People first, then what they are to read; whoever is not in at the end is asked alone.
KINDS = ("create", "invite", "post", "members")
# What a step is: the method, its arguments, and the level of what it says; no method where there is nothing to do.
StepCall = tuple[str, dict[str, Any], str]
NOTHING: StepCall = ("", {}, PLAIN)


@dataclass(frozen=True, slots=True)
class ChannelContents:
    """What a room puts in its channels, and what it wants to hear.

    `posts`: messages by subject, in order, each of them pinned. `bookmarks`: titles with the subject of the post they
    lead to. `canvas`: markdown, or None where there shall be none. `level`: how high is classified what a piece of
    these says today (`TOPIC`, `PURPOSE`, `BOOKMARK`, `CANVAS`); a message says its own. `made` hears that the channel
    exists, `ready` that people are in it and its messages posted, `broken` that it could not be finished. `furnished`
    hears of a channel in use that Slack refused it a piece of its furnishing, or took one after all. `done` is the
    full id of the room's result that hands Slack's answers to `advance`, and by the same name of its failure, which
    does so with the reason.
    """

    done: str
    posts: Callable[[Work, ChannelSetup], Sequence[tuple[Subject, Card]]]
    bookmarks: Callable[[Work, ChannelSetup], Sequence[tuple[str, Subject]]]
    canvas: Callable[[Work, ChannelSetup], str | None]
    level: Callable[[Work, ChannelSetup, str], str]
    made: Callable[[Work, ChannelSetup], None]
    ready: Callable[[Work, ChannelSetup], None]
    broken: Callable[[Work, ChannelSetup], None]
    furnished: Callable[[Work, ChannelSetup], None]


def tried_name(setup: ChannelSetup) -> str:
    """The name that is tried now: the wanted one, then with -2, -3 and so on, never longer than Slack allows."""
    if not setup.attempt:
        return setup.name
    suffix = f"-{setup.attempt + 1}"
    return setup.name[: NAME_LIMIT - len(suffix)].rstrip("-_") + suffix


def post_subject(setup: ChannelSetup, subject: Subject) -> Subject:
    """A subject of the room's own where it has ids; a name alone is a message of this set-up's channel."""
    return subject if subject.ids else Subject.of("setup", setup.id, setup.channel_id or "", subject)


def steps_of(work: Work, contents: ChannelContents, setup: ChannelSetup) -> list[str]:
    """Every step that people wait for, in order, up to reading who is in the channel."""
    batches = range(0, len(setup.wanted), INVITED_AT_ONCE)
    count = len(contents.posts(work, setup)) if setup.channel_id else 0
    invitations = [f"invite.{number}" for number in range(len(batches))]
    return ["create", *invitations, *[f"post.{number}" for number in range(count)], "members"]


def next_step(plan: Sequence[str], step: str) -> str:
    """The step after one of them; where the plan has changed meanwhile, the first of the kinds that come later.

    After a step that is not one of these kinds everything that follows the making is done anew: an earlier release
    pinned, furnished and wrote the canvas before it invited.
    """
    if step in plan:
        return plan[plan.index(step) + 1]
    kind = step.partition(".")[0]
    rank = KINDS.index(kind) if kind in KINDS else 0
    return next(one for one in plan if KINDS.index(one.partition(".")[0]) > rank)


def furnishing_of(work: Work, contents: ChannelContents, setup: ChannelSetup) -> list[str]:
    """Every piece that a channel can do without, the most useful first; a pin is named by the message it pins."""
    found = [
        posts.get_post(work.session, work.mission.id, post_subject(setup, subject))
        for subject, _card in contents.posts(work, setup)
    ]
    pins = [f"pin.{post.ts}" for post in found if post is not None and post.ts not in setup.pinned]
    bookmarks = [f"bookmark.{number}" for number in range(len(contents.bookmarks(work, setup)))]
    return [*pins, TOPIC, PURPOSE, *bookmarks, CANVAS]


def people_inside(work: Work, setup: ChannelSetup) -> set[str]:
    """Who of those wanted is in the channel, as last read."""
    inside = members_of(work.session, work.mission.id, setup.channel_id or "")
    return inside & set(setup.wanted)


def call_of(work: Work, contents: ChannelContents, setup: ChannelSetup, step: str) -> StepCall:
    kind, _dot, what = step.partition(".")
    channel = setup.channel_id or ""
    level = contents.level(work, setup, kind) if kind in (TOPIC, PURPOSE, BOOKMARK, CANVAS) else PLAIN
    calls: dict[str, Callable[[], StepCall]] = {
        "create": lambda: ("channel.create", {"name": tried_name(setup)}, PLAIN),
        TOPIC: lambda: ("conversations.setTopic", {"channel": channel, "topic": setup.topic}, level),
        PURPOSE: lambda: ("conversations.setPurpose", {"channel": channel, "purpose": _purpose(setup)}, level),
        "post": lambda: _post_call(work, contents, setup, int(what)),
        "pin": lambda: ("pins.add", {"channel": channel, "timestamp": what}, PLAIN),
        BOOKMARK: lambda: _bookmark_call(work, contents, setup, int(what), level),
        CANVAS: lambda: _canvas_call(work, contents, setup, level),
        "invite": lambda: _invite_call(work, setup, int(what)),
        "members": lambda: ("channel.read", {"channel": channel}, PLAIN),
        "ask": lambda: ("conversations.invite", {"channel": channel, "users": what}, PLAIN),
    }
    return calls[kind]()


def _purpose(setup: ChannelSetup) -> str:
    """The purpose with the mark by which people and we know the channel for ours."""
    mark = f" [{setup.marker}]"
    return setup.purpose[: TOPIC_LIMIT - len(mark)] + mark


def _post_call(work: Work, contents: ChannelContents, setup: ChannelSetup, number: int) -> StepCall:
    subject, card = contents.posts(work, setup)[number]
    arguments = {"channel": setup.channel_id, "about": str(post_subject(setup, subject)), **card.as_arguments()}
    return "show", arguments, card.handling


def _bookmark_call(work: Work, contents: ChannelContents, setup: ChannelSetup, number: int, level: str) -> StepCall:
    title, subject = contents.bookmarks(work, setup)[number]
    found = posts.get_post(work.session, work.mission.id, post_subject(setup, subject))
    if found is None:
        return NOTHING
    arguments = {"channel": setup.channel_id, "ts": found.ts, "title": title}
    return "channel.bookmark", {**arguments, "known": setup.bookmarks.get(title)}, level


def _canvas_call(work: Work, contents: ChannelContents, setup: ChannelSetup, level: str) -> StepCall:
    markdown = contents.canvas(work, setup)
    if markdown is None:
        return NOTHING
    arguments = {"channel": setup.channel_id, "markdown": markdown, "known": setup.canvas_id}
    return "channel.canvas", arguments, level


def _invite_call(work: Work, setup: ChannelSetup, number: int) -> StepCall:
    batch = setup.wanted[number * INVITED_AT_ONCE : (number + 1) * INVITED_AT_ONCE]
    missing = [user for user in batch if user not in people_inside(work, setup)]
    if not missing:
        return NOTHING
    arguments = {"channel": setup.channel_id, "users": ",".join(missing), "force": True}
    return "conversations.invite", arguments, PLAIN
