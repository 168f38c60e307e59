"""People's e-mail addresses, as they or an admin enter them."""

from __future__ import annotations

import re

from commands.escalations.handlers.duty import opened
from commands.escalations.rules.addresses import address_problem
from commands.escalations.views.duty_forms import email_done, email_form
from commands.escalations.views.emails import proof_text
from commands.kit.mail import mail, mail_is_set_up
from commands.kit.permission import ADMIN
from commands.kit.refused import Refused
from commands.kit.say import escape, mention
from commands.kit.words import _
from commands.kit.work import Answer, Ask
from storage.mail import address_of, set_address
from storage.people import get_person


def open_email(ask: Ask) -> Answer:
    """The form for one's own address; an admin may name another person."""
    named = re.match(r"<@([A-Z0-9]+)", ask.text)
    user = named.group(1) if named else ask.who.user_id
    if ask.text and not named:
        usage = f"`{ask.command('escalate')} email @person`"
        raise Refused(_("Name a person with @, for example {usage}.").format(usage=usage))
    _check(ask, user)
    address = address_of(ask.session, ask.mission.id, user)
    is_own = user == ask.who.user_id
    return opened(ask, email_form(user, address, is_set_up=mail_is_set_up(ask), is_own=is_own))


def _check(ask: Ask, user: str) -> None:
    if user != ask.who.user_id and not ADMIN.is_met_by(ask.who):
        raise Refused(_("Only an admin enters somebody else's address."))
    person = get_person(ask.session, ask.mission.id, user)
    if person is None or person.is_gone or person.is_bot or person.is_guest or person.is_outsider:
        raise Refused(_("Only full members of the workspace whom I have met are reached by e-mail."))


def save_email(ask: Ask) -> Answer:
    """Keep the address, and send one e-mail to prove it."""
    user = str(ask.notes.get("person") or ask.who.user_id)
    _check(ask, user)
    address = ask.fields.text("address")
    problem = address_problem(address) if address else None
    if problem:
        raise Refused(problem, "address")
    before = address_of(ask.session, ask.mission.id, user)
    set_address(ask.session, ask.mission.id, user, address or None, ask.who.user_id, ask.now)
    ask.record("email.entered" if address else "email.removed", ("person", user))
    if not address:
        return Answer(update=email_done(_("Saved: no e-mail is sent to {person}.").format(person=mention(user))))
    if address == before or not mail_is_set_up(ask):
        return Answer(update=email_done(_("Saved: {address}.").format(address=escape(address))))
    with ask.speaking_to(user):
        subject, text = proof_text(ask.mission.name)
    mail(ask, address, subject, text, key=f"email-proof:{user}:{ask.now.isoformat()}", person=user)
    return Answer(
        update=email_done(
            _("Saved. An e-mail is on its way to {address}; look whether it arrives.").format(address=escape(address))
        )
    )
