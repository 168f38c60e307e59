"""The composition root: settings, database, rooms and Slack become one product."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.delivery.characters import storable
from bot.delivery.identity import Identity
from bot.delivery.slack import SlackCalls
from bot.delivery.smtp import MailServer
from bot.observe import Metrics
from bot.requests import incoming as read
from bot.requests.conversation import Conversation
from bot.requests.incoming import EVENT, Incoming
from bot.requests.reaction import Reaction, carry_out, refusal_ack
from bot.rooms import House, find_rooms
from bot.settings import Settings
from commands.kit.words import speaking
from storage.connection.trouble import NotNowError
from storage.database import Database

# Slack gives up on a delivery after three seconds: a call inside a request must leave time to say so.
SECONDS_INSIDE_A_REQUEST = 2
log = structlog.get_logger()

ANYTHING = re.compile(r".*", re.DOTALL)


def wall_clock() -> datetime:
    """The present moment; the one place that reads a clock."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Product:
    """Everything a process needs: shared by the web side and the worker."""

    settings: Settings
    database: Database
    house: House
    now: Callable[[], datetime]
    metrics: Metrics
    identity: Identity
    slack: SlackCalls
    mail: MailServer | None = None


def build(settings: Settings, *, now: Callable[[], datetime] = wall_clock, house: House | None = None) -> Product:
    """Put the product together. Talks to nobody yet."""
    token = settings.slack_bot_token.get_secret_value()
    slack = SlackCalls(token, settings.slack_api_url)
    database, metrics = Database(settings.database_url), Metrics()
    database.held = metrics.held
    return Product(
        settings=settings,
        database=database,
        house=house or find_rooms(settings.command_prefix, settings.limits()),
        now=now,
        metrics=metrics,
        identity=Identity(slack, database, token),
        slack=slack,
        mail=settings.mail_server(),
    )


def conversation_of(product: Product, slack: SlackCalls) -> Conversation:
    """What answers every delivery of this product; `slack` is whom it asks meanwhile."""
    return Conversation(
        database=product.database,
        house=product.house,
        slack=slack,
        now=product.now,
        mission_id=product.identity.team_id,
        bot_user_id=product.identity.bot_user_id,
        metrics=product.metrics,
    )


def bolt_app(product: Product) -> App:
    """The Bolt app: a handful of listeners in front of one dispatch table.

    `process_before_response` makes Bolt answer after the handler, so that we commit first and acknowledge then.
    """
    token = product.settings.slack_bot_token.get_secret_value()
    quick = SlackCalls(token, product.settings.slack_api_url, seconds=SECONDS_INSIDE_A_REQUEST)

    def authorize() -> AuthorizeResult:
        us = product.identity.get()
        return AuthorizeResult(
            enterprise_id=None, team_id=us.team_id, bot_token=token, bot_id=us.bot_id, bot_user_id=us.bot_user_id
        )

    app = App(
        # Without a name Bolt looks for the file that called it, in every module there is.
        name="rapporteur",
        signing_secret=product.settings.slack_signing_secret.get_secret_value() or token_hex(32),
        authorize=authorize,
        process_before_response=True,
        raise_error_for_unhandled_request=False,
    )
    _listen(app, conversation_of(product, quick), quick)
    return app


def _listen(app: App, conversation: Conversation, slack: SlackCalls) -> None:
    def listener(reader: Callable[[dict[str, Any]], Incoming]) -> Callable[..., BoltResponse]:
        def hear(body: dict[str, Any]) -> BoltResponse:
            try:
                incoming = reader(storable(body))
            except (KeyError, IndexError, TypeError, AttributeError):
                log.warning("a delivery could not be read", kind=str(body.get("type"))[:40])
                return BoltResponse(status=400, body="")
            return respond(slack, incoming, conversation.hear(incoming))

        return hear

    app.command(ANYTHING)(listener(read.read_command))
    app.action(ANYTHING)(listener(read.read_action))
    app.view(ANYTHING)(listener(read.read_form))
    app.view_closed(ANYTHING)(listener(read.read_closing))
    app.options(ANYTHING)(listener(read.read_options))
    app.shortcut(ANYTHING)(listener(read.read_shortcut))
    app.event(ANYTHING)(listener(read.read_event))


def respond(slack: SlackCalls, incoming: Incoming, reaction: Reaction) -> BoltResponse:
    """Carry out what the reply is bound to, and acknowledge."""
    if reaction.failed and incoming.kind == EVENT:
        return BoltResponse(status=500, body="")
    afterwards = reaction.afterwards
    with speaking(reaction.language):
        if reaction.refusal is not None:
            reaction = refusal_ack(incoming, reaction.refusal)
        carry_out(slack, incoming, reaction)
    if afterwards is not None:
        try:
            afterwards()
        except NotNowError as trouble:
            log.warning("left for the next time", trouble=str(trouble))
    return BoltResponse(status=200, body=reaction.ack or "")
