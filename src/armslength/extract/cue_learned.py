"""What the learned model adds to a sentence's reports.

In:  one parsed sentence, its quotations, what the grammar found. Out: the same, with reporting words whose content the grammar did not
find, as the model reads them. Only statements and beliefs with a clause of their own are taken up, and only when the model is sure;
attitudes, wishes and plain objects never become links of a chain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from armslength.extract.attribution_kinds import kind_of_cue
from armslength.extract.attribution_model import model
from armslength.extract.attribution_reading import Read, read_cue
from armslength.extract.attribution_view import line_of
from armslength.extract.cue_verbs import hearsay, may_say
from armslength.extract.cue_words import Reported, cue_verbs
from armslength.extract.parsed import Parse, Word
from armslength.extract.quotations import Quotation
from armslength.extract.voices import voice_of

SURE = 0.6
"""Least probability of what is taken up: clearly more likely right than wrong, since a voice too many misleads the count of origins."""
_OFTEN = 0.3
"""Share of a word's occurrences that are cues in the articles learned from; rarer ones are not looked at, which keeps reading fast."""
_ACTS = {"statement": "reports", "belief": "opines"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_PLAIN = (">dobj", ">prep", ">attr", ">agent", ">oprd", ">acomp", "subj")
_FIRST = {"i", "we", "who", "’s", "'s"}


def learned(parse: Parse, quotes: Sequence[Quotation], found: Sequence[Reported]) -> list[Reported]:
    """The reports of a sentence with those that only the model sees."""
    quoted = any(q.statement and q.start < parse.end and q.end > parse.start for q in quotes)
    done = {r.cue for r in found if r.how != "speech" or quoted}
    asked = [w for w in parse.words if w.pos == "VERB" and w.index not in done and _worth_asking(parse, w)]
    if not asked:
        return list(found)
    line = line_of(parse, quotes, place=0, before=None, after=None)
    added = {r.cue: r for w in asked for r in _taken_up(parse, w, read_cue(line, w.index, least=SURE))}
    return [*(r for r in found if r.cue not in added), *added.values()]


def _worth_asking(parse: Parse, word: Word) -> bool:
    known = word.lemma in cue_verbs() or model().rate.get(f"{word.lemma}|VERB", 0.0) >= _OFTEN
    return known and parse.kid(word.index, "auxpass") is None and not hearsay(parse, word)


def _taken_up(parse: Parse, word: Word, read: Read | None) -> Iterator[Reported]:
    """What the model reads, as a report: a clause, by somebody who is named."""
    if read is None or read.source < 0 or not read.runs:
        return
    kind = kind_of_cue(parse, word.index, read.way)
    content = frozenset(i for first, last in read.runs for i in range(first, last + 1))
    if kind not in _ACTS or not any(parse.words[i].tag in _FINITE and parse.words[i].index != word.index for i in content):
        return
    if read.source in content or read.way.startswith(_PLAIN):
        return
    voice = voice_of(parse, read.source)
    entries = cue_verbs().get(word.lemma, ())
    act = next((c.act for c in entries), _ACTS[kind])
    if voice.anaphor not in _FIRST and (not entries or any(may_say(voice, c) for c in entries)):
        yield Reported(word.index, act, voice, content, "clause")
