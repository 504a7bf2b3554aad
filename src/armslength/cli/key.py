"""`armslength key`: how the key of an encrypted case is kept."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import options, say


@click.group("key", short_help="How a case's key is kept: passphrase, key file, recovery copies.")
def command() -> None:
    """Look after the key that a case is encrypted with. Without the key nobody can open the case: not you, not its authors.

    A new case keeps its key in a file of your own configuration folder, so that one command opens it and nothing is asked. That protects
    the case folder, a copy of it, a stolen stick; it does not protect from somebody who is logged in as you. A passphrase does.

    Do this once for every case that matters:
      armslength key passphrase mycase
      armslength key export mycase --to /media/stick/mycase.key
    """


@command.command("passphrase", short_help="Lock the key by a passphrase, or change it.")
@options.case_argument
@options.collector_option
def passphrase(*, case: Path, collector: str) -> None:
    """Lock CASE's key by a passphrase (Argon2id), asked for at the terminal or read from the file that ARMSLENGTH_PASSPHRASE_FILE names.

    The locked key lies in the case, so that the case opens on any machine with the passphrase; the key file in your configuration folder
    goes. The key itself stays the same: who had a copy of the case and of its key can still open that copy.

    Example:
      armslength key passphrase mycase
    """
    from armslength.base.clock import SystemClock
    from armslength.store.case import open_case
    from armslength.store.keeping import keep_under_passphrase
    from armslength.store.unlock import new_passphrase

    open_case(case)
    keep_under_passphrase(case, new_passphrase(str(case)), clock=SystemClock(), actor=collector)
    say.strong("From now on the case opens with this passphrase only. Nobody can restore it for you: write a recovery copy.")
    say.out(f"Next: armslength key export {case} --to FILE")


@command.command("file", short_help="Keep the key in your own configuration folder.")
@options.case_argument
@options.collector_option
def file(*, case: Path, collector: str) -> None:
    """Keep CASE's key in a file of your configuration folder; whoever is logged in as you can then open the case.

    Example:
      armslength key file mycase
    """
    from armslength.base.clock import SystemClock
    from armslength.store.keeping import keep_in_file

    say.strong(f"The key is in {keep_in_file(case, clock=SystemClock(), actor=collector)}.")


@command.command("export", short_help="Write a recovery copy of the key.")
@options.case_argument
@click.option("--to", required=True, type=options.FILE, metavar="FILE", help="A new file, outside the case: on a stick, or to be printed.")
@options.collector_option
def export(*, case: Path, to: Path, collector: str) -> None:
    """Write CASE's key to a file: four lines that can also be printed and typed again. Whoever has it and the case can read everything.

    Example:
      armslength key export mycase --to /media/stick/mycase.key
    """
    from armslength.base.clock import SystemClock
    from armslength.store.keeping import write_copies

    write_copies(case, [to], clock=SystemClock(), actor=collector)
    say.strong(f"Wrote {to}. Keep it apart from the case.")


@command.command("split", short_help="Write the key in two halves, for two holders.")
@options.case_argument
@click.option("--to", required=True, multiple=True, type=options.FILE, metavar="FILE", help="A new file for one half; give it twice.")
@options.collector_option
def split(*, case: Path, to: tuple[Path, ...], collector: str) -> None:
    """Write CASE's key in two halves. One half says nothing about the key; both together are a recovery copy.

    Example:
      armslength key split mycase --to one.half --to other.half
    """
    from armslength.base.clock import SystemClock
    from armslength.store.keeping import write_copies

    if len(to) != 2:
        raise click.UsageError("Give --to twice: one file for each holder.")
    write_copies(case, to, clock=SystemClock(), actor=collector)
    say.strong(f"Wrote {to[0]} and {to[1]}. Give them to two people.")


@command.command("import", short_help="Bring a key back from a recovery copy or two halves.")
@options.case_argument
@click.argument("copies", nargs=-1, required=True, type=options.FILE, metavar="FILE [FILE]")
@options.collector_option
def bring(*, case: Path, copies: tuple[Path, ...], collector: str) -> None:
    """Put CASE's key into your configuration folder, from one recovery copy or from two halves.

    Example:
      armslength key import mycase one.half other.half
    """
    from armslength.base.clock import SystemClock
    from armslength.store.keeping import bring_key

    if len(copies) > 2:
        raise click.UsageError("Give one recovery copy, or two halves.")
    bring_key(case, copies, clock=SystemClock(), actor=collector)
    say.strong("The case opens again. To lock its key by a new passphrase: armslength key passphrase CASE")


@command.command("encrypt", short_help="Encrypt a case that was made without encryption.")
@options.case_argument
@options.passphrase_option
@options.collector_option
def encrypt(*, case: Path, locked: bool, collector: str) -> None:
    """Encrypt CASE, made by an older armslength: database, sources and keys. It is copied, the copy is verified, then the old bytes go.

    There must be room for a second copy. A disk may keep old bytes for long where only a laboratory finds them: if that matters, put the
    encrypted case on another disk and destroy the old one.

    Example:
      armslength key encrypt mycase
    """
    from armslength.base.clock import SystemClock
    from armslength.store.encrypting import encrypt_case
    from armslength.store.locks import in_key_file, under_passphrase
    from armslength.store.unlock import new_passphrase

    lock = under_passphrase(new_passphrase(str(case))) if locked else in_key_file
    encrypt_case(case, lock=lock, clock=SystemClock(), actor=collector)
    say.strong(f"{case} is encrypted.")
    say.out(f"Next: armslength key export {case} --to FILE")
