"""Every call we make to Slack, with its failure narrowed once to what can be done about it.

Nothing is repeated here: repeating a call whose connection broke after Slack had done the work would post twice.
Whoever calls decides, from its own record.
"""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from time import monotonic
from typing import Any, cast
from urllib.parse import urlencode

from bot.delivery.addresses import is_slacks
from bot.delivery.characters import storable
from bot.delivery.http import Connection, NeverSentError, NoAnswerError, Reply
from bot.delivery.version import user_agent

# Slack's codes for trouble of its own that passes; everything else is a refusal that a repetition would meet again.
PASSING = frozenset(
    {
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "rollup_error",
        "team_added_to_org",
        "messaging_processing_failed",
        "update_failed",
        "fetch_members_failed",
        "accesslimited",
    }
)
RATE_LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
TOKEN_LOST = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required"}
)
DEFAULT_RETRY_AFTER = 30
LONGEST_RETRY_AFTER = 3600
TIMED_OUT = "timed_out"
DETAIL_LIMIT = 500
READ_AT_ONCE = 65_536
# A file may take this many times as long as an answer; one that trickles in for ever is given up.
PATIENCE_WITH_FILES = 6


class SlackTrouble(Exception):  # noqa: N818 - the names below say what happened
    """A call did not succeed. `code` is Slack's error code, or a word of ours when Slack never answered."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class RateLimited(SlackTrouble):
    """Slack's rate limit: nothing was done; try again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited", f"retry after {seconds} s")
        self.seconds = seconds


class Transient(SlackTrouble):
    """Trouble that passes. `uncertain` says that Slack may have done the work all the same."""

    def __init__(self, code: str, detail: str = "", *, uncertain: bool) -> None:
        super().__init__(code, detail)
        self.uncertain = uncertain


class TokenLost(SlackTrouble):
    """The token no longer works: nothing can be sent to this mission until that is mended."""


class Permanent(SlackTrouble):
    """Slack refused, and would again."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect could carry our token to another host."""

    def redirect_request(self, *_: Any) -> None:
        """Never followed: it becomes an error."""


class SlackCalls:
    """Calls with one token. `seconds` is how long a call may take."""

    def __init__(self, token: str, base_url: str, *, seconds: float = 10) -> None:
        self._token = token
        self._base_url = base_url
        self._connection = Connection(base_url, seconds=seconds)
        self._opener = urllib.request.build_opener(_NoRedirect)
        self._opener.addheaders = [("User-Agent", user_agent())]
        self._seconds = seconds

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Call a method by its name in Slack's documentation, for example `chat.postMessage`.

        Arguments that are None are left out. Raises RateLimited, Transient, TokenLost or Permanent.
        """
        return self._call(method, arguments)[0]

    def scopes_and_date(self) -> tuple[list[str] | None, str]:
        """The scopes we were granted and Slack's own time, from the headers of `auth.test`. Raises like `call`.

        The scopes are None where Slack sent no list of them.
        """
        headers = self._call("auth.test", {})[1].headers
        listed = headers.get("x-oauth-scopes")
        scopes = None if listed is None else sorted(filter(None, (scope.strip() for scope in listed.split(","))))
        return scopes, headers.get("date", "")

    def upload(self, filename: str, content: bytes) -> str:
        """Hand Slack a file that nobody sees before `share_file`. Returns its id. Raises like `call`."""
        try:
            place = self.call("files.getUploadURLExternal", filename=filename, length=len(content))
            self._put(str(place["upload_url"]), content)
        except Transient as trouble:
            raise Transient(trouble.code, trouble.detail, uncertain=False) from trouble
        return str(place["file_id"])

    def share_file(self, channel: str, file_id: str, title: str, comment: str, *, thread_ts: str | None = None) -> None:
        """Show an uploaded file in a channel, or in a thread. Raises like `call`."""
        self.call(
            "files.completeUploadExternal",
            files=[{"id": file_id, "title": title}],
            channel_id=channel,
            initial_comment=comment or None,
            thread_ts=thread_ts,
        )

    def _put(self, url: str, content: bytes) -> None:
        self._check_address(url)
        request = urllib.request.Request(url, content, {"Content-Type": "application/octet-stream"})  # noqa: S310
        try:
            with self._opener.open(request, timeout=self._seconds) as answer:
                answer.read()
        except urllib.error.HTTPError as error:
            if error.code >= http.client.INTERNAL_SERVER_ERROR:
                raise Transient(f"http_{error.code}", uncertain=False) from error
            raise Permanent(f"http_{error.code}") from error
        except (OSError, http.client.HTTPException) as error:
            raise Transient("connection", type(error).__name__, uncertain=False) from error

    def download(self, url: str, most: int) -> bytes:
        """The content of a file, of which at most `most` + 1 bytes are read. Raises Transient or Permanent."""
        self._check_address(url)
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {self._token}"})  # noqa: S310
        try:
            with self._opener.open(request, timeout=self._seconds) as answer:
                return _read_within(answer, most + 1, self._seconds * PATIENCE_WITH_FILES)
        except urllib.error.HTTPError as error:
            raise Permanent(f"http_{error.code}") from error
        except (OSError, http.client.HTTPException) as error:
            raise Transient("connection", type(error).__name__, uncertain=False) from error

    def _check_address(self, url: str) -> None:
        """Raises Permanent where an address that came from outside is not of the Slack that we are set to."""
        if not is_slacks(url, self._base_url):
            raise Permanent("foreign_address")

    def respond(self, url: str, payload: dict[str, Any]) -> None:
        """Answer through a response_url. Raises Transient or Permanent."""
        self._check_address(url)
        content = json.dumps(payload).encode()
        request = urllib.request.Request(url, content, {"Content-Type": "application/json"})  # noqa: S310
        try:
            with self._opener.open(request, timeout=self._seconds) as answer:
                answer.read()
        except urllib.error.HTTPError as error:
            raise Permanent(f"http_{error.code}", error.read(200).decode(errors="replace")) from error
        except (OSError, http.client.HTTPException) as error:
            raise Transient("connection", type(error).__name__, uncertain=True) from error

    def _call(self, method: str, arguments: dict[str, Any]) -> tuple[dict[str, Any], Reply]:
        content, kind = _encoded({name: value for name, value in arguments.items() if value is not None})
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": kind}
        try:
            reply = self._connection.post(method, content, headers)
        except NeverSentError as error:
            raise Transient("connection", str(error), uncertain=False) from error
        except NoAnswerError as error:
            raise Transient(TIMED_OUT if error.timed_out else "no_answer", str(error), uncertain=True) from error
        return _understood(reply), reply


def _read_within(answer: Any, most: int, seconds: float) -> bytes:
    """At most `most` bytes of an answer. Raises TimeoutError when they trickle in for longer than `seconds`."""
    ends, found = monotonic() + seconds, bytearray()
    while len(found) < most and (part := answer.read1(min(READ_AT_ONCE, most - len(found)))):
        found += part
        if monotonic() > ends:
            raise TimeoutError
    return bytes(found)


def _encoded(arguments: dict[str, Any]) -> tuple[bytes, str]:
    """JSON where something is nested: all methods that take such a thing take JSON. Slack's older ones want a form."""
    if any(isinstance(value, (dict, list)) for value in arguments.values()):
        return json.dumps(arguments).encode(), "application/json; charset=utf-8"
    plain = {name: str(value).lower() if isinstance(value, bool) else value for name, value in arguments.items()}
    return urlencode(plain).encode(), "application/x-www-form-urlencoded"


def _understood(reply: Reply) -> dict[str, Any]:
    """Slack's answer, if it says that all is well."""
    answer = _read(reply.body)
    if answer.get("ok") is True and reply.status == http.client.OK:
        return answer
    code = str(answer.get("error") or "")
    if reply.status == http.client.TOO_MANY_REQUESTS or code in RATE_LIMITED:
        raise RateLimited(_seconds(reply.headers.get("retry-after", "")))
    if code in TOKEN_LOST:
        raise TokenLost(code)
    if reply.status >= http.client.INTERNAL_SERVER_ERROR or code in PASSING:
        raise Transient(code or f"http_{reply.status}", uncertain=True)
    if not code:
        # No word of Slack's own: a proxy's page, an empty answer, half an answer. What Slack did is unknown.
        raise Transient("not_slack", f"http_{reply.status}", uncertain=True)
    messages = (answer.get("response_metadata") or {}).get("messages") or []
    detail = " ".join(str(message) for message in messages) or str(answer.get("needed") or "")
    raise Permanent(code, detail[:DETAIL_LIMIT])


def _read(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    if not isinstance(answer, dict):
        return {}
    escaped = b"\\u00" in body or b"\\ud" in body.lower()
    return cast("dict[str, Any]", storable(answer)) if escaped else answer


def _seconds(header: str) -> int:
    return min(int(header), LONGEST_RETRY_AFTER) if header.isascii() and header.isdigit() else DEFAULT_RETRY_AFTER
