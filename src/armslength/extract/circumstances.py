"""Look at one clause the way the grammar asks about it.

In:  a heard sentence, its clauses and word classes, who says the clause, what the document is about. Out: `Circumstance` rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from armslength.extract.clauses import Clause
from armslength.extract.cues import Reported
from armslength.extract.grammar import Circumstance
from armslength.extract.lexicon import Hit, load_data
from armslength.extract.parsed import Parse, Word
from armslength.extract.voices import Voice, voice_of
from armslength.model.claims import Dated, Place

_PRONOUNS = {"they", "it", "these", "those", "this", "which", "that", "who", "he", "she", "some", "many"}
_PERSONAL = {"he", "she", "him", "her", "himself", "herself"}
_PAST = {"VBD", "VBN"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What surrounds the clauses of one sentence."""

    parse: Parse
    hits: tuple[Hit, ...]
    before: frozenset[str]
    """Classes of the sentence before."""
    dates: tuple[Dated, ...]
    places: tuple[Place, ...]
    city: Place | None
    """The last city named before this sentence."""
    origin: str
    """State key of the acting state, or empty."""
    site_document: bool
    after_incident: bool
    """The paragraph has told of one incident already."""
    speakers: frozenset[str]
    """Names of the persons who are made to speak anywhere in the document."""
    resolved: tuple[tuple[int, Voice], ...]
    """Voices by where they start, as the discourse resolved them."""


@cache
def _method_rules() -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    return tuple((e["code"], tuple(tuple(n.split("|")) for n in e["needs"])) for e in load_data("methods.yaml"))


def methods_in(classes: frozenset[str]) -> tuple[str, ...]:
    """Method codes whose words all stand among some classes."""
    found = (code for code, needs in _method_rules() if all(any(c in classes for c in choices) for choices in needs))
    return tuple(dict.fromkeys(found))


def circumstance(
    scene: Scene, clause: Clause, parts: Sequence[Clause], chain: Sequence[Voice], marks: Iterable[str], side: str
) -> Circumstance:
    """Everything the grammar can ask about a clause. `side` is what the deepest voice is; `marks` what the caller knows."""
    parse = scene.parse
    own = _classes(scene, set(clause.own))
    subject = parse.words[clause.subject] if clause.subject is not None else None
    near = own | _classes(scene, set(parse.subtree(subject.index)) if subject is not None else set())
    parent = next((p for p in parts if p.head == clause.parent), None)
    if parent is not None:
        near |= _classes(scene, set(parent.own))
    if subject is None or subject.text.casefold() in _PRONOUNS:
        near |= _classes(scene, set(range(len(parse.words)))) | scene.before
    near |= _targets(
        scene, [*clause.own, *(parent.own if parent is not None else ()), *(parse.subtree(subject.index) if subject is not None else ())]
    )
    own |= _targets(scene, clause.own)
    head_classes = frozenset(h.name for h in scene.hits if h.first <= clause.head <= h.last)
    own |= frozenset({"method"}) if methods_in(own | near & _RELATED) else frozenset()
    about = _subject(scene, subject)
    if "origin" in about:
        own |= {"origin_action"}  # the acting state's own charges and sentences are its deeds, no legal state of its agents
    marked = frozenset(marks) | _marks(scene, clause) | (frozenset({"methods"}) if "method" in own else frozenset())
    return Circumstance(
        own=own,
        near=near | own,
        below=_classes(scene, set(clause.whole)),
        head=head_classes,
        subject=about,
        speaker=_speaker(chain, side),
        marks=marked,
    )


_RELATED = frozenset({"relatives", "return"})


def _classes(scene: Scene, words: set[int]) -> frozenset[str]:
    found = {h.name for h in scene.hits if h.first in words}
    if "site" in found or (scene.site_document and "site_word" in found):
        found.add("site_any")
    return frozenset(found)


def _targets(scene: Scene, indexes: Sequence[int]) -> frozenset[str]:
    """Whether some words are about one person or many."""
    found, words, own = set(), scene.parse.words, set(indexes)
    for hit in scene.hits:
        if hit.first in own and hit.name in {"one_target", "target_group", "relatives", "protected_target"}:
            word = words[hit.last]
            found.add("plural_target" if word.tag in {"NNS", "NNPS"} or word.lemma in {"people", "community", "diaspora"} else "single")
    for index in own:
        word = words[index]
        if word.entity == "PERSON" or word.text.casefold() in _PERSONAL:
            found |= {"single", "person"}
    if found & {"single"} or (not found & {"plural_target"} and any(words[i].text.casefold() in {"they", "them", "who"} for i in own)):
        found.add("single_or_it")
    if "plural_target" in found and "single" not in found:
        found.add("plural_event")
    return frozenset(found)


def _subject(scene: Scene, subject: Word | None) -> frozenset[str]:
    if subject is None:
        return frozenset()
    voice = next((v for start, v in scene.resolved if start == subject.start), None) or voice_of(scene.parse, subject.index)
    found = {voice.kind} if voice.kind else {"pronoun"}
    classes = _classes(scene, set(scene.parse.subtree(subject.index)))
    if classes & {"official"} or voice.kind in {"government", "court"}:
        found.add("official")
    if "investigate" in classes:
        found.add("investigation")
    if voice.kind == "government":
        found.add(side_of(voice, scene.origin))
    if voice.kind == "person" or subject.text.casefold() in _PERSONAL:
        found |= {"person", "one_person"}
    for name in ("site", "association", "relatives"):
        if name in classes:
            found.add(name)
    if any(p.start == subject.start and p.precision != "country" for p in scene.places):
        found.add("place")
    return frozenset(found)


def side_of(voice: Voice, origin: str) -> str:
    """`origin` for the acting state's own voices, `host` for any other authority. Whose an unnamed office is stays `official`."""
    key = state_key(voice.by) or state_key(voice.name)
    if not key:
        return "official"
    if voice.role == "record":
        return "origin" if key == origin else "official"
    return "origin" if key == origin else "host"


def state_key(name: str) -> str:
    """One key for a state's name, its people and its capital: the country code where the gazetteer knows it, else the word's stem."""
    from armslength.extract.places import country_of

    if not name or name in {"official", "state"}:
        return ""
    if len(name) == 2 and name.isupper():
        return name
    words = name.replace("’s", "").split()
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            code = country_of(" ".join(words[start : start + size]))
            if code:
                return code
    first = next((w for w in words if w[:1].isupper() and w.casefold() not in {"the", "foreign", "ministry", "embassy"}), "")
    return first.casefold()[:6] if len(first) > 4 else ""


def _speaker(chain: Sequence[Voice], side: str) -> frozenset[str]:
    return frozenset({chain[-1].kind, side} - {""}) if chain else frozenset({"page"})


def _marks(scene: Scene, clause: Clause) -> frozenset[str]:
    words = [scene.parse.words[i] for i in clause.own]
    found = set()
    start, end = clause.range
    if any(d.start is not None and start <= d.start < end for d in scene.dates):
        found.add("dated")
    if any(p.start is not None and start <= p.start < end and p.precision != "country" for p in scene.places):
        found.add("place")
    if any(w.tag in _PAST for w in words):
        found.add("past")
    if not any(w.pos in {"VERB", "AUX"} for w in words):
        found.add("verbless")
    if any(w.dep == "neg" or (w.lemma == "no" and w.dep == "det") for w in words):
        found.add("negated")
    verb = scene.parse.words[clause.head]
    if scene.parse.kid(clause.head, "auxpass") is None and (verb.tag != "VBN" or scene.parse.kid(clause.head, "aux") is not None):
        found.add("active")
    if _happened(scene, clause):
        found.add("definite")
    if scene.after_incident:
        found.add("single_context")
    hits = {h.name for h in scene.hits if h.first in clause.own}
    if "official" in hits or "state_organ" in hits:
        found.add("about_hosts")
    return frozenset(found)


def _happened(scene: Scene, clause: Clause) -> bool:
    """Whether the clause tells of something that happened, not of what is usually done: the verb that carries its tense is past or perfect
    and not modal, or a record shows it happening.
    """
    parse, here = scene.parse, clause.head
    for _ in range(5):
        word = parse.words[here]
        aux = [*parse.kids(here, "aux", "auxpass")]
        if any(a.tag == "MD" for a in aux):
            return False
        if word.tag == "VBD" or any(a.tag == "VBD" or a.lemma == "have" for a in aux):
            return True
        if word.tag in {"VBZ", "VBP"} or any(a.tag in {"VBZ", "VBP"} for a in aux):
            subject = parse.kid(here, "nsubj")
            return subject is not None and any(h.name == "evidence" and h.first in parse.subtree(subject.index) for h in scene.hits)
        if word.dep == "ROOT" or word.head == here:
            return word.tag == "VBN"
        here = word.head
    return False


def voices_at(reports: Iterable[Reported], subjects: Iterable[Voice]) -> tuple[tuple[int, Voice], ...]:
    """Resolved voices by the position of their words: those that speak before those that are only subjects."""
    return (*((r.voice.start, r.voice) for r in reports), *((v.start, v) for v in subjects))
