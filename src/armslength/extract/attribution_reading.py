"""The learned model over one sentence: how likely a word is a cue, what it then reports, who the source is.

In:  a `Line`. Out: probabilities, the best content, the best source. Never: looks outside the sentence, or decides what is taken up;
`attributions` and `cue_learned` do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from armslength.base.offsets import Range
from armslength.extract.attribution_contents import alike, content_candidates, content_features
from armslength.extract.attribution_cues import cue_features, is_candidate
from armslength.extract.attribution_model import Model, model, probability, score, shared_out
from armslength.extract.attribution_sources import paths_up, source_candidates, source_features
from armslength.extract.attribution_view import Line

_TRACE = 0.02
"""Probability below which a candidate does not count towards how sure the best one is."""


@dataclass(frozen=True, slots=True)
class Read:
    """A cue as the model reads it. Indexes are of words."""

    sure: float
    """Probability that the word is a cue and that its content is at least half right."""
    runs: tuple[Range, ...]
    """First and last words of each piece of the content; negative ones stand for a neighbouring sentence."""
    way: str
    source: int
    """The word that heads the source; -1 for none in the sentence."""


def likely_cues(line: Line, least: float, weights: Model) -> Iterator[tuple[int, float]]:
    """The words of a sentence that are cues with some probability at least."""
    for word in line.parse.words:
        if is_candidate(line, word, weights.rate):
            sure = probability(score(weights.cue, cue_features(line, word.index, weights.rate)))
            if sure >= least:
                yield word.index, sure


def best_content(line: Line, cue: int, weights: Model) -> tuple[tuple[Range, ...], str, float]:
    """The likeliest content of a cue, how it was come by, and how likely a content like it is."""
    candidates = content_candidates(line, cue)
    shares = shared_out([score(weights.content, content_features(line, cue, c, weights.rate)) for c in candidates])
    best = max(range(len(candidates)), key=lambda i: (shares[i], -i))
    share = sum(s for s, c in zip(shares, candidates, strict=True) if s > _TRACE and alike(c, candidates[best]))
    return candidates[best].runs, candidates[best].ways[0], share


def best_source(line: Line, cue: int, runs: tuple[Range, ...], weights: Model) -> int:
    """The word that heads the source of a cue whose content is known, or -1."""
    ways = paths_up(line.parse, cue)
    return max(source_candidates(line), key=lambda i: score(weights.source, source_features(line, cue, i, runs, ways)))


def read_cue(line: Line, cue: int, *, least: float = 0.0) -> Read | None:
    """Read one word as a cue, with the weights that are shipped; None where that is less likely than asked for."""
    weights = model()
    sure = probability(score(weights.cue, cue_features(line, cue, weights.rate)))
    if sure < least:
        return None
    runs, way, share = best_content(line, cue, weights)
    if sure * share < least:
        return None
    return Read(sure * share, runs, way, best_source(line, cue, runs, weights))
