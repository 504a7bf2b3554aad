"""What makes a mention the same voice in two documents, written as a key: mentions with the same key are one entity.

In:  mentions, what is known of names, the dates of reports.
Out: for each mention a key and a sentence that says why it has it.
Never: joins persons across documents, or bodies on a name that every body could have (`the ministry`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from armslength.resolve.known import Known
from armslength.resolve.mentions import Mention
from armslength.resolve.names import GENERIC, fold, is_acronym, names_somebody, person_words

Key: TypeAlias = tuple[str, ...]

COLLECTIVE = frozenset({"publisher", "media", "organisation", "government", "court"})

_STATE_VOICE = re.compile(
    r"\b(?:state|official|party|government|state[- ]run|state[- ]owned|state[- ]controlled|police|prosecutors?|judicial)\b.*"
    r"\b(?:media|data|documents?|newspapers?|television|broadcasters?|records?|statistics|websites?|notices?|press|figures|publications?|video|reports?|outlets?)\b",
    re.IGNORECASE,
)


def state_key(country: str, office: str = "") -> Key:
    """The government of a country, or one of its offices."""
    return ("state", country, office)


def body_key(name: str, doc: str, known: Known, *, by: str = "") -> Key:
    """The key of a body that is not a person: a state or its office, a body with a name of its own, or a nameless one of one document."""
    body = known.body(name)
    if body and body.state and known.state(by, seats=True) in {"", body.country}:
        return state_key(body.country, fold(body.name))
    if body and not body.state:
        return ("body", fold(body.name))
    return ("body", fold(name)) if names_somebody(name) else ("body", fold(name), doc)


def collective_key(mention: Mention, known: Known) -> Key:
    """The key of a medium, organisation, government or court."""
    listed = body_key(mention.name, mention.doc, known, by=mention.by)
    if listed[0] == "state" or (known.body(mention.name) and listed[0] == "body"):
        return listed
    authority = mention.kind in {"government", "court"}
    country, office = known.speaks_for(mention.name, mention.by)
    if country and (authority or known.state(mention.name) or _STATE_VOICE.search(mention.name)):
        return state_key(country, "" if known.state(mention.name, seats=authority) else office)
    return listed


def state_by_name(name: str, bodies: frozenset[str]) -> Key:
    """The government of a state or town that is not in the list of states, from its name or adjective.

    An adjective goes to the name it begins with, where somebody speaks by that name.
    """
    folded = fold(name)
    near = [body for body in bodies if len(body) >= 4 and folded.startswith(body[:-1]) and 0 <= len(folded) - len(body) <= 3]
    return ("body", min(near, key=lambda body: (len(body), body)) if near else folded)


def named_states(mentions: Iterable[Mention], keys: Mapping[str, Key], bodies: frozenset[str]) -> dict[str, Key]:
    """New keys for offices of states that are not in the list: one office is the same office under the state's name and adjective.

    `bodies`: folded names of bodies that speak, at least those that such a name could begin with.
    """
    found: dict[str, Key] = {}
    for mention in mentions:
        if mention.kind not in {"government", "court"} or keys[mention.id][0] != "body" or not mention.by or not names_somebody(mention.by):
            continue
        state, own = state_by_name(mention.by, bodies)[1], fold(mention.name)
        if own == fold(mention.by) and own != state:
            found[mention.id] = ("body", state)
        elif own.startswith(f"{fold(mention.by)} ") and fold(mention.by) != state:
            found[mention.id] = ("body", f"{state} {own.removeprefix(fold(mention.by)).strip()}")
    return found


def person_keys(mentions: Iterable[Mention]) -> dict[str, Key]:
    """Mention to key. A name means one person inside a document; that two documents mean one person is for people to say (METHOD N5)."""
    return {mention.id: ("person", " ".join(person_words(mention.name)), "in", mention.doc) for mention in mentions}


def report_author(mention: Mention, known: Known, bodies: frozenset[str]) -> str:
    """Who wrote a report: as the text says, or the body whose name its own name begins with. Empty where unknown."""
    if mention.by:
        return mention.by
    name = report_maker(mention.name)
    return name if name and (fold(name) in bodies or fold(name) in known.bodies) else ""


def report_maker(name: str) -> str:
    """A report's name without the words that any report is called by: `Green Watch annual report` may be by Green Watch."""
    words = name.split()
    while words and fold(words[-1]) in GENERIC | {""}:
        words.pop()
    return " ".join(words)


def report_bucket(mention: Mention, author: str, known: Known) -> Key:
    """Reports that could be one: by the same body, or, where nobody is named, with the same name of their own."""
    if author:
        country, office = known.speaks_for(author)
        owner = body_key(author, mention.doc, known)
        return ("by", *(state_key(country, office) if country and owner[0] == "body" and not known.body(author) else owner))
    if _STATE_VOICE.search(mention.name):
        country, office = known.speaks_for(mention.name)
        if country:
            return ("by", *state_key(country, office))
    return ("named", fold(mention.name)) if names_somebody(mention.name) else ("in", mention.doc, fold(mention.name))


def acronym_keys(
    mentions: Sequence[Mention], keys: Mapping[str, Key], expansions: Mapping[tuple[str, str], Key], readings: Mapping[str, set[Key]]
) -> dict[str, Key]:
    """New keys for acronyms. `expansions`: (document, acronym) to the key of the name that the document gives for it. `readings`: acronym
    to the keys of all names that documents of the case give for it.

    An acronym that the whole case spells out in one way stands for that everywhere; one with two readings only where its own
    document spells it out; one that nobody spells out stays what it is.
    """
    found: dict[str, Key] = {}
    for mention in mentions:
        acronym = fold(mention.name)
        if not is_acronym(mention.name) or keys.get(mention.id, ("",))[0] != "body" or acronym not in readings:
            continue
        here = expansions.get((mention.doc, acronym))
        if here:
            found[mention.id] = here
        elif len(readings[acronym]) == 1:
            found[mention.id] = next(iter(readings[acronym]))
        else:
            found[mention.id] = ("body", acronym, mention.doc)
    return found
