"""The figures of one reader on one gold file, and what it missed.

In:  a gold, and for each of its documents the text and the claims read from it.
Out: figures by name, rates from 0 to 1, and misses in words.
Never: counts a document that was not read as if nothing had been asked of it: all its claims are missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from armslength.model.claims import Claim
from armslength.pipeline.evaluation.gold import Gold, GoldClaim, GoldDocument, as_number, is_page
from armslength.pipeline.evaluation.matching import overlap_f1, pair, same_kind, same_value
from armslength.pipeline.evaluation.naming import GoldNames, ReadVoices

COPY = 0.9
"""Overlap from which a second claim of the same kind and number is a copy of the first."""
EXPLAINED = {
    "core_recall": "of the claims coded as important, how many were found",
    "core_recall_right": "found with the right kind and number",
    "recall_factual": "of all claims of fact, how many were found",
    "precision": "of the claims read, how many answer a coded one",
    "claim_f1_right": "found, right and not too many, as one number",
    "kind_accuracy": "of the important ones found, how many have the right kind",
    "value_recall": "of the numbers, how many with the right value",
    "comparator_accuracy": "`at least`, `more than`, `about` read right",
    "invented_numbers": "numbers where the text gives none",
    "originator_accuracy": "whether the deepest voice is right",
    "originator_accuracy_others": "the same, where somebody else than the page speaks",
    "chain_recall": "of the voices in the chains, how many were found",
    "hidden_voice_found": "of the originators the sentence hides, how many were found",
    "duplicate_claims": "claims that say again what another one says",
    "bad_spans": "quotes that are not the text's own words",
}
"""What each figure says, in the order in which they are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a reader made of one document."""

    text: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Figures by name (None: nothing to measure), and misses."""

    figures: Mapping[str, float | int | None]
    misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """A gold claim and the claim that answers it."""

    gold: GoldClaim
    claim: Claim
    text: str


def measure(gold: Gold, read: Mapping[str, Read]) -> Measured:
    """Measure a reader. `read`: by the gold's document ids; a document that is not there was not read."""
    answers: dict[str, _Answer] = {}
    for document in gold.documents:
        if document.id in read:
            answers.update(_answers(gold, document, read[document.id]))
    claims = [(one.text, claim) for one in read.values() for claim in one.claims]
    names = GoldNames(gold.entities)
    voices = _Voiced(gold, names, ReadVoices(names, [(one.text, one.claims) for one in read.values()]))
    found, found_misses = _finding(gold, answers, len(claims))
    numbers, number_misses = _numbers(gold, answers)
    spoken, voice_misses = _voices(answers, voices)
    figures: dict[str, float | int | None] = {
        "documents": len(read),
        "documents_missing": len(gold.documents) - len(read),
        "gold_claims": len(gold.claims),
        "claims_read": len(claims),
        **found,
        **numbers,
        **spoken,
        "duplicate_claims": sum(_copies(one.claims) for one in read.values()),
        "bad_spans": sum(text[claim.start : claim.end] != claim.quote for text, claim in claims),
    }
    return Measured(figures=figures, misses=(*found_misses, *number_misses, *voice_misses))


def rate(part: int, whole: int) -> float | None:
    """A share, to three places; None of nothing."""
    return round(part / whole, 3) if whole else None


def _answers(gold: Gold, document: GoldDocument, read: Read) -> Iterable[tuple[str, _Answer]]:
    golds = [one for one in gold.claims if one.doc == document.id]
    pairs, _ = pair(golds, read.claims, read.text, chars=document.chars)
    return [(golds[g].id, _Answer(golds[g], read.claims[c], read.text)) for g, c in pairs.items()]


def _right(answer: _Answer) -> bool:
    return same_kind(answer.gold, answer.claim) and (answer.gold.value is None or same_value(answer.gold, answer.claim))


def _finding(gold: Gold, answers: Mapping[str, _Answer], claims: int) -> tuple[dict[str, float | None], list[str]]:
    """Recall, precision, kinds."""
    factual = [one for one in gold.claims if one.factual]
    core = [one for one in factual if one.salience == "core"]
    hit = [answers[one.id] for one in core if one.id in answers]
    kinds = [one for one in hit if same_kind(one.gold, one.claim)]
    right = [one for one in answers.values() if _right(one)]
    precision, recall = rate(len(answers), claims), rate(len(answers), len(gold.claims))
    figures = {
        "core_recall": rate(len(hit), len(core)),
        "core_recall_right": rate(sum(map(_right, hit)), len(core)),
        "recall_factual": rate(sum(one.id in answers for one in factual), len(factual)),
        "precision": precision,
        "claim_f1": round(2 * precision * recall / (precision + recall), 3) if precision and recall else 0.0,
        "claim_f1_right": rate(2 * len(right), claims + len(gold.claims)) if gold.claims else None,
        "kind_accuracy": rate(len(kinds), len(hit)),
    }
    misses = [f"missed {one.id} {one.type}: {_short(one.quote)}" for one in core if one.id not in answers]
    misses += [f"kind of {one.gold.id}: {one.gold.type}, read as {one.claim.kind}" for one in hit if one not in kinds]
    return figures, misses


def _numbers(gold: Gold, answers: Mapping[str, _Answer]) -> tuple[dict[str, float | int | None], list[str]]:
    """Values, comparators, numbers out of nothing."""
    numeric = [one for one in gold.claims if one.value is not None]
    valued = [answers[one.id] for one in numeric if one.id in answers and same_value(one, answers[one.id].claim)]
    compared = [one for one in valued if one.gold.normalised.get("comparator")]
    agree = [one for one in compared if one.claim.quantity is not None and one.claim.quantity.comparator in one.gold.comparators]
    invented = [one for one in answers.values() if one.gold.value is None and one.gold.numberless and _value(one.claim) is not None]
    reached = {one.gold.id for one in valued}
    misses = [
        f"number of {one.id}: {one.value:g}: {_short(one.quote)}" for one in numeric if one.id not in reached and one.value is not None
    ]
    misses += [f"comparator of {one.gold.id}: {one.gold.normalised['comparator']}" for one in compared if one not in agree]
    misses += [f"invented number in {one.gold.id}: {_value(one.claim):g}: {_short(one.gold.quote)}" for one in invented]
    figures = {
        "value_recall": rate(len(valued), len(numeric)),
        "comparator_accuracy": rate(len(agree), len(compared)),
        "invented_numbers": len(invented),
    }
    return figures, misses


def _value(claim: Claim) -> float | None:
    return as_number(claim.quantity.value) if claim.quantity is not None else None


class _Voiced:
    """Judges the voices of answers."""

    __slots__ = ("names", "own", "read")

    def __init__(self, gold: Gold, names: GoldNames, read: ReadVoices) -> None:
        self.names, self.read = names, read
        self.own = {
            one.id: names.parties(x for x in (one.publisher, one.original_publisher, f"author:{one.id}") if x) for one in gold.documents
        }

    def said_by(self, answer: _Answer) -> set[str]:
        """Parties of all links of an answer."""
        return {party for link in answer.claim.attribution for party in self.read.of(link, answer.text)}

    def right(self, answer: _Answer) -> bool:
        """Whether the last link is a voice that the gold accepts. The page speaking for itself may be read by any name of it."""
        wanted, last = answer.gold.voices, answer.claim.attribution[-1]
        parties = self.read.of(last, answer.text)
        if any(map(is_page, wanted)) and (
            last.kind == "author" or parties & self.own[answer.gold.doc] or (last.kind == "publisher" and not parties)
        ):
            return True
        if "unnamed" in wanted and last.kind == "unnamed":
            return True
        return bool(parties & self.others(answer))

    def others(self, answer: _Answer) -> set[str]:
        """Accepted parties that are not the page and have a name."""
        return self.names.parties(one for one in answer.gold.voices if not is_page(one) and one != "unnamed")

    def links(self, answer: _Answer) -> set[str]:
        """Parties of the gold's chain, but for the page."""
        chain = (one for one in answer.gold.attribution_chain if not one.startswith("author:"))
        return {self.names.party(one) for one in chain if one not in self.own[answer.gold.doc]}


def _voices(answers: Mapping[str, _Answer], voiced: _Voiced) -> tuple[dict[str, float | None], list[str]]:
    """Originators and chains."""
    every = list(answers.values())
    others = [one for one in every if not any(map(is_page, one.gold.voices))]
    hidden = [one for one in every if one.gold.chain_partly_latent and not is_page(one.gold.originator)]
    deep = [one for one in hidden if voiced.read.of(one.claim.attribution[-1], one.text) & voiced.others(one)]
    open_chains = [one for one in every if not one.gold.chain_partly_latent]
    links = sum(len(voiced.links(one)) for one in open_chains)
    named = sum(len(voiced.links(one) & voiced.said_by(one)) for one in open_chains)
    figures = {
        "originator_accuracy": rate(sum(map(voiced.right, every)), len(every)),
        "originator_accuracy_others": rate(sum(map(voiced.right, others)), len(others)),
        "chain_recall": rate(named, links),
        "hidden_voice_found": rate(len(deep), len(hidden)),
    }
    wrong = [one for one in every if not voiced.right(one)]
    shown = partial(_chain_in_words)
    return figures, [f"voice of {one.gold.id}: {' or '.join(sorted(one.gold.voices))}, read as {shown(one.claim)}" for one in wrong]


def _chain_in_words(claim: Claim) -> str:
    """Kinds, not names: a miss list is shown to people who need not know who speaks (METHOD P1)."""
    return " > ".join("a person" if link.kind == "person" else link.name for link in claim.attribution)


def _copies(claims: Sequence[Claim]) -> int:
    kept: list[Claim] = []
    for claim in claims:
        if not any(_same(claim, other) for other in kept):
            kept.append(claim)
    return len(claims) - len(kept)


def _same(a: Claim, b: Claim) -> bool:
    numbers = [(c.quantity.value, c.quantity.measure) if c.quantity else None for c in (a, b)]
    return a.kind == b.kind and numbers[0] == numbers[1] and overlap_f1((a.start, a.end), (b.start, b.end)) >= COPY


def _short(quote: str) -> str:
    return quote if len(quote) <= 110 else quote[:110].rstrip() + " …"
