"""How long the gate and the attack take on a release of many facts, and how much memory: python bench/releasing.py [FACTS].

In:  the number of facts; one in ten is about a protected person, each on a page of its own.
Out: seconds of the gate, of writing three formats, of the attack, and the most memory held.
Never: part of the tests: a time is this machine's.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "publish"))

import gate_samples as samples  # type: ignore[import-not-found]

from armslength.publish import csv, geojson, jsonl
from armslength.publish.attack.attack import Secrets, attack
from armslength.publish.attack.files import Opening
from armslength.publish.attack.runs import known_runs
from armslength.publish.site import pages

GIVEN = ("Mirela", "Anselm", "Tilde", "Ivo", "Petra", "Harun", "Noor", "Osric", "Bettina", "Wanda")
FAMILY = ("Dosk", "Varga", "Marren", "Stanek", "Quillon", "Belisk", "Krowe", "Pell", "Reiss", "Toll")
FILLER = (
    "The office opened on a weekday and its staff gave no reason for the hours they kept, as several notices on the door had said before. "
)


def main() -> None:
    facts = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    documents, claims = [], []
    for number in range(facts):
        if number % 10:
            said = f"At least {number} offices exist in Oslo"
            doc = samples.document(f"Offices {number}\n\n{said}, the Harbour Institute said.\n\n{FILLER * 8}", number=number)
            claims.append(samples.claim(doc, said, kind="quantity.site_count", city="Oslo"))
        else:
            name = f"{GIVEN[number // 10 % 10]} {FAMILY[number // 100 % 10]}{'abcdefghij'[number // 1000 % 10]}an"
            told = f"two men in a grey car waited for her on day {number}"
            doc = samples.document(f"Followed {number}\n\n{name} said that {told} in Oslo.\n\n{FILLER * 8}", number=number)
            claims.append(samples.claim(doc, told, who=name, city="Oslo", when="2025-03-14", methods=("A5",)))
        documents.append(doc)
    made = samples.reviewed(samples.content(documents, claims, [samples.fact(row) for row in claims]))
    clock = time.perf_counter()
    cleared = samples.through(made)
    print(f"gate: {time.perf_counter() - clock:.1f} s, {facts:,} facts, {len(cleared.sought):,} sought")
    with tempfile.TemporaryDirectory() as folder:
        clock = time.perf_counter()
        for form in (jsonl, csv, geojson, pages):
            for name, parts in form.files(replace(cleared.content, title="A release")):
                path = Path(folder) / form.__name__.rpartition(".")[2] / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b"".join(part if isinstance(part, bytes) else part.encode() for part in parts))
        print(f"writing: {time.perf_counter() - clock:.1f} s")
        clock = time.perf_counter()
        secrets = Secrets(
            sought=cleared.sought, ordinary=frozenset(FILLER.lower().split()), public=("Oslo",), runs=known_runs(cleared.passages)
        )
        found = attack(Path(folder), secrets, opening=Opening())
        print(
            f"attack: {time.perf_counter() - clock:.1f} s, {found.files:,} files, {found.characters:,} characters, {len(found.hits)} hits"
        )
    for hit in found.hits[:5]:
        print(hit)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
