"""The document as a conversation: who is meant by "she", "the report", "the group"; who speaks each quotation.

In:  the parsed sentences of one document in order, with what each makes its voices say. Out: the same with every voice resolved as far as
the text allows, and the speaker of every quotation. Never looks outside the document. A voice found by resolution keeps the words at hand
as its span; where the passage holds no word for it, it is marked latent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from armslength.base.offsets import covers
from armslength.extract.cues import Reported, reported
from armslength.extract.parsed import Parse
from armslength.extract.quotations import Quotation
from armslength.extract.sentences import Sentence
from armslength.extract.voices import Voice, nouns, voice_of

_SHORT_NAME = 3
_LONG_QUOTE = 25  # characters; shorter quoted words are somebody's term inside another's sentence
_BODIES = ("government", "organisation", "report", "media", "court")
_GROUPS = {"organisation", "report", "media", "unnamed", "government"}


@dataclass(frozen=True, slots=True)
class Heard:
    """One parsed sentence with its resolved voices."""

    sentence: Sentence
    parse: Parse
    reports: tuple[Reported, ...]
    subjects: tuple[Voice, ...] = ()
    """Subjects of the sentence's clauses, resolved where they are pronouns."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation and who speaks it; None where the document does not say."""

    quotation: Quotation
    voice: Voice | None
    latent: bool = False


@dataclass(slots=True)
class _Memory:
    """What has been named so far, in order. Lives while one document is read."""

    voices: list[Voice] = field(default_factory=list)
    subjects: list[Voice] = field(default_factory=list)
    """Those that stood as the subject of a clause, speakers among them: what "it" and "they" take up."""
    people: dict[str, Voice] = field(default_factory=dict)
    reports_ahead: list[Voice] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    """What each name is in the whole document, person or organisation, where passages disagree."""

    speakers: list[Voice] = field(default_factory=list)

    def remember(self, voice: Voice, *, subject: bool, speaker: bool) -> None:
        self.voices.append(voice)
        if speaker:
            self.speakers.append(voice)
        if subject:
            self.subjects.append(voice)
        if voice.kind == "person" and " " in voice.name:
            self.people.setdefault(voice.name, voice)

    def latest_human(self) -> Voice | None:
        """The latest subject that is a person or speaks as one, else the latest such mention."""
        return next((v for v in (*reversed(self.subjects), *reversed(self.voices)) if _human(v)), None)

    def latest(self, *kinds: str) -> Voice | None:
        """The latest subject of one of the kinds, else the latest mention."""
        return next((v for v in (*reversed(self.subjects), *reversed(self.voices)) if v.kind in kinds), None)


def _human(voice: Voice) -> bool:
    """A person, or an office or trade that a person speaks from: `the owner of the shop`, `a spokeswoman`."""
    if voice.kind == "person":
        return True
    return voice.role in nouns("role") | nouns("spokesperson") and not voice.name.casefold().partition(" of ")[0].endswith("s")


def listen(sentences: Sequence[tuple[Sentence, Parse]], quotes: Mapping[int, Sequence[Quotation]]) -> list[Heard]:
    """Resolve every voice of a document's parsed sentences. `quotes` are the quotations by paragraph."""
    raw = [(s, p, _spoken(s, p, quotes.get(s.paragraph, []))) for s, p in sentences]
    memory = _Memory()
    named = [v for _, parse, _ in raw for v, _, _ in _named(parse, set())]
    spoken = [*(r.voice for _, _, found in raw for r in found), *named]
    voices = [v for v in spoken if not v.anaphor]
    memory.kinds.update(_settled(voices))
    for voice in voices:
        if memory.kinds.get(voice.name) == "person" and " " in voice.name:
            memory.people.setdefault(voice.name, replace(voice, kind="person"))
    for _, _, found in raw:
        memory.reports_ahead.extend(r.voice for r in found if r.voice.kind == "report" and not r.voice.anaphor and r.voice.by)
    return [_hear(sentence, parse, found, memory) for sentence, parse, found in raw]


def _settled(voices: Sequence[Voice]) -> dict[str, str]:
    """One kind for each name. Whoever is a Mr or Ms anywhere is a person, what is named as a body ("the group X") is one; else the kind
    most passages give it; a draw is a person, who is then protected (METHOD P1).
    """
    titled = {v.name.split()[-1] for v in voices if v.kind == "person" and v.role == "titled"}
    votes: dict[str, Counter[str]] = {}
    for voice in voices:
        if voice.kind in {"person", "organisation"}:
            votes.setdefault(voice.name, Counter())[voice.kind] += 100 if voice.role == "named as a body" else 1
    return {
        name: "person" if name.split()[-1] in titled or count["person"] >= count["organisation"] else "organisation"
        for name, count in votes.items()
    }


def _hear(sentence: Sentence, parse: Parse, found: Sequence[Reported], memory: _Memory) -> Heard:
    """Resolve the voices of one sentence in the order of their words, and remember them for the next."""
    told = {w for r in found for w in r.content}
    speaking = {r.voice.start: r for r in found}
    events = [(v.start, 1, v, subject and not inner) for v, subject, inner in _named(parse, told) if v.start not in speaking]
    events += [(v.start, 0, v, True) for v in _pronouns(parse, told) if v.start not in speaking]
    events += [(r.voice.start, 2, r.voice, r.cue not in told) for r in found]
    resolved: dict[tuple[int, str], Voice] = {}
    subjects = []
    for start, what, voice, prominent in sorted(events, key=lambda e: (e[0], e[1])):
        meant = _resolve(voice, memory, speaking=what == 2)
        resolved[start, voice.name] = meant
        if what != 2 and prominent:
            subjects.append(meant)
        memory.remember(meant, subject=prominent, speaker=what == 2)
    reports = [replace(r, voice=resolved[r.voice.start, r.voice.name]) for r in found]
    return Heard(sentence, parse, tuple(sorted(reports, key=lambda r: (-len(r.content), r.cue))), tuple(subjects))


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
    long = [q for q in quotes if q.end - q.start >= _LONG_QUOTE and q.start < sentence.end and q.end > sentence.start]
    out = []
    for one in reported(parse):
        cue = parse.words[one.cue]
        if one.how == "speech":
            words = frozenset(w.index for w in parse.words if any(covers(q.range, (w.start, w.end)) for q in long))
            if not words or any(covers(q.range, (cue.start, cue.end)) for q in long):
                continue
            out.append(replace(one, content=words))
        else:
            out.append(one)
    return out


def _named(parse: Parse, told: set[int]) -> list[tuple[Voice, bool, bool]]:
    """Persons and bodies that a sentence names, whether as the subject of a clause, and whether inside what somebody is made to say."""
    found = []
    for word in parse.words:
        head_of_name = word.dep in {"nsubj", "nsubjpass", "pobj", "dobj", "poss", "ROOT"} or (word.dep == "appos" and word.pos == "PROPN")
        if head_of_name and (
            word.entity in {"PERSON", "ORG"}
            or (word.dep in {"nsubj", "nsubjpass"} and word.tag == "NNP" and not word.entity)
            or (
                word.dep in {"nsubj", "nsubjpass"}
                and word.lemma in nouns("government") | nouns("organisation") | nouns("role") | nouns("spokesperson")
            )
            or word.lemma in nouns("report")
            or (word.dep in {"nsubj", "nsubjpass"} and word.tag in {"NNS", "NNPS"})
        ):
            voice = voice_of(parse, word.index)
            if not voice.anaphor:
                found.append((voice, word.dep in {"nsubj", "nsubjpass"}, word.index in told))
    return found


def _resolve(voice: Voice, memory: _Memory, *, speaking: bool) -> Voice:
    """Give an anaphor the name it stands for, and a person the body the text says they speak for; shorten nothing, invent nothing."""
    found = _meant(voice, memory, speaking=speaking)
    if found.kind != "person" or found.by:
        return found
    by = _body_of(found.role, memory)
    if by and found.name in memory.people:
        memory.people[found.name] = replace(memory.people[found.name], by=by, role=found.role)
    return replace(found, by=by)


def _body_of(role: str, memory: _Memory) -> str:
    """The body that a person's role names or points to: `director of Green Watch`, `a co-author of the study`, `the group's founder`."""
    fold = role.casefold()
    named = [n for n, kind in memory.kinds.items() if kind == "organisation" and " " in n and n.casefold() in fold]
    if named:
        return max(named, key=len)
    words = set(fold.replace("’s", " ").replace("'s", " ").split())
    if words & {"study", "report", "paper", "dossier", "investigation"} and words & {
        "author",
        "co-author",
        "author,",
        "researcher",
        "co",
        "editor",
    }:
        last = next((v for v in reversed(memory.voices) if v.kind == "report" and v.by), None)
        return last.by if last is not None else ""
    if words & {"group", "organisation", "organization", "ngo", "its"}:
        body = next((v for v in reversed(memory.voices) if v.kind == "organisation" and v.name[:1].isupper()), None)
        return body.name if body is not None else ""
    return ""


def _meant(voice: Voice, memory: _Memory, *, speaking: bool) -> Voice:
    if not voice.anaphor and voice.kind in {"person", "organisation"}:
        voice = replace(voice, kind=memory.kinds.get(voice.name, voice.kind))
    if not voice.anaphor and voice.kind != "person":
        bearer = _bearer(voice, memory)
        if bearer is not None:
            return bearer
    single = " " not in voice.name and voice.name[:1].isupper() and voice.kind in {"organisation", "government", "unnamed"}
    if not voice.anaphor and (voice.kind == "person" or single):
        return _full_name(voice, memory)
    if voice.kind == "unnamed" and voice.role.startswith("spokes"):
        body = memory.latest("government", "organisation")
        return replace(body, start=voice.start, end=voice.end, role=voice.role) if body is not None else voice
    found = _antecedent(voice, memory, speaking=speaking) if voice.anaphor else None
    if found is None and voice.anaphor and voice.kind in {"", "person"}:
        return replace(voice, kind="unnamed")
    if found is None:
        return voice
    return replace(found, start=voice.start, end=voice.end, anaphor=voice.anaphor)


def _bearer(voice: Voice, memory: _Memory) -> Voice | None:
    """A voice that goes by a known person's last name is that person, whatever the recogniser took it for; a family is nobody by name."""
    words = [w.removesuffix("’s").removesuffix("'s") for w in voice.name.split() if w.casefold().rstrip(".") not in nouns("title")]
    last = {p.name.split()[-1]: p for p in memory.people.values()}
    if not words or words[0] not in last or len(words) > _SHORT_NAME:
        return None
    if words[-1].casefold() in {"family", "families", "household"}:
        return replace(voice, name=words[-1].casefold(), kind="unnamed", by="", start=voice.end - len(words[-1]))
    alone = len(words) == 1 or words[1].casefold() in nouns("report") | nouns("record")
    return replace(last[words[0]], start=voice.start, end=voice.end) if alone else None


def _full_name(voice: Voice, memory: _Memory) -> Voice:
    """`Harth` is the Laura Harth named elsewhere in the document; two bearers of the name leave it as it is."""
    if " " in voice.name:
        known = memory.people.get(voice.name)
        return replace(voice, role=voice.role or known.role, by=voice.by or known.by) if known else voice
    bearers = [p for p in memory.people.values() if voice.name in p.name.split()]
    return replace(bearers[0], start=voice.start, end=voice.end) if len(bearers) == 1 else voice


def _antecedent(voice: Voice, memory: _Memory, *, speaking: bool) -> Voice | None:
    """What a pronoun or a noun with `the` takes up."""
    what, _, noun = voice.anaphor.partition(":")
    if what in {"he", "she", "him", "her"}:
        return memory.latest_human()
    if what in {"it", "its"}:
        last = memory.speakers[-1] if speaking and memory.speakers else None
        return last if last is not None and last.kind in _GROUPS - {"unnamed"} else memory.latest(*_BODIES)
    if what in {"they", "them", "these", "those"}:
        return memory.latest(*_GROUPS)
    if what == "the group":
        named = (
            v
            for v in (*reversed(memory.subjects), *reversed(memory.voices))
            if v.kind == "organisation" and v.name[:1].isupper() and v.name.casefold() not in nouns("organisation")
        )
        return next(named, None) or _maker_of(memory.latest("report"))
    if what in {"the record", "the government"}:
        kinds = {"government"} if what == "the government" else {"government", "report", "media"}
        found = next((v for v in reversed(memory.voices) if v.by and v.kind in kinds and noun in v.name.casefold().split()), None)
        last = memory.speakers[-1] if memory.speakers else None
        return found or (last if what == "the government" and last is not None and last.kind == "government" else None)
    return _report(what, noun, memory) if what in {"the report", "a report"} else None


def _report(what: str, noun: str, memory: _Memory) -> Voice | None:
    """`the report` is the last one named; the first mention of "a new report" is the one the document goes on to name."""
    named = [v for v in memory.voices if v.kind == "report" and v.by]
    if noun in {"commentary", "editorial", "letter", "op-ed"}:
        return None
    if what == "the report" and named:
        return named[-1]
    if any(not v.anaphor for v in named):
        return None
    return memory.reports_ahead[0] if memory.reports_ahead else None


def _maker_of(report: Voice | None) -> Voice | None:
    return Voice(report.by, "organisation", report.start, report.end) if report is not None and report.by else None


def speeches(heard: Sequence[Heard], quotes: Mapping[int, Sequence[Quotation]]) -> list[Speech]:
    """Find who speaks each quotation long enough to hold a statement. `quotes` are by paragraph.

    In this order: a verb of saying in a sentence that the quotation touches; the speaker of the quotation before it in the same paragraph;
    for a paragraph that opens with a quotation, the speaker of the paragraph before, latent.
    """
    found: list[Speech] = []
    before: Voice | None = None
    by_paragraph: dict[int, list[Heard]] = {}
    for one in heard:
        by_paragraph.setdefault(one.sentence.paragraph, []).append(one)
    for paragraph in sorted(quotes):
        speaker: Voice | None = None
        for quotation in quotes[paragraph]:
            if quotation.end - quotation.start < _LONG_QUOTE:
                continue
            own = _speaker(quotation, by_paragraph.get(paragraph, []))
            speaker = own or speaker or _before(quotation, by_paragraph.get(paragraph, []))
            opens = not any(h.sentence.start < quotation.start - 2 for h in by_paragraph.get(paragraph, []))
            heir = before if speaker is None and opens and before is not None and before.kind == "person" else None
            found.append(Speech(quotation, speaker or (replace(heir, latent=True) if heir else None), latent=speaker is None))
        last = [r.voice for h in by_paragraph.get(paragraph, []) for r in h.reports if r.voice.kind == "person"]
        before = speaker or (last[-1] if last else before)
    return found


def _before(quotation: Quotation, paragraph: list[Heard]) -> Voice | None:
    """Whoever was last made to speak in the paragraph before a quotation that no verb of saying touches."""
    earlier = [r for h in paragraph if h.sentence.end <= quotation.start for r in h.reports if r.how not in {"basis", "noun", "impersonal"}]
    return max(earlier, key=lambda r: r.voice.start).voice if earlier else None


def _speaker(quotation: Quotation, paragraph: list[Heard]) -> Voice | None:
    """The voice whose verb of saying stands outside the quotation in a sentence it touches; the nearest one."""
    best: tuple[int, Voice] | None = None
    for one in paragraph:
        if one.sentence.end <= quotation.start - 2 or one.sentence.start >= quotation.end + 2:
            continue
        for report in one.reports:
            cue = one.parse.words[report.cue]
            if covers(quotation.range, (cue.start, cue.end)) or report.how in {"basis", "noun", "impersonal"}:
                continue
            distance = min(abs(cue.start - quotation.end), abs(quotation.start - cue.end))
            if best is None or distance < best[0]:
                best = (distance, report.voice)
    return best[1] if best else None
