"""What is said of a role that somebody gave to themselves: to those who may agree, and to the holder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from commands.kit.cards import Block, Card, actions, button, confirm, context, escape, mention, section
from commands.kit.front.things import Press, Wait
from commands.kit.names.roles import role_name
from commands.kit.permission import ADMIN, Who
from commands.kit.pressed import value_of
from commands.kit.words import _
from commands.mission.rules.agreement import may_decline
from storage.agencies import Agency
from storage.grants import Grant
from storage.people import Role
from storage.subjects import Subject


def named(role: Role, agency: Agency | None) -> str:
    """A role, with the agency it is held in: "focal point of WFP"."""
    if agency is None:
        return role_name(role)
    return _("{role} of {agency}").format(role=role_name(role), agency=escape(agency.code))


def question_card(grant: Grant, agency: Agency | None, who: Who, command: Callable[[str], str]) -> Card:
    """Asks one person who may agree, and says what they can do against it."""
    role = named(grant.role, agency)
    text = _("{person} gave this role to themselves: *{role}*.").format(person=mention(grant.user_id), role=role)
    why = _("Until somebody else agrees, it opens nothing Confidential to them.")
    if agency is not None:
        why += " " + _("Nor do they speak for {agency}.").format(agency=escape(agency.code))
    pressed = [_agree(grant, role), *([_decline(grant, role)] if may_decline(who, grant) else [])]
    undo = context(_against(grant, agency, who, command))
    return Card(f"{text} {why}", (section(f"{text}\n{why}"), undo, actions(*pressed)))


def question_wait(grant: Grant, agency: Agency | None) -> Wait:
    """The same question, among what waits for one person who may agree."""
    role = named(grant.role, agency)
    text = _("{person} gave this role to themselves: *{role}*.").format(person=mention(grant.user_id), role=role)
    press = Press(_("Agree"), "mission:agree", _value(grant), _agree_question(grant, role))
    return Wait(None, text, press, Subject.of("role", grant.agency_id, grant.role.value, grant.user_id))


def _agree(grant: Grant, role: str) -> Block:
    return button(_("Agree"), "mission:agree", _value(grant), confirm=_agree_question(grant, role))


def _agree_question(grant: Grant, role: str) -> Block:
    return confirm(
        _("Agree to this role?"),
        _("{person} may then read what is Confidential as {role}.").format(person=mention(grant.user_id), role=role),
        _("Agree"),
        _("Not now"),
    )


def _decline(grant: Grant, role: str) -> Block:
    question = confirm(
        _("Say no to this role?"),
        _("The role is taken back, and {person} is told: {role}.").format(person=mention(grant.user_id), role=role),
        _("Take the role back"),
        _("Not now"),
    )
    return button(_("I do not agree"), "mission:disagree", _value(grant), confirm=question)


def _value(grant: Grant) -> str:
    """How a button names the role that it is about."""
    return value_of(grant.agency_id, grant.role.value, grant.user_id)


def _against(grant: Grant, agency: Agency | None, who: Who, command: Callable[[str], str]) -> str:
    """What this reader can do when it should not be so: not everybody who is asked may change roles."""
    if agency is not None:
        changed_with = f"`{command('agency')} focal {escape(agency.code)}`"
    elif ADMIN.is_met_by(who):
        changed_with = f"`{command('mission')} roles`"
    elif may_decline(who, grant):
        return _("If this is a mistake, press *I do not agree*: the role is taken back.")
    else:
        return _("If this is a mistake, ask another admin to take the role back.")
    return _("If this is a mistake, take the role back with {command}.").format(command=changed_with)


def answered_card(role: Role, agency: Agency | None, user: str, agreed_by: str | None) -> Card:
    """What stands where somebody was asked, once it is settled; `agreed_by` None: the role was taken back."""
    ended, agreed = _("{person} is no longer {role}."), _("{agreed} agreed that {person} is {role}.")
    text = ended if agreed_by is None else agreed
    said = text.format(person=mention(user), role=named(role, agency), agreed=mention(agreed_by) if agreed_by else "")
    return Card(said, (section(said),))


def passed_card(grant: Grant, agency: Agency | None) -> Card:
    """The same for somebody who may not agree any more: others are asked."""
    text = _("{person} waits for somebody to agree to a role: {role}. You need not, since your own roles have changed.")
    said = text.format(person=mention(grant.user_id), role=named(grant.role, agency))
    return Card(said, (section(said),))


def own_card(role: Role, agency: Agency | None, asked: Sequence[str], command: Callable[[str], str]) -> Card:
    """Tells the holder that the role waits, and for whom; `asked` empty: there is nobody who could agree."""
    first = _("You gave this role to yourself: *{role}*. It opens nothing Confidential until somebody else agrees.")
    text = first.format(role=named(role, agency))
    if agency is not None:
        text += " " + _("Nor do you speak for {agency}: what you enter for it is by proxy.").format(
            agency=escape(agency.code)
        )
    if asked:
        then = _("I have asked {people}.").format(people=", ".join(mention(user) for user in asked))
    else:
        then = _("Nobody can agree yet: an admin names another admin or a coordinator with {command}.").format(
            command=f"`{command('mission')} roles`"
        )
    return Card(f"{text} {then}", (section(f"{text}\n{then}"),))


def agreed_card(role: Role, agency: Agency | None, agreed_by: str) -> Card:
    """The same, once somebody has agreed."""
    text = _("{person} agreed: you are {role}, and cleared as such.").format(
        person=mention(agreed_by), role=named(role, agency)
    )
    return Card(text, (section(text),))
