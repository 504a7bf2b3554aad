"""Compares a scorer's figures with the floors: `python bench/quality.py SCORES.json GOLD.json`.

In:  a JSON object of figures (`{"core_recall": 0.5, ...}`), from a file or, with `-`, from standard input; the gold file that the
     scorer used, whose hash says which floors hold.
Out: a table; exit code 1 if a figure is below its floor or above its limit, or is not there at all; 2 if no floors are kept for
     that gold file.
Never: scores anything itself.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).parent / "floors.toml"
Rules = Mapping[str, Mapping[str, float]]


def compare(figures: Mapping[str, float | None], rules: Rules) -> Iterator[tuple[str, str, str, bool]]:
    """Name, figure, rule and whether it is kept, for each rule. A figure that is missing keeps none."""
    for section, sign in (("floors", ">="), ("limits", "<=")):
        for name, bound in rules[section].items():
            figure = figures.get(name)
            kept = figure is not None and (figure >= bound if sign == ">=" else figure <= bound)
            yield name, "missing" if figure is None else f"{figure:g}", f"{sign} {bound:g}", kept


def rules_for(gold: bytes, sets: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The floors that were measured on this gold file; None when none were."""
    name = hashlib.sha256(gold).hexdigest()
    return next((one for one in sets if one["gold"] == name), None)


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        sys.stderr.write("Usage: python bench/quality.py SCORES.json GOLD.json (SCORES may be - for standard input)\n")
        return 2
    scores, gold = arguments
    rules = rules_for(Path(gold).read_bytes(), tomllib.loads(FLOORS.read_text(encoding="utf-8"))["sets"])
    if rules is None:
        sys.stderr.write(f"No floors are kept for {gold}: figures of one set say nothing about another. Enter it in {FLOORS.name}.\n")
        return 2
    figures = json.loads(sys.stdin.read() if scores == "-" else Path(scores).read_text(encoding="utf-8"))
    rows = list(compare(figures, rules))
    print(rules["name"])
    for name, figure, rule, kept in rows:
        print(f"{name:30} {figure:>8}   {rule:8} {'' if kept else 'BROKEN'}".rstrip())
    return 0 if all(kept for *_, kept in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
