"""The certificates this machine trusts, for requests from the sandbox and its driver."""

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """One context for every client of this process: reading the certificates takes 25 ms."""
    return httpx.create_ssl_context(trust_env=False)
