"""The README's tables say what the code and the tests do."""

import ast
import re
from pathlib import Path

from bot.sandbox.api.call import METHODS
from bot.sandbox.api.facts import all_facts
from bot.sandbox.control import routes  # noqa: F401 - registers the control paths
from bot.sandbox.control.way import DONE, SEEN
from bot.sandbox.coverage import README, RULES, with_tables
from tests.sandbox.codes import UNLISTED, common_errors

HERE = Path(__file__).parent
SANDBOX = README.parent


def test_the_readme_has_the_tables_of_the_code() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_tables(text) == text, "run python -m bot.sandbox.coverage"


def test_every_modelled_rule_has_its_tests_and_every_other_a_note() -> None:
    functions = set()
    for path in HERE.glob("test_*.py"):
        functions |= {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}
    for rule in RULES:
        assert rule.tests or rule.note, rule.rule
        assert set(rule.tests) <= functions, rule.rule


def test_every_method_is_one_of_slacks() -> None:
    assert set(METHODS) <= set(all_facts())


def test_every_error_code_is_one_of_slacks() -> None:
    known = set(common_errors()).union(*UNLISTED.values())
    for facts in all_facts().values():
        known |= set(facts.errors)
    for path in (SANDBOX / "api").glob("*.py"):
        for code in re.findall(r'Refused\(\s*"([a-z_]+)"', path.read_text()):
            assert code in known, f"{path.name} answers {code}"


def test_the_control_document_names_every_path() -> None:
    document = (SANDBOX / "CONTROL.md").read_text()
    for path in DONE:
        assert path in document or path.rpartition("/")[2] in document, path
    for path in SEEN:
        assert path.partition("/")[0] in document, path
