"""The tests of the whole product."""

import pytest

# What the golden files are compared with shall be told when it differs.
pytest.register_assert_rewrite("tests.golden")
