"""The document as a conversation: who is meant by "she", "the report", "the group"; who speaks each quotation and each turn.

In:  the parsed sentences of one document in order. Out: the same with every voice resolved as far as the text allows, the quotations and
turns that each sentence stands in with their speakers, and the voice that it goes on with. Never looks outside the document. A voice found
by resolution keeps the words at hand as its span; where the passage holds no word for it, it is marked latent.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from armslength.base.offsets import covers
from armslength.extract.antecedents import Memory, human, resolve
from armslength.extract.cues import Reported, reported, subject_of
from armslength.extract.notices import republished_from
from armslength.extract.parsed import Parse, Word
from armslength.extract.persons import settled
from armslength.extract.phrases import is_human
from armslength.extract.places import country_of
from armslength.extract.quotations import Quotation, quotations, touching
from armslength.extract.relays import heard_by
from armslength.extract.sentences import Sentence, laid_out
from armslength.extract.speakers import Speech, label_voices, speeches, turn_speeches
from armslength.extract.turns import Turn, turns
from armslength.extract.voices import Voice, nouns, voice_of
from armslength.model.evidence import Document

_SAYS_SO = {"clause", "speech", "object", "according"}
_UNSAID = {"verify", "confirm", "corroborate", "reach", "establish", "authenticate"}
"""What a page tells of itself: `the Courier could not verify this`."""
_TAKES_UP = {"it": "organisation", "which": "organisation", "who": "person", "he": "person", "she": "person"}
_EMPTY = {"be", "seem", "appear", "take", "become", "make", "cost", "mean", "look", "feel", "happen", "get", "give", "let", "help", "need"}
"""Verbs that `it` is often the subject of without standing for anything."""
_OFTEN = 2
"""Speakers who must have told an outlet something before it is taken for the page's own, where nothing else says whose page it is."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One parsed sentence with its resolved voices."""

    sentence: Sentence
    parse: Parse
    reports: tuple[Reported, ...]
    subjects: tuple[Voice, ...] = ()
    """Subjects of the sentence's clauses, resolved where they are pronouns."""
    introduces: Voice | None = None
    """Whose words the sentence introduces, where it ends with a colon."""
    speeches: tuple[Speech, ...] = ()
    """The quotations and turns that it stands in or holds, with their speakers."""


def converse(document: Document, parsed: Sequence[tuple[Sentence, Parse]]) -> list[Heard]:
    """Hear a whole document: every voice resolved, every quotation and turn with its speaker."""
    text = document.text
    paragraphs, found = laid_out(document)
    quotes = {n: quotations(text, start, end) for n, (start, end, _) in enumerate(paragraphs)}
    spoken = turns(text, paragraphs, found)
    memory = Memory()
    speakers = label_voices(found, spoken, memory)
    heard = listen(parsed, quotes, memory, text)
    heard = _without_itself(heard, document)
    introduced = _introduced(heard, spoken)
    voices = [*speeches(heard, quotes, introduced), *turn_speeches(text, spoken, speakers, introduced, memory)]
    return _with_speeches(heard, sorted(voices, key=lambda s: (s.quotation.start, -s.quotation.end)))


def listen(
    sentences: Sequence[tuple[Sentence, Parse]], quotes: Mapping[int, Sequence[Quotation]], memory: Memory, text: str = ""
) -> list[Heard]:
    """Resolve every voice of a document's parsed sentences. `quotes` are the quotations by paragraph, `text` is the document's."""
    raw = [(s, p, _spoken(s, p, quotes.get(s.paragraph, []))) for s, p in sentences]
    named = [v for _, parse, _ in raw for v, _, _ in _named(parse, set())]
    spoken = [*(r.voice for _, _, found in raw for r in found), *named]
    voices = [v for v in spoken if not v.anaphor]
    taken = [one for _, parse, found in raw for one in _taken_up(parse, found)]
    memory.kinds.update(settled(voices, [*taken, *_followed(sentences)], text))
    for voice in voices:
        if memory.kinds.get(voice.name) == "person" and " " in voice.name:
            memory.know(replace(voice, kind="person"))
    for _, _, found in raw:
        memory.reports_ahead.extend(r.voice for r in found if r.voice.kind == "report" and not r.voice.anaphor and r.voice.by)
    return [
        _hear(s, parse, found, memory, [q for q in touching(quotes.get(s.paragraph, ()), s.start, s.end) if q.statement])
        for s, parse, found in raw
    ]


def _taken_up(parse: Parse, found: Sequence[Reported]) -> Iterator[tuple[str, str]]:
    """What the grammar of a sentence tells of a name in it: `X says it has`, `X, which`, `X, who`, `X, 34, says she`."""
    for one in found:
        if one.voice.anaphor or one.how != "clause" or one.voice.kind not in {"person", "organisation"} or one.voice.role:
            continue  # `X, director of the institute, says it has`: what is said of X tells more
        subject = next((parse.words[i] for i in sorted(one.content) if parse.words[i].dep in {"nsubj", "nsubjpass"}), None)
        acts = subject is not None and parse.kid(subject.head, "dobj", "ccomp", "xcomp") is not None  # not `it was late`
        if subject is not None and acts and parse.words[subject.head].lemma not in _EMPTY and subject.text.casefold() in _TAKES_UP:
            yield one.voice.name, _TAKES_UP[subject.text.casefold()]
    for word in parse.words:
        kind = _TAKES_UP.get(word.text.casefold()) if word.tag in {"WDT", "WP"} else None
        head = parse.words[word.head]
        if kind and head.dep == "relcl" and parse.words[head.head].pos == "PROPN" and parse.words[head.head].index == word.index - 2:
            yield voice_of(parse, head.head).name, kind


def _followed(sentences: Sequence[tuple[Sentence, Parse]]) -> Iterator[tuple[str, str]]:
    """A name that is the only subject of a sentence, and that `She` or `He` opens the next one of its paragraph for, is a person's."""
    for (before, parse), (after, following) in pairwise(sentences):
        opening = next((w for w in following.words if not w.is_mark), None)
        if opening is None or opening.text.casefold() not in {"he", "she"} or before.paragraph != after.paragraph:
            continue
        subjects = [w for w in parse.words if w.dep in {"nsubj", "nsubjpass"} and w.pos in {"NOUN", "PROPN"}]
        root = [w for w in subjects if parse.words[w.head].dep == "ROOT"]
        if len(root) == 1 and root[0].pos == "PROPN" and root[0].entity not in {"GPE", "NORP"}:
            yield voice_of(parse, root[0].index).name, "person"


def _hear(sentence: Sentence, parse: Parse, found: Sequence[Reported], memory: Memory, quotes: Sequence[Quotation]) -> Heard:
    """Resolve the voices of one sentence in the order of their words, and remember them for the next."""
    memory.paragraph, memory.line = sentence.paragraph, memory.line + 1
    told = {w for r in found for w in r.content}
    inner = {r.cue for r in found if any(r.cue in o.content for o in found if o.cue != r.cue)}
    speaking = {r.voice.start: r for r in found}
    events = [(v.start, 1, v, subject and not below) for v, subject, below in _named(parse, told) if v.start not in speaking]
    events += [(v.start, 0, v, True) for v in _pronouns(parse, told) if v.start not in speaking]
    events += [(r.voice.start, 2, r.voice, r.cue not in inner) for r in found]
    aloud = {r.voice.start for r in found if r.how in _SAYS_SO and r.cue not in inner}
    listing = {r.voice.start for r in found if r.how == "object" and parse.words[r.cue].lemma in nouns("listing")}
    resolved: dict[tuple[int, str], Voice] = {}
    subjects = []
    for start, what, voice, prominent in sorted(events, key=lambda e: (e[0], e[1])):
        floor = next((q.start for q in quotes if q.start <= start < q.end), -1)
        meant = resolve(voice, memory, speaking=what == 2, papers=start in listing, floor=floor)
        resolved[start, voice.name] = meant
        if what != 2 and prominent:
            subjects.append(meant)
        if what == 2:  # who is a voice of this sentence
            memory.spoke.add(meant.name)
        memory.remember(meant, subject=prominent and floor < 0, speaker=start in aloud and floor < 0)
    reports = [replace(r, voice=_through(parse, r, resolved[r.voice.start, r.voice.name], memory)) for r in found]
    ordered = tuple(sorted(reports, key=lambda r: (-len(r.content), r.cue)))
    return Heard(sentence, parse, ordered, tuple(subjects), _introducer(parse, ordered, memory))


def _through(parse: Parse, one: Reported, voice: Voice, memory: Memory) -> Voice:
    """A voice with the medium or body that it told, as `via`."""
    medium = heard_by(parse, one) if one.how in _SAYS_SO else None
    if medium is None or medium.start == voice.start:
        return voice
    meant = resolve(medium, memory, speaking=False)
    known = meant.kind in {"media", "organisation"} or (meant.kind == "report" and meant.by)
    return replace(voice, via=meant) if known and meant.name != voice.name else voice


def _introducer(parse: Parse, reports: Sequence[Reported], memory: Memory) -> Voice | None:
    """Whose words follow the colon that ends a sentence: who is made to speak in it, else the report or office that is its subject."""
    last = next((w for w in reversed(parse.words) if w.pos != "SPACE"), None)
    root = next((w for w in parse.words if w.dep == "ROOT"), None)
    if last is None or last.text != ":" or root is None:
        return None
    own = [r for r in reports if r.how in _SAYS_SO]
    if own:
        return own[0].voice
    subject = subject_of(parse, root.index)
    if subject is None:
        return memory.latest("report", "organisation") if root.lemma in nouns("findings") else None
    voice = resolve(voice_of(parse, subject.index), memory, speaking=False)
    says = bool(nouns("saying") & {root.lemma})
    written = voice.kind in {"report", "government", "court"} or voice.role == "record"
    return voice if written or (says and (voice.kind in {"organisation", "media"} or human(voice))) else None


def _pronouns(parse: Parse, told: set[int]) -> list[Voice]:
    """Pronouns that are the subject of a clause nobody is made to say."""
    wanted = {"he", "she", "it", "they"}
    return [
        voice_of(parse, w.index)
        for w in parse.words
        if w.text.casefold() in wanted and w.dep in {"nsubj", "nsubjpass"} and w.index not in told
    ]


def _spoken(sentence: Sentence, parse: Parse, quotes: Sequence[Quotation]) -> list[Reported]:
    """What the sentence reports. A verb of saying without a clause counts only with a quotation beside it, and reports just that."""
    here = touching(quotes, sentence.start, sentence.end)
    out = []
    for one in reported(parse, here):
        cue = parse.words[one.cue]
        if one.how == "speech":
            words = frozenset(w.index for w in parse.words if any(covers(q.range, (w.start, w.end)) for q in here))
            if not words or any(covers(q.range, (cue.start, cue.end)) for q in here):
                continue
            out.append(replace(one, content=words))
        else:
            out.append(one)
    return out


def _named(parse: Parse, told: set[int]) -> list[tuple[Voice, bool, bool]]:
    """Persons and bodies that a sentence names, whether as the subject of a clause, and whether inside what somebody is made to say."""
    found = []
    for word in parse.words:
        subject = word.dep in {"nsubj", "nsubjpass"}
        is_one = word.dep == "attr" and word.lemma in nouns("role") and word.tag == "NN"
        subject = subject or is_one  # `One of them is a former manager`: what the subject is says more than the subject
        head_of_name = subject or word.dep in {"pobj", "dobj", "poss", "ROOT"} or (word.dep == "appos" and word.pos == "PROPN")
        if head_of_name and (
            word.entity in {"PERSON", "ORG"}
            or (word.dep == "nsubj" and word.entity == "GPE" and bool(country_of(word.text)))
            or (subject and word.tag == "NNP" and not word.entity)
            or (subject and (is_human(word.lemma) or word.lemma in nouns("government") or word.lemma in nouns("organisation")))
            or word.lemma in nouns("report")
            or (word.lemma in nouns("record") and word.tag == "NNS")
            or (subject and word.tag in {"NNS", "NNPS"})
            or (word.dep in {"agent", "pobj", "dobj"} and (is_human(word.lemma) or _the_office(parse, word)))
        ):
            voice = voice_of(parse, word.index)
            if not voice.anaphor or voice.anaphor.startswith(("the person:", "the record:", "the government:")):
                found.append((voice, subject, word.index in told))
    return found


def _the_office(parse: Parse, word: Word) -> bool:
    """`the consulate`, not `a travel agency`: an office that a sentence names in passing, and the next one may take up."""
    known = any(k.lemma in {"the", "its", "their"} or k.dep == "poss" for k in parse.kids(word.index, "det", "poss"))
    return known and word.lemma in nouns("government") and word.lemma not in nouns("maybe_government")


def _without_itself(heard: Sequence[Heard], document: Document) -> list[Heard]:
    """`X told the Dispatch` on the Dispatch's own page, or the page that it republishes: the page naming itself is not another voice."""
    original = republished_from(document)
    names = {name.casefold() for name in (document.publisher, original[0] if original else None) if name and name.strip()}
    names |= {name.split()[-1] for name in names} | _own_outlets(heard, known=bool(document.publisher))
    if not names:
        return list(heard)
    return [replace(one, reports=tuple(_not_of(r, names) for r in one.reports if not _is_of(r.voice, names))) for one in heard]


def _is_of(voice: Voice, names: set[str]) -> bool:
    fold = voice.name.casefold()
    return fold in names and (voice.kind in {"media", "organisation"} or " " in fold)


def _not_of(one: Reported, names: set[str]) -> Reported:
    via = one.voice.via
    own = via is not None and (via.name.casefold() in names or via.name.casefold().split()[-1] in names)
    return replace(one, voice=replace(one.voice, via=None)) if own else one


def _own_outlets(heard: Sequence[Heard], *, known: bool) -> set[str]:
    """The outlet whose page this is, where nothing but the text tells: it could not verify something, or several speakers told it."""
    told: dict[str, set[str]] = {}
    own = set()
    for one in heard:
        for report in one.reports:
            if report.voice.via is not None and report.voice.via.kind != "report":
                told.setdefault(report.voice.via.name.casefold(), set()).add(report.voice.name)
        for word in one.parse.words:
            checked = word.lemma in _UNSAID and one.parse.kid(word.index, "neg") is not None
            subject = subject_of(one.parse, word.index) if checked else None
            if subject is not None and subject.pos == "PROPN":
                own.add(voice_of(one.parse, subject.index).name.casefold())
    speaks = {r.voice.name.casefold() for one in heard for r in one.reports if r.how in _SAYS_SO}
    often = set() if known else {name for name, voices in told.items() if len(voices) >= _OFTEN and name not in speaks}
    return {name for name in own if name not in speaks} | often


def _introduced(heard: Sequence[Heard], spoken: Sequence[Turn]) -> dict[int, Voice]:
    """Who speaks each block that a colon introduces, by paragraph."""
    last = {one.sentence.paragraph: one.introduces for one in heard}
    found: dict[int, Voice] = {}
    for turn in spoken:
        if turn.how == "block":
            voice = last.get(turn.paragraph - 1) or found.get(turn.paragraph - 1)
            if voice is not None:
                found[turn.paragraph] = voice
    return found


def _with_speeches(heard: Sequence[Heard], voices: Sequence[Speech]) -> list[Heard]:
    """Give each sentence the quotations and turns that overlap it. Long ones (a page that is a statement) are few and come first."""
    starts = [v.quotation.start for v in voices]
    reach, furthest = [], 0
    for voice in voices:
        furthest = max(furthest, voice.quotation.end)
        reach.append(furthest)
    out = []
    for one in heard:
        last = bisect_left(starts, one.sentence.end)
        first = last
        while first > 0 and reach[first - 1] > one.sentence.start and last - first < _MOST:
            first -= 1
        near = {id(v): v for v in (*(v for v in voices[:1] if v.whole), *voices[first:last])}
        out.append(replace(one, speeches=tuple(v for v in near.values() if v.quotation.end > one.sentence.start)))
    return out


_MOST = 60
"""Quotations of one sentence, and of the turn it stands in, that are looked at."""
