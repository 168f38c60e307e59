"""The sandbox: one workspace with everything that serves it."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox.clock import Clock
from bot.sandbox.delivery.courier import Courier
from bot.sandbox.delivery.events import Events
from bot.sandbox.delivery.respond import Responses
from bot.sandbox.delivery.sockets import Sockets
from bot.sandbox.faults import Faults
from bot.sandbox.limits import Limits
from bot.sandbox.live import Live
from bot.sandbox.log import Log
from bot.sandbox.records import Json
from bot.sandbox.schedule import Schedule
from bot.sandbox.store.keep import Keep
from bot.sandbox.store.seed import Seed
from bot.sandbox.store.settle import settle
from bot.sandbox.views import Views
from bot.sandbox.workspace import Team, Workspace


@dataclass
class Sandbox:
    """A running workspace. Build it inside the event loop that serves it."""

    seed: Seed
    data: Path | None = None
    strict: bool = False
    url: str = "http://127.0.0.1"
    clock: Clock = field(init=False)
    workspace: Workspace = field(init=False)
    log: Log = field(init=False)
    live: Live = field(init=False)
    faults: Faults = field(init=False)
    limits: Limits = field(init=False)
    views: Views = field(init=False)
    responses: Responses = field(init=False)
    sockets: Sockets = field(init=False)
    courier: Courier = field(init=False)
    events: Events = field(init=False)
    schedule: Schedule = field(init=False)
    typed: dict[tuple[str, str, str], Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.log = Log()
        self._keep = Keep(self.data)
        self._build()

    def _build(self) -> None:
        self.clock = Clock(self.seed.clock)
        tag = self.seed.workspace
        team = Team(tag.id, tag.name, tag.domain, tag.enterprise)
        self.workspace = Workspace(team, self.clock, self._keep, self.url)
        settle(self.workspace, self.seed)
        self.faults = Faults()
        self.limits = Limits(self.clock, strict=self.strict)
        self.views = Views(self.workspace)
        self.responses = Responses(self.workspace)
        self.sockets = Sockets(self.workspace, self.log)
        self.courier = Courier(self.workspace, self.sockets, self.log, self.faults)
        self.events = Events(self.workspace, self.courier)
        self.schedule = Schedule(self.workspace)
        self.live = getattr(self, "live", None) or Live()
        self.live.watch(self.workspace)
        self.typed = {}
        self.schedule.start()

    async def reset(self) -> None:
        """Go back to the seed; everything else is gone."""
        await self._stop()
        self._keep.clear()
        self.log.clear()
        self._build()
        self.live.push({"type": "reset"}, None)

    def flush(self) -> None:
        """Write what changed into the data folder."""
        self._keep.flush()

    async def close(self) -> None:
        """Stop serving and write everything down."""
        await self._stop()
        self._keep.close()

    async def _stop(self) -> None:
        self.schedule.stop()
        self.events.stop()
        await self.sockets.close()
        await self.courier.close()
        await asyncio.sleep(0)
