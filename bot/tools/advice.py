"""What to do about a call to Slack that failed: by the kind of answer, not by the hope that a new token helps."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.delivery.slack import RateLimited, SlackTrouble, TokenLost, Transient
from bot.settings import SLACK_OWN_API

STATUS = "https://slack-status.com"
OWN_TOKEN = "Copy the Bot User OAuth Token (xoxb-...) again from OAuth & Permissions of the app."  # noqa: S105 - words
# What Slack says of a token that was good once.
GONE = frozenset({"account_inactive", "token_revoked"})
TLS = ("SSL", "Certificate")
NO_SUCH_NAME = "gaierror"


def advise(trouble: SlackTrouble, api_url: str, *, token: str = OWN_TOKEN) -> str:
    """What failed, and what whoever runs the product does about it. `token` says how to come by a good token."""
    said = f"{trouble.code} {trouble.detail}".strip()
    if isinstance(trouble, RateLimited):
        return f"Slack's limit is met. Try again in {trouble.seconds} s; nothing needs mending."
    if isinstance(trouble, TokenLost):
        return _of_token(trouble.code, token)
    if isinstance(trouble, Transient):
        return _of_the_way(trouble, said, api_url)
    return f"Slack refused with {said}. {token}"


def _of_token(code: str, token: str) -> str:
    if code in GONE:
        return (
            f"Slack says {code}: the app was taken out of the workspace, or the workspace is gone. If it is still"
            f" there, install the app again. {token}"
        )
    if code == "token_expired":
        return "The token has run out: switch token rotation off in the app's settings and install the app again."
    if code == "org_login_required":
        return "The workspace is being moved to another plan: wait until that is done; nothing needs mending here."
    return f"Slack does not know this token ({code}). {token}"


def _of_the_way(trouble: Transient, said: str, api_url: str) -> str:
    host = urlsplit(api_url).hostname or api_url
    if trouble.code == "connection":
        return _of_the_line(trouble.detail, host)
    if trouble.code == "not_slack":
        return _of_a_foreign_page(trouble.detail, host, api_url)
    if trouble.code in {"timed_out", "no_answer"}:
        return f"{host} took the call and gave no whole answer ({said}). Try again; if it stays so, look at the line."
    return (
        f"{host}, or a proxy in front of it, has trouble of its own ({said}). The token is not in question: look at"
        f" {STATUS} and try again later."
    )


def _of_the_line(detail: str, host: str) -> str:
    if detail.startswith(NO_SUCH_NAME):
        return f"The name {host} is not known here. Check SLACK_API_URL, and this machine's DNS."
    if any(word in detail for word in TLS):
        return (
            f"The certificate of {host} is not trusted ({detail}): a proxy opens the line, or this machine does not"
            " know the authority. Put its certificate in a file and name it in SSL_CERT_FILE."
        )
    if "Tunnel" in detail:
        return f"The proxy opened no line to {host} ({detail}). Check HTTPS_PROXY, also its user and password."
    return f"There is no line to {host} ({detail}). Check the firewall, HTTPS_PROXY and SLACK_API_URL."


def _of_a_foreign_page(detail: str, host: str, api_url: str) -> str:
    if api_url != SLACK_OWN_API:
        return (
            f"What answers at {host} does not speak Slack's API ({detail}). Check SLACK_API_URL: it is {SLACK_OWN_API}"
            " unless you run a Slack of your own."
        )
    return (
        f"A page that is not Slack's came in the place of the answer ({detail}): a proxy, or the sign-in page of the"
        f" network. Let this machine reach {host} directly, or set HTTPS_PROXY. The token is not in question."
    )
