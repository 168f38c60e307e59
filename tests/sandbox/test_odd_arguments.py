"""Whatever comes, a method answers, and with one of Slack's codes for that method."""

import json
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.api.call import METHODS
from bot.sandbox.api.facts import all_facts
from bot.sandbox.driver import Workspace
from tests.properties import examples
from tests.sandbox.codes import UNLISTED, common_errors
from tests.sandbox.helpers import Json

TOKEN = {"Authorization": "Bearer xoxb-foreign"}
ODD = st.sampled_from(
    [
        "",
        "x",
        "-1",
        "9" * 30,
        "[]",
        "{}",
        "[1]",
        '{"a": 1}',
        "null",
        "1.5",
        "#general",
        "C1",
        "U1",
        "😀",
        "\x00",
    ]
) | st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.just("x"),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["type", "id", "text"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@pytest.fixture(scope="module")
def wide_open() -> Iterator[Workspace]:
    """A workspace whose app has every scope, so that calls reach the methods."""
    scopes = sorted({scope for facts in all_facts().values() for scope in facts.scopes or ()})
    seed = {
        "workspace": {"id": "T1", "name": "Odd", "domain": "odd"},
        "people": [{"handle": "chief", "admin": True}],
        "channels": [{"name": "general", "general": True, "members": "all"}],
        "apps": [{"name": "Odd", "bot_token": "xoxb-foreign", "scopes": scopes, "channels": ["general"]}],
    }
    with Workspace.start(seed) as workspace:
        yield workspace


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"api.test", "auth.revoke"}))
def test_no_argument_breaks_a_method_and_every_refusal_is_slacks(wide_open: Workspace, method: str) -> None:
    facts = all_facts()[method]
    known = {*facts.errors, *common_errors(), *UNLISTED.get(method, ())}
    general = next(one["id"] for one in wide_open.person("chief").channels() if one["name"] == "general")
    names = st.sampled_from([*facts.required, *facts.optional, "team_id"])
    right: Json = {"channel": general, "channel_id": general, "user": wide_open.person("chief").id, "text": "x"}
    body = st.dictionaries(names, ODD, max_size=4)

    @settings(max_examples=examples(25), derandomize=True, suppress_health_check=list(HealthCheck))
    @given(body)
    def judge(arguments: Json) -> None:
        given_ones = {name: value for name, value in right.items() if name in {*facts.required, *facts.optional}}
        form = {
            name: json.dumps(value) if isinstance(value, (dict, list)) else value for name, value in arguments.items()
        }
        sent: Json = {"json": given_ones | arguments} if facts.json else {"data": given_ones | form}
        answer = web.post(wide_open.api_url + method, headers=TOKEN, **sent)
        told = answer.json()
        assert answer.status_code == 200
        assert told["ok"] or (told["error"] in known and told["error"] != "internal_error"), told

    with httpx.Client() as web:
        judge()
