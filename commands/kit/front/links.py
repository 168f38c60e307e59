"""Links between things of any rooms, seen from both ends. A link never shows anybody more than they see without it.

Gesture: point at.
"""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.front.things import Line
from commands.kit.permission import Who
from commands.kit.refused import Refused
from commands.kit.words import _
from commands.kit.work import Work
from storage.compartments import Compartment
from storage.links.model import WITHOUT_CIRCLES, LinkVerb, add_link, hold_links, leads_to, links_of
from storage.subjects import Subject

LINKS_READ = 40


@dataclass(frozen=True, slots=True)
class Linked:
    """The thing at the other end of a link. `begins_here`: the link begins at the thing that is looked at."""

    verb: LinkVerb
    begins_here: bool
    line: Line


def link(
    work: Work, of: Subject, verb: LinkVerb, to: Subject, *, compartment: Compartment = Compartment.MISSION
) -> bool:
    """Say what a thing is to another. False when that is said already. `compartment` is the side of either, if any.

    Raises Refused for a thing and itself, and for what would serve or replace itself in some steps.
    """
    circle = of == to
    if not circle and verb in WITHOUT_CIRCLES:
        hold_links(work.session, work.mission.id)
        circle = leads_to(work.session, work.mission.id, to, verb, of)
    if circle:
        raise Refused(_("This would lead in a circle: the other one already leads back to this one."))
    is_new = add_link(work.session, work.mission.id, of, verb, to, by=work.actor, now=work.now)
    if is_new:
        work.record("link.made", ("link", str(of)), compartment=compartment, relation=verb.value, to=str(to))
    return is_new


def linked(work: Work, who: Who, subject: Subject) -> list[Linked]:
    """What is linked with a thing, the newest first: as far as this person may see it, and no sign of the rest."""
    found = []
    for one in links_of(work.session, work.mission.id, subject, LINKS_READ):
        begins_here = one.from_subject == str(subject)
        other = Subject.parse(one.to_subject if begins_here else one.from_subject)
        line = work.front.line(work, who, other)
        if line is not None:
            found.append(Linked(LinkVerb(one.verb), begins_here, line))
    return found
