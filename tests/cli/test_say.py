import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.cli import say
from armslength.cli.progress import plain_lines, progress_shown

ANYTHING = st.text(st.characters(exclude_categories=[]))


@given(ANYTHING)
def test_nothing_a_terminal_would_obey_gets_through(text):
    shown = say.clean(text)
    assert not set(shown) & {"\x1b", "\x07", "\x08", "\x9b", "\u202e", "\u2066", "\r", "\x00"}
    shown.encode("utf-8")


@given(ANYTHING.filter(str.isprintable))
def test_what_can_be_printed_is_not_changed(text):
    assert say.clean(text) == text


def test_scripts_that_need_joiners_keep_them():
    assert say.clean("می\u200cخواهم 警察 é") == "می\u200cخواهم 警察 é"


@pytest.mark.parametrize(
    ("count", "word", "told"), [(1, "file", "1 file"), (0, "file", "0 files"), (2, "entry", "2 entries"), (1204, "day", "1,204 days")]
)
def test_counts_are_words(count, word, told):
    assert say.plural(count, word) == told


def test_columns_line_up_under_wide_characters(capsys):
    say.table(("name", "next"), [("警察", "a"), ("cafe\u0301", "b"), ("x", "two\nlines")])
    lines = capsys.readouterr().out.splitlines()
    assert [say.columns(line[: line.rindex(last)]) for line, last in zip(lines[1:3], "ab", strict=True)] == [6, 6]
    assert lines[3].endswith("two lines")


def test_no_color_is_obeyed(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" in say.styled("x", bold=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert say.styled("x", bold=True, colour="red") == "x"


def test_json_is_ascii(capsys):
    say.as_json({"name": "警\u202e"})
    told = capsys.readouterr().out
    assert told.isascii()
    assert json.loads(told) == {"name": "警\u202e"}


def test_plain_progress_is_at_most_four_lines_a_step(capsys):
    tell = plain_lines()
    for done in range(1001):
        tell("extract: sentences", done, 1000)
    tell("nothing", 0, 0)
    told = capsys.readouterr()
    assert told.out == ""
    lines = told.err.splitlines()
    assert len(lines) == 5
    assert lines[3] == "extract: sentences 1000 of 1000"


def test_bars_are_drawn_on_a_terminal_only(capsys, monkeypatch):
    monkeypatch.setattr(say, "on_terminal", lambda: True)
    with progress_shown() as tell:
        tell("extract [bold]: sentences", 1, 2)
        tell("extract [bold]: sentences", 2, 2)
    monkeypatch.setattr(say, "on_terminal", lambda: False)
    capsys.readouterr()
    with progress_shown(quiet=True) as tell:
        tell("x", 1, 1)
    assert capsys.readouterr() == ("", "")
