"""How fast copies and retellings are found among many texts, beside MinHash-LSH: `make bench-matching`.

In:  nothing; `stories.py` makes the texts. Beside it run `datasketch` and `rensa`, where they are installed (the extra `bench`); each in a
process of its own.
Out: a table: documents a second, memory, and what was found of what is known, for 10,000 and 100,000 texts.
Never: counts the time of making or reading the texts, or of looking up what is right; holds texts for those that need none.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from stories import EXCERPT, NEAR, RETOLD, write_stories

from armslength.base.engine import batched
from armslength.base.ids import digest
from armslength.lineage.alignment import align_batch
from armslength.lineage.kept_prints import part
from armslength.lineage.matching import candidates, moved
from armslength.lineage.prints import Shelf, joined, print_batch, shelved
from armslength.model.evidence import Document, Reader

FEW, MANY = 10_000, 100_000
PAGE = 200
THRESHOLD, PERMUTATIONS, BANDS = 0.5, 128, 32
"""Of MinHash-LSH: similar from half of all five-word runs on; 32 bands of four find nine in ten pairs at .5."""
_WORD = re.compile(r"\w+")
Found = set[tuple[int, int]]


class Stream:
    """Texts in a file, page by page or by number."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.families = array("i")
        self.kinds: dict[int, str] = {}
        self.firsts: dict[int, int] = {}
        self._offsets = array("q")

    def pages(self) -> Iterator[list[Document]]:
        with self.path.open("rb") as lines:
            page: list[Document] = []
            while line := lines.readline():
                self._offsets.append(lines.tell() - len(line))
                page.append(self._read(line, len(self.families)))
                if len(page) == PAGE:
                    yield page
                    page = []
            if page:
                yield page

    def _read(self, line: bytes, number: int) -> Document:
        row = json.loads(line)
        if number == len(self.families):
            self.families.append(row["family"])
            if row["what"]:
                self.kinds[number] = row["what"]
            else:
                self.firsts[row["family"]] = number
        return document(number, row["text"])

    def fetch(self, numbers: Sequence[int]) -> dict[int, Document]:
        with self.path.open("rb") as lines:
            found = {}
            for number in numbers:
                lines.seek(self._offsets[number])
                found[number] = self._read(lines.readline(), number)
        return found

    def judge(self, found: Found) -> dict[str, float]:
        """Shares found of what is known, and how many pairs are of two families."""
        known: dict[str, Found] = {NEAR: set(), EXCERPT: set(), RETOLD: set()}
        for number, what in self.kinds.items():
            known[what].add((self.firsts[self.families[number]], number))
        shares = {what: len(pairs & found) / max(1, len(pairs)) for what, pairs in known.items()}
        return {**shares, "false": sum(self.families[one] != self.families[two] for one, two in found)}


def document(number: int, text: str) -> Document:
    return Document(id=f"{number:08d}", text=text, lang="en", reader=Reader(name="", version=""), appearances=())


class Clock:
    """Seconds of processor time in parts of the work."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - start


def ours(stream: Stream, clock: Clock) -> Found:
    """Print each text once, find candidates among the prints, fetch and align these."""
    shelves: list[Shelf] = []
    for page in stream.pages():
        with clock.part("search"):
            shelves.append(shelved(print_batch(page)))
    with clock.part("search"):
        shelf = joined(shelves)
        del shelves
        pairs = [(int(one), int(two)) for one, two in candidates(shelf)]
    found: Found = set()
    for some in batched(pairs, PAGE):
        documents = stream.fetch(sorted({number for pair in some for number in pair}))
        with clock.part("align"):
            found |= {(int(row.one), int(row.two)) for row in align_batch([(documents[a], documents[b]) for a, b in some]) if row.one_text}
    clock.spent["candidates"] = len(pairs)
    clock.spent["bytes"] = sum(len(part) * 4 for part in (shelf.prints, shelf.marks)) / len(shelf.docs)
    add_one(shelf, stream, clock)
    return found


def add_one(shelf: Shelf, stream: Stream, clock: Clock) -> None:
    """What a new text costs: its prints, looked up among those of all others, which are read from pieces of text as a store keeps them."""
    shelf = replace(shelf, docs=tuple(digest(doc) for doc in shelf.docs))
    kept = part({}, shelf, (), {}).pieces
    new = document(len(shelf.docs), stream.fetch([0])[0].text + " One line more.")
    start = time.process_time()
    parted = part(kept, shelved(print_batch([new])), (), {})
    found = moved(parted.stood.shelf, parted.dropped.shelf, parted.added.shelf)
    clock.spent["one more"] = time.process_time() - start
    if not found.new:
        raise SystemExit("a copy of the first text was not found when it was added")


def shingles(text: str) -> set[str]:
    words = _WORD.findall(text.lower())
    return {" ".join(words[at : at + 5]) for at in range(len(words) - 4)}


def datasketch(stream: Stream, clock: Clock) -> Found:
    from datasketch import MinHash, MinHashLSH

    index, found = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS), set[tuple[int, int]]()
    for page in stream.pages():
        with clock.part("search"):
            for row in page:
                sketch = MinHash(num_perm=PERMUTATIONS)
                sketch.update_batch([run.encode() for run in shingles(row.text)])
                found |= {(other, int(row.id)) for other in index.query(sketch)}
                index.insert(int(row.id), sketch)
    return found


def rensa(stream: Stream, clock: Clock) -> Found:
    from rensa import RMinHash, RMinHashLSH

    index, found = RMinHashLSH(THRESHOLD, PERMUTATIONS, BANDS), set[tuple[int, int]]()
    for page in stream.pages():
        with clock.part("search"):
            for row in page:
                sketch = RMinHash(PERMUTATIONS, 1)
                sketch.update(list(shingles(row.text)))
                found |= {(other, int(row.id)) for other in index.query(sketch)}
                index.insert(int(row.id), sketch)
    return found


OWN = "armslength"
FINDERS: dict[str, Callable[[Stream, Clock], Found]] = {OWN: ours, "datasketch": datasketch, "rensa": rensa}


def measure(name: str, path: Path) -> dict[str, Any]:
    """Run one finder over the texts of a file; figures."""
    stream, clock = Stream(path), Clock()
    found = FINDERS[name](stream, clock)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**clock.spent, **stream.judge(found), "documents": len(stream.families), "megabytes": peak}


def main() -> int:
    finders = [name for name in FINDERS if name == OWN or find_spec(name)]
    rows: dict[str, dict[int, dict[str, Any]]] = {name: {} for name in finders}
    print(f"{'finder':12}{'texts':>9}{'texts/s':>9}{'aligned/s':>11}{'all/s':>8}{'MB':>6}{'near':>7}{'part':>7}{'retold':>8}{'false':>7}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stories.jsonl"
        for number in (FEW, MANY):
            write_stories(path, number)
            for name in finders:
                out = subprocess.run([sys.executable, __file__, name, str(path)], check=True, capture_output=True, text=True).stdout
                rows[name][number] = json.loads(out)
                print(line(name, rows[name][number]), flush=True)
    for name in finders:
        few, many = rows[name][FEW], rows[name][MANY]
        ratio = (whole(many) / MANY) / (whole(few) / FEW)
        print(f"{name:12} of {MANY:,} a text takes {ratio:.2f} x the time; each beyond {FEW:,} takes {added(few, many):.1f} KB of memory")
    few, many = rows[OWN][FEW], rows[OWN][MANY]
    kept = f"{many['bytes']:.0f} bytes a text are kept; {many['candidates']:,} pairs were aligned"
    print(f"{OWN:12} one more text: {few['one more']:.2f} s among {FEW:,}, {many['one more']:.2f} s among {MANY:,}; {kept}")
    for name in FINDERS:
        if name not in finders:
            print(f"{name} is not installed, so it was not measured: pip install 'armslength[bench]'")
    return 0


def whole(row: dict[str, Any]) -> float:
    return float(row["search"] + row.get("align", 0.0))


def added(few: dict[str, Any], many: dict[str, Any]) -> float:
    """Kilobytes that each further document takes."""
    return float(many["megabytes"] - few["megabytes"]) * 1024 / (MANY - FEW)


def line(name: str, row: dict[str, Any]) -> str:
    number = row["documents"]
    aligned = f"{number / row['align']:,.0f}" if "align" in row else "-"
    shares = f"{row[NEAR]:7.3f}{row[EXCERPT]:7.3f}{row[RETOLD]:8.3f}{row['false']:7,}"
    return f"{name:12}{number:9,}{number / row['search']:9,.0f}{aligned:>11}{number / whole(row):8,.0f}{row['megabytes']:6,.0f}{shares}"


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
    else:
        raise SystemExit(main())
