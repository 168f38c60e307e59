"""People's e-mail addresses, as they or an admin enter them."""

from __future__ import annotations

from commands.escalations.rules.addresses import address_problem
from commands.escalations.views.duty.forms import email_done, email_form
from commands.escalations.views.emails import proof_text
from commands.escalations.views.notes import EmailNotes
from commands.kit.cards import escape, mention
from commands.kit.limits import Limited, spend
from commands.kit.mail import mail, mail_is_set_up
from commands.kit.permission import ADMIN
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Answer, Request, opened
from storage.mail import address_of, set_address
from storage.people import get_person
from storage.subjects import Key


def open_email(request: Request) -> Answer:
    """The form for one's own address; an admin may name another person."""
    user = request.mentions[0] if request.mentions else request.who.user_id
    if request.text and not request.mentions:
        usage = f"`{request.command('escalate')} email @person`"
        raise Refused(_("Name a person with @, for example {usage}.").format(usage=usage))
    _check(request, user)
    address = address_of(request.session, request.mission.id, user)
    is_own = user == request.who.user_id
    return opened(request, email_form(user, address, is_set_up=mail_is_set_up(request), is_own=is_own))


def _check(request: Request, user: str) -> None:
    if user != request.who.user_id and not ADMIN.is_met_by(request.who):
        raise Refused(_("Only an admin enters somebody else's address."))
    person = get_person(request.session, request.mission.id, user)
    if person is None or person.is_gone or person.is_bot or person.is_guest or person.is_outsider:
        raise Refused(_("Only full members of the workspace whom I have met are reached by e-mail."))


def save_email(request: Request) -> Answer:
    """Keep the address, and send one e-mail to prove it."""
    user = request.noted(EmailNotes).person or request.who.user_id
    _check(request, user)
    address = request.fields.text("address")
    problem = address_problem(address) if address else None
    if problem:
        raise Refused(problem, "address")
    before = address_of(request.session, request.mission.id, user)
    set_address(request.session, request.mission.id, user, address or None, request.who.user_id, request.now)
    request.record("email.entered" if address else "email.removed", ("person", user))
    if not address:
        return Answer(update=email_done(_("Saved: no e-mail is sent to {person}.").format(person=mention(user))))
    if address == before or not mail_is_set_up(request):
        return Answer(update=email_done(_("Saved: {address}.").format(address=escape(address))))
    spend(request, Limited.PROOFS, field="address")
    with request.speaking_to(user):
        subject, text = proof_text(request.mission.name)
    mail(request, address, subject, text, key=Key.of("email-proof", user, request.now), person=user)
    return Answer(
        update=email_done(
            _("Saved. An e-mail is on its way to {address}; look whether it arrives.").format(address=escape(address))
        )
    )
