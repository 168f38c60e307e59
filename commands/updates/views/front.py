"""Rounds, returns and digests in one line, and what is owed, for the front door and for other rooms."""

from __future__ import annotations

from commands.kit.cards import escape, shorten
from commands.kit.front.things import Line, Press, Wait
from commands.kit.words import _, pgettext
from storage.agencies import Agency
from storage.subjects import Subject
from storage.updates.digests import RoundDigest
from storage.updates.returns import STILL_OWED, Return, ReturnState
from storage.updates.rounds import Round, RoundState

WAIT_SHOWN = 120


def round_line(this: Round) -> Line:
    """A round."""
    is_over = this.state not in {RoundState.PENDING, RoundState.OPEN}
    state = {
        RoundState.PENDING: pgettext("round", "not open yet"),
        RoundState.OPEN: pgettext("round", "open"),
        RoundState.CLOSED: pgettext("round", "closed"),
        RoundState.DROPPED: pgettext("round", "dropped"),
        RoundState.CALLED_OFF: pgettext("round", "called off"),
    }[RoundState(this.state)]
    opens = Press(_("View by agency"), "updates:each", str(this.id)) if this.opened_at is not None else None
    return Line(
        Subject.of("round", this.id), "", this.title, state, None if is_over else this.due_at, opens, this.handling
    )


def return_line(given: Return, this: Round, agency: Agency) -> Line:
    """An agency's return: that it is there or not, and nothing of what it says."""
    return Line(
        Subject.of("return", given.id),
        "",
        f"{agency.code} · {this.title}",
        pgettext("round", "called off") if this.state == RoundState.CALLED_OFF else return_state(given),
        this.due_at if this.state == RoundState.OPEN and given.state in STILL_OWED else None,
        Press(_("View by agency"), "updates:each", str(this.id)),
        this.handling,
    )


def return_state(given: Return) -> str:
    """Where a return stands, in a word or two."""
    return {
        ReturnState.OWED: pgettext("return", "owed"),
        ReturnState.DRAFT: pgettext("return", "owed"),
        ReturnState.SUBMITTED: pgettext("return", "submitted"),
        ReturnState.NIL: pgettext("return", "nothing to report"),
        ReturnState.WAIVED: pgettext("return", "waived"),
        ReturnState.MISSED: pgettext("return", "missed"),
    }[ReturnState(given.state)]


def digest_line(digest: RoundDigest) -> Line:
    """A digest or an addendum, once it is sent."""
    return Line(
        Subject.of("digest", digest.id),
        "",
        digest.title,
        pgettext("digest", "sent"),
        opens=Press(_("Read"), "updates:read", f"{digest.id}:0"),
        handling=digest.handling,
    )


def owed_wait(given: Return, this: Round, agency: Agency) -> Wait:
    """An update that an agency owes."""
    text = _("*{agency} owes an update*: {round}").format(
        agency=escape(agency.code), round=escape(shorten(this.title, WAIT_SHOWN))
    )
    press = Press(_("Write update"), "updates:write", str(given.id))
    return Wait(this.due_at, text, press, Subject.of("return", given.id), this.handling)


def digest_wait(this: Round) -> Wait:
    """A round that is past its deadline, and whose digest goes out at its time."""
    text = _("*The digest goes out*: {round}").format(round=escape(shorten(this.title, WAIT_SHOWN)))
    press = Press(_("View by agency"), "updates:each", str(this.id))
    return Wait(this.digest_at, text, press, Subject.of("round", this.id), this.handling)
