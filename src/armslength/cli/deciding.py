"""What every command under `armslength decide` asks for: who decides, with which key, and why.

Never: lets a decision through that is signed by nobody.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from armslength.base.errors import InputError
from armslength.cli import say

if TYPE_CHECKING:
    from armslength.model.decisions import Judgement
    from armslength.pipeline.judging import Decided
    from armslength.pipeline.ledgers import Entered
    from armslength.pipeline.signing import Hand

Command = TypeVar("Command", bound=Callable[..., Any])

PASSPHRASE_FILE = "ARMSLENGTH_REVIEWER_PASSPHRASE_FILE"  # noqa: S105 - a variable's name


def reviewer_option(wrapped: Command) -> Command:
    """Who decides."""
    return click.option(
        "--reviewer",
        required=True,
        envvar="ARMSLENGTH_REVIEWER",
        show_envvar=True,
        metavar="PSEUDONYM",
        help="Who decides: a reviewer of this case, whose key on this machine signs the judgement (`armslength reviewer add`).",
    )(wrapped)


def reviewing(wrapped: Command) -> Command:
    """Who decides, and why: asked of every decision."""
    why = click.option(
        "--reason", required=True, metavar="TEXT", help="Why, in a sentence that names no protected person: it is kept for ever."
    )
    return reviewer_option(why(wrapped))


def hand(case: Path, reviewer: str) -> Hand:
    """The reviewer's hand; a locked key asks for its passphrase."""
    from armslength.base.clock import SystemClock
    from armslength.pipeline.signing import hand_of
    from armslength.store.reviewer_keys import reviewers_folder

    return hand_of(case, reviewer, keys=reviewers_folder(), clock=SystemClock(), passphrase=lambda: passphrase(f"the key of {reviewer}"))


def passphrase(what: str, *, twice: bool = False) -> str:
    """A passphrase: the first line of the file that ARMSLENGTH_REVIEWER_PASSPHRASE_FILE names, else asked for at the terminal."""
    named = os.environ.get(PASSPHRASE_FILE)
    if named:
        try:
            return (Path(named).read_text(encoding="utf-8").splitlines() or [""])[0]
        except (OSError, ValueError):
            raise InputError(f"The file that {PASSPHRASE_FILE} names cannot be read: {named}.") from None
    if not sys.stdin.isatty():
        raise InputError(f"A passphrase is needed for {what} and there is nobody to ask: name a file with it in {PASSPHRASE_FILE}.")
    found: str = click.prompt(f"Passphrase for {what}", hide_input=True, confirmation_prompt=twice, err=True)
    return found


_WORDS = {"accept": "Confirmed", "dispute": "Disputed", "add": "Added"}


def tell_edge(found: Decided, *, machine: bool) -> None:
    """A judgement about an edge, and the counts of origins it changed."""
    if machine:
        say.as_json(asdict(found))
        return
    say.strong(
        f"{_WORDS.get(found.judgement.decision, found.judgement.decision)}: edge {found.judgement.target[:12]}. It is in the custody log."
    )
    if not found.changed:
        say.paragraph("No count of origins changes: other edges, or other groups, leave them as they were.")
    for one in found.changed:
        say.paragraph(
            f"{one.label} ({one.fact[:12]}): {written(one.before)}, now {written(one.after)}.",
            indent="    ",
            first="  - ",
        )


def written(count: tuple[int, int, int]) -> str:
    """A count of origins in words."""
    low, high, unknown = count
    origins = say.plural(low, "origin") if low == high else f"{low} to {high} origins"
    return f"{origins} ({say.plural(unknown, 'passage')} of unknown origin)" if unknown else origins


def logged(done: str, row: Judgement) -> str:
    """That a judgement is kept, and how it is taken back."""
    return f"{done}. Judgement {row.id[:12]} is in the custody log; `armslength decide undo` takes it back."


def tell_entry(found: Entered, *, machine: bool) -> None:
    """An entry into a ledger, and what follows from it."""
    if machine:
        say.as_json({"judgement": asdict(found.judgement), "entry": asdict(found.entry), "says": list(found.says)})
        return
    say.strong(logged("Entered", found.judgement))
    for sentence in found.says:
        say.paragraph(sentence, indent="    ", first="  - ")
