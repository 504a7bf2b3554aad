"""Cut a parsed sentence into clauses: the stretches of which one thing is said.

In:  a parse. Out: clauses with the words that are their own, their subject and the range to quote.
A clause is a verb with what hangs on it, without the clauses that hang on it in turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from armslength.base.offsets import Range
from armslength.extract.cues import subject_of
from armslength.extract.parsed import Parse, Word

_ENOUGH = {"ccomp": 0, "relcl": 0, "parataxis": 0, "csubj": 0, "advcl": 2, "acl": 5}
"""How many words beside the verb each kind of clause must have to be cut out."""
_EDGE = {"cc", "mark", "punct"}


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. `own` are indexes of its own words; `whole` those and everything below them."""

    head: int
    own: tuple[int, ...]
    whole: frozenset[int]
    subject: int | None
    parent: int | None
    """Head of the clause it hangs on, or None."""
    range: Range


def clauses(parse: Parse) -> list[Clause]:
    """The clauses of a sentence, in the order of their first word. A sentence without a verb is one clause."""
    heads = {w.index for w in parse.words if _is_head(parse, w)} or {w.index for w in parse.words if w.head == w.index}
    heads |= {w.index for w in parse.words if w.dep == "ROOT" and not w.is_mark}
    joined = {w.index: before.index for w in parse.words if (before := _goes_on(parse, w)) is not None}
    heads -= joined.keys()
    aside = {i for w in parse.words if w.text.casefold() == "according" and w.dep == "prep" for i in parse.subtree(w.index)}
    home = {w.index: _home(parse, w, heads, joined) for w in parse.words}
    found = []
    for head in sorted(heads):
        own = [i for i, h in home.items() if h == head and i not in aside]
        span = _quoted(parse, own)
        if not span:
            continue
        subject = subject_of(parse, head)
        above = parse.words[head].head
        parent = home[above] if above != head else None
        found.append(
            Clause(
                head,
                tuple(own),
                frozenset(parse.subtree(head)),
                subject.index if subject is not None else None,
                parent,
                parse.range_of(span),
            )
        )
    return sorted(found, key=lambda c: c.range)


def _is_head(parse: Parse, word: Word) -> bool:
    """Whether a word opens a clause of its own."""
    if word.dep == "ROOT":
        return True
    if word.dep == "acl" and parse.words[word.head].lemma == "order" and word.tag == "VB":
        return False  # `in order to` opens no clause of its own: what is aimed at is part of what is done
    size = parse.edges[word.index][1] - parse.edges[word.index][0]
    enough = _ENOUGH.get(word.dep)
    verbal = word.pos in {"VERB", "AUX"} or parse.kid(word.index, "auxpass") is not None  # `were closed`, taken for an adjective
    if not verbal or (enough is None and word.dep != "conj"):
        return False
    return size >= enough if enough is not None else is_joined_head(parse, word)


def is_joined_head(parse: Parse, word: Word) -> bool:
    """A verb joined to another is a clause of its own when it has its own subject, or its own object, phrase, negation or auxiliary."""
    above = parse.words[word.head]
    if above.pos not in {"VERB", "AUX"}:
        return False
    if parse.kid(word.index, "nsubj", "nsubjpass") is not None:
        return True
    return _is_head(parse, above) and parse.kid(word.index, "dobj", "prep", "xcomp", "ccomp", "neg", "auxpass", "aux") is not None


def _goes_on(parse: Parse, word: Word) -> Word | None:
    """The clause that a participle goes on with: of `in which relatives were detained, threatened or barred from travel` a parser makes a
    clause and a participle on one noun.
    """
    if word.dep != "acl" or word.tag != "VBN" or parse.words[word.index - 1].text != ",":
        return None
    before = [k for k in parse.kids(word.head, "relcl") if k.index < word.index and parse.kid(k.index, "auxpass") is not None]
    near = before[-1] if before else None
    return near if near is not None and parse.edges[near.index][1] == word.index - 2 and parse.kid(word.index, "conj") is not None else None


def _home(parse: Parse, word: Word, heads: set[int], joined: Mapping[int, int]) -> int:
    """The clause head a word belongs to: itself or the nearest one above."""
    for here in (word, *parse.ancestors(word.index)):
        index = joined.get(here.index, here.index)
        if index in heads:
            return index
    return next(iter(heads))


def _quoted(parse: Parse, own: list[int]) -> list[int]:
    """The words to quote: without the conjunctions, commas and marks at the edges."""
    kept = list(own)
    while kept and (parse.words[kept[0]].dep in _EDGE or parse.words[kept[0]].is_mark):
        kept.pop(0)
    while kept and (parse.words[kept[-1]].is_mark or parse.words[kept[-1]].dep == "cc"):
        kept.pop()
    return kept
