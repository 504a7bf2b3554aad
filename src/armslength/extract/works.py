"""What a sentence says in passing about works: that a report came out, and what a statement rests on.

In:  a heard sentence, its clauses and their chains, its dates. Out: drafts of `publication_event` and `provenance`.
Never: takes a report without a date or a maker for a publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from armslength.extract.chains import Chain
from armslength.extract.clauses import Clause
from armslength.extract.discourse import Heard
from armslength.extract.drafts import Draft
from armslength.extract.parsed import Parse, Word
from armslength.extract.voices import nouns, shown
from armslength.model.claims import Dated

_NEAR = 60  # code points behind a word of publishing within which its date stands
_LONGEST = 160  # code points of the words that name what something rests on
_OUT = frozenset({"publish", "release", "issue", "print", "launch", "unveil"})
_NEW = frozenset({"new", "latest", "recent", "first", "second", "late"})


def publications(one: Heard, dates: Sequence[Dated], parts: Sequence[Clause], chains: Mapping[int, Chain]) -> Iterator[Draft]:
    """`a report published in May`, `a report that was published on Thursday`, `a new report by Green Lantern`."""
    seen: set[int] = set()
    for noun, last in (*_came_out(one.parse), *_new_works(one.parse)):
        if noun.index in seen:
            continue
        words = one.parse.subtree(noun.index)
        start, end = one.parse.range_of([i for i in words if one.parse.words[i].start <= last + _NEAR])
        reports = any(one.parse.words[i].lemma in nouns("report") for i in words)
        clause = next((c for c in parts if noun.index in c.own), None)
        dated = any(d.start is not None and start <= d.start < end for d in dates)
        if clause is None or not reports or not (dated or _is_new(one.parse, noun)):
            continue
        seen.add(noun.index)
        chain = _without(chains[clause.head], start, end)
        yield Draft(
            range=(start, end), kind="publication_event", act="asserts", sure=0.65, chain=chain, clause=clause,
            why=("names a report and when it came out, or who made it",),
        )  # fmt: skip


def _came_out(parse: Parse) -> Iterable[tuple[Word, int]]:
    """Nouns of which it is said in passing that they came out, each with where the words that say so end."""
    for word in parse.words:
        if word.dep in {"acl", "relcl"} and word.tag == "VBN" and word.lemma in _OUT:
            yield parse.words[word.head], word.end
        elif word.pos == "NOUN" and word.lemma in {"publication", "release"}:
            yield word, word.end


def _new_works(parse: Parse) -> Iterable[tuple[Word, int]]:
    for word in parse.words:
        if word.pos == "NOUN" and word.lemma in nouns("report") and _is_new(parse, word):
            yield word, word.end


def _is_new(parse: Parse, noun: Word) -> bool:
    """`a new report by Green Lantern`: new, and with its maker's name."""
    fresh = any(k.lemma in _NEW for k in parse.kids(noun.index, "amod"))
    made = (parse.kid(p.index, "pobj") for p in parse.kids(noun.index, "prep", "agent") if p.lemma in {"by", "from"})
    return fresh and any(m is not None and any(parse.words[i].pos == "PROPN" for i in parse.subtree(m.index)) for m in made)


def provenance(one: Heard, parts: Sequence[Clause], chains: Mapping[int, Chain]) -> Iterator[Draft]:
    """What something is said to rest on is a claim of its own, made by whoever says so."""
    for report in one.reports:
        if report.how != "basis":
            continue
        start, end = one.parse.range_of(one.parse.subtree(report.cue))
        if one.parse.words[report.cue].dep == "ROOT" or end - start > _LONGEST or not start <= report.voice.start < end:
            continue
        clause = next((c for c in parts if c.head in report.content), None)
        if clause is None:
            continue
        chain = _without(chains[clause.head], report.voice.start, report.voice.end)
        why = (f"names what it rests on: {shown(report.voice)}",)
        yield Draft(range=(start, end), kind="provenance", act="reports", sure=0.7, chain=chain, clause=clause, why=why)


def _without(chain: Chain, start: int, end: int) -> Chain:
    """A chain without the voices named inside a stretch: a report does not report that it came out."""
    kept = [n for n, v in enumerate(chain.voices) if not start <= v.start < end]
    return Chain(tuple(chain.voices[n] for n in kept), tuple(chain.acts[n] for n in kept), chain.quoted, chain.why)
