"""What may never be, whatever the tables say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum

from tests.matrix.cast import GONE, MAY_DO_NOTHING
from tests.matrix.rehearsal import Outcome
from tests.matrix.scene.setting import Setting
from tests.matrix.things import Thing


class Fault(StrEnum):
    """A way in which a delivery is wrong."""

    READS = "reads what is not for them"
    CHANGES = "changes something, although they may do nothing"
    TOLD_APART = "hears that something hidden is there"
    SENT = "is sent a message, although they have left"
    BREAKS = "meets a bug"
    UNRECORDED = "changes something of which the audit record says nothing"


# What somebody has begun to write, looks at before they decide, or has read up to: nothing has changed yet.
BEGUN = frozenset({"form_drafts", "return_drafts", "agency_imports", "return_looks"})
# Acts that bring what was said to more people, as those who do them mean it: a digest to the channel that reads it,
# an escalation to those whose own is merged into it.
BRINGS = {"round.digest": "HushReturn", "escalation.merged": "HushEscalation"}


def leaks(outcome: Outcome, setting: Setting) -> Iterator[tuple[str, str]]:
    """Each secret that was told to somebody for whom it is not: the reader and the secret."""
    secrets = setting.things.secrets
    brought = tuple(BRINGS[verb] for verb in outcome.changes if verb in BRINGS)
    for told in outcome.told:
        for secret in setting.things.told_in(told.text):
            if not (brought and secret.startswith(brought)):
                yield from ((reader, secret) for reader in sorted(told.readers - secrets[secret] - {""}))


def sent_to_who_left(outcome: Outcome) -> Iterator[tuple[Fault, str]]:
    """A direct message to somebody whose account is deactivated: Slack refuses it, and nobody is told."""
    yield from ((Fault.SENT, GONE) for told in outcome.told if told.place == GONE)


def faults_of(
    outcome: Outcome, setting: Setting, person: str, thing: Thing | None, nobodys: str
) -> Iterator[tuple[Fault, str]]:
    """Everything that is wrong with what came of a delivery, with whom it concerns."""
    yield from ((Fault.READS, reader) for reader, _secret in leaks(outcome, setting))
    if person in MAY_DO_NOTHING and (outcome.changes or outcome.tables):
        yield Fault.CHANGES, person
    yield from sent_to_who_left(outcome)
    if outcome.tables - BEGUN and not outcome.changes:
        yield Fault.UNRECORDED, person
    if outcome.reaction.failed:
        yield Fault.BREAKS, person
    hidden = thing is not None and person not in thing.known_to
    if hidden and outcome.refusal and nobodys and outcome.refusal != nobodys and not outcome.reaction.failed:
        yield Fault.TOLD_APART, person


def as_lines(faults: Iterable[tuple[str, Fault, str]]) -> list[str]:
    """Faults by where they were met: `press cabinet:log: IOM head, admin: reads what is not for them`."""
    found: dict[tuple[str, Fault], set[str]] = defaultdict(set)
    for where, fault, person in faults:
        found[where, fault].add(person)
    return sorted(f"{where}: {', '.join(sorted(people))}: {fault}" for (where, fault), people in found.items())
