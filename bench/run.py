"""How fast the program is, beside what it stands on: `make bench`.

In:  nothing. `texts.py` makes the texts, `tasks.py` does the work, each task in a process of its own.
Out: a table. Speeds depend on the machine; a ratio is taken in one run, so ratios can be compared from machine to machine.
Never: fails because something is slow. Floors for quality are in `floors.toml`; speed is read by people.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from armslength.extract.backends.spacy_parser import model_version

HERE = Path(__file__).parent
CORPUS = HERE.parent / "examples" / "corpus"

SHOWN = 0.02
"""Steps with a smaller share of the time are left out."""

Row = tuple[str, str, str, str]
"""What, how fast, beside what, peak memory."""
Measured = tuple[dict[str, float], float]
"""Figures of a task, and the megabytes of its largest process."""


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["ARMSLENGTH_KEYS"] = str(folder / "keys")  # cases that are thrown away leave no keys behind
        rows = [*reading_rows(folder), *step_rows(folder), *long_rows(folder), *case_rows(folder), *example_rows(folder)]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {model_version()}\n")
    print(f"{'what':54} {'speed':>16}   {'beside':38} {'memory':>8}")
    for what, speed, beside, memory in rows:
        print(f"{what:54} {speed:>16}   {beside:38} {memory:>8}")
    return 0


def reading_rows(folder: Path) -> list[Row]:
    """Reading claims, beside the bare parser over the same texts: texts full of claims, and a stream of which one text in fifty matters."""
    rows: list[Row] = []
    for name, label in (("dense", "texts full of claims"), ("stream", "stream, 1 text in 50 matters")):
        parsed, parsers = task(f"parse_{name}", folder)
        found, readers = task(f"read_{name}", folder)
        bare, own = parsed["words"] / parsed["seconds"], found["words"] / found["seconds"]
        scanned = f"the scan lets {found['scanned_in']:.0f} of {found['texts']:.0f} texts through"
        rows += [
            (f"{label}: bare parser", f"{bare:,.0f} words/s", f"{parsed['words']:,} words", megabytes(parsers)),
            (f"{label}: read claims", f"{own:,.0f} words/s", f"{own / bare:.2f} x the parser's speed", megabytes(readers)),
            ("", f"{found['claims']:,} claims", scanned, ""),
        ]
    return rows


def step_rows(folder: Path) -> list[Row]:
    """Where the time of reading goes: each step's share, the largest first."""
    spent, _ = task("steps", folder)
    whole = sum(spent.values())
    shares = sorted(((part / whole, name) for name, part in spent.items()), reverse=True)
    return [(f"step of reading: {name}", f"{share:.0%}", "", "") for share, name in shares if share >= SHOWN]


def long_rows(folder: Path) -> list[Row]:
    """The time for one document of a stream, in a short and a long one: by the reading functions alone, and by the stage with its store."""
    rows: list[Row] = []
    for name, label in (("read", "reading functions"), ("stage", "extract stage, with the store")):
        few, _ = task(f"long_{name}_few", folder)
        many, memory = task(f"long_{name}_many", folder)
        short, long = few["seconds"] / few["documents"], many["seconds"] / many["documents"]
        beside = f"{long / short:.2f} x that of {few['documents']:,}"
        rows.append((f"stream of {many['documents']:,}, {label}", f"{1000 * long:.2f} ms/document", beside, megabytes(memory)))
    return rows


def case_rows(folder: Path) -> list[Row]:
    """A case of about ten thousand claims, from files to export."""
    taken, memory = task("ingest", folder)
    speed = f"{taken['documents'] / taken['seconds']:,.0f} documents/s"
    rows: list[Row] = [("ingest", speed, f"{taken['documents']:,} files", megabytes(memory))]
    later, behind = task("later", folder)
    checked, checking = task("verify", folder)
    written, writing = task("export", folder)
    claims = written["claims"]
    rows += [(name, f"{claims / spent:,.0f} claims/s", seconds(spent), megabytes(behind)) for name, spent in later.items()]
    for name, spent, used in (("verify", checked["seconds"], checking), ("export as JSON lines", written["seconds"], writing)):
        rows.append((name, f"{claims / spent:,.0f} claims/s", f"{seconds(spent)}, {claims:,} claims", megabytes(used)))
    return rows


def example_rows(folder: Path) -> list[Row]:
    """What `make demo` runs, twice."""
    command = [str(Path(sys.executable).with_name("armslength")), "build", str(folder / "demo"), str(CORPUS)]
    first, peak, _ = watched([*command, "--manifest", str(CORPUS / "manifest.csv")], fine=(0, 6))
    again, peak_again, _ = watched([*command, "--manifest", str(CORPUS / "manifest.csv")], fine=(0, 6))
    return [
        ("build the examples", seconds(first), "13 files; starting and loading included", megabytes(peak)),
        ("build them again", seconds(again), f"{again / first:.2f} x the first time: nothing to do", megabytes(peak_again)),
    ]


def task(name: str, folder: Path) -> Measured:
    """Run a task of `tasks.py` by itself."""
    _, peak, out = watched([sys.executable, str(HERE / "tasks.py"), name, str(folder)], fine=(0,))
    figures: dict[str, float] = json.loads(out)
    return figures, peak


def watched(command: Sequence[str], *, fine: Sequence[int]) -> tuple[float, float, str]:
    """Wall-clock seconds of a command, megabytes of the largest of its processes, and what it wrote."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        spent = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said.seek(0)
        if child.returncode not in fine:
            raise SystemExit(f"{' '.join(command)} ended with exit code {child.returncode}: {said.read().decode()[-2000:]}")
        scale = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kibibytes
        return spent, used.ru_maxrss * scale / 1e6, out.read().decode()


def seconds(spent: float) -> str:
    return f"{spent:.1f} s"


def megabytes(peak: float) -> str:
    return f"{peak:,.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
