"""Who speaks each quotation and each turn of a document.

In:  the heard sentences, the quotations by paragraph, the turns. Out: `Speech` rows: words and the voice that speaks them, None where the
document does not say. Never: guesses between two.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from armslength.base.offsets import covers
from armslength.extract.antecedents import Memory, human
from armslength.extract.cues import Reported
from armslength.extract.parsed import Parse
from armslength.extract.phrases import nouns
from armslength.extract.quotations import Quotation, touching
from armslength.extract.sentences import Sentence
from armslength.extract.turns import Label, Turn, hosts, person_of
from armslength.extract.voices import Voice

_UNSPOKEN = {"basis", "noun", "impersonal"}
_EARLIER = 8
"""Sentences before a quotation, in its paragraph, among which its speaker is looked for."""
_SINGULAR = re.compile(r"\b(?:I|my|me)\b")
_PLURAL = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_REACH = 2
"""Paragraphs over which a speaker goes on without being named; one may be a heading or a picture's caption."""


class Heard(Protocol):
    """What this module needs of a heard sentence."""

    @property
    def sentence(self) -> Sentence: ...
    @property
    def parse(self) -> Parse: ...
    @property
    def reports(self) -> tuple[Reported, ...]: ...
    @property
    def subjects(self) -> tuple[Voice, ...]: ...


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation or turn and who speaks it; None where the document does not say."""

    quotation: Quotation
    voice: Voice | None
    latent: bool = False
    quoted: bool = True
    """Verbatim: in quotation marks or a turn, and not only on a page that speaks for somebody."""
    turn: bool = False
    """A turn, within which sentences follow each other as they do on a page."""
    whole: bool = False
    """All of the page."""


def speeches(heard: Sequence[Heard], quotes: Mapping[int, Sequence[Quotation]], introduced: Mapping[int, Voice]) -> list[Speech]:
    """Find who speaks each quotation that is a statement. `quotes` and `introduced` are by paragraph.

    In this order: a verb of saying in a sentence that the quotation touches; the same for the paragraphs before and after over which it
    runs on; whoever introduced it with a colon; the speaker of the quotation before it in the same paragraph, or who is the subject there;
    for a paragraph that opens with a quotation, the speaker of the paragraph before, latent.
    """
    by_paragraph: dict[int, list[Heard]] = {}
    for one in heard:
        by_paragraph.setdefault(one.sentence.paragraph, []).append(one)
    spoken = {n: [q for q in quotes[n] if q.statement] for n in sorted(quotes) if quotes[n]}
    own = {q: _speaker(q, _touched(q, by_paragraph.get(n, [])), spoken[n]) for n in spoken for q in spoken[n]}
    own |= _runs_on(spoken, own)
    found: list[Speech] = []
    before: tuple[Voice, int] | None = None
    for paragraph in sorted({*spoken, *by_paragraph}):
        here = by_paragraph.get(paragraph, [])
        starts = [h.sentence.start for h in here]
        speaker: Voice | None = None
        for quotation in spoken.get(paragraph, []):
            near_by = here[max(0, bisect_left(starts, quotation.start) - _EARLIER) : bisect_left(starts, quotation.end + 2)]
            speaker = own[quotation] or introduced.get(paragraph) or _subject(quotation, near_by) or speaker or _before(quotation, near_by)
            opens = not starts or starts[0] >= quotation.start - 2
            near = before is not None and paragraph - before[1] <= _REACH
            heir = before[0] if before is not None and speaker is None and opens and near else None
            found.append(Speech(quotation, speaker or (replace(heir, latent=True) if heir else None), latent=speaker is None))
        last = [r.voice for h in here for r in h.reports if human(r.voice) and r.how not in _UNSPOKEN]
        ended = speaker or (last[-1] if last else None)
        before = (ended, paragraph) if ended is not None else _still(before, here, found)
    return found


def _touched(quotation: Quotation, paragraph: Sequence[Heard]) -> Sequence[Heard]:
    """The sentences of a paragraph that a quotation touches."""
    first = bisect_right(paragraph, quotation.start - 2, key=lambda h: h.sentence.end)
    return paragraph[first : bisect_left(paragraph, quotation.end + 2, key=lambda h: h.sentence.start)]


def _still(before: tuple[Voice, int] | None, here: Sequence[Heard], found: Sequence[Speech]) -> tuple[Voice, int] | None:
    """Whoever spoke before still does over a heading, or a paragraph of theirs; not over one in which another voice is heard."""
    if before is None or not here:
        return before
    if any(r.how not in _UNSPOKEN for h in here for r in h.reports):
        return None
    going_on = found and found[-1].voice is not None and found[-1].quotation.end >= here[0].sentence.start
    return (before[0], here[0].sentence.paragraph) if going_on else before


def _runs_on(spoken: Mapping[int, Sequence[Quotation]], own: Mapping[Quotation, Voice | None]) -> dict[Quotation, Voice | None]:
    """A quotation that is not closed goes on in the next paragraph, if that opens with one: whoever is named for either speaks both."""
    numbers = sorted(spoken)
    run: list[Quotation] = []
    out: dict[Quotation, Voice | None] = {}
    for place, number in enumerate(numbers):
        first = spoken[number][0] if spoken[number] else None
        if first is None:
            run = []
            continue
        run = [*run, first] if run else []
        voice = next((own[q] for q in run if own[q] is not None), None)
        out.update({q: own[q] or voice for q in run})
        last = spoken[number][-1]
        follows = place + 1 < len(numbers) and numbers[place + 1] == number + 1
        run = [*(run if last in run else []), last] if follows and not last.closed else []
        run = list(dict.fromkeys(run))
    return out


def _subject(quotation: Quotation, paragraph: Sequence[Heard]) -> Voice | None:
    """Whoever is the subject of a sentence that holds words before the quotation: `Lindqvist put it to us that “...”`."""
    for one in paragraph:
        if one.sentence.start < quotation.start - 2 and one.sentence.end >= quotation.start:
            people = [v for v in one.subjects if v.kind == "person" and v.start < quotation.start]
            return people[0] if people and len({v.name for v in people}) == 1 else None
    return None


def _before(quotation: Quotation, paragraph: Sequence[Heard]) -> Voice | None:
    """Whoever was last made to speak in the paragraph before a quotation that no verb of saying touches; else the person of whom the
    sentence before it tells.
    """
    earlier = [r for h in paragraph if h.sentence.end <= quotation.start for r in h.reports if r.how not in _UNSPOKEN]
    if earlier:
        return max(earlier, key=lambda r: r.voice.start).voice
    close = [h for h in paragraph if h.sentence.start < quotation.start - 2]
    people = [v for v in close[-1].subjects if v.kind == "person" and v.start < quotation.start] if close else []
    return replace(people[-1], latent=True) if people and len({v.name for v in people}) == 1 else None


def _speaker(quotation: Quotation, paragraph: Sequence[Heard], others: Sequence[Quotation]) -> Voice | None:
    """The voice whose verb of saying stands outside the quotations in a sentence that this one touches; the nearest one."""
    best: tuple[int, Voice] | None = None
    for one in paragraph:
        for report in one.reports:
            cue = one.parse.words[report.cue]
            if report.how in _UNSPOKEN or any(covers(q.range, (cue.start, cue.end)) for q in touching(others, cue.start, cue.end)):
                continue
            distance = min(abs(cue.start - quotation.end), abs(quotation.start - cue.end))
            if best is None or distance < best[0]:
                best = (distance, report.voice)
    return best[1] if best else None


def label_voices(found: Mapping[int, Label], spoken: Sequence[Turn], memory: Memory) -> dict[str, Voice | None]:
    """The voice of each speaker that labels name, by the label's name; None for whoever speaks for the page. The memory learns them."""
    every = {label.name: label for label in reversed(list(found.values()))}
    page = next((t.label for t in spoken if t.how == "page"), None)
    every |= {page.name: page} if page is not None else {}
    running = {label.name.split()[-1] for label in every.values() if hosts(label)}
    out: dict[str, Voice | None] = {}
    for name in sorted(every, key=lambda n: (-len(n.split()), n)):
        label = every[name]
        full = next((o for o in out if o.split()[-1] == name and " " in o), None) if " " not in name else None
        if label.name.split()[-1] in running or name == "answer":
            out[name] = None
        elif full is not None:
            out[name] = out[full]
        else:
            voice = _labelled(label)
            out[name] = voice
            memory.remember(voice, subject=False, speaker=False)
    return out


def _labelled(label: Label) -> Voice:
    """The voice of one label, by its words alone."""
    words = set(re.findall(r"[a-z]+", label.name.casefold()))
    name = person_of(label)
    if words & nouns("court"):
        kind = "court"
    elif words & nouns("government"):
        kind = "government"
    elif words & (nouns("organisation_words") | nouns("organisation")):
        kind = "organisation"
    elif words & nouns("media_words"):
        kind = "media"
    else:
        nobody = words & (nouns("role") | nouns("spokesperson")) or words <= {"the", "voice", "unidentified", "male", "female", "caller"}
        kind = "unnamed" if nobody and not words - nouns("role") - nouns("spokesperson") - {"the"} else "person"
    return Voice(name, kind, label.start, label.end, role=label.role.casefold())


def turn_speeches(
    text: str, spoken: Sequence[Turn], speakers: Mapping[str, Voice | None], introduced: Mapping[int, Voice], memory: Memory
) -> list[Speech]:
    """The voice of each turn: by its label, the interviewee for answers, whoever introduced a block. The page's own turns have none."""
    out = []
    own = _answers_itself(text, spoken, speakers)
    for turn in spoken:
        voice: Voice | None = None
        if turn.how == "block":
            voice = introduced.get(turn.paragraph)
        elif turn.how == "answer" or (turn.label is not None and turn.label.name == "answer"):
            voice = None if own else _interviewee(turn, memory, speakers)
        elif turn.label is not None:
            named = speakers.get(turn.label.name)
            voice = replace(named, start=turn.label.start, end=turn.label.end) if named is not None else None
        if voice is not None or (turn.how == "label" and not (own and turn.label is not None and turn.label.name == "answer")):
            page = turn.how == "page"
            out.append(
                Speech(Quotation(turn.start, turn.end, closed=True), voice, quoted=not page, turn=turn.how != "block" or page, whole=page)
            )
    return out


def _answers_itself(text: str, spoken: Sequence[Turn], speakers: Mapping[str, Voice | None]) -> bool:
    """Whether a page answers its own questions, as a body's `questions and answers` do: it says `we`, and nobody says `I`."""
    if any(voice is not None for voice in speakers.values()):
        return False
    answers = [t for t in spoken if t.how == "answer" or (t.label is not None and t.label.name == "answer")]
    singular = sum(len(_SINGULAR.findall(text, t.start, t.end)) for t in answers)
    return singular == 0 and any(_PLURAL.search(text, t.start, t.end) for t in answers)


def _interviewee(turn: Turn, memory: Memory, speakers: Mapping[str, Voice | None]) -> Voice:
    """Who answers: the person whom labels name, else the first whom the document names. `A:` is a word for them; nothing else is."""
    named = [v for v in speakers.values() if v is not None and v.kind == "person"]
    people = named if len({v.name for v in named}) == 1 else sorted(memory.people.values(), key=lambda v: v.start)
    start, end = (turn.label.start, turn.label.end) if turn.label is not None else (turn.start, turn.start + 1)
    if not people:
        return Voice("interviewee", "unnamed", start, end, latent=turn.label is None)
    return replace(people[0], latent=True) if turn.label is None else replace(people[0], start=start, end=end)
