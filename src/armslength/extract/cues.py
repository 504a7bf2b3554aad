"""Who is made to speak in one sentence, and which of its words are theirs.

In:  one parsed sentence, and the quotations it touches. Out: `Reported` rows: the reporting word, its speech act, the voice, and the words
that are reported. Grammar first (`cue_verbs`, `cue_bases`); where it finds a reporting word and not what it reports, or where people are
known to read a word as one of saying, the learned model is asked (`cue_learned`).
Quotation marks are the discourse's work, since they run over sentences. Attitudes to plain things ("criticised the plan") are in
`attributions`, never here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from armslength.base.offsets import covers
from armslength.extract.cue_bases import according, bases, held, in_words_of, listings
from armslength.extract.cue_learned import learned
from armslength.extract.cue_verbs import verbs
from armslength.extract.cue_words import Cue, Reported, cue_verbs, subject_of
from armslength.extract.parsed import Parse
from armslength.extract.quotations import Quotation

__all__ = ["Cue", "Reported", "cue_verbs", "reported", "subject_of"]


def reported(parse: Parse, quotes: Sequence[Quotation] = ()) -> list[Reported]:
    """Every voice that one sentence makes speak, outermost first."""
    found = [*verbs(parse), *according(parse), *in_words_of(parse), *bases(parse), *listings(parse), *held(parse)]
    found = [r for one in learned(parse, quotes, found) for r in _within_quotation(parse, quotes, one)]
    return sorted(found, key=lambda r: (-len(r.content), r.cue))


def _within_quotation(parse: Parse, quotes: Sequence[Quotation], one: Reported) -> Iterator[Reported]:
    """What somebody says inside a quotation does not reach out of it."""
    cue = parse.words[one.cue]
    around = next((q for q in quotes if q.statement and covers(q.range, (cue.start, cue.end))), None)
    if around is None or one.how == "speech":
        yield one
        return
    inside = frozenset(i for i in one.content if covers(around.range, (parse.words[i].start, parse.words[i].end)))
    if inside:
        yield replace(one, content=inside)
