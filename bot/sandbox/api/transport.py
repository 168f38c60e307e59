"""How a call arrives and leaves: form, multipart or JSON; token, scope, limit and fault checks before the work."""

import asyncio
import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.api import families  # noqa: F401 - registers the methods
from bot.sandbox.api.call import METHODS, Call
from bot.sandbox.api.facts import Facts, all_facts
from bot.sandbox.faults import Fault
from bot.sandbox.log import Entry
from bot.sandbox.records import App, Json, Refused
from bot.sandbox.sandbox import Sandbox

_NAMELESS = App("", "", "", "", "", "")
_JSON = "application/json"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class CutError(Exception):
    """The connection is to be closed without an answer."""


async def answer_call(request: Request, sandbox: Sandbox) -> Response:
    """Answer ``/api/<method>``."""
    name = request.path_params["method"]
    arguments, warnings, problem = await _arguments(request, all_facts().get(name))
    token = _token(request, arguments)
    entry = sandbox.log.begin("in", "", name, arguments)
    try:
        owner = _Owner.of(sandbox, token)
        entry.app = owner.app.id
        owner.admit(problem)
        fault = sandbox.faults.take(name, owner.app.id)
        return await _with_fault(fault, sandbox, name, owner, arguments, warnings, entry)
    except Refused as refusal:
        return _refusal(sandbox, entry, refusal)


async def _with_fault(
    fault: Fault | None,
    sandbox: Sandbox,
    name: str,
    owner: "_Owner",
    arguments: Json,
    warnings: list[str],
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
    call, wait = _checked(sandbox, name, owner, arguments)
    if wait:
        return _limited(sandbox, entry, wait)
    call.warnings += warnings
    body = {"ok": True, **METHODS[name](call)}
    if call.warnings:
        body["warning"] = ",".join(call.warnings)
        body["response_metadata"] = {**body.get("response_metadata", {}), "warnings": call.warnings}
    sandbox.log.end(entry, body, 200)
    sandbox.flush()
    if kind == "cut_after":
        raise CutError
    return JSONResponse(body, headers=_headers(name, call))


def _checked(sandbox: Sandbox, name: str, owner: "_Owner", arguments: Json) -> tuple[Call, int]:
    facts = all_facts().get(name)
    if facts is None:
        raise Refused("unknown_method", req_method=name)
    owner.need(facts)
    if name not in METHODS:
        raise Refused("unknown_method", req_method=name, detail="Slack has this method; the sandbox does not model it")
    missing = [argument for argument in facts.required if arguments.get(argument) in (None, "")]
    if missing:
        raise _missing(name, missing)
    call = Call(sandbox, facts, owner.app, owner.user, owner.scopes, arguments, owner.kind == "bot")
    channel = str(arguments.get("channel", ""))
    return call, sandbox.limits.wait(owner.app.id, name, facts.tier, channel)


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


async def _arguments(request: Request, facts: Facts | None) -> tuple[Json, list[str], str]:
    arguments: Json = dict(request.query_params)
    if request.method == "GET":
        return arguments, [], ""
    kind = request.headers.get("content-type", "").lower()
    if kind.startswith(_FORMS):
        form = await request.form()
        return arguments | {name: await _field(value) for name, value in form.items()}, [], ""
    body = await request.body()
    if not kind.startswith(_JSON):
        return arguments, [], "invalid_post_type" if kind and body else ("missing_post_type" if body else "")
    warnings = [] if "charset" in kind else ["missing_charset"]
    # Where Slack reads no JSON, a JSON body counts as empty.
    read = facts is None or facts.json
    found, problem = _json_object(body) if read else ({}, "")
    return arguments | found, warnings, problem


def _json_object(body: bytes) -> tuple[Json, str]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        return {}, "invalid_json"
    return (found, "") if isinstance(found, dict) else ({}, "json_not_object")


async def _field(value: str | UploadFile) -> Any:
    return value if isinstance(value, str) else (await value.read()).decode("utf-8", "replace")


def _token(request: Request, arguments: Json) -> str:
    given = str(arguments.pop("token", "") or "")
    header = request.headers.get("authorization", "")
    kind, _, token = header.partition(" ")
    return token.strip() if kind.lower() == "bearer" and token else given


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
