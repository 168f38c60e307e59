"""Where a form opens, and what a person may read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from commands.kit.forms import modal
from commands.kit.permission import Who, sees
from commands.kit.work import Request, ViewRef, opened
from storage.missions import Mission
from storage.people import Person, Role

VIEW = modal("room:form", "A form", [])


def request(view: ViewRef | None) -> Request:
    person = Person(mission_id="T1", user_id="U1")
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return Request(Session(), Mission(id="T1"), now, who=Who("U1", person), view=view)


@pytest.mark.parametrize("view", [None, ViewRef("V1", "h", "home")])
def test_on_a_message_and_on_home_a_form_is_new(view: ViewRef | None) -> None:
    answer = opened(request(view), VIEW)
    assert (answer.form, answer.update) == (VIEW, None)


def test_in_a_form_it_takes_the_place_of_that_form() -> None:
    answer = opened(request(ViewRef("V1", "h", "modal")), VIEW)
    assert (answer.form, answer.update) == (None, VIEW)


@pytest.mark.parametrize(
    ("facts", "roles", "level", "may"),
    [
        ({}, {Role.HEAD_OF_AGENCY}, "confidential", True),
        ({}, {Role.ADMIN}, "confidential", False),
        ({"is_guest": True}, {Role.HEAD_OF_AGENCY}, "confidential", False),
        ({"is_gone": True}, {Role.HEAD_OF_AGENCY}, "confidential", False),
        ({"is_guest": True}, set(), "unclassified", True),
        ({}, {Role.SRSG_OFFICE}, "strictly_confidential", False),
    ],
)
def test_who_may_read_a_level(facts: dict[str, Any], roles: set[Role], level: str, may: bool) -> None:
    kinds = dict.fromkeys(("is_guest", "is_gone"), False)
    nobody = Who("U1", Person(mission_id="T1", user_id="U1", **{**kinds, **facts}))
    assert sees(replace(nobody, agencies={1: frozenset(roles)}), level) is may
