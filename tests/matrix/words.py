"""An outcome in a few words, as it stands in the tables."""

from __future__ import annotations

import re

from tests.matrix.rehearsal import ANSWER, Outcome
from tests.matrix.scene.setting import Setting
from tests.matrix.sending import views_of
from tests.matrix.things import Thing

NOT_THERE = "not there"
LONGEST = 110
GATES = {
    "Slack told me that your account is deactivated": "refused as deactivated",
    "You are a guest here": "refused as a guest",
}
_NEEDS = re.compile(r"This needs one of these roles: ([^.]+)\.")
_SECRET = re.compile(r" ?Hush\w+x")
_MENTION = re.compile(r"<[@#](\w+)>")


def told(outcome: Outcome, nobodys: str) -> str:
    """What the person who sent it got. `nobodys` is the refusal for an id that no row has."""
    reaction = outcome.reaction
    if reaction.failed:
        return f"BROKEN {outcome.refusal}"
    if reaction.refusal is not None:
        fields = reaction.refusal.fields
        text = outcome.refusal or " ".join(fields.values())
        return NOT_THERE if nobodys and text == nobodys else at_the_gate(text) or f"refused “{text}”"
    said = [f"form {view['callback_id'].partition(':')[2]}" for view in views_of(reaction)]
    if any(method == "respond" for method, _arguments in reaction.calls) or "text" in reaction.ack:
        said.append("message")
    if "options" in reaction.ack:
        said.append(f"{len(reaction.ack['options'])} choices")
    return ", ".join(said)


def at_the_gate(text: str) -> str:
    """A refusal that every verb shares, in short; empty for any other."""
    roles = _NEEDS.match(text)
    if roles is not None:
        return f"needs {roles.group(1)}"
    return next((short for begins, short in GATES.items() if text.startswith(begins)), "")


def in_words(outcome: Outcome, setting: Setting, person: str, thing: Thing | None, nobodys: str) -> str:
    """All that came of it: what was told, what was read of Confidential things, what changed, who else was told."""
    said = told(outcome, nobodys)
    parts = [plain(said, setting)] if said else []
    read = setting.things.told_in(outcome.answer)
    if read:
        parts.append("reads " + _read(read, setting, thing))
    if outcome.changes:
        parts.append("does " + ", ".join(outcome.changes))
    elif outcome.tables:
        parts.append("writes " + ", ".join(sorted(outcome.tables)))
    others = _others(outcome, setting, person, thing)
    if others:
        parts.append("tells " + ", ".join(others))
    if outcome.held_back:
        parts.append("held back from " + ", ".join(sorted({_reader(one, person) for one in outcome.held_back})))
    return "; ".join(parts) or "nothing"


def _others(outcome: Outcome, setting: Setting, person: str, thing: Thing | None) -> list[str]:
    """Who else was told something, with what of it is Confidential."""
    found: dict[str, list[str]] = {}
    for one in outcome.told:
        if one.place != ANSWER:
            found.setdefault(_reader(one.place, person), []).extend(setting.things.told_in(one.text))
    named = {place: f" ({_read(read, setting, thing)})" if read else "" for place, read in found.items()}
    return sorted(f"{place}{read}" for place, read in named.items())


def _reader(place: str, person: str) -> str:
    return "themselves" if place == person else place


def _read(secrets: list[str], setting: Setting, thing: Thing | None) -> str:
    told = [one for one in setting.things.all if one.secret in secrets]
    names = ["it" if one is thing else f"{one.kind} ({one.name})" for one in told]
    return ", ".join(dict.fromkeys(names))


def plain(text: str, setting: Setting) -> str:
    """Without ids, which are others in each run, and without secrets, which stand for themselves."""
    text = _MENTION.sub(lambda found: f"@{setting.name_of(found.group(1)) or 'somebody'}", text)
    text = " ".join(_SECRET.sub("", text).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
