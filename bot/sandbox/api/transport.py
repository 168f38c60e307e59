"""How a call is answered: token, scope, limit and fault checks before the work, Slack's envelope after it."""

import asyncio
import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox import unseen
from bot.sandbox.api import families  # noqa: F401 - registers the methods
from bot.sandbox.api.bodies import Body, read_body
from bot.sandbox.api.call import METHODS, Call
from bot.sandbox.api.facts import Facts, all_facts
from bot.sandbox.faults import Fault
from bot.sandbox.log import Entry
from bot.sandbox.records import App, Json, Refused
from bot.sandbox.sandbox import Sandbox

_NAMELESS = App("", "", "", "", "", "")
# What Slack takes with any method: Slack's own client adds the team to every call of an app in several teams.
_EVERYWHERE = {"team_id"}
# Once a minute for apps that are sold outside the Marketplace.
_RARELY = {"conversations.history", "conversations.replies"}
# Old methods that Slack has closed.
_CLOSED = {"files.upload"}
_LOG = logging.getLogger(__name__)


class CutError(Exception):
    """The connection is to be closed without an answer."""


async def answer_call(request: Request, sandbox: Sandbox) -> Response:
    """Answer ``/api/<method>``."""
    name = request.path_params["method"]
    body = await read_body(request, all_facts().get(name))
    entry = sandbox.log.begin("in", "", name, body.arguments)
    try:
        owner = _Owner.of(sandbox, body.token)
        entry.app = owner.app.id
        owner.admit(body.problem)
        fault = sandbox.faults.take(name, owner.app.id)
        return await _with_fault(fault, sandbox, name, owner, body, entry)
    except Refused as refusal:
        return _refusal(sandbox, entry, refusal)
    except CutError:
        raise
    except Exception:
        _LOG.exception("%s broke", name)
        return _refusal(sandbox, entry, Refused("internal_error"))


async def _with_fault(
    fault: Fault | None,
    sandbox: Sandbox,
    name: str,
    owner: "_Owner",
    given: Body,
    entry: Entry,
) -> Response:
    kind = fault.kind if fault else ""
    if fault is not None:
        entry.note = f"fault: {kind}"
        if kind == "error":
            raise Refused(fault.error)
        if kind == "429":
            return _limited(sandbox, entry, max(1, round(fault.seconds)))
        if kind in {"500", "503"}:
            sandbox.log.end(entry, None, int(kind), kind)
            return Response("", int(kind))
        if kind == "cut_before":
            sandbox.log.end(entry, None, None, "connection_cut")
            raise CutError
        if kind == "slow":
            await asyncio.sleep(fault.seconds)
    call, wait = _checked(sandbox, name, owner, given.arguments, entry)
    if wait:
        return _limited(sandbox, entry, wait)
    answer = _done(call, given, entry)
    if kind == "cut_after":
        raise CutError
    return answer


def _done(call: Call, given: Body, entry: Entry) -> Response:
    """Do the work and answer it."""
    name, sandbox = call.facts.name, call.sandbox
    call.warnings += given.warnings
    body = {"ok": True, **METHODS[name](call)}
    if call.warnings:
        body["warning"] = ",".join(call.warnings)
        body["response_metadata"] = {**body.get("response_metadata", {}), "warnings": call.warnings}
    entry.slips += unseen.of(sandbox.workspace, given.arguments)
    if "missing_text_in_message" in call.warnings:
        entry.slips.append(unseen.NO_TEXT)
    sandbox.log.end(entry, body, 200)
    sandbox.flush()
    return JSONResponse(body, headers=_headers(name, call))


def _checked(sandbox: Sandbox, name: str, owner: "_Owner", arguments: Json, entry: Entry) -> tuple[Call, int]:
    facts = all_facts().get(name)
    if facts is None:
        raise Refused("method_deprecated") if name in _CLOSED else Refused("unknown_method", req_method=name)
    owner.need(facts)
    if name not in METHODS:
        raise Refused("unknown_method", req_method=name, detail="Slack has this method; the sandbox does not model it")
    missing = [argument for argument in facts.required if arguments.get(argument) in (None, "")]
    if missing:
        raise _missing(name, missing)
    _check_names(sandbox, facts, arguments, entry)
    call = Call(sandbox, facts, owner.app, owner.user, owner.scopes, arguments, owner.kind == "bot")
    channel = str(arguments.get("channel", ""))
    tier = 1 if owner.app.distributed and name in _RARELY else facts.tier
    return call, sandbox.limits.wait(owner.app.id, name, tier, channel)


def _check_names(sandbox: Sandbox, facts: Facts, arguments: Json, entry: Entry) -> None:
    known = {*facts.required, *facts.optional, *_EVERYWHERE}
    strange = [] if facts.name == "api.test" else sorted(set(arguments) - known)
    if strange and sandbox.limits.strict:
        told = [f"[ERROR] unexpected argument: {name}" for name in strange]
        raise Refused("invalid_arguments", response_metadata={"messages": told})
    entry.slips += [f"Slack's {facts.name} has no argument {name} and ignores it" for name in strange]


def _missing(name: str, missing: list[str]) -> Refused:
    if name in {"conversations.create", "conversations.rename"} and "name" in missing:
        return Refused("invalid_name_required")
    told = [f"[ERROR] missing required field: {argument}" for argument in missing]
    return Refused("invalid_arguments", response_metadata={"messages": told})


class _Owner:
    """Whose token it is and what it may do."""

    def __init__(self, app: App, kind: str, user: str, scopes: frozenset[str]) -> None:
        self.app = app
        self.kind = kind
        self.user = user
        self.scopes = scopes
        self.problem = ""

    @classmethod
    def of(cls, sandbox: Sandbox, token: str) -> "_Owner":
        for app in sandbox.workspace.apps.values():
            if token and token == app.app_token:
                return cls._with_state(app, cls(app, "app", "", frozenset({"connections:write"})))
            if token and token == app.bot_token:
                return cls._with_state(app, cls(app, "bot", app.bot_user, frozenset(app.scopes)))
            if token in app.user_tokens:
                return cls._with_state(app, cls(app, "user", app.user_tokens[token], frozenset(app.user_scopes)))
        nobody = cls(_NAMELESS, "none", "", frozenset())
        nobody.problem = "invalid_auth" if token else "not_authed"
        return nobody

    @staticmethod
    def _with_state(app: App, owner: "_Owner") -> "_Owner":
        owner.problem = "account_inactive" if not app.installed else app.token_state
        return owner

    @staticmethod
    def admit(problem: str) -> None:
        """Refuse a body that could not be read."""
        if problem:
            raise Refused(problem)

    def need(self, facts: Facts) -> None:
        """Refuse a token that does not fit the method."""
        if facts.token == "none":  # noqa: S105 - the fact that no token is needed
            return
        if self.problem:
            raise Refused(self.problem)
        wanted = {"app"} if facts.token == "app" else {"bot", "user"}  # noqa: S105 - a kind of token
        if self.kind not in wanted or (self.kind == "bot" and facts.scopes is None):
            raise Refused("not_allowed_token_type")
        scopes = facts.user_scopes if self.kind == "user" else facts.scopes or ()
        if scopes and not self.scopes.intersection(scopes):
            raise Refused("missing_scope", needed=",".join(scopes), provided=",".join(sorted(self.scopes)))


def _refusal(sandbox: Sandbox, entry: Entry, refusal: Refused) -> Response:
    body = {"ok": False, "error": refusal.code, **refusal.extra}
    sandbox.log.end(entry, body, 200, refusal.code)
    sandbox.flush()
    return JSONResponse(body)


def _limited(sandbox: Sandbox, entry: Entry, seconds: int) -> Response:
    body = {"ok": False, "error": "ratelimited"}
    sandbox.log.end(entry, body, 429, "ratelimited")
    return JSONResponse(body, 429, headers={"Retry-After": str(seconds)})


def _headers(name: str, call: Call) -> dict[str, str]:
    given = {"x-slack-req-id": call.workspace.new_id("R").lower()}
    if call.scopes:
        given["x-oauth-scopes"] = ",".join(sorted(call.scopes))
    if call.facts.scopes:
        given["x-accepted-oauth-scopes"] = ",".join(call.facts.scopes)
    return given
