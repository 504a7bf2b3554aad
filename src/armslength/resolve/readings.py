"""A claim as resolving compares it: who speaks and acts as entities, where and when it holds, whether it is opinion.

In:  claims, entities.
Out: `Voices` (entity of a mention, who answers for whom) and one `Reading` a claim.
Never: compares two claims; that is `quantities.py` and `sayings.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from armslength.model.claims import PART, Claim, Dated, Link
from armslength.model.dates import OF_THE_TELLING, STATED
from armslength.model.edtf import bounds, is_valid
from armslength.model.ontology import Ontology
from armslength.model.things import Entity
from armslength.resolve.interest import ACTING
from armslength.resolve.names import TELLING_VERBS, content_words, fold, names_somebody, person_words
from armslength.resolve.scopes import PlaceKey, scope_of
from armslength.resolve.terms import Terms, term_of, terms

Bounds = tuple[date | None, date | None]

_AT_LARGE = frozenset({"govt_response.unspecified", "govt_response.statement"})
"""Kinds of response that are read where no act is told."""
STATES = term_of("states")
"""The term for states, however they are called."""
TOLD = terms(" ".join(TELLING_VERBS))
ABROAD = term_of("overseas")
"""The term for what is abroad."""
SAYING_NO = frozenset(
    {"denial", "no_comment", "govt_response.not_confirmed", "govt_response.awareness", "prediction", "recommendation", "assessment"}
)
"""Kinds and families that say no, or look ahead, by what they are: whether their verb carries the `no` makes them no other claim."""
LEGAL_OPINION = "legal_characterisation"
FORETOLD = frozenset({"method", "site", "incident", "testimony", "victim_category", "org_link", "quantity"})
"""Families that tell of what is or was. What is still to come has no witness; an authority's own plans and a court's dates have."""
GUESSED = frozenset({"method", "site.function", "victim_category", "incident.aggregate"})
"""Kinds that say how things go in general: what somebody there only holds possible, no witness has seen."""
FRESH = timedelta(days=365)
"""How long before it is told a count may have been made, where the text dates the telling in full. Set by hand: yearly reports."""


@dataclass(frozen=True, kw_only=True)
class Voices:
    """Entities by mention."""

    entities: Sequence[Entity]
    """All of a case, or those that some claims name with what answers for them; then the two below are given."""
    states: frozenset[str] | None = None
    """States whose own word is an interested party's."""
    bodies: Callable[[], Mapping[str, str]] | None = None
    """What `organisations` is of all entities; asked for where a claim needs it."""

    @cached_property
    def by_id(self) -> Mapping[str, Entity]:
        return {row.id: row for row in self.entities}

    @cached_property
    def by_mention(self) -> Mapping[str, Entity]:
        return {mention: row for row in self.entities for mention in row.mentions}

    @cached_property
    def organisations(self) -> Mapping[str, str]:
        """Folded name of an organisation, of two words or more, to what answers for it; a name of two stands for neither."""
        return self.bodies() if self.bodies else organisations((row, self.root(row.id)) for row in self.entities)

    def named_in(self, text: str) -> frozenset[str]:
        """The organisations a passage names, as what answers for them."""
        words = fold(text).split()
        longest = max((len(name.split()) for name in self.organisations), default=0)
        spans = (" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 2, min(len(words), a + longest) + 1))
        return frozenset(self.organisations[span] for span in spans if span in self.organisations)

    def root(self, entity: str) -> str:
        """The entity that answers for this one in the end."""
        seen = {entity}
        while entity in self.by_id and (above := self.by_id[entity].part_of) and above not in seen:
            seen.add(above)
            entity = above
        return entity

    def entity(self, mention: str) -> str:
        """The entity of a mention, or empty."""
        row = self.by_mention.get(mention)
        return row.id if row else ""

    def country(self, mention: str) -> str:
        row = self.by_mention.get(mention)
        return row.country if row else ""

    @cached_property
    def accused(self) -> frozenset[str]:
        """States whose own word is an interested party's."""
        if self.states is not None:
            return self.states
        return frozenset(row.country for row in self.entities if row.interested and row.country)


def organisations(entities: Iterable[tuple[Entity, str]]) -> dict[str, str]:
    """Folded name of an organisation, of two words or more, to what answers for it; a name of two stands for neither."""
    found: dict[str, set[str]] = defaultdict(set)
    for row, root in entities:
        for name in names_of(row):
            found[name].add(root)
    return {name: min(roots) for name, roots in found.items() if len(roots) == 1}


def names_of(row: Entity) -> frozenset[str]:
    """The names an organisation goes by, folded, of two words or more."""
    names = (fold(name) for name in (row.label, *row.aliases)) if row.kind == "organisation" else ()
    return frozenset(name for name in names if len(name.split()) > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What of a claim is compared."""

    claim: Claim
    opinion: bool
    reality: str
    """`real`, `negated` or `unreal` (still to come, or supposed)."""
    scope: tuple[PlaceKey, ...]
    """Places it holds for: (country, city or area), sorted; empty for the whole."""
    period: Bounds
    as_of: Bounds
    originator: str
    originator_root: str
    counter: str
    """Who counted or found it: the deepest organisation or report of the chain, else its originator; what answers for it."""
    reports: frozenset[str]
    """Entities of the reports in its chain."""
    part: bool
    """Whether its number counts a part of what its page counted before."""
    operators: frozenset[str]
    """States named as acting."""
    codes: tuple[str, ...]
    """What the claim says was done. What a response says of a site beside that makes a `Site`, not another fact."""
    words: frozenset[str]
    terms: Terms
    """Its words, with words for one thing taken for one."""
    gist: Terms
    """Its terms without those of the voices' names and of telling: what is said, whoever says it."""
    rests_on: frozenset[str]
    """Whom it rests on: the voices of its chain and what answers for them, a page's publisher only for the page's own words. A person
    stands here by a whole name, which ties what one name says in two documents without making two persons one (METHOD N5)."""

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(country for country, _ in self.scope if country)


def read(claims: Iterable[Claim], voices: Voices, ontology: Ontology) -> list[Reading]:
    """One reading a claim, sorted by claim id."""
    return [_reading(claim, voices, ontology) for claim in sorted(claims, key=lambda claim: claim.id)]


def is_opinion(claim: Claim, ontology: Ontology) -> bool:
    """Whether a claim only says what somebody thinks; it then has no origins to count (METHOD C3)."""
    if claim.speech_act == "opines" or claim.kind == LEGAL_OPINION or (claim.modality == "future" and claim.family in FORETOLD):
        return True
    if claim.modality == "possible" and claim.kind in GUESSED and claim.originator.kind in {"person", "unnamed"}:
        return True
    return ontology.has(claim.kind, scheme="kinds") and ontology.kind(claim.kind).opinion


def _of_states_at_large(claim: Claim, voices: Voices) -> bool:
    """`Governments have reacted very differently`: what somebody makes of many states at once, and no act of one (METHOD C7)."""
    if claim.kind not in _AT_LARGE:
        return False
    named = [(party.mention, party.name) for party in claim.parties if party.role == "authority"]
    named = named or [(claim.originator.mention, claim.originator.name)]
    if any(voices.country(mention) or names_somebody(name) for mention, name in named):
        return False
    return all(term_of(name) == STATES and name.endswith("s") for _, name in named)


def known_bounds(*dates: Dated | None) -> Bounds:
    """First and last day of the first of these dates that is known."""
    for dated in dates:
        if dated is not None and dated.edtf and is_valid(dated.edtf):
            return bounds(dated.edtf)
    return None, None


def moment(dated: Dated | None) -> Bounds:
    """Between which days a count was made: the day the text gives for it; before the day it was told. A page's own day says nothing."""
    if dated is None or dated.basis.startswith("publication date"):
        return None, None
    first, last = known_bounds(dated)
    if OF_THE_TELLING not in dated.basis:
        return (first, last) if dated.basis == STATED else (None, None)
    return (first - FRESH if first and dated.basis.startswith(STATED) else None, last)


def _reading(claim: Claim, voices: Voices, ontology: Ontology) -> Reading:
    chain = claim.attribution
    counting = next((link for link in reversed(chain) if link.kind in {"report", "organisation"}), claim.originator)
    originator = voices.entity(claim.originator.mention)
    return Reading(
        claim=claim,
        opinion=is_opinion(claim, ontology) or _of_states_at_large(claim, voices),
        reality=_reality(claim),
        scope=scope_of(claim, accused=voices.accused, acting=_acting(claim, voices), hosts=_answering(claim, voices)),
        period=known_bounds(claim.claimed_period, claim.event_date),
        as_of=moment(claim.as_of),
        originator=originator,
        originator_root=voices.root(originator),
        counter=_counter(counting, voices),
        reports=frozenset(voices.entity(link.mention) for link in chain if link.kind == "report") - {""},
        part=PART in claim.flags,
        operators=frozenset(voices.country(party.mention) for party in claim.parties if party.role in ACTING) - {""},
        codes=_codes(claim),
        words=content_words(claim.quote),
        terms=terms(claim.quote),
        gist=terms(claim.quote) - TOLD - terms(" ".join(_names(claim))),
        rests_on=_rests_on(chain, voices),
    )


def _reality(claim: Claim) -> str:
    if claim.modality == "negated":
        return "real" if SAYING_NO & {claim.kind, claim.family} else "negated"
    return "unreal" if claim.modality in {"future", "hypothetical"} else "real"


def _names(claim: Claim) -> list[str]:
    """Names of those who say it, deny it or answer."""
    speaking = [party.name for party in claim.parties if party.role in {"denier", "authority"}]
    return [*(link.name for link in claim.attribution), *speaking]


def _codes(claim: Claim) -> tuple[str, ...]:
    carried = {code for code in claim.codes if not (code.startswith("SITE.") and claim.family != "site")}
    return tuple(sorted({*carried, *claim.methods}))


def _rests_on(chain: Sequence[Link], voices: Voices) -> frozenset[str]:
    links = [link for link in chain if link.kind not in {"author", "publisher", "unnamed"}]
    found: set[str] = set()
    for link in links or chain[-1:]:
        entity = voices.entity(link.mention)
        found |= {entity, voices.root(entity)}
        words = person_words(link.name) if link.kind == "person" else ()
        found |= {f"name:{' '.join(words)}"} if len(words) > 1 else set()
    return frozenset(found - {""})


def _counter(link: Link, voices: Voices) -> str:
    """Who answers for a count. A page's own voice counts nothing; a medium that is named answers for itself and not through its owner."""
    if link.kind in {"author", "publisher", "unnamed"}:
        return ""
    entity = voices.entity(link.mention)
    return entity if link.kind == "media" else voices.root(entity)


def _answering(claim: Claim, voices: Voices) -> frozenset[str]:
    """States whose authorities act or speak in a claim."""
    named = [party.mention for party in claim.parties if party.role == "authority"]
    return frozenset(voices.country(mention) for mention in (*named, claim.originator.mention)) - {""}


def _acting(claim: Claim, voices: Voices) -> frozenset[str]:
    """States whose authorities a claim names: `China runs 54 overseas stations` tells where they are not."""
    if ABROAD not in terms(claim.quote):
        return frozenset()
    return frozenset(voices.country(party.mention) for party in claim.parties if party.kind == "government") - {""}
