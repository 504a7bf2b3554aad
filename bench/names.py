"""How well names are matched: `python bench/names.py TABLE.csv`, on the labelled pairs of a public benchmark.

In:  a CSV table with `schema`, `name1`, `name2`, `is_match` (nomenklatura's `name_bench_cases.csv`, MIT). It is not part of this project.
Out: precision, recall and F1 at the program's own threshold, and the F1 at others.
Never: chooses the threshold.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from armslength.resolve.likeness import ALIKE, alike


def main(table: Path) -> None:
    with table.open(encoding="utf-8") as lines:
        rows = [
            (alike(row["name1"], row["name2"], person=row["schema"] == "Person"), row["is_match"] == "true")
            for row in csv.DictReader(lines)
        ]
    print(f"{len(rows)} pairs, {sum(match for _, match in rows)} of them one name")
    print("precision {:.3f}  recall {:.3f}  F1 {:.3f}  at {}".format(*measured(rows, ALIKE), ALIKE))
    print(
        "F1 at other thresholds: " + "  ".join(f"{cut:.2f} {measured(rows, cut)[2]:.3f}" for cut in (0.5, 0.6, 0.65, 0.7, 0.8, 0.85, 0.9))
    )


def measured(rows: list[tuple[float, bool]], cut: float) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    both = sum(score >= cut and match for score, match in rows)
    called, there = sum(score >= cut for score, _ in rows), sum(match for _, match in rows)
    return both / max(called, 1), both / max(there, 1), 2 * both / max(called + there, 1)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
