"""Keeps examples in help texts as they are written: click would run their lines together."""

from __future__ import annotations

import inspect

import click

_AS_WRITTEN = "\b\n"
"""What click takes in front of a paragraph to leave its lines alone."""


def keep_lines(command: click.Command) -> None:
    """Mark, in a command's help and in that of its subcommands, each paragraph that has indented lines."""
    command.help = _marked(command.help)
    command.epilog = _marked(command.epilog)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            keep_lines(below)


def plain(text: str | None) -> str:
    """A help text without the marks."""
    return (text or "").replace(_AS_WRITTEN, "")


def _marked(text: str | None) -> str | None:
    if text is None:
        return None
    paragraphs = inspect.cleandoc(plain(text)).split("\n\n")
    return "\n\n".join(_AS_WRITTEN + found if "\n  " in found else found for found in paragraphs)
