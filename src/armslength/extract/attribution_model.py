"""The learned weights of attribution: which words are cues, which words they report, who their source is.

In:  features (short strings) from `attribution_cues`, `attribution_contents`, `attribution_sources`. Out: scores.
The weights are data (`data/attribution.tsv.gz`), learned by `scripts/train_attribution.py`; docs/attribution-model.md says from what. They
hold words and grammar, no text and no names.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SCALE = 100
"""Weights are stored in hundredths."""
PARTS = ("rate", "cue", "content", "source")


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature. `rate` is how often a word (lemma and class) is a cue, from 0 to 1; it says which words are looked at at all."""

    rate: Mapping[str, float]
    cue: Mapping[str, float]
    content: Mapping[str, float]
    source: Mapping[str, float]


@cache
def model() -> Model:
    """The weights that are shipped, read once a process (about 0.1 s)."""
    return unpacked((files("armslength.extract") / "data" / "attribution.tsv.gz").read_bytes())


def unpacked(packed: bytes) -> Model:
    """Weights from the bytes of a data file: a line each of part, feature, weight in hundredths."""
    tables: dict[str, dict[str, float]] = {part: {} for part in PARTS}
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        part, feature, weight = line.split("\t")
        tables[part][feature] = int(weight) / SCALE
    return Model(**tables)


def packed(tables: Mapping[str, Mapping[str, float]]) -> bytes:
    """The bytes of a data file: sorted, without what rounds to nothing, and the same for the same weights."""
    lines = [
        f"{part}\t{feature}\t{round(weight * SCALE)}"
        for part in PARTS
        for feature, weight in sorted(tables[part].items())
        if round(weight * SCALE) or part == "rate"
    ]
    return gzip.compress("\n".join(lines).encode("utf-8"), compresslevel=9, mtime=0)


def score(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The sum of the weights of some features; what was never learned counts nothing."""
    get = weights.get
    return sum([get(f, 0.0) for f in features])


def shared_out(scores: Sequence[float]) -> list[float]:
    """The scores of some candidates as probabilities that are 1 together."""
    top = max(scores)
    raised = [math.exp(s - top) for s in scores]
    total = sum(raised)
    return [r / total for r in raised]


def probability(value: float) -> float:
    """A score as a probability."""
    return 1.0 / (1.0 + math.exp(-value)) if value > -30.0 else 0.0
