"""How well texts told again are found: `python bench/reuse.py FOLDER`, on the short answers of Clough and Stevenson (2011).

In:  a folder with `file_information.csv` (File, Task, Category) and the texts; originals are `orig_task?.txt`. Not in this project.
Out: accuracy of used or not used, with the threshold learnt on the other four tasks and with the program's own rule; rank correlation
with the four levels of reuse.
Never: chooses anything by what it measures here: the score and its constants stand in `armslength.lineage.rewrites`.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from armslength.lineage.alignment import NEAR_COPY, common_runs
from armslength.lineage.letters import Reading, read_letters
from armslength.lineage.rewrites import FEWEST_WORDS, SLACK, WORDS, in_order, stems
from armslength.lineage.text import covered

LEVELS = {"non": 0, "heavy": 1, "light": 2, "cut": 3}


@dataclass(frozen=True, slots=True)
class Answer:
    """One short answer against its task's original."""

    task: str
    level: int
    score: float
    """The greater of the share in order and the share in runs of five words."""
    found: bool
    """Whether the program's own rule makes the two one text."""


def answers(folder: Path) -> list[Answer]:
    with (folder / "file_information.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if row["Category"] in LEVELS]
    words = {name: _words(folder / name) for name in {row["File"] for row in rows} | {f"orig_task{row['Task']}.txt" for row in rows}}
    return [_answer(row, words[row["File"]], words[f"orig_task{row['Task']}.txt"]) for row in rows]


def _words(path: Path) -> Reading:
    return read_letters([path.read_text("utf-8", errors="replace")])


def _answer(row: dict[str, str], mine: Reading, theirs: Reading) -> Answer:
    one, two = mine.hashes(slice(None)), theirs.hashes(slice(None))
    order = in_order(stems(mine).tolist(), stems(theirs).tolist())
    runs = covered(common_runs(one, two))[0] / max(1, len(one))
    size = min(len(one), len(two))
    found = runs >= NEAR_COPY or (size >= FEWEST_WORDS and order >= WORDS + SLACK / size)
    return Answer(row["Task"], LEVELS[row["Category"]], max(order, runs), found)


def left_out(rows: Sequence[Answer]) -> list[bool]:
    """For each answer whether it is called used, by the threshold that fits the other tasks best (the middle of the best range)."""
    called = []
    for row in rows:
        others = [other for other in rows if other.task != row.task]
        cuts = sorted({other.score for other in others})
        right = {cut: sum((other.score >= cut) == (other.level > 0) for other in others) for cut in cuts}
        best = [cut for cut in cuts if right[cut] == max(right.values())]
        below = max((cut for cut in cuts if cut < best[0]), default=0.0)
        called.append(row.score >= (best[0] + below) / 2)
    return called


def spearman(one: Sequence[float], two: Sequence[float]) -> float:
    """Rank correlation, ties at their mean rank."""
    a, b = _ranks(one), _ranks(two)
    mean = (len(a) + 1) / 2
    both = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    return float(both / (sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b)) ** 0.5)


def _ranks(values: Sequence[float]) -> list[float]:
    return [1 + sum(other < value for other in values) + (sum(other == value for other in values) - 1) / 2 for value in values]


def main(folder: Path) -> None:
    rows = answers(folder)
    levels = [float(row.level) for row in rows]
    called = left_out(rows)
    right = sum(used == (row.level > 0) for used, row in zip(called, rows, strict=True))
    print(f"{len(rows)} answers, {sum(row.level > 0 for row in rows)} of them from an original")
    print(f"used or not, threshold from the other tasks  {right / len(rows):.3f}")
    print(f"used or not, the program's rule              {sum(r.found == (r.level > 0) for r in rows) / len(rows):.3f}")
    print(f"called used though written without           {sum(r.found and not r.level for r in rows)}")
    print(f"rank correlation with the level of reuse     {spearman([row.score for row in rows], levels):.3f}")
    graded = [row.score if used else 0.0 for row, used in zip(rows, called, strict=True)]
    print(f"the same, with 0 for what is not called used {spearman(graded, levels):.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
