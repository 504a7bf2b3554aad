"""What a document has named so far, and which of it a pronoun or a noun with `the` takes up.

In:  voices in the order of their words. Out: each with the name it stands for, as far as the text allows: `she`, `the lawyer`, `Holt`, `the
group`, `the agency`. Two that fit equally leave it as it is; nothing outside the document is asked. What a person is called tells a name
from another only by grammar: `Ms`, `spokeswoman`, `she`; never by what a name sounds like.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from armslength.extract.bodies import NAMED_AS_BODY
from armslength.extract.phrases import is_human
from armslength.extract.voices import Voice, nouns

_WINDOW = 80
"""Mentions that are kept: what was named longer ago is taken up by name only. So a document costs no more than its length."""
_NEAR = 1
"""Paragraphs back in which somebody must stand whom a noun alone means (`the 34-year-old`)."""
_CLOSE = 2
"""Paragraphs back in which a speaker stands whom `he` may go on with rather than with somebody newly mentioned."""
_SHORT_NAME = 3
_BODIES = ("government", "organisation", "report", "media", "court")
_GROUPS = {"organisation", "report", "media", "unnamed", "government"}
_ONE_PERSON = {"person", "resident", "source", "individual"}
_OWNER = re.compile(r"[\w-]+[’']s\b")
_WORD = re.compile(r"[^\W\d_]+")
_AUTHORS = {"author", "co-author", "researcher"}
_TRADES = {"company", "firm", "business", "operator", "university", "party", "college", "club"}
"""Bodies of a kind of their own, that `the group` does not take up and that take up no other."""


def _recent() -> deque[Voice]:
    return deque(maxlen=_WINDOW)


@dataclass(slots=True)
class Memory:
    """What has been named so far, in order. Lives while one document is read."""

    voices: deque[Voice] = field(default_factory=_recent)
    subjects: deque[Voice] = field(default_factory=_recent)
    """Those that stood as the subject of a clause, speakers among them: what "it" and "they" take up."""
    speakers: deque[Voice] = field(default_factory=_recent)
    people: dict[str, Voice] = field(default_factory=dict)
    bearers: dict[str, set[str]] = field(default_factory=dict)
    """Full names by each word of them."""
    offices: dict[str, Voice] = field(default_factory=dict)
    """The body that somebody speaks for, by each word of the holder's name."""
    reports_ahead: list[Voice] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    """What each name is in the whole document, person or organisation, where passages disagree."""
    gender: dict[str, str] = field(default_factory=dict)
    """`f` or `m` by name, from titles, nouns and pronouns of the document."""
    spoke: set[str] = field(default_factory=set)
    """Everybody who was made to say something, inside others' words, too."""
    seen: dict[str, int] = field(default_factory=dict)
    """The paragraph in which each name stood last."""
    paragraph: int = 0
    line: int = 0
    """Number of the sentence."""
    bodies: deque[tuple[int, bool, Voice]] = field(default_factory=lambda: deque(maxlen=_WINDOW))
    """Bodies named, with their sentence and whether they were subjects."""

    def know(self, person: Voice) -> None:
        """Take up a person by their full name."""
        if person.name not in self.people:
            self.people[person.name] = person
            for word in person.name.split():
                self.bearers.setdefault(word, set()).add(person.name)

    def remember(self, voice: Voice, *, subject: bool, speaker: bool) -> None:
        """Take up one mention."""
        self.voices.append(voice)
        if voice.kind in _BODIES:
            self.bodies.append((self.line, subject, voice))
        self.seen[voice.name] = self.paragraph
        if speaker:
            self.speakers.append(voice)
        if subject:
            self.subjects.append(voice)
        if voice.kind == "person" and " " in voice.name:
            self.know(voice)
        for word in voice.holder.split():
            self.offices.setdefault(word, voice)

    def back(self, *, floor: int = -1) -> Iterator[Voice]:
        """Mentions from the latest back, subjects first; only those that start at `floor` or later."""
        return (v for v in chain(reversed(self.subjects), reversed(self.voices)) if v.start >= floor)

    def latest(self, *kinds: str, floor: int = -1) -> Voice | None:
        """The latest subject of one of the kinds, else the latest mention."""
        return next((v for v in self.back(floor=floor) if v.kind in kinds), None)

    def latest_body(self, *, speaking: bool, floor: int = -1) -> Voice | None:
        """What `it` takes up: the body that was a subject last; but where the sentence just before names one, and has none for a subject,
        that one answers (`She wrote to the consulate. It replied`).
        """
        just = [(subject, v) for line, subject, v in self.bodies if line == self.line - 1 and v.start >= floor]
        here = any(line == self.line and v.start >= floor for line, _, v in self.bodies)
        if speaking and just and not here and not any(subject for subject, _ in just) and len({v.name for _, v in just}) == 1:
            return just[-1][1]
        return self.latest(*_BODIES, floor=floor)

    def latest_human(self, gender: str, *, speaking: bool, floor: int = -1) -> Voice | None:
        """The latest subject that is a person or speaks as one and may be a `she` or a `he`, else the latest such mention.

        Where the pronoun speaks, a relative without a name who has not spoken yet (`his uncle`) stands back behind whoever has, close by.
        """
        fits = [v for v in self.back(floor=floor) if human(v) and self.gender_of(v) in {gender, ""}]
        first = next(iter(fits), None)
        spoken = {v.name for v in self.speakers} | self.spoke
        if first is None or not speaking or first.role not in nouns("kin") or first.name in spoken:
            return first
        known = (v for v in fits if v.name in spoken and self.paragraph - self.seen.get(v.name, -9) <= _CLOSE)
        return next(known, first)

    def gender_of(self, voice: Voice) -> str:
        """`f`, `m`, or empty where the document does not tell."""
        words = {w.casefold() for w in _WORD.findall(_OWNER.sub("", voice.role))} | (
            {voice.name.casefold()} if voice.kind == "unnamed" else set()
        )
        if words & nouns("women"):
            return "f"
        if words & nouns("men"):
            return "m"
        return self.gender.get(voice.holder or voice.name, "")


def human(voice: Voice) -> bool:
    """A person, or an office or trade that a person speaks from: `the owner of the shop`, `a spokeswoman`; not several of them."""
    if voice.role.startswith("several "):
        return False
    return voice.kind == "person" or is_human(voice.role) or voice.role in _ONE_PERSON


def resolve(voice: Voice, memory: Memory, *, speaking: bool, papers: bool = False, floor: int = -1) -> Voice:
    """Give an anaphor the name it stands for, and a person the body the text says they speak for; shorten nothing, invent nothing.

    `papers`: the voice lists or shows, as papers do. `floor`: inside a quotation, pronouns take up only what was named at this offset or
    behind it.
    """
    found = _meant(voice, memory, speaking=speaking, papers=papers, floor=floor)
    if found.anaphor in {"he", "she"} and human(found):
        memory.gender.setdefault(found.holder or found.name, "f" if found.anaphor == "she" else "m")
    if found.kind != "person" or found.by:
        return found
    by = _body_of(found.role, memory)
    if by and found.name in memory.people:
        memory.people[found.name] = replace(memory.people[found.name], by=by, role=found.role)
    return replace(found, by=by)


def _meant(voice: Voice, memory: Memory, *, speaking: bool, papers: bool, floor: int) -> Voice:
    if not voice.anaphor:
        kind = memory.kinds.get(voice.name, voice.kind)
        voice = _settled(voice, kind) if voice.kind in {"person", "organisation"} or voice.guessed or kind == "person" else voice
    if not voice.anaphor and voice.kind != "person":
        bearer = _bearer(voice, memory)
        if bearer is not None:
            return bearer
    single = " " not in voice.name and voice.name[:1].isupper() and voice.kind in {"organisation", "government", "unnamed"}
    if not voice.anaphor and (voice.kind == "person" or single):
        return _full_name(voice, memory)
    found = _antecedent(voice, memory, speaking=speaking, papers=papers, floor=floor) if voice.anaphor else None
    if found is None and voice.kind == "unnamed" and voice.role.startswith("spokes"):
        found = memory.latest("government", "organisation")
        return replace(found, start=voice.start, end=voice.end, role=voice.role, holder=voice.holder) if found is not None else voice
    if found is None:
        return _nobody(voice)
    role, holder = (voice.role, voice.holder) if voice.role.startswith("spokes") else (found.role, found.holder)
    return replace(found, start=voice.start, end=voice.end, anaphor=voice.anaphor, role=role, holder=holder, via=None)


def _settled(voice: Voice, kind: str) -> Voice:
    """A voice with the kind that its name has in the whole document."""
    return voice if voice.kind == kind else replace(voice, kind=kind, by="" if kind == "person" else voice.by)


def _nobody(voice: Voice) -> Voice:
    """A voice that nothing named before explains: a pronoun is nobody in particular, a noun says what it says."""
    if voice.anaphor and voice.kind in {"", "person"}:
        return replace(voice, kind="unnamed")
    pointing = voice.anaphor.startswith(("the person:", "the government:"))
    return replace(voice, anaphor="") if pointing and voice.kind == "unnamed" else voice


def _bearer(voice: Voice, memory: Memory) -> Voice | None:
    """A voice that goes by a known person's last name is that person, whatever the recogniser took it for; a family is nobody by name."""
    words = [w.removesuffix("’s").removesuffix("'s") for w in voice.name.split() if w.casefold().rstrip(".") not in nouns("title")]
    if not words or len(words) > _SHORT_NAME:
        return None
    named = [memory.people[n] for n in memory.bearers.get(words[0], ()) if n.split()[-1] == words[0]]
    if len(named) != 1:
        return None
    if words[-1].casefold() in {"family", "families", "household"}:
        return replace(voice, name=words[-1].casefold(), kind="unnamed", by="", start=voice.end - len(words[-1]))
    alone = len(words) == 1 or words[1].casefold() in nouns("report") | nouns("record")
    return replace(named[0], start=voice.start, end=voice.end) if alone else None


def _full_name(voice: Voice, memory: Memory) -> Voice:
    """`Harth` is the Laura Harth named elsewhere in the document; two bearers of the name leave it as it is."""
    spoken = next((o for word in voice.name.split()[-1:] if (o := memory.offices.get(word)) is not None), None)
    if spoken is not None and spoken.holder in {voice.name, *(n for n in memory.bearers.get(voice.name, ()) if " " not in voice.name)}:
        return replace(spoken, start=voice.start, end=voice.end, via=None)
    if " " in voice.name:
        known = memory.people.get(voice.name)
        return replace(voice, role=voice.role or known.role, by=voice.by or known.by) if known else voice
    names = memory.bearers.get(voice.name) or memory.bearers.get(voice.name.title(), set())
    last = {n for n in names if n.split()[-1] == voice.name} or names
    if len(last) == 1:
        return replace(memory.people[next(iter(last))], start=voice.start, end=voice.end, via=None)
    office = memory.offices.get(voice.name)
    return replace(office, start=voice.start, end=voice.end, via=None) if office is not None and not names else voice


def _antecedent(voice: Voice, memory: Memory, *, speaking: bool, papers: bool, floor: int) -> Voice | None:
    """What a pronoun or a noun with `the` takes up."""
    what, _, noun = voice.anaphor.partition(":")
    if not noun:
        return _pronoun(what, memory, speaking=speaking, papers=papers, floor=floor)
    if what == "the group":
        return _group(noun, memory)
    if what == "the person":
        return _described(voice, noun, memory, floor=floor)
    if what in {"the record", "the government"}:
        return _office(what, noun, memory)
    author = _one(v for v in reversed(memory.voices) if v.kind == "person" and _AUTHORS & _called(v)) if noun in _AUTHORS else None
    return author or (_report(what, noun, memory) if what in {"the report", "a report"} else None)


def _pronoun(what: str, memory: Memory, *, speaking: bool, papers: bool, floor: int) -> Voice | None:
    if what in {"he", "she", "him", "her"}:
        return memory.latest_human("f" if what in {"she", "her"} else "m", speaking=speaking, floor=floor)
    if what in {"it", "its"}:
        return memory.latest_body(speaking=speaking, floor=floor)
    if what not in {"they", "them", "these", "those"}:
        return None
    paper = next((v for v in reversed(memory.voices) if v.kind == "report" or v.role == "record"), None) if papers else None
    return paper or memory.latest(*_GROUPS, floor=floor)


def _called(voice: Voice) -> set[str]:
    """What a passage calls somebody: the words of their role, and of their name where it is no name."""
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", voice.role.casefold()))
    return words | (set(voice.name.casefold().split()) if voice.kind != "person" and voice.name[:1].islower() else set())


def _one(found: Iterable[Voice]) -> Voice | None:
    """The only one by name, or None."""
    by_name = {v.name: v for v in found}
    return next(iter(by_name.values())) if len(by_name) == 1 else None


def _described(voice: Voice, noun: str, memory: Memory, *, floor: int) -> Voice | None:
    """`the lawyer` is the one who was called a lawyer: the last who spoke, or the only one. `The 34-year-old`, whom nothing named calls so,
    is the only person of the last two paragraphs.
    """
    fits = [v for v in reversed(memory.voices) if v.start >= floor and noun in _called(v) and (human(v) or v.kind == "unnamed")]
    last = memory.speakers[-1] if memory.speakers else None
    if last is not None and any(v.name == last.name for v in fits):
        return last
    found = _one(fits)
    if found is not None or fits:
        return found
    aged = noun == "old" or re.search(r"\d+-year", voice.name) is not None
    if not aged and noun not in nouns("standins"):
        return None
    gender = "f" if noun in nouns("women") else "m" if noun in nouns("men") else ""
    near = [v for v in memory.back(floor=floor) if v.kind == "person" and memory.seen.get(v.name, -2) >= memory.paragraph - _NEAR]
    return _one(v for v in near if not gender or memory.gender_of(v) in {gender, ""})


def _group(noun: str, memory: Memory) -> Voice | None:
    """`the group`, `the charity`: the organisation that was called so, else the last named; a trade of its own only if called so."""
    named = [
        v for v in memory.back() if v.kind == "organisation" and v.name[:1].isupper() and v.name.casefold() not in nouns("organisation")
    ]
    exact = next((v for v in named if noun in _called(v) or noun in v.name.casefold().split()), None)
    if exact is not None or noun in _TRADES:
        return exact
    return next(iter(named), None) or _maker_of(memory.latest("report"))


def _office(what: str, noun: str, memory: Memory) -> Voice | None:
    kinds = {"government", "court"} if what == "the government" else {"government", "report", "media"}
    if noun in nouns("maybe_government"):
        kinds |= {"organisation", "media"}
    pool = [v for v in reversed(memory.voices) if v.kind in kinds and (_says_noun(v, noun) or noun in _called(v))]
    found = next((v for v in pool if v.by), None) or next((v for v in pool if len(v.name.split()) > 1 or noun in _called(v)), None)
    last = memory.speakers[-1] if memory.speakers else None
    same = last is not None and last.kind == "government" and memory.seen.get(last.name) == memory.paragraph
    fallback = what == "the government" and same and noun not in nouns("maybe_government") | {"government"}
    return found or (last if fallback else None)


def _says_noun(voice: Voice, noun: str) -> bool:
    """Whether a name holds a noun, in the singular or the plural."""
    words = voice.name.casefold().replace("’s", "").replace("'s", "").split()
    return noun in words or noun + "s" in words or noun.removesuffix("y") + "ies" in words


def _report(what: str, noun: str, memory: Memory) -> Voice | None:
    """`the report` is the last one named; the first mention of "a new report" is the one the document goes on to name."""
    if noun in {"commentary", "editorial", "letter", "op-ed"}:
        return None
    named = [v for v in memory.voices if v.kind == "report" and v.by]
    if noun == "paper" and not any("paper" in v.name.casefold().split() for v in named):
        return memory.latest("media")
    if what == "the report" and named:
        return named[-1]
    if any(not v.anaphor for v in named):
        return None
    return memory.reports_ahead[0] if memory.reports_ahead else None


def _maker_of(report: Voice | None) -> Voice | None:
    return Voice(report.by, "organisation", report.start, report.end) if report is not None and report.by else None


def _body_of(role: str, memory: Memory) -> str:
    """The body that a person's role names or points to: `director of Green Watch`, `a co-author of the study`, `the group's founder`."""
    fold = role.casefold()
    words = set(fold.replace("’s", " ").replace("'s", " ").replace(",", " ").split())
    if not words or fold.startswith(NAMED_AS_BODY):
        return ""
    named = {v.name for v in memory.voices if v.kind == "organisation" and " " in v.name and v.name.casefold() in fold}
    if named:
        return max(named, key=len)
    if words & {"study", "report", "paper", "dossier", "investigation"} and words & (_AUTHORS | {"co", "editor"}):
        last = next((v for v in reversed(memory.voices) if v.kind == "report" and v.by), None)
        return last.by if last is not None else ""
    if words & {"group", "organisation", "organization", "ngo", "charity", "foundation", "institute", "its"}:
        body = next((v for v in reversed(memory.voices) if v.kind == "organisation" and v.name[:1].isupper()), None)
        return body.name if body is not None else ""
    if "colleague" in words:
        other = next((v for v in reversed(memory.voices) if v.kind == "person" and v.by), None)
        return other.by if other is not None else ""
    return ""
