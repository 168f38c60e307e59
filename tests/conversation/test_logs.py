"""A traceback says where and what kind, never what people wrote."""

from __future__ import annotations

import sys
from io import StringIO

import pytest
import structlog
from sqlalchemy.exc import IntegrityError

from bot.observe import configure_logs

SECRET = "a text that only the cabinet may read"


def breaks(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("style", ["json", "console"])
def test_messages_of_errors_are_left_out_of_tracebacks(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    configure_logs("INFO", style)
    try:
        try:
            breaks(IntegrityError("INSERT", {"text": SECRET}, Exception(f"Failing row contains ({SECRET})")))
        except IntegrityError as first:
            raise ValueError(f"cannot read {SECRET!r}") from first
    except ValueError:
        structlog.get_logger().exception("bug", text=SECRET, body=SECRET)
    logged = written.getvalue()
    assert SECRET not in logged
    assert "IntegrityError" in logged
    assert "ValueError" in logged
    assert "test_messages_of_errors_are_left_out" in logged


def test_trouble_with_connections_keeps_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    written = StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    configure_logs("INFO", "json")
    try:
        breaks(ConnectionRefusedError("port 5432 is closed"))
    except ConnectionRefusedError:
        structlog.get_logger().exception("could not save")
    assert "port 5432 is closed" in written.getvalue()
