"""The first moments of an escalation: its chain is copied, its times set, and the first step told or queued."""

from __future__ import annotations

from commands.escalations.handlers.cards import bring_to_concerned, show_cards
from commands.escalations.handlers.chain.climb import go_up
from commands.escalations.handlers.chain.next_step import pace_of, read_times
from commands.escalations.handlers.changing import settle
from commands.escalations.handlers.telling import note
from commands.escalations.rules.chains import DEFAULT_CHAIN, copied
from commands.escalations.rules.raising import Entered
from commands.kit.times.local import local_texts
from commands.kit.work import OURSELVES, Work
from storage.base import Json
from storage.escalations.chains import Chain, all_chains
from storage.escalations.model import ActKind, Escalation, NextKind, State, next_number, set_agencies


def begin(work: Work, new: Entered, source: Json) -> Escalation:
    """Raise it now, in the name of the one who acts."""
    this = _made(work, new, source)
    work.session.add(this)
    work.session.flush()
    set_agencies(work.session, this, new.agency_ids)
    note(work, this, ActKind.RAISED)
    # The first cards stand in the outbox before whatever continues them.
    show_cards(work, this, turn=this.turn)
    bring_to_concerned(work, this)
    if this.state == State.QUEUED:
        until = pace_of(work, this.severity).next_on(work.now)
        note(work, this, ActKind.QUEUED, by=OURSELVES, until=until.isoformat())
    else:
        go_up(work, this, NextKind.OPEN)
    settle(work, this)
    return this


def _made(work: Work, new: Entered, source: Json) -> Escalation:
    pace, times = pace_of(work, new.severity), read_times(work, new.severity)
    seen_at = pace.next_on(work.now)
    chain = chosen_chain(work)
    return Escalation(
        mission_id=work.mission.id,
        number=next_number(work.session, work.mission.id),
        asks=new.asks,
        summary=new.summary,
        tried=new.tried,
        pointer=dict(new.pointer),
        handling=new.handling,
        severity=new.severity,
        needed_by=new.needed_by,
        place_name=new.place_name,
        place_code=new.place_code,
        source=source,
        raised_by=work.actor,
        raised_at=work.now,
        state=State.RAISED if pace.is_on(work.now) else State.QUEUED,
        touched_at=work.now,
        ack_due_at=pace.after(seen_at, times.ack),
        decide_due_at=pace.after(seen_at, times.decide),
        chain_id=chain.id if chain else None,
        chain=(copied(chain) if chain else DEFAULT_CHAIN).as_json(),
        step=-1,
        lap=0,
        turn=0,
        local_times=local_texts(work.zone, needed_by=new.needed_by),
        updated_at=work.now,
    )


def chosen_chain(work: Work) -> Chain | None:
    """The mission's default chain; None while it uses the one every mission begins with."""
    chains = [one for one in all_chains(work.session, work.mission.id) if one.steps]
    return next((one for one in chains if one.is_default), None)
