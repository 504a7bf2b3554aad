"""`armslength verify`: whether a case, or a package, is still what it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.base.errors import CaseError, InputError, IntegrityError
from armslength.cli import options, say

if TYPE_CHECKING:
    from armslength.store.report import VerifyReport


@click.command("verify", short_help="Check that nothing in a case or package was changed.")
@click.argument("case", type=options.FOLDER, metavar="CASE|PACKAGE")
@click.option(
    "--key",
    metavar="FINGERPRINT",
    help="The fingerprint of the case's first key, from somewhere else than what is checked; of a package also a releaser's.",
)
@click.option("--head", metavar="HASH", help="A head that an earlier `verify` printed; the log must still contain it.")
@options.json_option
def command(*, case: Path, key: str | None, head: str | None, machine: bool) -> None:
    """Check CASE offline: every source against its hash, the log's chain and signatures, every claim against its exact words.

    Whoever can change the files of a case and has its keys could make a new, consistent log. Two things kept elsewhere prevent
    that: the key's fingerprint (--key) and the head, a hash that stands for the whole log so far (--head). Note both down each
    time; a time stamp (`armslength stamp`) does the same with a witness.

    A PACKAGE is the folder or zip of a release. It is checked as the `verify.py` inside checks it: files, seal, signatures, log, that
    every row comes from the sealed whole, quotations, every count of independent origins, time stamps.

    Example:
      armslength verify mycase --head 3f9c2e...
      armslength verify release-2026-03

    An encrypted case needs its key. Without it, the little that can be seen from outside is checked, and what was not is said.

    Exit code 0 means that everything checked is as it was, 4 that something is not. Problems are named with what to do.
    """
    if case.is_file() or any((case / name).is_file() for name in ("bagit.txt", "seal.json")):
        if head is not None:
            raise InputError("A package has no head to compare; --head is for a case.")
        _verify_package(case, key=key, machine=machine)
        return
    from armslength.store.case import locate_case, unlock_case
    from armslength.store.verify import verify_case

    found, locked = locate_case(case), None
    try:
        found = unlock_case(found)
    except CaseError as error:
        locked = error
    report = verify_case(found, trusted_key=key, head=head)
    if machine:
        from dataclasses import asdict

        say.as_json({"fine": not report.problems, **asdict(report)})
    else:
        _tell(report)
    if report.problems:
        if machine:
            click.get_current_context().exit(IntegrityError.exit_code)
        raise IntegrityError(f"{say.plural(len(report.problems), 'problem')} found in {case}.")
    if locked is not None:
        raise locked
    if not machine:
        say.strong("Everything checked is as it was. Note the head down where nobody who can write to this case can change it.")


def _tell(report: VerifyReport) -> None:
    """What was checked, and every problem with what to do."""
    for line in report.checked:
        say.paragraph(str(line), indent="    ", first="  ✓ " if not report.problems else "  - ")
    for note in report.notes:
        say.paragraph(f"note: {note}", indent="    ", first="  - ")
    for problem in report.problems:
        say.out()
        say.strong(f"PROBLEM in {problem.where}")
        say.paragraph(problem.what, indent="  ")
        say.paragraph(f"What to do: {problem.advice}", indent="  ")
    say.out()
    say.out(f"head {report.head}")
    for signing in report.keys:
        say.out(f"key  {signing}")
    _tell_unchecked(report.unchecked)


def _verify_package(package: Path, *, key: str | None, machine: bool) -> None:
    from armslength.publish.package.checks.report import as_lines, as_values, verify

    report = verify(package, keys=[key.lower()] if key else [])
    if report.unknown:
        raise InputError(f"{package}: {report.problems[0].says}")
    if machine:
        say.as_json({"fine": report.holds, **as_values(report)})
        if not report.holds:
            click.get_current_context().exit(IntegrityError.exit_code)
        return
    *lines, verdict = as_lines(report)
    for line in lines:
        say.paragraph(line.strip(), indent="    ", first="  ")
    if not report.holds:
        raise IntegrityError(f"{package} does not hold: {say.plural(len(report.problems), 'problem')}.")
    say.strong(verdict)


def _tell_unchecked(parts: tuple[str, ...]) -> None:
    """What was not looked at, for want of the key."""
    if parts:
        say.strong("NOT checked, because the case's key is not at hand:")
    for part in parts:
        say.paragraph(part, indent="    ", first="  - ")
