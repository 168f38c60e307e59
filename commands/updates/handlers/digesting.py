"""Sending the digest of a round, and the addenda for what comes after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from commands.kit.cards import Card
from commands.kit.handling import Handling, highest
from commands.kit.names.agencies import agency_name
from commands.kit.post import post
from commands.kit.work import Work
from commands.updates.handlers.returns.shown import shown_answers
from commands.updates.rules.answers import Value
from commands.updates.rules.digest import Reply
from commands.updates.views.digest import Issue, addendum_cards, digest_cards
from storage.agencies import agencies_by_id
from storage.letters import folded
from storage.subjects import Key, Subject
from storage.timers import set_timer
from storage.updates.digests import RoundDigest, digests_of
from storage.updates.returns import Return, returns_of
from storage.updates.rounds import Round, get_round, round_before

# Late returns are gathered for so long: one addendum for several, and none waits for long.
GATHER = timedelta(minutes=15)


def send_digest(work: Work, this: Round) -> None:
    """Send the digest of a round, once; also when nothing was received."""
    this.digested_at = work.now
    returns = returns_of(work.session, this.id)
    with work.speaking_to_everyone():
        cards = digest_cards(issue_of(work, this, returns))
    for given in returns:
        given.digest_version = given.version
    _send(work, this, cards, number=0)


def note_change(work: Work, given: Return, this: Round) -> None:
    """A return changed: once the digest is out, an addendum follows within a quarter of an hour."""
    if this.digested_at is None or given.version <= given.digest_version:
        return
    due = _next_gathering(work.now)
    set_timer(
        work.session,
        work.mission.id,
        key=Key.of("round", this.id, "addendum", due),
        verb="updates:addendum",
        subject=Subject.of("round", this.id),
        due_at=due,
    )


def _next_gathering(now: datetime) -> datetime:
    since_midnight = now - now.replace(hour=0, minute=0, second=0, microsecond=0)
    return now + GATHER - since_midnight % GATHER


def send_addendum(work: Work, subject: Subject) -> None:
    """Show what no digest has shown yet."""
    this = get_round(work.session, work.mission.id, subject.number())
    if this is None or this.digested_at is None:
        return
    returns = returns_of(work.session, this.id)
    new = {given.id for given in returns if given.version > given.digest_version}
    if not new:
        return
    number = len(digests_of(work.session, this.id))
    with work.speaking_to_everyone():
        issue = issue_of(work, this, returns)
        cards = addendum_cards(issue, [reply for reply in issue.replies if reply.given.id in new], number)
    for given in returns:
        given.digest_version = given.version
    _send(work, this, cards, number=number)


def issue_of(work: Work, this: Round, returns: Sequence[Return]) -> Issue:
    """A round's returns with the answers of the round before it, in a fixed number of queries."""
    agencies = agencies_by_id(work.session, work.mission.id, [given.agency_id for given in returns], people=False)
    replies = [
        Reply(agencies[given.agency_id].code, agency_name(agencies[given.agency_id]), given) for given in returns
    ]
    replies.sort(key=lambda reply: folded(reply.code))
    return Issue(this, replies, _last_answers(work, this), work.zone, work.now)


def _last_answers(work: Work, this: Round) -> dict[int, Mapping[str, Value]]:
    """What was answered last, as far as everybody who reads this digest has read it: a difference tells it too."""
    before = round_before(work.session, this)
    if before is None or highest(Handling(before.handling), Handling(this.handling)) != this.handling:
        return {}
    return shown_answers(work, returns_of(work.session, before.id))


def _send(work: Work, this: Round, cards: Sequence[Card], *, number: int) -> None:
    digest = Subject.of("round", this.id, "digest")
    name = digest if number == 0 else Subject.of("round", this.id, "addendum", number)
    for page, card in enumerate(cards):
        is_first = page == 0
        subject = name if is_first else name.part(page)
        post(
            work,
            this.digest_channel,
            card,
            key=Key.of(subject, work.now) if this.closed_by else Key.of(subject),
            subject=subject,
            thread_of=None if is_first and number == 0 else digest,
            broadcast=is_first and number > 0,
        )
    work.session.add(
        RoundDigest(
            mission_id=work.mission.id,
            round_id=this.id,
            number=number,
            title=cards[0].text,
            channel_id=this.digest_channel,
            handling=this.handling,
            content={"pages": [list(card.blocks) for card in cards]},
            sent_at=work.now,
        )
    )
    work.record("round.digest" if number == 0 else "round.addendum", ("round", this.id), messages=len(cards))
