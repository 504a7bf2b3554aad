"""How the command line speaks: text on standard output, trouble on standard error, JSON where a machine asked for it.

Never: lets a document's text reach the terminal with control characters in it. They can recolour, retitle or rewrite a screen (H2).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

_WIDEST = 100
"""Columns of running text: longer lines are hard to read."""
_HIDDEN = {"Cc", "Cf", "Cs", "Co"}
"""Control, format (which includes the marks that turn the direction of writing), surrogate, private."""
_BLANKS = {"\t", "\r", "\f", "\v"}
"""Shown as a space: pages and PDFs are full of them, and they say nothing."""
_ALLOWED = {"\n", "\u200c", "\u200d"}
"""New line, and the two joiners that Persian and Indian scripts need."""


def clean(text: str) -> str:
    """Text that is safe to show: what a terminal would obey is written as an escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " "
        if character in _BLANKS
        else character
        if character in _ALLOWED or unicodedata.category(character) not in _HIDDEN
        else f"\\u{ord(character):04x}"
        for character in text
    )


def out(text: str = "") -> None:
    """A line for the reader."""
    click.echo(clean(text))


def strong(text: str) -> None:
    """A line that matters most: bold where the terminal shows it."""
    click.echo(styled(clean(text), bold=True))


def styled(text: str, *, bold: bool = False, colour: str | None = None) -> str:
    """Text with style, unless NO_COLOR says otherwise (no-color.org). Where output is no terminal, click takes it out again."""
    return text if os.environ.get("NO_COLOR") else click.style(text, bold=bold or None, fg=colour)


def aside(text: str) -> None:
    """A line beside the result: on standard error, so that a pipe carries results only."""
    click.echo(clean(text), err=True)


def trouble(text: str) -> None:
    """What went wrong, in one sentence, on standard error."""
    click.echo(styled("Error: ", bold=True, colour="red") + clean(text), err=True)


def as_json(value: object) -> None:
    """A result for a machine: one JSON value, readable, in ASCII so that no terminal obeys it."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=True, sort_keys=False))


def width() -> int:
    """Columns to write in."""
    return max(40, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns))


def paragraph(text: str, *, indent: str = "", first: str | None = None) -> None:
    """Running text, wrapped."""
    out(
        textwrap.fill(
            " ".join(clean(text).split()),
            width=width(),
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        )
    )


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns side by side; the last one may be as long as it likes."""
    cells = [[clean(str(cell)).replace("\n", " ") for cell in row] for row in rows]
    every = [list(header), *cells]
    widths = [max(columns(row[place]) for row in every) for place in range(len(header))]
    for number, row in enumerate(every):
        line = "  ".join(cell + " " * (widths[place] - columns(cell)) for place, cell in enumerate(row)).rstrip()
        click.echo(styled(line, bold=True) if number == 0 else line)


def columns(text: str) -> int:
    """Columns a text takes on a terminal: Chinese characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def plural(count: int, word: str) -> str:
    """`1 file`, `3 files`, `1,204 files`."""
    if count == 1:
        return f"1 {word}"
    ending = word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeiou" else word + "s"
    return f"{count:,} {ending}"


def path(folder: Path) -> str:
    """A path as short as it can be typed from here."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) and folder != here else str(folder)


def on_terminal() -> bool:
    """Whether bars and colours have somebody to look at them."""
    return sys.stderr.isatty() and os.environ.get("TERM", "") != "dumb"
