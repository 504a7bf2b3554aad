"""Writes `docs/cli.md` from the commands themselves, so that the page cannot say anything else than `--help` does.

In:  the command line, as click knows it.
Out: `docs/cli.md` (`--write`), or nothing and exit code 1 if that file is stale (`--check`).
Never: depends on the width of a terminal or on the machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from armslength.cli.helping import plain
from armslength.cli.main import root

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"
HEAD = """# The command line

*Made from the commands by `python scripts/cli_docs.py --write`; the same words as `armslength COMMAND --help`.*
"""


def page() -> str:
    """The whole page."""
    commands = [f"- [`{name}`](#{name.replace(' ', '-')}): {command.get_short_help_str(200)}" for name, command in walk(root)]
    parts = [HEAD, _body(plain(root.help)), "## Commands\n", "\n".join(commands) + "\n", _options(root)]
    for name, command in walk(root):
        parts += [f"## {name}\n", f"```\narmslength {_usage(name, command)}\n```\n", _body(plain(command.help)), _options(command)]
    parts.append(_body(plain(root.epilog)))
    return "\n".join(part for part in parts if part).rstrip() + "\n"


def walk(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command under its whole name, in alphabetical order."""
    for name, command in sorted(group.commands.items()):
        yield f"{prefix}{name}", command
        if isinstance(command, click.Group):
            yield from walk(command, f"{prefix}{name} ")


def _usage(name: str, command: click.Command) -> str:
    return " ".join([name, *command.collect_usage_pieces(click.Context(command))])


def _body(text: str) -> str:
    """A help text as Markdown: indented lines are what people type or a list to keep, so they become code."""
    out: list[str] = []
    for paragraph in text.split("\n\n"):
        lines = paragraph.splitlines()
        kept = [line for line in lines if not line.startswith("  ")]
        code = [line[2:] for line in lines if line.startswith("  ")]
        out.append("\n".join(kept))
        if code:
            out += ["\n```", "\n".join(code), "```"]
        out.append("")
    return "\n".join(out)


def _options(command: click.Command) -> str:
    context = click.Context(command)
    options = [option for option in command.params if isinstance(option, click.Option)]
    records = [record for option in options if (record := option.get_help_record(context))]
    if not records:
        return ""
    rows = [f"| `{name}` | {told.replace('|', chr(92) + '|')} |" for name, told in records]
    return "\n".join(["| option | what it does |", "|---|---|", *rows, ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--write", action="store_true")
    wanted.add_argument("--check", action="store_true")
    fresh = page()
    if parser.parse_args().write:
        PAGE.write_text(fresh, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == fresh:
        return 0
    sys.stderr.write("docs/cli.md is not what the commands say. Run: python scripts/cli_docs.py --write\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
