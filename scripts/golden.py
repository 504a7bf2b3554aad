"""Writes `tests/golden/examples.json`: what the program makes of the example corpus, short enough to be read as a diff.

In:  `examples/corpus`, built with a clock that stands still and a fixed secret, so that ids and pseudonyms are the same every time.
Out: the golden file (`--write`); or, with `--compare`, the differences between it and today's program, and exit code 1 if there are any.
Never: decides whether a change is right. Whoever writes the file reads the diff against `examples/README.md` first.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from armslength.base.clock import FixedClock
from armslength.base.settings import Settings
from armslength.pipeline.building import NewCase, build, export_case

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "examples" / "corpus"
GOLDEN = ROOT / "tests" / "golden" / "examples.json"
CLOCK = FixedClock(at=datetime(2026, 4, 1, 12, tzinfo=UTC))
SECRET = bytes(32)
"""Pseudonyms come from it; a real case draws its own."""

Row = dict[str, Any]


def build_examples(folder: Path) -> Path:
    """Build the example corpus into a case in `folder`, export it as JSON lines beside it; returns the case's folder."""
    case, new = folder / "case", NewCase(name="examples", secret=SECRET)
    build(case, [CORPUS], settings=Settings(workers=1), clock=CLOCK, manifest=CORPUS / "manifest.csv", new=new)
    export_case(case, folder / "jsonl", format="jsonl", clock=CLOCK, actor="heron", unmasked=True)
    return case


def read_tables(folder: Path) -> dict[str, list[Row]]:
    """The tables of a JSON lines export, by name."""
    return {path.stem: [json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in sorted(folder.glob("*.jsonl"))}


def summary(tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """The tables without ids, offsets and reasons: what a researcher would check by eye. Rows are sorted by what they show."""
    files = {row["id"]: short(row["file"]) for row in tables["documents"]}
    facts = {row["id"]: row for row in tables["facts"]}
    return {
        "facts": in_order(fact_line(row, facts, files) for row in facts.values()),
        "document_edges": in_order(edge_line(row, files) for row in tables["lineage"] if row["level"] == "document"),
        "sites": in_order({key: row[key] for key in ("label", "type", "country", "place")} for row in tables["sites"]),
        "incidents": in_order(
            {key: row[key] for key in ("label", "country", "place", "period", "methods", "outcomes")} for row in tables["incidents"]
        ),
        "responses": in_order({key: row[key] for key in ("label", "code", "country", "date")} for row in tables["responses"]),
        "rejected": in_order(rejected_lines(tables["rejected"], files)),
    }


def fact_line(row: Row, facts: Mapping[str, Row], files: Mapping[str, str]) -> Row:
    """One fact: what it says, where, how many sources it looks like and how many origins it has."""
    origins = row["origins"]
    return {
        "label": row["label"],
        "value": row["value"],
        "as_of": row["as_of"]["edtf"] if row["as_of"] else None,
        "in": sorted(files[doc] for doc in row["documents"]),
        "apparent": row["apparent_sources"],
        "min": origins["min"],
        "max": origins["max"],
        "unknown": origins["unknown"],
        "origins": sorted(group["label"] + (" (interested)" if group["interested"] else "") for group in origins["groups"]),
        "relations": sorted(f"{other['type']}: {facts[other['fact']]['label']}" for other in row["relations"]),
        **({"opinion": True} if row["opinion"] else {}),
    }


def edge_line(row: Row, files: Mapping[str, str]) -> Row:
    """Why two documents are not independent."""
    return {"from": files[row["from"]], "to": files[row["to"]], "kind": row["kind"]}


def rejected_lines(rows: Iterable[Row], files: Mapping[str, str]) -> Iterator[Row]:
    """What could not be used: files and documents one by one, passages by number for each reason."""
    passages: dict[tuple[str, str], int] = {}
    for row in rows:
        if row["start"] is None:
            yield {"stage": row["stage"], "what": files.get(row["doc"], row["doc"]), "reason": row["reason"]}
        else:
            passages[row["stage"], row["reason"]] = passages.get((row["stage"], row["reason"]), 0) + 1
    for (stage, reason), count in passages.items():
        yield {"stage": stage, "what": f"{count} passages", "reason": reason}


def short(file: str) -> str:
    """The number of an example file: `04` for `04-north-quay-journal-investigation.txt`."""
    return file[:2] if file[:2].isdigit() else file


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows sorted by all they show."""
    return sorted(rows, key=lambda row: json.dumps(row, ensure_ascii=False))


def as_text(found: Mapping[str, list[Row]]) -> str:
    """JSON with one row a line, so that a diff shows rows."""
    tables = [
        f"{json.dumps(name)}: [\n" + ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows) + "\n]"
        for name, rows in found.items()
    ]
    return "{\n" + ",\n".join(tables) + "\n}\n"


def difference(fresh: str, kept: str) -> str:
    """What changed, row by row; empty when nothing did."""
    return "\n".join(difflib.unified_diff(kept.splitlines(), fresh.splitlines(), "golden", "today", lineterm="", n=0))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--write", action="store_true")
    wanted.add_argument("--compare", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ARMSLENGTH_KEYS"] = str(Path(folder) / "keys")
        build_examples(Path(folder))
        fresh = as_text(summary(read_tables(Path(folder) / "jsonl")))
    changed = difference(fresh, GOLDEN.read_text("utf-8") if GOLDEN.exists() else "")
    sys.stdout.write(changed + "\n" if changed else "Nothing changed.\n")
    if arguments.write:
        GOLDEN.write_text(fresh, encoding="utf-8")
        return 0
    return int(bool(changed))


if __name__ == "__main__":
    sys.exit(main())
