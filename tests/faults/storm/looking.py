"""Looks at everything after a storm, as people and administrators can."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from bot.sandbox.driver import RefusedError, Workspace
from bot.sandbox.driver.wire import Wire

Json = dict[str, Any]
LARGEST_FILE = 2_000_000
EXPORT_SECONDS = 120


class Look:
    """Everything that people read, by person and place, and every message of the product once."""

    def __init__(self, workspace: Workspace) -> None:
        self._wire: Wire = workspace.wire
        self._app = workspace.apps[0]
        self._files: dict[str, str] = {}
        self._posts: dict[tuple[str, str], Json] = {}
        self.places: dict[str, dict[str, str]] = {}
        for person in self._wire.get("boot")["people"]:
            if not person["is_bot"]:
                self.places[str(person["id"])] = dict(self._read(str(person["id"])))

    @property
    def posts(self) -> list[Json]:
        """The product's messages, in the order of their channels."""
        return [self._posts[key] for key in sorted(self._posts)]

    def _read(self, who: str) -> list[tuple[str, str]]:
        found = [(one["id"], self._channel(who, one)) for one in self._wire.get("channels", **{"as": who})["channels"]]
        home = self._wire.get(f"home/{self._app['id']}", **{"as": who})["view"]
        views = self._wire.get("views", **{"as": who})["views"]
        return [*found, ("Home", json.dumps(home)), ("forms", json.dumps(views))]

    def _channel(self, who: str, channel: Json) -> str:
        path = f"channels/{channel['id']}"
        listed = self._wire.get(f"{path}/messages", **{"as": who}, limit=1000)["messages"]
        for message in list(listed):
            if message.get("reply_count"):
                listed += self._wire.get(f"{path}/thread/{message['ts']}", **{"as": who})["messages"][1:]
        for message in listed:
            if message.get("app_id") == self._app["id"] and not message.get("ephemeral"):
                self._posts[channel["id"], message["ts"]] = {**message, "channel": channel["id"]}
        files = [self._file(who, file["id"]) for message in listed for file in message.get("files", []) if "id" in file]
        about = self._wire.get(path, **{"as": who})
        return "\n".join([json.dumps(channel), json.dumps(listed), json.dumps(about.get("canvas")), *files])

    def _file(self, who: str, file: str) -> str:
        if file not in self._files:
            self._files[file] = ""
            with suppress(RefusedError):
                self._files[file] = text_of(self._wire.download(file, who))
        return self._files[file]


def text_of(content: bytes) -> str:
    """What can be read in a file; workbooks and documents are archives of texts."""
    if not content.startswith(b"PK") or len(content) > LARGEST_FILE:
        return content.decode("utf-8", "replace")
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.endswith((".xml", ".txt", ".csv"))]
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in parts)
    return ""


def export(folder: Path, environment: dict[str, str]) -> dict[str, list[Json]]:
    """The tables, from `python -m bot export`."""
    path = folder / "export.jsonl"
    command = [sys.executable, "-m", "bot", "export", str(path)]
    subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True, timeout=EXPORT_SECONDS)
    tables: dict[str, list[Json]] = {}
    with path.open(encoding="utf-8") as file:
        for line in map(json.loads, file):
            if "table" in line:
                row = {name: _value(value) for name, value in line["row"].items()}
                tables.setdefault(line["table"], []).append(row)
    return tables


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    (kind, held), *_ = value.items()
    readers: dict[str, Any] = {
        "$datetime": datetime.fromisoformat,
        "$date": date.fromisoformat,
        "$time": time.fromisoformat,
    }
    return readers[kind](held) if kind in readers else held
