"""Past digests: the list, and one of them again."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from commands.kit.cards import Block, button, channel_link, context, escape, moment, section
from commands.kit.dates import when_text
from commands.kit.forms import modal
from commands.kit.words import _
from commands.updates.views.board import paging
from storage.updates.digests import RoundDigest
from storage.updates.rounds import Round

PAGE = 10


def digests_form(found: Sequence[tuple[RoundDigest, Round]], page: int, count: int, zone: ZoneInfo) -> Block:
    """Ten digests and addenda, the newest first."""
    blocks: list[Block] = []
    if not count:
        blocks.append(section(_("No digest has been sent yet. The first one comes at the end of the first round.")))
    elif not found:
        blocks.append(section(_("You may not read the digests on this page: they are Confidential.")))
    for digest, this in found:
        blocks.append(_line(digest, this, zone))
    last = max(0, (count - 1) // PAGE)
    if last:
        blocks += paging("updates:digests", page, last, "")
    return modal("updates:nothing", _("Digests"), blocks, close=_("Close"))


def _line(digest: RoundDigest, this: Round, zone: ZoneInfo) -> Block:
    kind = _("digest") if digest.number == 0 else _("addendum {number}").format(number=digest.number)
    when = moment(digest.sent_at, when_text(digest.sent_at, zone))
    text = f"*{escape(this.title)}*, {kind}\n{when} · {channel_link(digest.channel_id)}"
    return section(text, accessory=button(_("Read"), "updates:read", f"{digest.id}:0"))


def digest_form(digest: RoundDigest, page: int, zone: ZoneInfo) -> Block:
    """One message of a digest, as it was sent."""
    parts = digest.content["pages"]
    page = min(max(page, 0), len(parts) - 1)
    sent = _("Sent {when} to {channel}").format(
        when=moment(digest.sent_at, when_text(digest.sent_at, zone)), channel=channel_link(digest.channel_id)
    )
    blocks = [context(sent), *parts[page]]
    if len(parts) > 1:
        blocks += paging("updates:read", page, len(parts) - 1, str(digest.id))
    return modal("updates:nothing", _("Digest"), blocks, close=_("Close"))
