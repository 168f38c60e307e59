"""A workspace to test against: started in this process, or connected to."""

import threading
import time
from pathlib import Path
from typing import Any, Self

import uvicorn

from bot.sandbox.driver.person import Person
from bot.sandbox.driver.wire import PATIENCE, Wire
from bot.sandbox.server import listen, make_server
from bot.sandbox.store.seed import Seed, read_seed

Json = dict[str, Any]


class ClockHand:
    """Moves the workspace's time."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @property
    def now(self) -> float:
        """Seconds since 1970."""
        return float(self._wire.get("clock")["clock"]["now"])

    def set(self, at: float | str) -> None:
        """Jump to a time: seconds or ISO 8601; never back."""
        self._wire.post("clock", set=at)

    def advance(self, seconds: float) -> None:
        """Jump ahead."""
        self._wire.post("clock", advance=seconds)

    def scale(self, factor: float) -> None:
        """Let a second be ``factor`` seconds."""
        self._wire.post("clock", scale=factor)

    def freeze(self, *, frozen: bool = True) -> None:
        """Stop the clock, or let it run again."""
        self._wire.post("clock", freeze=frozen)


class Workspace:
    """A local Slack. ``url`` is its page; ``api_url`` is what apps get as ``SLACK_API_URL``."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.api_url = f"{self.url}/api/"
        self.wire = Wire(self.url)
        self.clock = ClockHand(self.wire)
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @classmethod
    def start(
        cls, seed: Seed | Json | Path | None = None, *, data: Path | None = None, strict: bool = False
    ) -> "Workspace":
        """Serve a workspace on a free port of this machine, in a thread of this process.

        Raises:
            SeedError: the seed is wrong.
        """
        checked = seed if isinstance(seed, Seed) else read_seed(seed)
        sock = listen("127.0.0.1", 0)
        server = make_server(sock, checked, data=data, strict=strict)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True, name="sandbox")
        thread.start()
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.005)
        made = cls(f"http://127.0.0.1:{sock.getsockname()[1]}")
        made._server, made._thread = server, thread
        return made

    @classmethod
    def connect(cls, url: str) -> "Workspace":
        """Drive a workspace that runs already."""
        return cls(url)

    def stop(self) -> None:
        """Stop serving, where this process serves."""
        self.wire.close()
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def person(self, who: str) -> Person:
        """A person by display name, handle or id."""
        known = self.wire.get("boot")["people"]
        for one in known:
            if who in {one["id"], one["handle"], one["name"]}:
                return Person(self, one)
        raise AssertionError(f"no person {who!r}; there are: {', '.join(one['name'] for one in known)}")

    @property
    def apps(self) -> list[Json]:
        """The installed apps."""
        found: list[Json] = self.wire.get("boot")["apps"]
        return found

    def reach(self, app: str, request_url: str) -> None:
        """Send an app's events, commands and interactions to this URL from now on."""
        self.wire.post("apps/change", app=app, request_url=request_url)

    def waits(self, seconds: float) -> None:
        """Give apps longer to answer than Slack's three seconds: on a busy machine these say nothing about the app."""
        self.wire.post("patience", seconds=seconds)

    def settles(self, timeout: float = PATIENCE) -> None:
        """Wait until every request to an app has been answered."""
        assert self.wire.get("idle", timeout=timeout)["idle"], f"requests to apps are still under way after {timeout} s"

    @property
    def log(self) -> list[Json]:
        """The inspector: every request between apps and workspace."""
        found: list[Json] = self.wire.get("log", limit=5000)["entries"]
        return found

    def calls(self, kind: str) -> list[Json]:
        """The inspector's entries of one kind: a method, ``block_actions``, ``event_callback:message`` ..."""
        return [entry for entry in self.log if entry["kind"] == kind]

    @property
    def refusals(self) -> list[Json]:
        """Everything an app sent that Slack would have refused, or taken and dropped or shown broken (``slips``).

        Faults that were asked for do not count.
        """
        found = self.wire.get("log", limit=5000, refused=1)["entries"]
        return [entry for entry in found if entry["direction"] == "in" and not entry["note"].startswith("fault")]

    def fault(self, method: str, kind: str, count: int = 1, **more: Any) -> None:
        """Ask for a fault; see CONTROL.md for kinds."""
        self.wire.post("faults", method=method, kind=kind, count=count, **more)

    def reset(self) -> None:
        """Back to the seed."""
        self.wire.post("reset")
