"""The whole check of a package, from its files to its conclusions, and what to say of it.

In:  a folder or zip; keys that whoever checks trusts; certificates of time-stamping authorities.
Out: what holds, what does not, what was not looked at: in sentences and as values.
Never: uses the network; believes a number in the package that it can derive.

Each step stands on the ones before it, so where one fails the later ones are not looked at.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from armslength.publish.package.checks.custody import Custody, check_custody, is_hash, key_name
from armslength.publish.package.checks.files import (
    RELEASE_FILE,
    SEAL_FILE,
    SIGNATURES_FILE,
    Package,
    check_files,
    hash_of,
    open_package,
    read_rows,
    read_seal,
)
from armslength.publish.package.checks.plain import LOGGED, SIGNER, TEXT, Problem, Refused, Row, problem
from armslength.publish.package.checks.proofs import Shown, check_proofs
from armslength.publish.package.checks.stamps import ROOTS_FILE, Stamps, check_stamps
from armslength.publish.recompute import recompute

STEPS = ("files", "rows", "log", "words", "counts", "time")
TELLS = {
    "files": "{files} files: each is listed, here, and as it was sealed.",
    "rows": "{rows} rows are shown of {whole} that were sealed, each proven to be one of them. {masked}",
    "log": "Released {when} by {names}: entry {seq} of the log of the case with the key {key}; all three signed. Entries shown: {entries}.",
    "words": "{spans} quotations stand in the documents where they say they do.",
    "counts": "{facts} facts: each count of independent origins follows from the edges and judgements shown, and is the sealed one.",
    "time": "openssl accepts {accepted} time stamps over log entries {over}, by the certificates {roots}.",
    "time.unchecked": "{unchecked} time stamps are over log entries {over}. Their signatures were not checked here: openssl can.",
    "time.none": "There is no time stamp: only the log of the case says when this was released.",
    "not.looked": "Not looked at, because what it stands on does not hold.",
    "wrong": "Problems: {number}.",
    "nothing.masked": "Nothing is masked in them.",
    "some.masked": "Masked: {fields}.",
    "untrusted": "Whether these keys are the right people's, no file can say: compare {keys} with what they publish elsewhere.",
}


class Step(NamedTuple):
    """One step of the check."""

    step: str
    holds: bool | None
    """None: not looked at, or not to be known here."""
    says: str


class Report(NamedTuple):
    """What came of it."""

    holds: bool
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    keys: tuple[str, ...]
    """The case's keys, then the releasers'."""
    unknown: bool = False
    """It is no package of a kind that this program can read."""


def verify(path: Path, *, keys: Sequence[str] = (), roots: Path | None = None) -> Report:
    """Check a package. `keys` are names of keys that must have signed it."""
    try:
        package = open_package(path)
    except Refused as refused:
        return Report(False, _unlooked(STEPS), (refused.problem,), (), (), unknown=True)
    try:
        return verify_package(package, keys=keys, roots=roots)
    finally:
        package.close()


def verify_package(package: Package, *, keys: Sequence[str] = (), roots: Path | None = None) -> Report:
    """Check a package that is open."""
    steps: list[Step] = []
    problems: list[Problem] = []
    notes: list[str] = []
    named: list[str] = []
    try:
        for step, found in _steps(package, keys, roots, notes, named):
            steps.append(step)
            problems += found
            if found:
                break
    except Refused as refused:
        problems.append(refused.problem)
        steps.append(Step(STEPS[len(steps)], holds=False, says=_wrong(1)))
    return Report(not problems, (*steps, *_unlooked(STEPS[len(steps) :])), tuple(problems), tuple(notes), tuple(named))


def _steps(
    package: Package, keys: Sequence[str], roots: Path | None, notes: list[str], named: list[str]
) -> Iterator[tuple[Step, Sequence[Problem]]]:
    problems: Sequence[Problem] = check_files(package)
    yield _step("files", problems, files=len(package.sizes)), problems
    seal = read_seal(package)
    shown = check_proofs(package, seal)
    masked = ", ".join(f"{field} in {rows}" for field, rows in sorted(shown.masked.items()))
    told = TELLS["some.masked"].format(fields=masked) if masked else TELLS["nothing.masked"]
    problems = shown.problems + tuple(_bad_sources(package))
    yield _step("rows", problems, rows=shown.number, whole=seal["whole"]["rows"], masked=told), problems
    release = read_rows(package, RELEASE_FILE, LOGGED, most=1)[0]
    signatures = read_rows(package, SIGNATURES_FILE, {**SIGNER, "signature": TEXT}, most=SIGNERS)
    custody = check_custody(shown.rows["log"], release, package.read(SEAL_FILE), seal, signatures)
    named += [*custody.keys, *(row["key"] for row in custody.releasers)]
    notes.append(TELLS["untrusted"].format(keys=", ".join(named)))
    problems = (*custody.problems, *_unlogged(shown, custody), *_untrusted(custody, keys))
    yield _log_step(problems, custody, shown, release), problems
    found = recompute(shown.rows, shown.words)
    problems = [one for one in found.problems if one.code.startswith("span.")]
    yield _step("words", problems, spans=found.spans), problems
    problems = [*(one for one in found.problems if not one.code.startswith("span.")), *_unsealed(shown)]
    yield _step("counts", problems, facts=found.facts), problems
    stamps = check_stamps(package, custody.hashes, custody.stamps, roots)
    yield _time_step(stamps, roots), stamps.problems


def _step(name: str, problems: Sequence[Problem], **values: object) -> Step:
    return Step(name, holds=not problems, says=_wrong(len(problems)) if problems else TELLS[name].format(**values).strip())


def _log_step(problems: Sequence[Problem], custody: Custody, shown: Shown, release: Row) -> Step:
    values = {"seq": release["seq"], "names": " and ".join(f"{row['name']} (key {row['key']})" for row in custody.releasers)}
    when = "" if problems else json.loads(release["entry"])["time"]
    entries = sum(row["entry"] is not None for row in shown.rows["log"])
    return _step("log", problems, **values, when=when, key=custody.keys[0] if custody.keys else "", entries=entries)


def _time_step(stamps: Stamps, roots: Path | None) -> Step:
    over = ", ".join(map(str, stamps.over))
    if stamps.problems or stamps.accepted:
        told = ROOTS_FILE if roots is None else roots.name
        return _step("time", stamps.problems, accepted=len(stamps.accepted), over=over, roots=told)
    name = "time.unchecked" if stamps.unchecked else "time.none"
    return Step("time", holds=None, says=TELLS[name].format(unchecked=len(stamps.unchecked), over=over))


def _unlooked(names: Sequence[str]) -> tuple[Step, ...]:
    return tuple(Step(name, holds=None, says=TELLS["not.looked"]) for name in names)


def _wrong(number: int) -> str:
    return TELLS["wrong"].format(number=number)


def _unlogged(shown: Shown, custody: Custody) -> Iterator[Problem]:
    logged = {row["id"]: row["seq"] for row in shown.rows["logged"]}
    for row in shown.rows["judgements"]:
        seq = logged.get(row["id"])
        if seq is None or custody.judged.get(seq, row["id"]) != row["id"]:
            yield problem("log.judgement", f"judgement {row['id']}")


def _untrusted(custody: Custody, keys: Sequence[str]) -> Iterator[Problem]:
    known = {*custody.keys[:1], *(row["key"] for row in custody.releasers)}
    for key in keys:
        if (key_name(key) if is_hash(key) else key) not in known:
            yield problem("key.untrusted", f"key {key}")


def _unsealed(shown: Shown) -> Iterator[Problem]:
    """Every fact's count is the one that the sealed whole has: else a package could leave edges out."""
    sealed = {row["id"]: (row["min"], row["max"], row["unknown"]) for row in shown.rows["origin_counts"]}
    for fact in shown.rows["facts"]:
        told = fact["origins"]
        if sealed.get(fact["id"]) != (told["min"], told["max"], told["unknown"]):
            yield problem("count.sealed", f"fact {fact['id']}")


def _bad_sources(package: Package) -> Iterator[Problem]:
    for path in sorted(package.sizes):
        if path.startswith("data/sources/") and hash_of(package, path) != path.rpartition("/")[2]:
            yield problem("source.bytes", path)


def as_values(report: Report) -> Mapping[str, Any]:
    """A report as JSON holds it."""
    return {
        "holds": report.holds,
        "steps": [step._asdict() for step in report.steps],
        "problems": [one._asdict() for one in report.problems],
        "notes": list(report.notes),
        "keys": list(report.keys),
    }


def as_lines(report: Report) -> Iterator[str]:
    """A report in sentences."""
    for step in report.steps:
        yield f"  {'-' if step.holds is None else 'ok' if step.holds else 'NO':2} {step.step:7} {step.says}"
    for one in report.problems[:LINES]:
        yield f"  {one.code:14} {one.where}: {one.says}"
    if len(report.problems) > LINES:
        yield f"  ... and {len(report.problems) - LINES} more; --json has them all."
    yield from report.notes
    yield "Everything that was looked at holds." if report.holds else "THIS DOES NOT HOLD."


SIGNERS = 100
"""Signatures looked at: each takes milliseconds, and a release has two."""
LINES = 50
"""Problems printed: more are of one cause."""


def main(words: Sequence[str] | None = None) -> int:
    """`python3 verify.py [PACKAGE]`: exit code 0 when all holds, 1 when something does not, 2 when this is no package."""
    parser = argparse.ArgumentParser(
        description="Checks an armslength package offline: files, seal, log, signatures, words and counts of origins."
    )
    parser.add_argument(
        "package", nargs="?", type=Path, default=Path(sys.argv[0]).resolve().parent, help="folder or zip; else where this file is"
    )
    parser.add_argument("--key", action="append", default=[], help="the name of a key that must have signed it; may be given again")
    parser.add_argument(
        "--roots", type=Path, help="certificates (PEM) of time-stamping authorities that you trust; else those in the package"
    )
    parser.add_argument("--json", action="store_true", help="everything as one JSON object")
    asked = parser.parse_args(words)
    report = verify(asked.package, keys=asked.key, roots=asked.roots)
    text = json.dumps(as_values(report), indent=1) if asked.json else "\n".join(as_lines(report))
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")
    return 2 if report.unknown else 0 if report.holds else 1
