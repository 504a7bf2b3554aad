"""Options that several commands share, worded once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

FOLDER = click.Path(path_type=Path)
FILE = click.Path(path_type=Path)


def case_argument(command: Command) -> Command:
    """The case a command works on."""
    return click.argument("case", type=FOLDER, metavar="CASE")(command)


def json_option(command: Command) -> Command:
    """`--json`, for programs."""
    return click.option("--json", "machine", is_flag=True, help="Write the result as JSON, for a program to read.")(command)


def collector_option(command: Command) -> Command:
    """Who is acting. A pseudonym: the log is kept for ever and travels with the case."""
    return click.option(
        "--collector",
        default="unnamed",
        show_default=True,
        envvar="ARMSLENGTH_COLLECTOR",
        show_envvar=True,
        metavar="PSEUDONYM",
        help="Who is doing this, as the custody log will say. Use a pseudonym: the log cannot be edited later.",
    )(command)


def workers_option(command: Command) -> Command:
    """How many processes read at a time."""
    return click.option(
        "--workers",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        metavar="N",
        help="Processes that read at the same time; the result is the same. Each loads the parser first, so it pays from a few "
        "hundred documents on.",
    )(command)


def manifest_option(command: Command) -> Command:
    """What the files do not say about themselves."""
    return click.option(
        "--manifest",
        type=FILE,
        metavar="FILE",
        help="CSV with the columns file, url, title, publisher, published: what the files do not say themselves. Cells may be empty.",
    )(command)


def database_option(command: Command) -> Command:
    """Where the rows are kept."""
    return click.option(
        "--database",
        metavar="URL",
        help="Keep the rows in PostgreSQL instead of a file in the case: postgresql+psycopg://user@host/name. Only when a case is made.",
    )(command)


def name_option(command: Command) -> Command:
    """What a new case is called. It stands in `case.toml`, which is not encrypted."""
    return click.option(
        "--name",
        metavar="TEXT",
        help="What to call a new case; the folder's name if left out. It is not encrypted: put no person's name into it.",
    )(command)


def unmasked_option(command: Command) -> Command:
    """Names of protected persons as the sources print them."""
    return click.option(
        "--unmasked",
        is_flag=True,
        help="Leave protected persons' names as the sources print them. Needs the vault unlocked, if the case has one; the log says so.",
    )(command)


def passphrase_option(command: Command) -> Command:
    """Lock the key of a case by a passphrase."""
    return click.option(
        "--passphrase",
        "locked",
        is_flag=True,
        help="Lock the case's key by a passphrase, asked for at the terminal. Recommended: without it the key lies open in your "
        "configuration folder.",
    )(command)
