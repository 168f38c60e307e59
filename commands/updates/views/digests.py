"""Past digests: the list, and one of them again."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from commands.kit.cards import Block, button, channel_link, context, escape, moment, section
from commands.kit.dates import when_text
from commands.kit.forms import modal
from commands.kit.pages import Page, page_of, turning
from commands.kit.pressed import value_of
from commands.kit.words import _
from storage.updates.digests import RoundDigest
from storage.updates.rounds import Round

PAGE = 10


def digests_form(page: Page[tuple[RoundDigest, Round]], zone: ZoneInfo) -> Block:
    """Ten digests and addenda, the newest first; those that the reader may not read are left out of the page."""
    blocks: list[Block] = []
    if not page.count:
        blocks.append(section(_("No digest has been sent yet. The first one comes at the end of the first round.")))
    elif not page.items:
        blocks.append(section(_("You may not read the digests on this page: they are Confidential.")))
    for digest, this in page.items:
        blocks.append(_line(digest, this, zone))
    blocks += turning(page, "updates:digests", lambda number: f":{number}")
    return modal("updates:nothing", _("Digests"), blocks, close=_("Close"))


def _line(digest: RoundDigest, this: Round, zone: ZoneInfo) -> Block:
    kind = _("digest") if digest.number == 0 else _("addendum {number}").format(number=digest.number)
    when = moment(digest.sent_at, when_text(digest.sent_at, zone))
    text = f"*{escape(this.title)}*, {kind}\n{when} · {channel_link(digest.channel_id)}"
    return section(text, accessory=button(_("Read"), "updates:read", f"{digest.id}:0"))


def digest_form(digest: RoundDigest, number: int, zone: ZoneInfo) -> Block:
    """One message of a digest, as it was sent."""
    page: Page[list[Block]] = page_of(digest.content["pages"], number, 1)
    sent = _("Sent {when} to {channel}").format(
        when=moment(digest.sent_at, when_text(digest.sent_at, zone)), channel=channel_link(digest.channel_id)
    )
    blocks = [context(sent), *(block for part in page.items for block in part)]
    blocks += turning(page, "updates:read", lambda number: value_of(digest.id, number))
    return modal("updates:nothing", _("Digest"), blocks, close=_("Close"))
