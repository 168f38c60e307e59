"""What somebody reads of returns: the one way from an agency's texts to whoever is not of it.

`rules/access.py` says which version that is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commands.kit.access import readable
from commands.kit.work import Request, Work
from commands.updates.handlers.access import RETURN
from commands.updates.rules.access import Act, version_for, versions_for
from commands.updates.rules.answers import Value
from commands.updates.rules.digest import shown_alone
from commands.updates.rules.questions import items_for, questions_of
from storage.updates.looks import looks_of
from storage.updates.returns import ANSWERED, Return, ReturnVersion, VersionKind
from storage.updates.rounds import get_round
from storage.updates.versions import versions_of

SHOWN_OF_A_VERSION = ("mission_id", "return_id", "number", "kind", "by", "at", "on_behalf_of", "is_late")


def read_versions(request: Request, returns: Sequence[Return]) -> dict[int, list[ReturnVersion]]:
    """What this person may read of these returns, by return, oldest first; nothing of the others."""
    kept = {one.id for one in readable(request, RETURN, returns, Act.READ_VERSIONS)}
    read = readable(request, RETURN, returns, Act.READ_TEXT)
    by_return: dict[int, list[ReturnVersion]] = {given.id: [] for given in read}
    for version in versions_of(request.session, by_return):
        by_return[version.return_id].append(version)
    found = {given.id: versions_for(given, by_return[given.id], keeps=given.id in kept) for given in read}
    for given in read:
        if given.id not in kept:
            found[given.id] = [_as_shown(request, given, version) for version in found[given.id]]
    return found


def _as_shown(work: Work, given: Return, version: ReturnVersion) -> ReturnVersion:
    """A version without what digests show of all agencies together alone."""
    this = get_round(work.session, work.mission.id, given.round_id)
    assert this is not None, "a return has a round"
    shown = {item.key for item in items_for(shown_alone(questions_of(this.questions)), given.sectors)}
    facts = {name: getattr(version, name) for name in SHOWN_OF_A_VERSION}
    return ReturnVersion(**facts, answers={key: value for key, value in version.answers.items() if key in shown})


def read_answers(request: Request, returns: Sequence[Return]) -> dict[int, Mapping[str, Value]]:
    """What this person may read of these returns as it counts for them, by return: answers by the name of the item."""
    found = read_versions(request, returns)
    return {
        number: versions[-1].answers
        for number, versions in found.items()
        if versions and versions[-1].kind in (VersionKind.ANSWERS, VersionKind.SAME)
    }


def fresh_for(request: Request, returns: Sequence[Return]) -> list[Return]:
    """Those of these returns of which this person has not read the newest version, and may, as it comes."""
    answered = [given for given in returns if given.state in ANSWERED]
    kept = readable(request, RETURN, answered, Act.READ_VERSIONS)
    looked = looks_of(request.session, [given.id for given in kept], request.who.user_id)
    return [given for given in kept if given.version > looked.get(given.id, 0)]


def shown_answers(work: Work, returns: Sequence[Return]) -> dict[int, Mapping[str, Value]]:
    """What digests have shown of these returns, by agency: what everybody who reads the next digest has read."""
    edited = [given.id for given in returns if 0 < given.digest_version < given.version]
    earlier = {(one.return_id, one.number): one for one in versions_of(work.session, edited)} if edited else {}
    found: dict[int, Mapping[str, Value]] = {}
    for given in returns:
        shown = version_for(given, keeps=False)
        before = earlier.get((given.id, shown))
        answers = given.answers if shown == given.version else before.answers if before is not None else {}
        if shown and answers:
            found[given.agency_id] = answers
    return found
