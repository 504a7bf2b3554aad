"""What every command keeps: help that answers at once, errors as one sentence, exit codes that mean something."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from armslength.base.errors import ArmslengthError, CaseError, InputError, IntegrityError, MissingPieceError
from armslength.cli import main
from armslength.cli.helping import keep_lines, plain

HEAVY = ("spacy", "fastapi", "trafilatura", "sqlalchemy", "alembic", "lxml", "rich", "msgspec", "cryptography", "uvicorn")
SOURCE = Path(main.__file__).parents[2]


def commands(group=main.root, prefix=()):
    for name, command in group.commands.items():
        yield (*prefix, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*prefix, name))


def run_python(code, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(SOURCE), **environment},
    )


def test_the_list_of_commands_needs_nothing_heavy():
    found = run_python(f"import sys, armslength.cli.main; print([name for name in {HEAVY} if name in sys.modules])")
    assert found.stdout.strip() == "[]", found.stderr


@pytest.mark.parametrize("names", [names for names, _ in commands()], ids=" ".join)
def test_every_command_teaches(names, capsys):
    assert main.run([*names, "--help"]) == 0
    told = capsys.readouterr().out
    assert "Usage: armslength" in told
    command = dict(commands())[names]
    if not isinstance(command, click.Group):
        assert f"armslength {' '.join(names)} " in plain(command.help), "an example of the command itself"
        assert len(command.short_help) <= 60


def test_without_a_command_the_help_is_shown(capsys):
    assert main.run([]) == 2
    assert "Start here:" in capsys.readouterr().err


def test_examples_keep_their_lines():
    command = click.Command("x", help="One.\n\n    Example:\n      a  b\n      c\n    ")
    keep_lines(command)
    keep_lines(command)
    assert command.help == "One.\n\n\b\nExample:\n  a  b\n  c"


@pytest.mark.parametrize(
    ("error", "code"), [(InputError, 2), (CaseError, 3), (IntegrityError, 4), (MissingPieceError, 5), (ArmslengthError, 1)]
)
def test_an_error_is_one_sentence_and_its_class_is_the_exit_code(error, code, capsys, monkeypatch):
    def fail(**_):
        raised = error("The file a.pdf is damaged.\x1b[2J")
        raised.add_note("in batch 3 of read")
        raise raised

    monkeypatch.setattr(main.root.commands["status"], "callback", fail)
    assert main.run(["status", "anything"]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "Error: The file a.pdf is damaged.\\u001b[2J (in batch 3 of read)\n"
    with pytest.raises(error):
        main.run(["--debug", "status", "anything"])


def test_ctrl_c_says_what_is_kept(capsys, monkeypatch):
    def stop(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(main.root.commands["status"], "callback", stop)
    assert main.run(["status", "anything"]) == 130
    assert "What was finished is kept" in capsys.readouterr().err


def test_an_unknown_option_is_told_with_exit_code_2(capsys):
    assert main.run(["status", "--colour", "red"]) == 2
    assert "--colour" in capsys.readouterr().err


FAULT = """
import sys
from armslength.cli import main
def fail(**_): raise ValueError("a private sentence of a document")
main.root.commands["status"].callback = fail
main.main()
"""


def test_a_fault_says_what_is_safe_and_quotes_nothing():
    found = run_python(FAULT, "status", "anything")
    assert found.returncode == main.UNEXPECTED
    assert found.stderr.startswith("Error: armslength met something it does not know how to handle: ValueError")
    assert "is safe" in found.stderr
    assert "report" in found.stderr
    assert "private" not in found.stderr
    assert "Traceback" not in found.stderr


def test_debug_shows_where():
    found = run_python(FAULT, "--debug", "status", "anything")
    assert found.returncode == main.UNEXPECTED
    assert "Traceback" in found.stderr
