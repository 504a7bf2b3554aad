"""Cut a parsed sentence into clauses: the stretches of which one thing is said.

In:  a parse. Out: clauses with the words that are their own, their subject and the range to quote.
A clause is a verb with what hangs on it, without the clauses that hang on it in turn.
"""

from __future__ import annotations

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
    heads = {w.index for w in parse.words if _is_head(parse, w)} or {w.index for w in parse.words if w.dep == "ROOT"}
    heads |= {w.index for w in parse.words if w.dep == "ROOT" and not w.is_mark}
    aside = {i for w in parse.words if w.text.casefold() == "according" and w.dep == "prep" for i in parse.subtree(w.index)}
    home = {w.index: _home(parse, w, heads) for w in parse.words}
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
    size = parse.edges[word.index][1] - parse.edges[word.index][0]
    enough = _ENOUGH.get(word.dep)
    if word.pos not in {"VERB", "AUX"} or (enough is None and word.dep != "conj"):
        return False
    return size >= enough if enough is not None else _is_joined_head(parse, word)


def _is_joined_head(parse: Parse, word: Word) -> bool:
    """A verb joined to another is a clause of its own when it has its own subject, or its own object, phrase or negation."""
    above = parse.words[word.head]
    if above.pos not in {"VERB", "AUX"}:
        return False
    if parse.kid(word.index, "nsubj", "nsubjpass") is not None:
        return True
    return _is_head(parse, above) and parse.kid(word.index, "dobj", "prep", "xcomp", "ccomp", "neg") is not None


def _home(parse: Parse, word: Word, heads: set[int]) -> int:
    """The clause head a word belongs to: itself or the nearest one above."""
    if word.index in heads:
        return word.index
    return next((a.index for a in parse.ancestors(word.index) if a.index in heads), next(iter(heads)))


def _quoted(parse: Parse, own: list[int]) -> list[int]:
    """The words to quote: without the conjunctions, commas and marks at the edges."""
    kept = list(own)
    while kept and (parse.words[kept[0]].dep in _EDGE or parse.words[kept[0]].is_mark):
        kept.pop(0)
    while kept and (parse.words[kept[-1]].is_mark or parse.words[kept[-1]].dep == "cc"):
        kept.pop()
    return kept
