"""A fact in one line of a ledger: what, how much, and how many articles and origins it rests on.

In:  facts, their origins and the relations between them.
Out: `FactLine` rows, newest count first with what it supersedes folded under it.
Never: shows a fact without its denials, nor a count of origins above its lower end without saying so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from armslength.base.language import marked
from armslength.model.claims import Claim
from armslength.model.facts import Fact, OriginGroup, Origins, Relation
from armslength.pipeline.views import words
from armslength.pipeline.views.kinds import label_of
from armslength.pipeline.views.passages import limited, shortened
from armslength.store.read import Reader

PERSONAL = frozenset({"incident", "testimony", "person", "method", "victim_category", "assessment"})
"""Families that speak of what was done to or by persons. Not `legal`: a legal state without its words is too easily misread (METHOD F1)."""

SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("numbers", marked("Numbers"), ("quantity", "undercount")),
    (
        "events",
        marked("What is said to have been done"),
        ("incident", "method", "testimony", "victim_category", "site", "org_link", "person"),
    ),
    ("answers", marked("What authorities did and said"), ("govt_response", "legal", "law_policy", "admission", "no_comment")),
    ("denials", marked("Denials"), ("denial",)),
    (
        "papers",
        marked("Publications and where the information comes from"),
        ("publication_event", "provenance", "legal_characterisation"),
    ),
)
"""Code, title and families of the sections of a ledger, in order. A family named nowhere goes to the last; opinion stands apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the small drawing of a fact needs: which articles lead to which origins."""

    articles: int
    established: int
    """Origins that are shown to be independent: drawn filled."""
    possible: int
    """Further ones that may be: drawn hollow."""
    joins: tuple[tuple[int, int], ...]
    """(article, origin), both from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One line."""

    id: str
    label: str
    family: str
    section: str
    kind: str
    quote: str
    """Words of one of its claims; empty where they may be about a person."""
    modality: str
    """How every passage limits what it says, in words: `said not to be so`. Without it `Charged` could stand for `nobody was charged`."""
    value: str
    unit: str
    as_of: str
    as_of_note: str
    """How the date is known, where no passage states it."""
    country: str
    documents: int
    passages: int
    apparent: int
    min: int
    max: int
    unknown: int
    counted: bool
    """False for opinion and where the origins have not been counted."""
    unnamed: bool
    """No passage says whom the information comes from. Somebody said it, so there is an origin; nobody knows which."""
    articles: str
    """In words: `4 articles`."""
    origins: str
    """In words: `1 origin`."""
    mark: Mark
    opinion: bool
    state: str
    interested: bool
    """Every origin is an interested party's own word."""
    denied_by: tuple[tuple[str, str], ...]
    """(id, label) of the facts that deny this one."""
    contradicted_by: tuple[tuple[str, str], ...]
    older: tuple[FactLine, ...] = ()
    """What this fact supersedes, newest first."""

    @property
    def sentence(self) -> str:
        """The one idea in words: `4 articles, 1 origin`."""
        return f"{self.articles}, {self.origins}"


def fact_lines(reader: Reader, facts: Sequence[Fact], *, claims: Iterable[Claim] | None = None) -> list[FactLine]:
    """Lines for these facts in the order given, nothing folded. `claims`: theirs as they are stored, where they were read already."""
    ids = [fact.id for fact in facts]
    origins = {row.id: row for row in reader.all(Origins, id=ids)}
    towards: dict[str, list[Relation]] = defaultdict(list)
    for relation in reader.all(Relation, other=ids):
        towards[relation.other].append(relation)
    both_ways = list(reader.all(Relation, fact=ids, type="contradicts"))
    for relation in both_ways:
        towards[relation.fact].append(replace(relation, fact=relation.other, other=relation.fact))
    labels = _labels(reader, facts, [relation.fact for found in towards.values() for relation in found])
    if claims is None:
        claims = reader.exact().all(Claim, id=sorted({claim for fact in facts for claim in fact.claims}))
    where = {claim.id: claim for claim in claims}  # names are hidden in the words that are shown: hiding takes the text of a document each
    quotes = {fact.id: _quote(reader, fact, where) for fact in facts}
    return [_line(fact, origins.get(fact.id), towards[fact.id], labels=labels, claims=where, quote=quotes[fact.id]) for fact in facts]


def _quote(reader: Reader, fact: Fact, claims: Mapping[str, Claim]) -> str:
    """Words of the first passage of a fact that is not about persons."""
    shown = next((claims[row] for row in fact.claims if row in claims and not about_persons(claims[row])), None)
    return shortened(reader.hidden(shown).quote) if shown else ""


def folded(lines: Iterable[FactLine], supersessions: Iterable[tuple[str, str]]) -> list[FactLine]:
    """Put superseded lines under what supersedes them. `supersessions` are (newer, older); a circle folds nothing."""
    by_id = {line.id: line for line in lines}
    heads = heads_of(by_id, supersessions)
    under: dict[str, list[FactLine]] = defaultdict(list)
    for line in by_id.values():
        if line.id in heads:
            under[heads[line.id]].append(line)
    return [replace(line, older=tuple(under[line.id])) for line in by_id.values() if line.id not in heads]


def heads_of(facts: Collection[str], supersessions: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Which of some facts stands for each that others among them supersede; a circle folds nothing."""
    newer: dict[str, set[str]] = defaultdict(set)
    for new, old in supersessions:
        if new in facts and old in facts and new != old:
            newer[old].add(new)
    found = {fact: _heads(fact, newer) for fact in sorted(newer)}
    return {fact: min(heads) for fact, heads in found.items() if heads}


def _heads(fact: str, newer: Mapping[str, set[str]]) -> set[str]:
    """The facts that nothing supersedes, reached from this one; empty for such a fact itself and for a circle."""
    seen, queue, heads = {fact}, [fact], set()
    while queue:
        here = queue.pop()
        onward = newer.get(here, set())
        if not onward and here != fact:
            heads.add(here)
        queue += sorted(onward - seen)
        seen |= onward
    return heads


def _labels(reader: Reader, facts: Sequence[Fact], others: Iterable[str]) -> dict[str, str]:
    known = {fact.id: fact.label for fact in facts}
    wanted = sorted(set(others) - known.keys())
    return known | {fact.id: fact.label for fact in reader.all(Fact, id=wanted)} if wanted else known


def _line(
    fact: Fact,
    origins: Origins | None,
    relations: Sequence[Relation],
    *,
    labels: Mapping[str, str],
    claims: Mapping[str, Claim],
    quote: str,
) -> FactLine:
    counted, unnamed, low, high, apparent = _counted(fact, origins)
    return FactLine(
        id=fact.id,
        label=fact.label,
        family=fact.kind.partition(".")[0],
        section=section_of(fact.kind.partition(".")[0]),
        kind=label_of(fact.kind),
        quote=quote,
        modality=_modality(fact, claims),
        value=words.valued(fact.value, fact.comparator, low=fact.low, high=fact.high),
        unit=label_of(fact.measure) if fact.measure else "",
        as_of=words.dated(fact.as_of),
        as_of_note=_date_note(fact, claims),
        country=fact.country,
        documents=len(fact.documents),
        passages=len(fact.claims),
        apparent=apparent,
        min=low,
        max=high,
        unknown=origins.unknown if origins else 0,
        counted=counted,
        articles=words.articles(len(fact.documents), apparent),
        unnamed=unnamed,
        origins=_origins_words(fact, low, high, counted=counted, unnamed=unnamed),
        mark=_mark(fact, origins.groups if origins and counted else (), claims, low=0 if unnamed else low, high=high),
        opinion=fact.opinion,
        state=fact.state,
        interested=bool(origins and origins.groups and all(group.interested for group in origins.groups)),
        denied_by=_named(relations, "denies", labels),
        contradicted_by=_named(relations, "contradicts", labels),
    )


def _counted(fact: Fact, origins: Origins | None) -> tuple[bool, bool, int, int, int]:
    """Whether origins are counted, whether nobody names one, how many there are (least and most), and how many sources it looks like."""
    if origins is None or fact.opinion:
        return False, False, 0, 0, origins.apparent if origins else len(fact.documents)
    return True, origins.unknown >= len(fact.claims), origins.min, origins.max, origins.apparent


def about_persons(claim: Claim) -> bool:
    """Whether a claim may be about a person: its words are then shown on pages of whole passages only (METHOD P1, P8)."""
    if claim.family in PERSONAL:
        return True
    return any(link.kind == "person" for link in claim.attribution) or any(party.kind == "person" for party in claim.parties)


def _origins_words(fact: Fact, low: int, high: int, *, counted: bool, unnamed: bool) -> str:
    if not counted:
        return "opinion, not counted" if fact.opinion else "origins not counted"
    return "origin not named" if unnamed else words.origins(low, high)


def _modality(fact: Fact, claims: Mapping[str, Claim]) -> str:
    found = sorted({limited(claims[row]) for row in fact.claims if row in claims})
    return words.listed(found) if all(found) else ""


def _date_note(fact: Fact, claims: Mapping[str, Claim]) -> str:
    """Says so when the date of a fact is only that of publication."""
    rows = [claims[row].as_of for row in fact.claims if row in claims]
    bases = {row.basis for row in rows if row is not None and row.edtf == fact.as_of}
    return "the day of publication; no passage gives a date" if bases and all(row.startswith("publication") for row in bases) else ""


def _named(relations: Iterable[Relation], kind: str, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((row.fact, labels.get(row.fact, "")) for row in relations if row.type == kind))


def unknown_groups(origins: Origins) -> frozenset[int]:
    """Places of the groups in which nobody says whom the information comes from: the last ones, as long as they hold unknown passages."""
    left, found = origins.unknown, set()
    for place in reversed(range(len(origins.groups))):
        left -= len(origins.groups[place].claims)
        if left < 0:
            break
        found.add(place)
    return frozenset(found)


def section_of(family: str) -> str:
    """Which section of the ledger a family belongs to."""
    return next((code for code, _, families in SECTIONS if family in families), SECTIONS[-1][0])


def _mark(fact: Fact, groups: Sequence[OriginGroup], claims: Mapping[str, Claim], *, low: int, high: int) -> Mark:
    """Articles and origins as drawn: each article joined to the origins its passages go back to."""
    order = {doc: place for place, doc in enumerate(fact.documents)}
    joins: set[tuple[int, int]] = set()
    for place, group in enumerate(groups[: max(high, 1)]):
        for claim in group.claims:
            if claim in claims and claims[claim].doc in order:
                joins.add((order[claims[claim].doc], place))
    return Mark(articles=len(fact.documents), established=low, possible=max(0, high - low), joins=tuple(sorted(joins)))
