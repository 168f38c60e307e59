"""The one way in: who asks, may they, one transaction, one error policy, then the acknowledgement.

Order of precedence when something goes wrong: a refusal is shown as it stands; a database that cannot save is told with
a reference and the request fails, so that a retry is safe; anything else is a bug, told with a reference too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from secrets import token_hex
from threading import BoundedSemaphore
from typing import Any, TypeVar

import structlog
from sqlalchemy.orm import Session

from bot.delivery import directory
from bot.delivery.slack import SlackCalls, SlackTrouble, TokenLost
from bot.observe import Metrics
from bot.requests.asking import MENTION, MESSAGE, answer_event, is_asked
from bot.requests.attached import fetch_files
from bot.requests.events import on_event
from bot.requests.gate import Delivery, admit, check, find_verb, read_request
from bot.requests.incoming import ACTION, EVENT, FORM, OPTIONS, Incoming
from bot.requests.limits import SECONDS_FOR_A_PLACE, WRITERS_AT_ONCE
from bot.requests.on_record import READ, REFUSED, put_on_record
from bot.requests.reaction import Reaction, remembered, to_reaction, written_down
from bot.requests.whose import CUT_OFF
from bot.rooms import House
from commands.kit.limits import spend_messages
from commands.kit.permission import Who, who_holds, who_is
from commands.kit.post import tell
from commands.kit.refused import NotAllowed, Refused
from commands.kit.room import Verb
from commands.kit.words import SOURCE_LANGUAGE, _, language_of, speaking
from commands.kit.work import Request
from storage import inbox
from storage.audit import About
from storage.connection.trouble import NotNowError, UnknownOutcomeError
from storage.database import Database, WritesError
from storage.missions import Mission, cut_off, get_mission
from storage.people import Person, mission_and_person
from storage.roles import met
from storage.subjects import Key

Done = TypeVar("Done")

log = structlog.get_logger()


@dataclass(slots=True)
class Conversation:
    """Answers deliveries of one workspace. `now` gives the moment; `mission_id` is the workspace's team id."""

    database: Database
    house: House
    slack: SlackCalls
    now: Callable[[], datetime]
    mission_id: Callable[[], str]
    bot_user_id: Callable[[], str]
    metrics: Metrics
    _languages: dict[str, str] = field(default_factory=dict)
    _writing: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(WRITERS_AT_ONCE))

    def hear(self, incoming: Incoming) -> Reaction:
        """What to answer. Everything that changes is committed when this returns."""
        request_id = token_hex(4)
        with structlog.contextvars.bound_contextvars(request=request_id, kind=incoming.kind, verb=incoming.verb):
            started = self.metrics.start()
            try:
                with self._speaking_to(incoming.user):
                    reaction = self._answered(incoming, request_id)
                reaction.language = self._languages.get(incoming.user, SOURCE_LANGUAGE)
                return Reaction() if reaction.refusal and self._is_typing(incoming) else reaction
            finally:
                self.metrics.heard(incoming.kind, started)

    def _speaking_to(self, user: str) -> AbstractContextManager[None]:
        """Write in the language we last knew this person to read, also when the database cannot be asked."""
        return speaking(self._languages.get(user, SOURCE_LANGUAGE))

    def _answered(self, incoming: Incoming, request_id: str) -> Reaction:
        try:
            return self._on_record(incoming, request_id)
        except Refused as no:
            log.info("refused")
            return Reaction(refusal=no)
        except (NotNowError, SlackTrouble) as trouble:
            log.warning("could not save", reference=request_id, trouble=str(trouble))
            text = (
                _("I could not learn whether this was saved. Look before you try again. Reference {reference}.")
                if isinstance(trouble, UnknownOutcomeError)
                else _("Could not save, nothing was changed. Please try again. Reference {reference}.")
            )
            return Reaction(refusal=Refused(text.format(reference=request_id)), failed=True)
        except Exception:
            log.exception("bug", reference=request_id)
            self.metrics.bug()
            text = _(
                "Something went wrong on my side and nothing was changed. Tell an admin this reference: {reference}."
            )
            return Reaction(refusal=Refused(text.format(reference=request_id)), failed=True)

    def _is_typing(self, incoming: Incoming) -> bool:
        verb = self.house.verb(incoming.kind, incoming.verb) if incoming.kind == ACTION else None
        return verb is not None and verb.while_typing

    def _on_record(self, incoming: Incoming, request_id: str) -> Reaction:
        try:
            return self._attempt(incoming, request_id)
        except NotAllowed as no:
            about = [no.about]
            # Nothing was shown: whoever is refused is told so also while nothing can be saved.
            with suppress(NotNowError):
                self._write(lambda session: self._record(session, incoming, REFUSED, about))
            raise

    def _attempt(self, incoming: Incoming, request_id: str) -> Reaction:
        if incoming.kind == EVENT:
            return self._event(incoming, request_id)
        if not incoming.is_for(self.mission_id(), self.bot_user_id()):
            raise Refused(_("I keep the cabinet of another workspace. Somebody has to set me up for this one first."))
        verb = find_verb(self.house, incoming, self.house.prefix)
        fresh = self._meet(incoming)
        with self._speaking_to(incoming.user):
            files = fetch_files(self.slack, verb, incoming) if verb else {}
        delivery = Delivery(incoming, request_id, verb, fresh, files)
        if verb is not None and verb.prepares is not None:
            delivery = self._prepare(delivery, verb.prepares)
        if incoming.kind == OPTIONS or (verb is not None and verb.only_reads(incoming.value)):
            try:
                return self._look(delivery)
            except WritesError:
                # A menu, say, of which this line changes something.
                log.info("it writes after all")
        return self._write(lambda session: self._handle(session, delivery))

    def _look(self, delivery: Delivery) -> Reaction:
        """Answer without waiting for anybody who writes. Whom we meet is written down once they have their answer."""
        fresh, user = delivery.fresh, delivery.incoming.user
        reaction = self.database.work(lambda session: self._handle(session, delivery, looks=True), reads_only=True)
        if reaction.read:
            self._write(lambda session: self._record(session, delivery.incoming, READ, reaction.read))
        if fresh:
            reaction.afterwards = lambda: self._write(lambda session: self._who_asks(session, user, fresh))
        return reaction

    def _record(self, session: Session, incoming: Incoming, verb: str, subjects: Sequence[About]) -> None:
        put_on_record(session, self.mission_id(), self.now(), self.house, incoming, verb, subjects)

    def _write(self, unit: Callable[[Session], Done]) -> Done:
        """Do a unit of work that may write. Raises NotNowError while too many wait to write: others want to read."""
        if not self._writing.acquire(timeout=SECONDS_FOR_A_PLACE):
            raise NotNowError("too many wait to write")
        try:
            return self.database.work(unit)
        finally:
            self._writing.release()

    def _prepare(self, delivery: Delivery, prepares: Callable[[Request], object]) -> Delivery:
        """Let the verb read and make what takes long, while nobody waits to write."""
        incoming, verb = delivery.incoming, delivery.verb
        assert verb is not None
        if delivery.fresh:
            self._write(lambda session: self._who_asks(session, incoming.user, delivery.fresh))
        with self.database.reading() as session, self._request(session, replace(delivery, fresh=None)) as request:
            check(self.house, request, incoming, verb)
            return replace(delivery, fresh=None, prepared=prepares(request))

    def _handle(self, session: Session, delivery: Delivery, *, looks: bool = False) -> Reaction:
        with self._request(session, delivery, looks=looks) as request:
            remember = not looks and bool(delivery.incoming.key)
            reaction = self._once(request, delivery.incoming, delivery.verb, remember=remember)
            typing = delivery.verb is not None and delivery.verb.while_typing
            # What shows nothing is not read, and what is typed in was opened before.
            reaction.read = request.read if (reaction.ack or reaction.calls) and not typing else []
            if not looks:
                self._record(session, delivery.incoming, READ, reaction.read)
            return reaction

    @contextmanager
    def _request(self, session: Session, delivery: Delivery, *, looks: bool = False) -> Iterator[Request]:
        """The request that a delivery is, in the language of who sent it."""
        incoming = delivery.incoming
        mission, who = self._who_asks(session, incoming.user, delivery.fresh, looks=looks)
        language = language_of(who.person.locale, mission.languages)
        if who.person.is_gone:
            self._languages.pop(incoming.user, None)  # they may be back: Slack is asked when they come again
        elif not delivery.fresh:
            self._languages[incoming.user] = language
        with speaking(language):
            request = read_request(session, mission, who, incoming, self.now(), delivery.request_id, self.house)
            request.attached, request.prepared = delivery.files, delivery.prepared
            yield request

    def _who_asks(
        self, session: Session, user: str, fresh: dict[str, Any] | None, *, looks: bool = False
    ) -> tuple[Mission, Who]:
        known = None if fresh else met(session, self.mission_id(), user)
        if known is not None:
            return known[0], who_holds(*known[1:])
        if not fresh:
            raise Refused(_("Slack did not tell me who you are. Please try again in a moment."))
        mission = get_mission(session, self.mission_id())
        met_now = directory.described_person if looks else partial(directory.remember_person, session)
        return mission, who_is(session, mission.id, met_now(mission.id, fresh, self.now()))

    def _once(self, request: Request, incoming: Incoming, verb: Verb | None, *, remember: bool) -> Reaction:
        mission_id = request.mission.id
        if remember and not inbox.first_time(request.session, mission_id, incoming.key, request.now):
            self.metrics.repeated(incoming.kind)
            return remembered(inbox.earlier_answer(request.session, mission_id, incoming.key))
        answer = admit(self.house, request, incoming, verb)
        self.house.follow(request)
        spend_messages(request)
        if answer.say is not None and incoming.kind == FORM:
            tell(request, request.who.user_id, answer.say, key=Key.of("said", incoming.key))
        reaction = to_reaction(incoming, answer)
        # Without an answer to repeat, the delivery's own row says all: most presses are answered with nothing.
        # Nor is what lies on a side of the wall kept in an answer: whoever is asked again, shows it again.
        if remember and reaction.ack and not request.shows_a_side:
            inbox.remember_answer(request.session, mission_id, incoming.key, written_down(reaction))
        return reaction

    def _meet(self, incoming: Incoming) -> dict[str, Any] | None:
        """Slack's description of a person we have never met, or believe to be gone: the only look-up of a request."""
        if incoming.user in self._languages:
            return None
        with self.database.reading() as session:
            known = mission_and_person(session, self.mission_id(), incoming.user)
            if known is not None and not known[1].is_gone:
                self._languages[incoming.user] = language_of(known[1].locale, known[0].languages)
                return None
        try:
            return directory.fetch_person(self.slack, incoming.user)
        except SlackTrouble as trouble:
            log.warning("person unknown", code=trouble.code)
            raise Refused(_("Slack did not tell me who you are. Please try again in a moment.")) from trouble

    def _event(self, incoming: Incoming, request_id: str) -> Reaction:
        try:
            mission_id = self.mission_id()
        except TokenLost:
            if incoming.verb not in CUT_OFF:
                raise
            # A process that has just begun cannot ask any more who it is: the event, which is signed, says it.
            self._write(lambda session: cut_off(session, incoming.teams or (), incoming.verb))
            return Reaction()
        if not incoming.is_for(mission_id, self.bot_user_id()):
            log.info("an event of another workspace")
            return Reaction()
        if incoming.verb in (MESSAGE, MENTION):
            return self._asked(incoming, request_id) if is_asked(incoming.event, incoming.verb) else Reaction()
        self._write(lambda session: self._note(session, mission_id, incoming, request_id))
        return Reaction()

    def _asked(self, incoming: Incoming, request_id: str) -> Reaction:
        """Somebody wrote to us. Who that is we learn first, as with every request of a person."""
        delivery = Delivery(incoming, request_id, None, self._meet(incoming), {})
        self._write(lambda session: self._answer(session, delivery))
        return Reaction()

    def _answer(self, session: Session, delivery: Delivery) -> None:
        incoming = delivery.incoming
        with self._request(session, delivery) as request:
            if not inbox.first_time(session, request.mission.id, incoming.key, request.now):
                self.metrics.repeated(incoming.kind)
                return
            answer_event(request, incoming.verb)
            self._record(session, incoming, READ, request.read)

    def _note(self, session: Session, mission_id: str, incoming: Incoming, request_id: str) -> None:
        known = met(session, mission_id, incoming.user)
        mission = known[0] if known is not None else get_mission(session, mission_id)
        if not inbox.first_time(session, mission.id, incoming.key, self.now()):
            self.metrics.repeated(incoming.kind)
            return
        stranger = Person(mission_id=mission.id, user_id=incoming.user, seen_at=self.now(), is_guest=True)
        who = who_holds(*known[1:]) if known is not None else who_is(session, mission.id, stranger)
        request = read_request(session, mission, who, incoming, self.now(), request_id, self.house)
        on_event(request, self.bot_user_id())
        for listener in self.house.events.get(incoming.verb, []):
            listener(request)
        self.house.follow(request)
