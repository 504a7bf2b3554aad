"""Who tells whom: the attribution chain of a clause (METHOD C2).

In:  a heard document: sentences with resolved voices, speakers of quotations. Out: for a clause its voices, outermost first, without the
page's own.
Order: a quotation or reported clause that holds more of the sentence stands further out; data and documents something rests on stand
deepest. A passage without a voice of its own carries on the report it stands in the middle of, marked latent; the page's own asides do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from armslength.base.offsets import covers
from armslength.extract.clauses import Clause
from armslength.extract.discourse import Heard, Speech
from armslength.extract.voices import Voice, shown

_ANAPHORS = {"this", "it", "these", "those", "they", "such", "the", "some", "many", "others", "in"}
_TURNS = {
    "but",
    "however",
    "yet",
    "still",
    "meanwhile",
    "although",
    "though",
    "while",
    "separately",
    "earlier",
    "since",
    "fortunately",
    "unfortunately",
}
_CARRIED = {"report", "government", "organisation"}


@dataclass(frozen=True, slots=True)
class Chain:
    """Voices of a clause, outermost first, and how they were found."""

    voices: tuple[Voice, ...]
    acts: tuple[str, ...]
    quoted: bool
    why: tuple[str, ...]


def chain_of(one: Heard, clause: Clause, speeches: Sequence[Speech], carried: Voice | None) -> Chain:
    """The chain of one clause. `carried` is the voice it stands in the middle of, if any."""
    layers: list[tuple[int, Voice, str, str]] = []
    head = one.parse.words[clause.head]
    quoted = False
    for speech in speeches:
        if covers(speech.quotation.range, (head.start, head.end)) and speech.voice is not None:
            size = speech.quotation.end - speech.quotation.start
            quoted = True
            layers.append((size + 10_000, speech.voice, "quotes", f"stands in a quotation spoken by {shown(speech.voice)}"))
    for report in one.reports:
        if clause.head in report.content and report.how != "basis" and not _own_cue(one, report.cue, clause):
            words = one.parse.range_of(sorted(report.content))
            cue = one.parse.words[report.cue].text
            layers.append((words[1] - words[0], report.voice, report.act, f"`{cue}` makes {shown(report.voice)} say it"))
    layers.sort(key=lambda layer: -layer[0])
    layers += [(0, r.voice, r.act, f"rests on {shown(r.voice)}") for r in one.reports if clause.head in r.content and r.how == "basis"]
    if not layers and carried is not None:
        return Chain(
            (replace(carried, latent=True),), ("reports",), quoted, (f"goes on with what {shown(carried)} was said to say; latent",)
        )
    return _without_repeats(layers, quoted=quoted)


def _own_cue(one: Heard, cue: int, clause: Clause) -> bool:
    """A document that lists or shows something: the clause of the reporting word is itself what is reported, so this never hides it."""
    return clause.head == cue and all(r.how != "object" for r in one.reports if r.cue == cue)


def _without_repeats(layers: Iterable[tuple[int, Voice, str, str]], *, quoted: bool) -> Chain:
    voices: list[Voice] = []
    acts: list[str] = []
    why: list[str] = []
    for _, voice, act, reason in layers:
        if any(v.name == voice.name and v.kind == voice.kind for v in voices):
            continue
        if voice.anaphor and voice.kind == "unnamed" and voices:
            continue  # a pronoun nobody resolved adds no voice inside somebody else's speech
        voices.append(voice)
        acts.append(act)
        why.append(reason)
    return Chain(tuple(voices), tuple(acts), quoted, tuple(why))


def carried_voices(heard: Sequence[Heard], texts: Sequence[str], speeches: Sequence[Speech]) -> dict[int, Voice]:
    """For each sentence without a voice of its own, the report it carries on, by sentence index.

    A sentence carries on when the attributed sentence before it stands in the same paragraph, or in the one before and this one opens by
    pointing back ("This", "It also"); or when the same report speaks before and after it within the next paragraph. A turn ("But",
    "Meanwhile"), a date of its own, a quotation or a heading in between end it.
    """
    found: dict[int, Voice] = {}
    last: tuple[Voice, int] | None = None
    for position, one in enumerate(heard):
        own = _voice_here(one, speeches)
        if own is not None:
            last = (own, one.sentence.paragraph)
            continue
        if one.reports or last is None or _spoken(one, speeches):
            continue
        voice, paragraph = last
        opening = texts[position].split(maxsplit=1)[0].strip(',.“"').casefold() if texts[position].split() else ""
        gap = one.sentence.paragraph - paragraph
        if opening in _TURNS or voice.kind not in _CARRIED or _starts_with_date(one):
            last = None if opening in _TURNS else last
            continue
        back = opening in _ANAPHORS - {"the", "in", "some", "many", "others"}
        ahead = _next_voice(heard[position + 1 :], one.sentence.paragraph, speeches)
        same = ahead is not None and _party(ahead) == _party(voice)
        if (gap == 0 and (back or same)) or (gap <= 2 and back) or (gap <= 1 and same):
            found[one.sentence.index] = voice
            last = (voice, one.sentence.paragraph)
    return found


def _party(voice: Voice) -> str:
    return (voice.by or voice.name).casefold()


def _voice_here(one: Heard, speeches: Sequence[Speech]) -> Voice | None:
    """The report or authority a sentence is told by, if it is one that later sentences may carry on."""
    if _spoken(one, speeches):
        return next(
            (
                s.voice
                for s in speeches
                if s.voice is not None and s.quotation.start < one.sentence.end and s.quotation.end > one.sentence.start
            ),
            None,
        )
    for report in one.reports:
        if report.how in {"clause", "object", "according"} and report.voice.kind in _CARRIED | {"person", "media", "unnamed"}:
            return report.voice
    return None


def _spoken(one: Heard, speeches: Sequence[Speech]) -> bool:
    """Whether most of a sentence is somebody's quotation."""
    size = max(1, one.sentence.end - one.sentence.start)
    inside = sum(max(0, min(s.quotation.end, one.sentence.end) - max(s.quotation.start, one.sentence.start)) for s in speeches)
    return inside * 2 > size


def _next_voice(rest: Sequence[Heard], paragraph: int, speeches: Sequence[Speech]) -> Voice | None:
    for one in rest:
        if one.sentence.paragraph > paragraph + 1:
            return None
        voice = _voice_here(one, speeches)
        if voice is not None:
            return voice
    return None


def _starts_with_date(one: Heard) -> bool:
    words = one.parse.words[:4]
    return bool(words) and words[0].lemma == "in" and any(w.entity == "DATE" for w in words)
