"""How the arguments of a call are read: query, form, multipart or JSON, and how an unreadable body is refused."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.sandbox.api.facts import Facts
from bot.sandbox.records import Json

_JSON = "application/json"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_CHARSETS = {"utf-8", "iso-8859-1"}
_NAME = re.compile(r"[A-Za-z0-9_]{1,255}")


@dataclass
class Body:
    """What came with a call. ``problem`` is Slack's error code when it cannot be used."""

    arguments: Json
    token: str = ""
    warnings: list[str] = field(default_factory=list)
    problem: str = ""


async def read_body(request: Request, facts: Facts | None) -> Body:
    """Read the arguments of a call; the token may stand in the header or in a form, never in the query or in JSON."""
    body = Body(dict(request.query_params))
    # Apps made since February 2021 may not put their token into the address.
    in_query = str(body.arguments.pop("token", ""))
    if request.method != "GET":
        await _read(request, facts, body)
    scheme, _, header = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and header:
        body.token = header.strip()
    elif in_query and not body.token:
        body.problem = body.problem or "invalid_auth"
    body.problem = body.problem or _name_problem(body.arguments)
    return body


async def _read(request: Request, facts: Facts | None, body: Body) -> None:
    kind, charset = _content_type(request)
    if charset and charset not in _CHARSETS:
        body.problem = "invalid_charset"
    elif kind in _FORMS:
        if charset:
            body.warnings.append("superfluous_charset")
        await _read_form(request, body)
    elif kind == _JSON:
        if not charset:
            body.warnings.append("missing_charset")
        # Where Slack reads no JSON, a JSON body counts as empty.
        read = facts is None or facts.json
        found, body.problem = _json_object(await request.body()) if read else ({}, "")
        found.pop("token", None)
        body.arguments |= found
    elif await request.body():
        body.problem = "invalid_post_type" if kind else "missing_post_type"


def _content_type(request: Request) -> tuple[str, str]:
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = re.search(r'charset="?([^";\s]*)', parameters)
    return kind.strip(), charset.group(1) if charset else ""


async def _read_form(request: Request, body: Body) -> None:
    try:
        form = await request.form()
    except HTTPException:
        body.problem = "invalid_form_data"
        return
    found = {name: await _field(value) for name, value in form.items()}
    body.token = str(found.pop("token", ""))
    body.arguments |= found


async def _field(value: str | UploadFile) -> Any:
    return value if isinstance(value, str) else (await value.read()).decode("utf-8", "replace")


def _json_object(content: bytes) -> tuple[Json, str]:
    try:
        found = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return {}, "invalid_json"
    return (found, "") if isinstance(found, dict) else ({}, "json_not_object")


def _name_problem(arguments: Json) -> str:
    if any("[" in name for name in arguments):
        return "invalid_array_arg"
    return "" if all(_NAME.fullmatch(name) for name in arguments) else "invalid_arg_name"
