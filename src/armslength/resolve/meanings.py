"""What a claim says beside its words: who responded, who published what and when, who denies, what is tied to what.

In:  a reading, who is who.
Out: one `Meaning`; a field is empty where the claim does not say.
Never: compares two claims; that is `sayings.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from armslength.model.edtf import coarsen, is_valid
from armslength.model.ontology import load as load_ontology
from armslength.resolve.known import load as load_known
from armslength.resolve.names import fold, names_somebody, person_words
from armslength.resolve.readings import Reading, Voices
from armslength.resolve.terms import Terms, terms

_BODIES = frozenset({"organisation", "government", "media", "court"})
_DENYING = terms(
    "deny denied denial allegation accusation claims so-called report baseless completely entirely categorically strongly such exist run "
    "spokesman spokeswoman spokesperson reporters briefing press conference statement ask ministry embassy consulate ambassador"
)
"""Terms of denying itself, and of those who do it for a state."""
_SPEAKER_AFTER = re.compile(r"[,.?!]?[\"”’]\s+[^\"”]{0,80}?\b(?:said|says|told|added|wrote|replied|answered)\b[^\"”]*$")
"""Who says it, behind the quoted words."""

MANY = 2
"""Countries of a response up to which one of them may be the state that responds, and another the one it responds to."""
_SITES = terms("station")
_FORCES = (frozenset({"police", "constabulary", "gendarmerie"}), frozenset({"prosecutor", "prosecutors", "prosecution", "prosecutor's"}))
_ANY_FORCE = frozenset({"federal", "national", "state", "public", "office", "service", "force", "authorities", "officers"})
"""Words beside these that leave open which force of a state is meant."""
_HARM = terms("killing attack abduction death poisoning spyware hacking torture execution")
"""Terms of what is done to people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What of a claim says what is meant, whatever its words."""

    state: str
    """Which state responded."""
    authority: str
    """Which of its authorities, as an entity."""
    authorities: frozenset[str]
    """That authority and what answers for it."""
    maker: str
    """Who answers for a publication."""
    month: str
    """In which month it came out."""
    works: frozenset[str]
    """The reports it may be, as entities."""
    voice: str
    """Whose denial, testimony or opinion it is."""
    called: Terms
    """What the voice is called, in terms; empty for the page's own."""
    voices: frozenset[str]
    """That voice and what answers for it."""
    names: frozenset[str]
    """The voice's whole name, if it is a person's."""
    pair: tuple[str, ...]
    """The two bodies that are said to be tied to each other."""
    site_type: str
    number: tuple[str, float] | tuple[()]
    """What is counted beside the act, and how many."""
    gist: Terms
    """What is denied, in terms."""
    matter: str
    """`sites` or `harm`, where a response is about the one and not the other."""


def meaning_of(row: Reading, voices: Voices) -> Meaning:
    """What one claim means."""
    maker, month = publication(row, voices)
    voice, authority = speaker(row, voices), authority_of(row, voices)
    types = [code for code in row.claim.codes if code.startswith("SITE.ty.")]
    last = row.claim.originator
    words = person_words(last.name) if last.kind == "person" else ()
    quantity = row.claim.quantity
    return Meaning(
        state=acting_state(row, voices),
        authority=authority,
        authorities=above(authority, voices),
        maker=maker,
        month=month,
        works=_works(row, voices),
        voice=voice,
        called=terms(last.name) if last.kind not in {"author", "publisher"} else frozenset(),
        voices=above(voice, voices),
        names=frozenset({" ".join(words)} if len(words) > 1 else ()),
        pair=_pair(row, voices),
        site_type=types[0] if len(types) == 1 else "",
        number=(_counted(quantity.measure), float(quantity.value)) if quantity and quantity.value is not None else (),
        gist=_denied(row),
        matter=_matter(row),
    )


def _denied(row: Reading) -> Terms:
    """What is denied: the terms of the passage without those of denying, and without who says it."""
    quoted = terms(_SPEAKER_AFTER.sub("", row.claim.quote))
    return row.gist & quoted - _DENYING


def one_authority(a: Meaning, b: Meaning, voices: Voices) -> bool:
    """Whether two authorities may be one: the same, the state and its office, or a force that is only called by what it is (`the federal
    police`) and a force of that kind by its name.
    """
    if not a.authority or not b.authority or a.authority in b.authorities or b.authority in a.authorities:
        return True
    first, second = (frozenset(fold(voices.by_id[found].label).split()) for found in (a.authority, b.authority))
    kinds = [force for force in _FORCES if first & force and second & force]
    states = frozenset(word for words in (first, second) for word in words if load_known().state(word))
    return any(not (words - kind - states - _ANY_FORCE) for kind in kinds for words in (first, second))


def above(entity: str, voices: Voices) -> frozenset[str]:
    """An entity and all that answer for it."""
    seen: set[str] = set()
    while entity and entity not in seen:
        seen.add(entity)
        entity = voices.by_id[entity].part_of if entity in voices.by_id else ""
    return frozenset(seen)


def publication(row: Reading, voices: Voices) -> tuple[str, str]:
    """Of a publication claim: who answers for the work, and the month it came out; each empty where the claim does not say."""
    claim = row.claim
    if claim.kind != "publication_event":
        return "", ""
    works = [party.mention for party in claim.parties if party.kind == "report"]
    makers = [party.mention for party in claim.parties if party.kind in _BODIES]
    voiced = [link.mention for link in claim.attribution if link.kind in {"report", "organisation"}]
    roots = _bodies(works, voices) or _bodies(makers, voices) or _bodies(voiced, voices) or voices.named_in(claim.quote)
    roots = roots or frozenset(voices.root(voices.entity(mention)) for mention in works or makers or voiced) - {""}
    edtf = claim.event_date.edtf if claim.event_date else ""
    when = coarsen(edtf, "month") if edtf and "/" not in edtf and is_valid(edtf) else ""
    return (min(roots) if len(roots) == 1 else "", when)


def _bodies(mentions: Iterable[str], voices: Voices) -> frozenset[str]:
    """Who answers for these, without works of which nobody is known to."""
    roots = {voices.root(voices.entity(mention)) for mention in mentions} - {""}
    return frozenset(root for root in roots if voices.by_id[root].kind != "report")


def acting_state(row: Reading, voices: Voices) -> str:
    """Which state responded: the authority's, else the one that speaks, else the only country of the claim. Empty where unclear."""
    claim = row.claim
    if claim.family != "govt_response":
        return ""
    authority = {voices.country(party.mention) for party in claim.parties if party.role == "authority"} - {""}
    if len(row.countries) > MANY and authority <= row.countries:
        return ""  # `Austria, Portugal and Spain are investigating`: no act of one state
    speaking = voices.country(claim.originator.mention) if claim.originator.kind in {"government", "court"} else ""
    for found in (authority, {speaking} - {""}, row.countries):
        if found:
            return min(found) if len(found) == 1 else ""
    return ""


def authority_of(row: Reading, voices: Voices) -> str:
    """The authority that acted or spoke, as an entity; empty where the text names none, or only `the police`."""
    named = [party.mention for party in row.claim.parties if party.role == "authority"]
    if not named and row.claim.originator.kind in {"government", "court"}:
        named = [row.claim.originator.mention]
    found = voices.by_mention.get(named[0]) if named else None
    return found.id if found and (found.country or found.part_of or names_somebody(found.label)) else ""


def speaker(row: Reading, voices: Voices) -> str:
    """The entity whose denial, testimony or opinion it is; a page's own voice counts as itself."""
    deniers = [party.mention for party in row.claim.parties if party.role == "denier"]
    return voices.entity(deniers[0]) if len(deniers) == 1 else row.originator


def _works(row: Reading, voices: Voices) -> frozenset[str]:
    if row.claim.kind != "publication_event":
        return frozenset()
    named = {voices.entity(party.mention) for party in row.claim.parties if party.kind == "report"} - {""}
    return frozenset(named) or row.reports


def _matter(row: Reading) -> str:
    """A state may look into sites and into a killing at once: these are two matters."""
    sites = bool(row.terms & _SITES) or any(code.startswith(("SITE.", "E1")) for code in (*row.claim.codes, *row.claim.methods))
    harm = bool(row.terms & _HARM) or any(code.startswith("A") for code in row.claim.methods)
    return "sites" if sites and not harm else "harm" if harm and not sites else ""


def _pair(row: Reading, voices: Voices) -> tuple[str, ...]:
    if row.claim.family != "org_link":
        return ()
    named = {voices.entity(party.mention) for party in row.claim.parties if party.kind in _BODIES} - {""}
    return tuple(sorted(named)) if len(named) == 2 else ()


def _counted(measure: str) -> str:
    """What kind of number a measure is, so that two sites in a city and two offices are compared."""
    ontology = load_ontology()
    return ontology.measure(measure).kind if ontology.has(measure, scheme="measures") else measure
