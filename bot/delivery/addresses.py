"""Whether an address that a delivery names is Slack's: our token, our files and our answers go nowhere else.

What Slack sends us names addresses (a file to download, one to upload to, one to answer at). A forged one, or one that
was changed on its way, may lead to another machine, to another door of a machine of Slack's name, or in the clear.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

# Slack's own domains: the second is the one of its service for the government of the United States.
DOMAINS = ("slack.com", "slack-gov.com")
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address that decide where a request goes."""

    scheme: str
    host: str
    port: int


def address_of(url: str) -> Address | None:
    """The parts of a web address; None for anything else, and for one that hides its host behind a name or password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in PORTS or not host or parts.username is not None or parts.password is not None:
        return None
    return Address(parts.scheme, host, PORTS[parts.scheme] if port is None else port)


def domain_of(host: str) -> str:
    """Which of Slack's domains a host belongs to; empty for any other."""
    return next((domain for domain in DOMAINS if host == domain or host.endswith(f".{domain}")), "")


def is_slack_itself(api_url: str) -> bool:
    """Whether the server we are set to is Slack's own, and not another one that speaks its API."""
    found = address_of(api_url)
    return found is not None and bool(domain_of(found.host))


def is_slacks(url: str, api_url: str) -> bool:
    """Whether `url` leads to the Slack that `api_url` names.

    Slack itself, also behind another organisation's gateway: a host of Slack's domain, over TLS, at the usual port.
    A server of ours that speaks Slack's API: the same host and port, no less protected; on this machine at any port.
    """
    there, ours = address_of(url), address_of(api_url)
    if there is None or ours is None:
        return False
    if is_this_machine(ours.host):
        return is_this_machine(there.host)
    domain = domain_of(there.host)
    if domain and domain_of(ours.host) in {domain, ""}:
        return (there.scheme, there.port) == ("https", PORTS["https"])
    return there == ours and not domain_of(ours.host)


def is_this_machine(host: str) -> bool:
    """Whether a host is the machine itself (the loopback addresses)."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
