"""`armslength vault`: who protected persons are, apart from the case."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from armslength.cli import options, say

PASSPHRASE_FILE = "ARMSLENGTH_VAULT_PASSPHRASE_FILE"  # noqa: S105 - a variable's name
_FIELDS = click.Choice(["name", "address", "contact", "consent", "note"])


@click.group("vault", short_help="Who protected persons are: kept apart, under a key of its own.")
def command() -> None:
    """Keep what identifies protected persons in a vault: encrypted under a key of its own, with a passphrase of its own.

    Persons are asked for by the pseudonym that pages and tables show (Person 7KQM), never by name. Every use is entered in the custody
    log, and so is one that failed. While the vault is locked, names in texts and quotes are behind blocks everywhere; --unmasked, which
    some commands take, needs it unlocked.

    A day with it:
      armslength vault init mycase --at /media/stick/vault     once
      armslength vault unlock mycase
      armslength vault put mycase "Person 7KQM" contact        asks for the words, so that no shell remembers them
      armslength vault show mycase "Person 7KQM"
      armslength vault lock mycase
    """


@command.command("init", short_help="Make the vault of a case.")
@options.case_argument
@click.option("--at", type=options.FOLDER, metavar="DIR", help="A new folder for the vault, on a stick for instance; else in the case.")
@options.collector_option
def init(*, case: Path, at: Path | None, collector: str) -> None:
    """Make a vault for CASE, locked by a passphrase of its own: asked for twice, or read from the file that
    ARMSLENGTH_VAULT_PASSPHRASE_FILE names. Nobody can restore it.

    Example:
      armslength vault init mycase --at /media/stick/vault
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.vaulting import init_vault
    from armslength.store.case import open_case
    from armslength.store.unlock import new_passphrase

    open_case(case)
    init_vault(case, new_passphrase(f"the vault of {case}", variable=PASSPHRASE_FILE), at=at, clock=SystemClock(), actor=collector)
    say.strong("Made the vault. From now on names are shown only while it is unlocked.")
    say.out(f"Next: armslength vault unlock {case}")


@command.command("unlock", short_help="Unlock the vault for a while.")
@options.case_argument
@click.option(
    "--minutes",
    type=click.IntRange(1, 480),
    default=15,
    show_default=True,
    metavar="N",
    help="Minutes without use after which it locks itself.",
)
@options.collector_option
def unlock(*, case: Path, minutes: int, collector: str) -> None:
    """Unlock the vault of CASE for this login. It locks itself when it is not used, and after eight hours in any case.

    Example:
      armslength vault unlock mycase --minutes 5
    """
    from datetime import timedelta

    from armslength.base.clock import SystemClock
    from armslength.pipeline.vaulting import unlock_vault
    from armslength.store.unlock import passphrase_for

    words = passphrase_for(f"the vault of {case}", variable=PASSPHRASE_FILE)
    unlock_vault(case, words, clock=SystemClock(), actor=collector, idle=timedelta(minutes=minutes))
    say.strong(f"Unlocked. It locks itself after {say.plural(minutes, 'minute')} without use.")


@command.command("lock", short_help="Lock the vault.")
@options.case_argument
@options.collector_option
def lock(*, case: Path, collector: str) -> None:
    """Lock the vault of CASE at once.

    Example:
      armslength vault lock mycase
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.vaulting import lock_vault

    was_open = lock_vault(case, clock=SystemClock(), actor=collector)
    say.strong("Locked." if was_open else "It was locked already.")


@command.command("show", short_help="Show who a person is.")
@options.case_argument
@click.argument("pseudonym", metavar="PERSON")
@options.collector_option
@options.json_option
def show(*, case: Path, pseudonym: str, collector: str, machine: bool) -> None:
    """Show what the documents of CASE call a person, and what the vault holds. PERSON is a pseudonym or the first characters of an id.

    Example:
      armslength vault show mycase "Person 7KQM"
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.vaulting import show_person

    found = show_person(case, pseudonym, clock=SystemClock(), actor=collector)
    if machine:
        say.as_json(asdict(found))
        return
    say.strong(found.label)
    for name in found.written:
        say.out(f"  documents say  {name}")
    for field in ("name", "address", "contact", "consent", "note"):
        for words in getattr(found.identity, field):
            say.paragraph(words, indent=" " * 17, first=f"  {field:<15}")
    if found.identity.destroyed:
        say.paragraph(f"What the vault held was destroyed on {found.identity.destroyed}.", indent="  ")


@command.command("put", short_help="Write something about a person into the vault.")
@options.case_argument
@click.argument("pseudonym", metavar="PERSON")
@click.argument("field", type=_FIELDS, metavar="WHAT")
@options.collector_option
def put(*, case: Path, pseudonym: str, field: str, collector: str) -> None:
    """Write a name, address, contact, consent or note (WHAT) about a person into the vault of CASE.

    The words are asked for, or read from standard input, and are not part of the command: a shell remembers commands.

    Example:
      armslength vault put mycase "Person 7KQM" consent < consent.txt
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.vaulting import note_person

    if sys.stdin.isatty():
        say.aside(f"{field} of {pseudonym}, on one line:")
    value = sys.stdin.readline() if sys.stdin.isatty() else sys.stdin.read()
    label = note_person(case, pseudonym, field=field, value=value, clock=SystemClock(), actor=collector)
    say.strong(f"Kept: {field} of {label}.")


@command.command("shred", short_help="Destroy what the vault holds of a person.")
@options.case_argument
@click.argument("pseudonym", metavar="PERSON")
@click.option("--reason", required=True, metavar="TEXT", help="Why, in a sentence without a name. It stays, in the vault and the log.")
@options.collector_option
def shred(*, case: Path, pseudonym: str, reason: str, collector: str) -> None:
    """Destroy what the vault of CASE holds of a person, and the key it was encrypted with.

    What the sources say stays in the case. Copies of the vault made before keep the entry: destroy it there too.

    Example:
      armslength vault shred mycase "Person 7KQM" --reason "Consent was taken back."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.vaulting import destroy_person

    label = destroy_person(case, pseudonym, reason=reason, clock=SystemClock(), actor=collector)
    say.strong(f"Destroyed what the vault held of {label}. A tombstone says when and why.")
