"""Options of the commands that can read with a language model: what reads, and where the model is."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

import click

from armslength.cli import say
from armslength.cli.options import Command

if TYPE_CHECKING:
    from armslength.base.settings import ModelServer


class ModelPlace(TypedDict):
    """Where a language model is, by the options' names."""

    model_url: str | None
    model_name: str | None
    allow_remote_model: bool
    model_seconds: float | None
    model_tokens: int | None
    model_window: int | None


READERS = ("rules", "model")
_MODEL_OPTIONS = (
    click.option(
        "--model-url",
        envvar="ARMSLENGTH_MODEL_URL",
        show_envvar=True,
        metavar="URL",
        help="With --reader model: where the language model's server answers, for example http://127.0.0.1:8080/v1 (OpenAI-compatible).",
    ),
    click.option(
        "--model",
        "model_name",
        envvar="ARMSLENGTH_MODEL",
        show_envvar=True,
        metavar="NAME",
        help="With --reader model: the model's name, as its server knows it. A key, if it needs one, is read from ARMSLENGTH_MODEL_KEY.",
    ),
    click.option(
        "--allow-remote-model",
        is_flag=True,
        help="Let the text of the documents leave this machine for the language model's server. Without it only a local address works.",
    ),
    click.option(
        "--model-seconds",
        type=click.FloatRange(min=0, min_open=True),
        metavar="N",
        help="Seconds to wait for one answer of the language model; 300 if left out.",
    ),
    click.option(
        "--model-tokens",
        type=click.IntRange(min=1),
        metavar="N",
        help="Longest answer of the language model, in tokens; 3000 if left out. Longer ones are refused, never cut.",
    ),
    click.option(
        "--model-window",
        type=click.IntRange(min=200),
        metavar="N",
        help="Characters of a document that the language model reads at a time; 2400 if left out.",
    ),
)


def model_options(command: Command) -> Command:
    """Where a language model is, for commands that can read with one."""
    for option in reversed(_MODEL_OPTIONS):
        command = option(command)
    return command


def reader_options(command: Command) -> Command:
    """What reads the documents, and where it is."""
    choice = click.option(
        "--reader",
        type=click.Choice(READERS),
        default="rules",
        show_default=True,
        envvar="ARMSLENGTH_READER",
        show_envvar=True,
        help="What reads the documents: the rules, or a language model that you run (docs/reading-with-a-language-model.md).",
    )
    return choice(model_options(command))


class ModelOptions(ModelPlace):
    """What reads, and where it is."""

    reader: str


def model_server(reader: str, given: ModelPlace) -> ModelServer | None:
    """The language model that was set, if it is to be used; says where text goes. Raises InputError where something is missing."""
    if reader != "model":
        return None
    from armslength.base.errors import InputError
    from armslength.base.settings import ModelServer
    from armslength.extract.backends.language_model_http import where_text_goes

    url, name = given["model_url"], given["model_name"]
    if not url or not name:
        raise InputError("--reader model needs --model-url and --model: where your language model answers, and its name there.")
    usual = ModelServer(url=url, model=name, allow_remote=given["allow_remote_model"], key=os.environ.get("ARMSLENGTH_MODEL_KEY", ""))
    server = replace(
        usual,
        seconds=given["model_seconds"] or usual.seconds,
        max_tokens=given["model_tokens"] or usual.max_tokens,
        window=given["model_window"] or usual.window,
    )
    say.aside(where_text_goes(server))
    return server
