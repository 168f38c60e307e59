"""Every call we make to Slack, with its failure narrowed once to what can be done about it.

The SDK's own retries are off: it repeats a call whose connection broke after Slack had done the work, which posts
twice. Whoever calls decides, from its own record.
"""

from __future__ import annotations

import http.client
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

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


class SlackTrouble(Exception):  # noqa: N818 - the names below say what happened
    """A call did not succeed. `code` is Slack's error code, or a word of ours when Slack never answered."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class Held(SlackTrouble):
    """Slack's rate limit: nothing was done; try again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited", f"retry after {seconds} s")
        self.seconds = seconds


class Passing(SlackTrouble):
    """Trouble that passes. `uncertain` says that Slack may have done the work all the same."""

    def __init__(self, code: str, detail: str = "", *, uncertain: bool) -> None:
        super().__init__(code, detail)
        self.uncertain = uncertain


class TokenLost(SlackTrouble):
    """The token no longer works: nothing can be sent to this mission until that is mended."""


class Permanent(SlackTrouble):
    """Slack refused, and would again."""


class SlackCalls:
    """Calls with one token. `seconds` is how long a call may take."""

    def __init__(self, token: str, base_url: str, *, seconds: int = 10) -> None:
        # One TLS context for all calls: building one costs 26 ms of CPU.
        context = ssl.create_default_context() if base_url.startswith("https") else None
        self._client = WebClient(token=token, base_url=base_url, ssl=context, timeout=seconds, retry_handlers=[])
        self._token = token
        self._context = context
        self._seconds = seconds

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Call a method by its name in Slack's documentation, for example `chat.postMessage`.

        Raises Held, Passing, TokenLost or Permanent.
        """
        function: Callable[..., Any] = getattr(self._client, method.replace(".", "_"))
        return self._narrowed(lambda: function(**arguments))

    def scopes_and_date(self) -> tuple[list[str], str]:
        """The scopes we were granted and Slack's own time, from the headers of `auth.test`. Raises like `call`."""
        headers: dict[str, Any] = {}

        def ask() -> Any:
            answer = self._client.auth_test()
            headers.update({name.lower(): value for name, value in answer.headers.items()})
            return answer

        self._narrowed(ask)
        scopes = _first(headers.get("x-oauth-scopes"))
        return sorted(filter(None, (scope.strip() for scope in scopes.split(",")))), _first(headers.get("date"))

    def upload(self, channel: str, filename: str, content: bytes, comment: str) -> dict[str, Any]:
        """Put a file into a channel: three calls and the upload itself. Raises like `call`."""
        return self._narrowed(
            lambda: self._client.files_upload_v2(
                channel=channel, filename=filename, title=filename, content=content, initial_comment=comment
            )
        )

    def download(self, url: str, most: int) -> bytes:
        """The content of a file, of which at most `most` + 1 bytes are read. Raises Passing or Permanent."""
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {self._token}"})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=self._seconds, context=self._context) as answer:  # noqa: S310
                return bytes(answer.read(most + 1))
        except urllib.error.HTTPError as error:
            raise Permanent(f"http_{error.code}") from error
        except (OSError, http.client.HTTPException) as error:
            raise Passing("connection", type(error).__name__, uncertain=False) from error

    def respond(self, url: str, payload: dict[str, Any]) -> None:
        """Answer through a response_url. Raises like `call`."""
        from slack_sdk.webhook import WebhookClient  # noqa: PLC0415 - only messages' buttons need it

        client = WebhookClient(url, timeout=self._seconds, ssl=self._context, retry_handlers=[])
        try:
            answer = client.send_dict(payload)
        except (OSError, http.client.HTTPException) as error:
            raise Passing("connection", type(error).__name__, uncertain=True) from error
        if answer.status_code != http.client.OK:
            raise Permanent(f"http_{answer.status_code}", answer.body[:200])

    def _narrowed(self, work: Callable[[], Any]) -> dict[str, Any]:
        try:
            answer = work()
        except SlackApiError as error:
            raise _from_answer(error) from error
        except SlackClientError as error:
            raise Passing("no_answer", type(error).__name__, uncertain=True) from error
        except urllib.error.URLError as error:
            refused = isinstance(error.reason, ConnectionRefusedError)
            raise Passing("connection", type(error.reason).__name__, uncertain=not refused) from error
        except (OSError, http.client.HTTPException) as error:
            raise Passing("connection", type(error).__name__, uncertain=True) from error
        return dict(answer.data) if isinstance(answer.data, dict) else {}


def _from_answer(error: SlackApiError) -> SlackTrouble:
    answer = error.response
    status = getattr(answer, "status_code", None) or answer.get("status") or 0
    headers = {name.lower(): value for name, value in (getattr(answer, "headers", None) or {}).items()}
    code = str(answer.get("error") or f"http_{status}")
    if status == http.client.TOO_MANY_REQUESTS or code in RATE_LIMITED:
        return Held(_seconds(headers.get("retry-after")))
    if code in TOKEN_LOST:
        return TokenLost(code)
    if status >= http.client.INTERNAL_SERVER_ERROR or code in PASSING:
        return Passing(code, uncertain=True)
    messages = (answer.get("response_metadata") or {}).get("messages") or []
    detail = " ".join(str(message) for message in messages) or str(answer.get("needed") or "")
    return Permanent(code, detail[:500])


def _first(header: Any) -> str:
    return str((header[0] if isinstance(header, list) and header else header) or "")


def _seconds(header: Any) -> int:
    text = _first(header)
    return int(text) if text.isdigit() else DEFAULT_RETRY_AFTER
