"""Look at one clause the way the grammar asks about it.

In:  a heard sentence, its clauses and word classes, who says the clause, what the document is about. Out: `Circumstance` rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from armslength.extract.accused import speaks_of_its_body, speaks_of_its_state
from armslength.extract.actors import Acting, Stage, acting, authority_nouns, is_mission, occupant_nouns, said_of
from armslength.extract.clauses import Clause
from armslength.extract.cues import Reported
from armslength.extract.forms import forms_of
from armslength.extract.grammar import Circumstance
from armslength.extract.lexicon import Hit
from armslength.extract.methods import Deed, Ground, kin_words, people_words, victims
from armslength.extract.parsed import Parse, Word
from armslength.extract.voices import Voice, nouns, voice_of
from armslength.model.claims import Dated, Place, Quantity

_PRONOUNS = {
    "they", "it", "these", "those", "this", "which", "that", "who", "he", "she", "some", "many", "most", "few", "several", "none", "others",
    "all", "both", "each", "one",
}  # fmt: skip
_PERSONAL = {"he", "she", "him", "her", "himself", "herself"}
_PAST = {"VBD", "VBN"}
_IN_OFFICE = frozenset({
    "minister", "ministry", "police", "prosecutor", "mayor", "governor", "chancellor", "premier", "sheriff", "superintendent", "constable",
    "taoiseach", "commissioner", "attorney-general", "ombudsman", "detective",
})  # fmt: skip
"""Offices of a state. A president, secretary or officer may be a club's."""


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
    counted: Quantity | None = None
    """The last count of the sentences before, which a number without a noun goes on with."""


def circumstance(
    scene: Scene,
    clause: Clause,
    parts: Sequence[Clause],
    chain: Sequence[Voice],
    marks: Iterable[str],
    side: str,
    done: Sequence[Deed] = (),
) -> Circumstance:
    """Everything the grammar can ask about a clause. `side` is what the deepest voice is; `marks` what the caller knows; `done` the methods
    the clause tells of.
    """
    parse = scene.parse
    own = _classes(scene, set(clause.own))
    subject = parse.words[clause.subject] if clause.subject is not None else None
    near = own | _near(scene, clause, parts, subject)
    own |= _targets(scene, clause.own) | _of_deeds(ground_of(scene), done) | _states_named(scene, clause)
    about = _subject(scene, subject)
    who = who_acts(scene, clause, chain, side)
    if "origin" in about or who.doer & {"origin", "origin_place"}:
        own |= {"origin_action"}  # the acting state's own charges and sentences are its deeds, no legal state of its agents
    by_noun = any(d.act is not None and parse.words[d.act].pos == "NOUN" for d in done)
    deedly = {name for name, holds in (("by_noun", by_noun), ("methods", "method" in own)) if holds}
    marked = frozenset(marks) | _marks(scene, clause) | deedly
    voice = chain[-1] if chain else None
    accused = speaks_of_its_state(parse, clause, voice, state_key)
    if speaks_of_its_body(parse, clause, voice):
        marked |= {"of_own_body"}
    return Circumstance(
        own=own,
        near=near | own,
        below=_classes(scene, set(clause.whole)),
        head=frozenset(h.name for h in scene.hits if h.first <= clause.head <= h.last),
        subject=about,
        speaker=_speaker(chain, side)
        | (_named_classes(chain[-1]) if chain and not side else frozenset())
        | (frozenset({"accused"}) if accused else frozenset()),
        marks=marked,
        doer=who.doer,
        theme=who.theme,
    )


def _states_named(scene: Scene, clause: Clause) -> frozenset[str]:
    """Whether a clause names a state (`state_name`), and whether the acting one (`origin_word`)."""
    named = {state for index, state in ground_of(scene).states.items() if index in clause.own}
    return frozenset(({"state_name"} if named - {"foreign_place"} else set()) | ({"origin_word"} if "origin" in named else set()))


def _near(scene: Scene, clause: Clause, parts: Sequence[Clause], subject: Word | None) -> frozenset[str]:
    """Classes of a clause's subject and of the clause it hangs on. Where a pronoun stands for the
    subject: of the sentence and the one before.
    """
    parse = scene.parse
    near = _classes(scene, set(parse.subtree(subject.index)) if subject is not None else set())
    parent = next((p for p in parts if p.head == clause.parent), None)
    if parent is not None:
        near |= _classes(scene, set(parent.own))
    if subject is None or subject.text.casefold() in _PRONOUNS:
        near |= _classes(scene, set(range(len(parse.words)))) | scene.before
    near |= _targets(
        scene, [*clause.own, *(parent.own if parent is not None else ()), *(parse.subtree(subject.index) if subject is not None else ())]
    )
    return near


def who_acts(scene: Scene, clause: Clause, chain: Sequence[Voice], side: str) -> Acting:
    """Who does the clause's deed. Where nobody is named, an authority that tells of it is as good as its doer: `told`."""
    stage = Stage(
        parse=scene.parse,
        hits=scene.hits,
        resolved=scene.resolved,
        places=scene.places,
        origin=scene.origin,
        sites=scene.site_document,
        side=side_of,
        state=state_key,
    )
    found = acting(stage, clause)
    authority = side in {"host", "official"} or bool(chain and {"official"} & _named_classes(chain[-1]))
    told = bool(found.doer & {"nobody_named", "pronoun"}) and "origin_place" not in found.doer and authority and side != "origin"
    return replace(found, doer=found.doer | {"told"}) if told else found


def office_side(voice: Voice | None, origin: str) -> str:
    """Whose a named person in office is: a spokesman by name speaks for the state his office names. Empty for all who hold none."""
    if voice is not None and voice.kind in {"organisation", "unnamed"} and is_mission(voice.name):
        return side_of(voice, origin)
    words = {w.casefold().strip(",.").rstrip("s") for w in voice.role.split()} if voice is not None and voice.kind == "person" else set()
    if voice is None or not words & (authority_nouns() | nouns("spokesperson")):
        return ""
    if is_mission(voice.role):
        return "origin"
    key = state_key(voice.role)
    if key:
        return ("origin" if key == origin else "host") if len(key) == 2 else ""
    if "foreign ministry" in voice.role.casefold():
        return "origin" if origin else ""  # hosts' ministries are named with their state
    return "official" if words & _IN_OFFICE else ""  # `Interior Minister Ana Roth`: whose minister is told elsewhere


def _named_classes(voice: Voice) -> frozenset[str]:
    """Whether a voice that is no body of its own is an authority's: `investigators`, `the minister`."""
    words = {w.casefold().rstrip("s") for w in voice.name.split()}
    found = set(said_of(voice)) & {"official"} if voice.kind == "unnamed" else set()
    about = words | {w.casefold().strip(",.").rstrip("s") for w in voice.role.split()}
    if voice.kind in {"person", "unnamed", "organisation"} and about & occupant_nouns():
        found.add("occupant")  # who runs or houses what is spoken of answers for himself
    return frozenset(found)


def ground_of(scene: Scene) -> Ground:
    """A sentence as the method rules see it: with the state behind each name of a state or place. Where the acting state is
    not known, any may be the host.
    """
    states: dict[int, str] = {}
    for word in scene.parse.words:
        if word.entity in {"NORP", "GPE", "LOC"} and word.text[:1].isupper() and (key := state_key(word.text)):
            states[word.index] = "origin" if key == scene.origin else "host"
    for place in scene.places:
        if place.country != scene.origin:
            states |= {w.index: "foreign_place" for w in scene.parse.words if w.start == place.start and w.index not in states}
    kin = kin_words(scene.parse, scene.hits)
    return Ground(parse=scene.parse, hits=scene.hits, states=states, kin=kin, people=people_words(scene.parse, scene.hits, kin))


def _of_deeds(ground: Ground, done: Sequence[Deed]) -> frozenset[str]:
    """`deed` where the clause tells of something done to a target; `method` there too, and where others are pressed to do it. Stations,
    ties, laws and campaigns only make deeds possible; what a clause says of them has kinds of its own. The codes themselves stand among
    the classes, and `one_hit`, `group_hit` or `many_hit` for whom it falls on.
    """
    codes = {d.code for d in done}
    deed = any(c[0] in "ABCD" for c in codes)
    number = victims(ground, done) if deed else ""
    return frozenset(
        codes | ({"deed", "method"} if deed else {"method"} if "E5" in codes else set()) | ({f"{number}_hit"} if number else set())
    )


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
    found |= classes & {"site", "association", "relatives"}
    if "site_any" in classes:
        found.add("some_site")
    if any(p.start == subject.start and p.precision != "country" for p in scene.places):
        found.add("place")
    return frozenset(found)


def side_of(voice: Voice, origin: str) -> str:
    """`origin` for the acting state's own voices, `host` for any other authority. Whose an unnamed office is stays `official`."""
    if is_mission(voice.name):  # an embassy speaks for the state that acts unless it is another's
        key = state_key(voice.name.split(" to ")[0].split(" in ")[0]) or state_key(voice.by)
        return "host" if key and origin and key != origin else "origin"
    key = state_key(voice.by) or state_key(voice.name)
    if not key and origin and voice.holder and "foreign ministry" in voice.name.casefold():
        return "origin"  # a spokesman by name of a foreign ministry whose state goes without saying
    if not key:
        return "official"
    if voice.role == "record":
        return "origin" if key == origin else "official"
    return "origin" if key == origin else "host"


@lru_cache(maxsize=4096)
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
    verb = scene.parse.words[clause.head]
    start, end = clause.range
    subject = scene.parse.words[clause.subject].text.casefold() if clause.subject is not None else ""
    to = any(k.tag == "TO" for k in scene.parse.kids(clause.head, "aux", "mark"))
    hits = {h.name for h in scene.hits if h.first in clause.own}
    told = (
        ("dated", any(d.start is not None and start <= d.start < end for d in scene.dates)),
        ("place", any(p.start is not None and start <= p.start < end and p.precision != "country" for p in scene.places)),
        ("past", any(w.tag in _PAST for w in words)),
        ("verbless", not any(w.pos in {"VERB", "AUX"} for w in words)),
        ("definite", _happened(scene, clause)),
        ("described", verb.dep in {"relcl", "acl"}),
        ("main", verb.dep in {"ROOT", "conj", "parataxis"} and not _asks(scene)),
        ("one_person_subject", subject in _PERSONAL),
        ("purpose", verb.tag == "VB" and to and verb.dep != "ROOT"),
        ("told_past", verb.tag in _PAST and scene.parse.kid(clause.head, "aux") is None),
        ("site_told", scene.site_document),
        ("single_context", scene.after_incident),
        ("about_hosts", bool(hits & {"official", "state_organ"})),
    )
    return frozenset(forms_of(scene.parse, clause)) | _described(scene, clause, verb) | {name for name, holds in told if holds}


def _asks(scene: Scene) -> bool:
    """Whether the sentence is a question."""
    return any(w.text == "?" for w in scene.parse.words[-3:])


def _described(scene: Scene, clause: Clause, verb: Word) -> set[str]:
    """What a clause says that something is, and of whom a clause behind a noun speaks."""
    found = set()
    if verb.lemma == "be":
        found.add("copular")
        named = scene.parse.kid(verb.index, "attr")
        kinds = {h.name for h in scene.hits if named is not None and h.first <= named.index <= h.last}
        police = {h.name for h in scene.hits if h.first in clause.own} & {"state_organ", "police_work", "undercover"}
        if "site" in kinds or ("site_word" in kinds and police):
            found.add("is_site")
    if verb.dep == "relcl" and scene.parse.words[verb.head].pos in {"NOUN", "PROPN"}:
        described = {h.name for h in scene.hits if h.last == verb.head}
        if described & {"one_target", "target_group"} or scene.parse.words[verb.head].entity == "PERSON":
            found.add("of_person")
    return found


def _happened(scene: Scene, clause: Clause) -> bool:
    """Whether the clause tells of something that happened, not of what is usually done: the verb that carries its tense is past or perfect
    and not modal, or a record shows it happening.
    """
    parse, here = scene.parse, clause.head
    for _ in range(5):
        word = parse.words[here]
        aux = [*parse.kids(here, "aux", "auxpass")]
        if any(a.tag == "MD" for a in aux):  # `she could not board` tells what happened; `she could board` does not
            return any(a.lemma == "could" for a in aux) and parse.kid(here, "neg") is not None
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
