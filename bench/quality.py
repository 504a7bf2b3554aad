"""Compares a scorer's figures with the floors: `python bench/quality.py SCORES.json GOLD.json`.

In:  a JSON object of figures (`{"core_recall": 0.5, ...}`), from a file or, with `-`, from standard input; the gold file that the
     scorer used, whose hash says which floors hold.
Out: a table; exit code 1 if a figure is below its floor or above its limit, or is not there at all; 2 if no floors are kept for
     that gold file.
Never: scores anything itself. `armslength evaluate GOLD.json FOLDER --floors bench/floors.toml` does both.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from armslength.pipeline.evaluation.floors import compare, read_floors, rules_for

FLOORS = Path(__file__).parent / "floors.toml"


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        sys.stderr.write("Usage: python bench/quality.py SCORES.json GOLD.json (SCORES may be - for standard input)\n")
        return 2
    scores, gold = arguments
    rules = rules_for(Path(gold).read_bytes(), read_floors(FLOORS.read_text(encoding="utf-8"), name=FLOORS.name))
    if rules is None:
        sys.stderr.write(f"No floors are kept for {gold}: figures of one set say nothing about another. Enter it in {FLOORS.name}.\n")
        return 2
    rows = list(compare(json.loads(sys.stdin.read() if scores == "-" else Path(scores).read_text(encoding="utf-8")), rules))
    print(rules["name"])
    for one in rows:
        figure = "missing" if one.figure is None else f"{one.figure:g}"
        print(f"{one.name:30} {figure:>8}   {one.rule:8} {'' if one.kept else 'BROKEN'}".rstrip())
    return 0 if all(one.kept for one in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
