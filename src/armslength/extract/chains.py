"""Who tells whom: the attribution chain of a clause (METHOD C2).

In:  a heard document: sentences with resolved voices, speakers of quotations and turns. Out: for a clause its voices, outermost first,
without the page's own.
Order: a quotation or reported clause that holds more of the sentence stands further out; whoever was told stands outside the teller; data
and documents something rests on stand deepest. A passage without a voice of its own carries on the report it stands in the middle of,
marked latent; the page's own asides do not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from armslength.base.offsets import covers
from armslength.extract.clauses import Clause
from armslength.extract.cues import Reported
from armslength.extract.discourse import Heard
from armslength.extract.voices import Voice, nouns, shown

_BACK = {"this", "it", "these", "those", "they", "such", "both", "neither", "its", "their"}
"""Openings that take up what was said before."""
_ALSO_BACK = {
    "one",
    "two",
    "three",
    "four",
    "five",
    "several",
    "another",
    "others",
    "some",
    "many",
    "most",
    "none",
    "each",
    "that",
    "among",
    "of",
    "there",
    "only",
    "half",
    "nearly",
    "almost",
    "about",
    "roughly",
    "over",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
}
"""Openings that do so inside a paragraph, where the same sentence speaks of `also`, `of them` or nothing but numbers."""
_ITS_OWN = {
    "data",
    "datum",
    "figure",
    "finding",
    "case",
    "sample",
    "list",
    "count",
    "total",
    "number",
    "document",
    "interview",
    "dataset",
    "map",
}
"""Nouns behind `the` that are part of a report."""
_THEMSELVES = {
    "i",
    "me",
    "my",
    "mine",
    "we",
    "us",
    "our",
    "ours",
    "nobody",
    "none",
    "you",
    "who",
    "no one",
    "anyone",
    "everyone",
    "everybody",
    "someone",
    "somebody",
    "anybody",
}
"""Words for whoever is speaking anyway, or for nobody: `in my view`."""
_FIGURES = {"figure", "number", "total", "count", "tally", "estimate", "sum", "statistic", "list"}
_CLAIMS = {"claim", "allegation", "assertion", "accusation", "account", "charge", "statement", "contention", "denial"}
_UNCHECKED = {
    "check",
    "verify",
    "confirm",
    "corroborate",
    "prove",
    "dispute",
    "doubt",
    "deny",
    "reject",
    "substantiate",
    "question",
    "contest",
}
_OWN = {"his", "her", "their", "its", "our", "my"}
_TEAM = {
    "team",
    "group",
    "organisation",
    "organization",
    "researcher",
    "colleague",
    "staff",
    "office",
    "unit",
    "department",
    "investigator",
    "charity",
    "force",
}
_TURNS = {
    "but", "however", "yet", "still", "meanwhile", "although", "though", "while", "separately", "earlier", "since", "fortunately",
    "unfortunately", "nevertheless", "nonetheless", "elsewhere", "instead", "critics",
}  # fmt: skip
_CARRIED = {"report", "government", "organisation"}
_QUOTED = 10_000
"""More than the characters of any sentence: a quotation stands outside every clause in it."""
_DASHES = {"–", "—", "-", "--"}
_COUNTED = {"sites", "countries", "continents", "cities"}
"""Measures of what a register lists: a body that counts from a state's own list rests on it for these, and not for what else it says."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Voices of a clause, outermost first, and how they were found."""

    voices: tuple[Voice, ...]
    acts: tuple[str, ...]
    quoted: bool
    why: tuple[str, ...]


_Layer = tuple[int, Voice, str, str]


def chain_of(one: Heard, clause: Clause, carried: Voice | None) -> Chain:
    """The chain of one clause. `carried` is the voice it stands in the middle of, if any."""
    head = one.parse.words[clause.head]
    layers: list[_Layer] = []
    quoted = False
    for speech in one.speeches:
        if covers(speech.quotation.range, (head.start, head.end)) and speech.voice is not None:
            size = speech.quotation.end - speech.quotation.start
            quoted = quoted or speech.quoted
            layers += _layered(size + _QUOTED, speech.voice, "quotes", f"stands in words spoken by {shown(speech.voice)}")
    for report in one.reports:
        if clause.head in report.content and report.how != "basis" and not _own_cue(one, report.cue, clause):
            if _aside(one, report, clause) or _same_side(one, report):
                continue
            words = one.parse.range_of(sorted(report.content))
            cue = one.parse.words[report.cue].text
            layers += _layered(words[1] - words[0], report.voice, report.act, f"`{cue}` makes {shown(report.voice)} say it")
    layers.sort(key=lambda layer: -layer[0])
    basis = [
        r for r in one.reports if r.how == "basis" and r.cue != clause.head and (clause.head in r.content or _of_its_figure(one, r, clause))
    ]
    layers += [(0, r.voice, r.act, f"rests on {shown(r.voice)}") for r in basis]
    if carried is not None and all(layer[0] >= _QUOTED for layer in layers):
        layers.append((0, replace(carried, latent=True), "reports", f"goes on with what {shown(carried)} was said to say; latent"))
    return _without_repeats(layers, quoted=quoted)


def _layered(size: int, voice: Voice, act: str, reason: str) -> list[_Layer]:
    """A voice, inside whoever it told."""
    own = (size, replace(voice, via=None), act, reason)
    return [own] if voice.via is None else [(size, voice.via, "reports", f"was told to {shown(voice.via)}"), own]


def _own_cue(one: Heard, cue: int, clause: Clause) -> bool:
    """A document that lists or shows something: the clause of the reporting word is itself what is reported, so this never hides it."""
    return clause.head == cue and all(r.how != "object" for r in one.reports if r.cue == cue)


def _of_its_figure(one: Heard, report: Reported, clause: Clause) -> bool:
    """`... counted 52, a figure compiled from the register`: what a figure set beside the clause rests on, the clause rests on."""
    noun = one.parse.words[one.parse.words[report.cue].head]
    beside = noun.dep in {"appos", "npadvmod", "dep", "dobj", "attr", "conj"}
    return beside and noun.lemma in _FIGURES and noun.index in clause.own


def _same_side(one: Heard, report: Reported) -> bool:
    """`Toll said her team had confirmed it`: whoever speaks counts their own people in, and is the one who says so."""
    words = one.parse.words
    at = bisect_left(words, report.voice.start, key=lambda w: w.start)
    own = at < len(words) and words[at].text.casefold() in _OWN and report.voice.kind in {"organisation", "unnamed", "report"}
    if not own or not any(w.lemma in _TEAM for w in words[at:] if w.start < report.voice.end):
        return False
    return any(report.cue in r.content for r in one.reports if r is not report)


def _aside(one: Heard, report: Reported, clause: Clause) -> bool:
    """Whether a clause is set off by dashes or brackets inside reported speech: the author's own remark (METHOD C2)."""
    words = one.parse.words
    cue = words[report.cue]
    first = bisect_left(words, clause.range[0], key=lambda w: w.start) % len(words)
    last = max(0, bisect_right(words, clause.range[1], key=lambda w: w.end) - 1)
    if first == 0 or last + 1 >= len(words) or first <= cue.index <= last:
        return False
    before = next((w for w in reversed(words[:first]) if w.dep not in {"cc", "mark"} and w.pos != "SPACE"), words[0])
    after = words[last + 1]
    head = words[clause.head]
    figure = words[head.head]
    remark = head.dep == "relcl" and figure.lemma in _FIGURES | _CLAIMS and figure.dep in {"appos", "npadvmod", "dep", "conj"}
    if remark and any(w.lemma in _UNCHECKED for w in (words[i] for i in clause.own)):
        return True  # `..., a number that nobody has been able to check`
    dashed = before.text in _DASHES and after.text in _DASHES
    bracketed = before.text == "(" and after.text == ")"
    inside = report.content
    return (dashed or bracketed) and any(i < before.index for i in inside) and (bracketed or any(i > after.index for i in inside))


def _without_repeats(layers: Iterable[_Layer], *, quoted: bool) -> Chain:
    voices: list[Voice] = []
    acts: list[str] = []
    why: list[str] = []
    for _, voice, act, reason in layers:
        if any(v.name == voice.name and v.kind == voice.kind for v in voices):
            continue
        if voice.anaphor and voice.name.casefold() == voice.anaphor and voice.kind == "unnamed" and voices:
            continue  # a pronoun nobody resolved adds no voice inside somebody else's speech
        if voice.name.casefold() in _THEMSELVES:
            continue
        voices.append(voice)
        acts.append(act)
        why.append(reason)
    return Chain(tuple(voices), tuple(acts), quoted, tuple(why))


def carried_voices(heard: Sequence[Heard], texts: Sequence[str]) -> dict[int, Voice]:
    """For each sentence without a voice of its own, the report it carries on, by sentence index.

    A sentence carries on when the attributed sentence before it stands in the same paragraph, or in the one before and this one opens by
    pointing back ("This", "It also"); or when the same report speaks before and after it within the next paragraph. A turn ("But",
    "Meanwhile"), a date of its own, a quotation or a heading in between end it.
    """
    found: dict[int, Voice] = {}
    last: tuple[Voice, int] | None = None
    turn: str | None = None
    for position, one in enumerate(heard):
        here = _turn_of(one)
        last, turn = (last if here == turn else None), here
        own = _voice_here(one)
        if own is not None:
            last = (own, one.sentence.paragraph)
            continue
        if one.reports or last is None or _spoken(one):
            continue
        voice, paragraph = last
        words = texts[position].split()
        opening = words[0].strip(',.“"').casefold() if words else ""
        if opening in _TURNS or voice.kind not in _CARRIED or _starts_with_date(one):
            last = None if opening in _TURNS else last
            continue
        if _goes_on(one, voice, one.sentence.paragraph - paragraph, opening, words, _next_voice(heard, position, one.sentence.paragraph)):
            found[one.sentence.index] = voice
            last = (voice, one.sentence.paragraph)
    return found


def _turn_of(one: Heard) -> str | None:
    """Whose turn a sentence stands in; nothing goes on from one turn to the next."""
    found = [s for s in one.speeches if s.turn and not s.whole]
    if not found:
        return None
    voice = found[-1].voice
    return voice.name if voice is not None else str(found[-1].quotation.start)


def _goes_on(one: Heard, voice: Voice, gap: int, opening: str, words: Sequence[str], ahead: Voice | None) -> bool:
    """Whether a sentence without a voice goes on with what the last voice said, `gap` paragraphs before it."""
    back = opening in _BACK
    second = words[1].strip(",.").casefold() if len(words) > 1 else ""
    its_own = opening == "the" and second in _ITS_OWN
    also = gap == 0 and (opening in _ALSO_BACK or opening[:1].isdigit() or _also(one))
    same = ahead is not None and _party(ahead) == _party(voice)
    return (gap == 0 and (back or also or same)) or (gap <= 2 and (back or its_own)) or (gap <= 1 and same)


def _also(one: Heard) -> bool:
    """`The ministry has also set up ...`"""
    return any(w.lemma == "also" and one.parse.words[w.head].dep == "ROOT" for w in one.parse.words)


def _party(voice: Voice) -> str:
    return (voice.by or voice.name).casefold()


def _voice_here(one: Heard) -> Voice | None:
    """The report or authority a sentence is told by, if it is one that later sentences may carry on."""
    if _spoken(one):
        return next((s.voice for s in one.speeches if s.voice is not None and not s.turn), None)
    for report in one.reports:
        if report.how in {"clause", "object", "according"} and report.voice.kind in _CARRIED | {"person", "media", "unnamed"}:
            return report.voice
    return None


def _spoken(one: Heard) -> bool:
    """Whether most of a sentence is somebody's quotation; a turn is read as a page is."""
    size = max(1, one.sentence.end - one.sentence.start)
    inside = sum(
        max(0, min(s.quotation.end, one.sentence.end) - max(s.quotation.start, one.sentence.start)) for s in one.speeches if not s.turn
    )
    return inside * 2 > size


def _next_voice(heard: Sequence[Heard], position: int, paragraph: int) -> Voice | None:
    """The next voice within the paragraph or the one behind it."""
    for one in heard[position + 1 : position + 1 + _AHEAD]:
        if one.sentence.paragraph > paragraph + 1:
            return None
        voice = _voice_here(one)
        if voice is not None:
            return voice
    return None


_AHEAD = 12
"""Sentences that are looked ahead over, so that a paragraph of a thousand sentences costs no more than its length."""


def _starts_with_date(one: Heard) -> bool:
    words = one.parse.words[:4]
    return bool(words) and words[0].lemma == "in" and any(w.entity == "DATE" for w in words)


def bases_of(heard: Sequence[Heard]) -> dict[str, Voice]:
    """For each body or report that a document says counts from a state's own records: those records, by the body's name in lower case."""
    found: dict[str, Voice] = {}
    for one in heard:
        for report in one.reports:
            if report.voice.kind != "government" or not (report.how == "basis" or _published(one, report)):
                continue
            tellers = [r.voice for r in one.reports if r is not report and r.how != "basis" and r.voice.kind in {"report", "organisation"}]
            tellers += [v for v in one.subjects if v.kind in {"report", "organisation"}]
            for teller in tellers[:1]:
                found.setdefault(_party(teller), report.voice)
    return found


def _published(one: Heard, report: Reported) -> bool:
    """`... on the basis of notices published by the ministry`: what a body is said to have put out."""
    cue = one.parse.words[report.cue]
    return cue.dep == "acl" and one.parse.words[cue.head].lemma in nouns("record") and cue.lemma in nouns("making")


def resting(chain: Chain, measure: str, bases: Mapping[str, Voice]) -> Chain:
    """A count's chain, with the records that its counter is said elsewhere in the document to count from as the deepest link, latent."""
    last = chain.voices[-1] if chain.voices else None
    if last is None or measure.partition(".")[0] not in _COUNTED or last.kind not in {"report", "organisation"}:
        return chain
    basis = bases.get(_party(last))
    if basis is None or any(v.name == basis.name for v in chain.voices):
        return chain
    return Chain(
        (*chain.voices, replace(basis, latent=True, via=None)),
        (*chain.acts, "reports"),
        chain.quoted,
        (*chain.why, f"{shown(last)} counts from {shown(basis)}, as the document says elsewhere; latent"),
    )
