"""Scheduled messages: posted when the workspace's clock says so."""

import asyncio

from bot.sandbox import messages
from bot.sandbox.records import Refused, Scheduled
from bot.sandbox.workspace import Workspace


class Schedule:
    """One task per message that waits."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def start(self) -> None:
        """Take up what was kept."""
        for scheduled in self._workspace.scheduled.values():
            self._wait_for(scheduled)

    def add(self, scheduled: Scheduled) -> None:
        """Keep a message until its time."""
        self._workspace.scheduled[scheduled.id] = scheduled
        self._workspace.save(scheduled)
        self._wait_for(scheduled)

    def drop(self, scheduled: Scheduled) -> None:
        """Forget a message that waits."""
        del self._workspace.scheduled[scheduled.id]
        self._workspace.keep.drop("Scheduled", scheduled.id)
        self._tasks.pop(scheduled.id).cancel()

    def stop(self) -> None:
        """Let all wait for the next start."""
        for task in self._tasks.values():
            task.cancel()

    def _wait_for(self, scheduled: Scheduled) -> None:
        self._tasks[scheduled.id] = asyncio.get_running_loop().create_task(self._post(scheduled))

    async def _post(self, scheduled: Scheduled) -> None:
        await self._workspace.clock.sleep_until(scheduled.post_at)
        app = self._workspace.apps[scheduled.app_id]
        channel = self._workspace.channels[scheduled.channel]
        del self._workspace.scheduled[scheduled.id]
        self._workspace.keep.drop("Scheduled", scheduled.id)
        self._tasks.pop(scheduled.id, None)
        # Slack's documentation warns that a scheduled message with metadata is never posted.
        if channel.is_archived or "metadata" in scheduled.arguments:
            return
        try:
            body = {**messages.author(self._workspace, app), **scheduled.arguments}
            messages.post(self._workspace, channel, body, app_id=app.id)
        except Refused:
            return
