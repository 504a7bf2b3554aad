"""Checks the ontology: `python -m armslength.model.ontology.lint [--write-lock]`.

In:  the scheme files and `codes.lock`, the list of every code that was ever given out.
Out: one sentence for each thing that is wrong; exit code 1 when there is one.
Never: changes a scheme file. `--write-lock` adds new codes to the lock and removes none: codes are never reused or renamed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from armslength.model.ontology.lookup import Ontology, load
from armslength.model.ontology.rows import AuthorityResponse, Coded, Kind, Measure, Method, Profile

_LONGEST = 240
"""Longest definition, in characters: what can be read at one glance in a table."""


def lint(ontology: Ontology, *, locked: Sequence[str]) -> list[str]:
    """Everything that is wrong with an ontology, as sentences; an empty list is a clean bill."""
    return [
        *_uniqueness(ontology),
        *_sentences(ontology),
        *_references(ontology),
        *_lock(ontology, locked),
    ]


def given_out(ontology: Ontology) -> list[str]:
    """Every code of the ontology as the lock writes it: scheme, space, code."""
    return sorted(f"{name} {entry.code}" for name, scheme in ontology.schemes.items() for entry in scheme.entries)


def _uniqueness(ontology: Ontology) -> Iterator[str]:
    everywhere: Counter[str] = Counter()
    for name, scheme in ontology.schemes.items():
        here = Counter(code for entry in scheme.entries for code in (entry.code, *entry.aliases))
        yield from (f"{name}: the code or alias `{code}` is given {times} times." for code, times in here.items() if times > 1)
        if not scheme.local:
            everywhere.update(set(here))
    yield from (f"The code `{code}` is given in {times} schemes." for code, times in everywhere.items() if times > 1)


def _sentences(ontology: Ontology) -> Iterator[str]:
    for name, scheme in ontology.schemes.items():
        for entry in scheme.entries:
            text = entry.definition
            if not (text[:1].isupper() and text.endswith(".") and len(text.split()) >= 2 and len(text) <= _LONGEST):
                yield f"{name} {entry.code}: the definition is not one sentence of at most {_LONGEST} characters."
            if not entry.label.strip():
                yield f"{name} {entry.code}: the label is empty."


def _references(ontology: Ontology) -> Iterator[str]:
    for name, scheme in ontology.schemes.items():
        codes = {entry.code for entry in scheme.entries}
        if scheme.default and scheme.default not in codes:
            yield f"{name}: the default `{scheme.default}` is not one of its codes."
        for entry in scheme.entries:
            for target_scheme, code in _pointers(name, entry):
                if code not in {other.code for other in ontology.schemes[target_scheme].entries}:
                    yield f"{name} {entry.code}: `{code}` is not a code of {target_scheme}."
            yield from _crosswalks(ontology, name, entry)


def _pointers(name: str, entry: Coded) -> Iterator[tuple[str, str]]:
    if entry.replaced_by:
        yield name, entry.replaced_by
    match entry:
        case Kind():
            yield "kinds", entry.family
        case Method(parent=str(parent)) if parent or not entry.group:
            yield "methods", parent
        case Measure():
            yield "kinds", entry.kind
            if entry.broader:
                yield "measures", entry.broader
        case AuthorityResponse():
            yield "kinds", entry.kind
        case Profile():
            yield from (("kinds", code) for code in entry.kinds)
            yield from (("methods", code) for code in (*entry.methods, *entry.groups))
            yield from (("perpetrator_relations", code) for code in entry.perpetrators)
        case _:
            pass


def _crosswalks(ontology: Ontology, name: str, entry: Coded) -> Iterator[str]:
    known = dict(ontology.schemes["methods"].crosswalk_schemes)
    if isinstance(entry, Method):
        for walk in entry.crosswalks:
            if walk.scheme not in known:
                yield f"{name} {entry.code}: the crosswalk to `{walk.scheme}` names no known codebook."
            if not walk.term.strip():
                yield f"{name} {entry.code}: the crosswalk to `{walk.scheme}` has no term."
    if isinstance(entry, Profile) and entry.crosswalk and entry.crosswalk not in known:
        yield f"{name} {entry.code}: `{entry.crosswalk}` is not a known codebook."


def _lock(ontology: Ontology, locked: Sequence[str]) -> Iterator[str]:
    now, before = set(given_out(ontology)), set(locked)
    yield from (f"{line}: this code was given out once and is gone; keep it and set `replaced_by`." for line in sorted(before - now))
    yield from (f"{line}: this code is new; add it with --write-lock." for line in sorted(now - before))


def read_lock() -> list[str]:
    """The lines of `codes.lock`."""
    return [line for line in files(__package__).joinpath("codes.lock").read_text("utf-8").splitlines() if line]


def main(arguments: Sequence[str]) -> int:
    """Print what is wrong, or how much was checked. Returns the exit code."""
    ontology = load()
    lock = Path(__file__).with_name("codes.lock")
    if "--write-lock" in arguments:
        kept = set(read_lock()) if lock.exists() else set()
        lock.write_text("".join(f"{line}\n" for line in sorted(kept | set(given_out(ontology)))), "utf-8")
    problems = lint(ontology, locked=read_lock())
    for problem in problems:
        sys.stderr.write(problem + "\n")
    if not problems:
        sys.stdout.write(f"Ontology: {len(given_out(ontology))} codes in {len(ontology.schemes)} schemes, nothing wrong.\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
