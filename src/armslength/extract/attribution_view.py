"""One parsed sentence as the attribution model sees it: its words, which of them stand in quotation marks, and what is around it.

In:  a parse and the quotations of its paragraph. Out: a `Line`. Words that name somebody or something are shown to the model only as what
they are (a person, a body, a place), never by their letters, so that no name can become a feature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from armslength.extract.parsed import Parse, Word
from armslength.extract.quotations import Quotation
from armslength.extract.sentences import Sentence

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_NAMES = {"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
_INFLECTED = {"VERB", "NOUN", "ADJ"}
_SHORT = 5
_ALWAYS_ISE = (
    "vise", "rise", "raise", "wise", "rcise", "ncise", "xcise", "ecise", "prise", "romise", "demise", "remise", "guise", "spise", "oise",
    "cruise", "bruise", "ertise", "eatise", "astise", "chise", "handise", "radise",
)  # fmt: skip
"""Endings of words that are spelt so everywhere."""
_LONG = 25
"""Characters; shorter quoted words are somebody's term rather than a statement (as in `discourse`)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence for the model. All tuples are as long as the parse has words."""

    parse: Parse
    lex: tuple[str, ...]
    """Lemma, or `#` and the class for a name or a number."""
    inside: tuple[int, ...]
    """For each word the number of the quotation it stands in, or -1."""
    quotes: tuple[Quotation, ...]
    place: int
    """How many sentences of the paragraph come before it."""
    opens: bool
    """Whether it begins inside a quotation that an earlier sentence opened."""
    runs_on: bool
    """Whether a quotation that it opens goes on behind its end."""
    next_quoted: bool
    """Whether the next sentence of the paragraph begins with a quotation."""
    before_quoted: bool
    """Whether the sentence before it in the paragraph ends with a quotation."""

    def quoted(self, index: int) -> int:
        """0 outside quotation marks, 1 in a short quotation, 2 in a long one."""
        number = self.inside[index]
        if number < 0:
            return 0
        one = self.quotes[number]
        return 2 if one.end - one.start >= _LONG else 1


def shown_as(word: Word) -> str:
    """What the model is shown of a word: its lemma, or the class of a name or number."""
    if word.entity in _NAMES:
        return "#" + word.entity
    if word.pos == "PROPN":
        return "#NAME"
    if word.pos == "NUM" or word.entity:
        return "#" + (word.entity or "NUM")
    return american(word.lemma) if word.pos in _INFLECTED else word.lemma


def american(lemma: str) -> str:
    """A lemma in the spelling of the articles learned from: `criticise` is `criticize`, `favour` is `favor`."""
    if lemma.endswith("ise") and len(lemma) > _SHORT and not lemma.endswith(_ALWAYS_ISE):
        return lemma[:-3] + "ize"
    if lemma.endswith("our") and len(lemma) > _SHORT and not lemma.endswith(("hour", "pour", "tour", "scour", "devour")):
        return lemma[:-3] + "or"
    return lemma


def line_of(parse: Parse, quotes: Sequence[Quotation], *, place: int, before: Sentence | None, after: Sentence | None) -> Line:
    """The view of one sentence. `quotes` are its paragraph's; `before` and `after` its neighbours in the paragraph."""
    near = tuple(q for q in quotes if q.start < parse.end and q.end > parse.start)
    inside = [-1] * len(parse.words)
    for number, one in enumerate(near):
        for word in parse.words:
            if one.start <= word.start and word.end <= one.end:
                inside[word.index] = number
    return Line(
        parse=parse,
        lex=tuple(shown_as(w) for w in parse.words),
        inside=tuple(inside),
        quotes=near,
        place=place,
        opens=any(q.start < parse.start - 1 for q in near),
        runs_on=any(q.end > parse.end for q in near),
        next_quoted=after is not None and any(q.start - 2 <= after.start <= q.start for q in quotes),
        before_quoted=before is not None and any(q.end <= before.end <= q.end + 2 for q in quotes),
    )


def subject_index(parse: Parse, index: int) -> tuple[int, str]:
    """The subject of a verb and how it is had: `own`, `shared` with a verb above, `noun` it describes; -1 where there is none."""
    how = "own"
    for _ in range(4):
        for child in parse.kids(index, *SUBJECTS):
            return child.index, how
        word = parse.words[index]
        if word.head == index:
            break
        if word.dep in {"acl", "relcl"}:
            return word.head, "noun"
        if word.dep not in {"conj", "xcomp", "advcl", "pcomp", "dep", "prep", "ccomp", "dobj", "attr", "acomp"}:
            break
        how = "shared" if how == "own" else "far"
        if word.dep in {"dobj", "attr", "acomp"}:
            how = "object"
        index = word.head
    return -1, ""
