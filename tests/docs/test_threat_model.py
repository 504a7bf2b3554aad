"""Every line of the threat model names a test that is there, or says that there is no control."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LINES = [
    line
    for line in (ROOT / "docs" / "threat-model.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| it |", "|---"))
]


def test_there_is_something_to_check():
    assert len(LINES) > 40


@pytest.mark.parametrize("line", LINES)
def test_each_line_names_a_test_that_is_there_or_says_none(line):
    _, control, shown = (cell.strip() for cell in line.strip("|").split(" | "))
    if shown.rstrip(" |") == "none":
        assert control.startswith("**none**")
        return
    found = re.fullmatch(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", shown.rstrip(" |"))
    assert found, shown
    text = (ROOT / found[1]).read_text("utf-8")
    assert not found[2] or f"def {found[2]}(" in text
