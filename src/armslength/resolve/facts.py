"""Facts: claims that say the same thing about the same thing.

In:  readings of all claims.
Out: `Fact` rows, and a `Rejected` row for each claim that enters none. Every claim is in exactly one of the two.
Never: counts origins; makes a fact of what is only said about one person (METHOD N3); lets the order of claims matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from armslength.base.ids import digest
from armslength.model.claims import Claim
from armslength.model.edtf import bounds, is_valid
from armslength.model.entries import Entry
from armslength.model.facts import Fact
from armslength.model.ontology import Ontology
from armslength.model.outcome import Rejected, rejected
from armslength.model.scopes import regions_of
from armslength.model.verdicts import REJECTED, Verdicts
from armslength.resolve import clusters
from armslength.resolve.clusters import Rules, cluster
from armslength.resolve.judged import Pair, People, Undone, reasons, regroup
from armslength.resolve.labels import in_words, label_of, number_words, place_words
from armslength.resolve.meanings import acting_state, publication, speaker
from armslength.resolve.quantities import is_count, number_of, number_part, number_rules
from armslength.resolve.readings import SAYING_NO, Reading, Voices
from armslength.resolve.sayings import saying_part, saying_rules

STAGE = "resolve"
FACTS = "fact"
"""The space in which claims that can enter a fact are noted."""
_CAUTION = (">=", "=", "approx", ">", "<=", "<")


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What labels are made with."""

    ontology: Ontology
    countries: Mapping[str, str]
    """Country code to the state's usual name."""


def refusal(row: Reading) -> Rejected | None:
    """The refusal of a claim that enters no fact."""
    reason = why_not(row)
    return rejected(STAGE, f"{reason} ({row.claim.kind})", doc=row.claim.doc, start=row.claim.start, end=row.claim.end) if reason else None


def without(claims: Iterable[Claim], said: Verdicts) -> list[Rejected]:
    """What reviewers took out of the facts, each with whose reason it is."""
    found = [(claim, said.of_claims[claim.id].judgements[0]) for claim in claims if said.state_of_claim(claim.id) == REJECTED]
    return [
        rejected(STAGE, f"A reviewer ({row.who}) rejected this passage: {row.reason}", doc=claim.doc, start=claim.start, end=claim.end)
        for claim, row in found
    ]


def fact_entries(readings: Sequence[Reading], voices: Voices) -> list[Entry]:
    """How claims that can enter a fact are looked up."""
    rules = fact_rules(readings, voices)
    return [clusters.entry_of(row, FACTS, number_part(row) if is_count(row) else saying_part(row), rules(row)) for row in readings]


def fact_rules(readings: Sequence[Reading], voices: Voices) -> Callable[[Reading], Rules]:
    """How claims are compared: numbers as numbers, all else by what is said."""
    counts, sayings = number_rules(), saying_rules([row for row in readings if not is_count(row)], voices)
    return lambda row: counts if is_count(row) else sayings


def facts_of(
    parts: Sequence[Sequence[Sequence[str]]],
    readings: Mapping[str, Reading],
    voices: Voices,
    naming: Naming,
    published: Mapping[str, str],
    people: People,
) -> tuple[list[Fact], list[Undone]]:
    """Facts of claims in parts and groups, as people want them where they said so; and the judgements that have nothing to apply to."""
    judged = people.about("fact")
    named = {claim for pair in judged for claim in (pair.one, pair.two)}
    spoken_of = [part for part in parts if any(claim in named for group in part for claim in group)]
    groups = [list(group) for part in parts if part not in spoken_of for group in part]

    def group(ids: Sequence[str]) -> list[list[str]]:
        return [found for part in spoken_of for found in _left(part, frozenset(ids), readings, voices)]

    ids = [claim for part in spoken_of for group in part for claim in group]
    again, undone = regroup(ids, group, judged, bar=lambda one, two: _never_one(readings[one], readings[two]))
    facts = [_fact([readings[claim] for claim in sorted(found)], voices, naming, published, judged) for found in (*groups, *again)]
    return sorted(facts, key=lambda fact: fact.id), undone


def _left(part: Sequence[Sequence[str]], ids: frozenset[str], readings: Mapping[str, Reading], voices: Voices) -> list[list[str]]:
    """The groups of one part; where some of it was taken out, the groups that the rest makes by itself."""
    members = [claim for group in part for claim in group]
    left = [readings[claim] for claim in sorted(members) if claim in ids]
    if len(left) == len(members):
        return [list(group) for group in part]
    return [[row.id for row in group] for group in cluster(left, fact_rules(left, voices)(left[0]))] if left else []


def _never_one(one: Reading, two: Reading) -> str:
    """What not even people may join: it would count an opinion, or a denial as a witness of what it denies."""
    if one.opinion != two.opinion:
        return "one is an opinion, which has no origins to count."
    differ = one.reality != two.reality or (one.claim.family == "denial") != (two.claim.family == "denial")
    return "the one says that it is so and the other that it is not, or not yet." if differ else ""


def why_not(row: Reading) -> str:
    """Why a claim enters no fact, or empty."""
    claim = row.claim
    if claim.family == "person":
        return "It says something about one person. No facts are kept about persons; the passage stays with its document."
    if claim.family == "quantity" and claim.quantity is None:
        return "It is read as a number, but no number was read in it."
    if claim.modality == "hypothetical" and not row.opinion:
        return "It is supposed for the sake of argument and not said to be so."
    return ""


def publication_dates(readings: Iterable[Reading], voices: Voices) -> dict[str, set[str]]:
    """Report to the dates that publication claims that name it give."""
    found: dict[str, set[str]] = {}
    for row in readings:
        for report in dated_reports(row, voices):
            found.setdefault(report, set()).add(row.claim.event_date.edtf if row.claim.event_date else "")
    return found


def dated_reports(row: Reading, voices: Voices) -> frozenset[str]:
    """The reports whose coming out a claim dates."""
    if not all(publication(row, voices)) or not row.claim.event_date:
        return frozenset()
    return frozenset({voices.entity(party.mention) for party in row.claim.parties if party.kind == "report"} | row.reports) - {""}


def one_date(dates: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Report to the date it came out, where all agree on one."""
    return {report: next(iter(found)) for report, found in dates.items() if len(found) == 1}


def _fact(group: Sequence[Reading], voices: Voices, naming: Naming, published: Mapping[str, str], judged: Sequence[Pair]) -> Fact:
    claims = tuple(row.id for row in group)
    kind = min(Counter(row.claim.kind for row in group).items(), key=lambda found: (-found[1], found[0]))[0]
    countries = frozenset[str]().union(*(row.countries for row in group))
    state = acting_state(group[0], voices)
    country = next(iter(countries)) if len(countries) == 1 else (state if not countries else "")
    fact = Fact(
        id=digest("fact", kind, claims),
        kind=kind,
        label="",
        claims=claims,
        documents=tuple(sorted({row.claim.doc for row in group})),
        opinion=group[0].opinion,
        country=country,
        as_of=_as_of(group, published),
        counter=publication(group[0], voices)[0] if kind == "publication_event" else most_common(row.counter for row in group),
        why=(*_why(group), *reasons(judged, claims)),
    )
    if not any(map(is_count, group)):
        return replace(fact, label=_saying_label(group, voices, naming, country))
    return _numbered(fact, [row for row in group if is_count(row)], naming)


def _numbered(fact: Fact, group: Sequence[Reading], naming: Naming) -> Fact:
    """The fact with its number: the comparator most passages give, the interval that holds all of theirs."""
    given = Counter(number_of(row).comparator for row in group)
    chosen = min((number_of(row) for row in group), key=lambda q: (-given[q.comparator], _CAUTION.index(q.comparator), q.measure))
    lows, highs = [number_of(row).low for row in group], [number_of(row).high for row in group]
    low = min((value for value in lows if value is not None), default=None) if None not in lows else None
    high = max((value for value in highs if value is not None), default=None) if None not in highs else None
    cities = sorted({place.name for row in group for place in row.claim.places if place.precision != "country"})
    regions = sorted(frozenset[str]().union(*(regions_of(row.claim) for row in group)))
    where = place_words(cities[0] if len(cities) == 1 else "", fact.country, naming.countries) or ", ".join(regions)
    label = f"{label_of(chosen.measure or fact.kind, naming.ontology)}: {number_words(chosen, low, high)}"
    return replace(
        fact,
        label=f"{label} ({where})" if where else label,
        measure=chosen.measure,
        value=chosen.value,
        comparator=chosen.comparator,
        low=low,
        high=high,
    )


def most_common(values: Iterable[str]) -> str:
    """The value that occurs most often, the smallest of several; empty values do not count."""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""


def _as_of(group: Sequence[Reading], published: Mapping[str, str]) -> str:
    """The earliest moment a passage gives; for a number, else the date of the report it rests on; else the earliest page's own date."""
    given = [row.claim.as_of for row in group if row.claim.as_of and row.claim.as_of.edtf and is_valid(row.claim.as_of.edtf)]
    pages = sorted({dated.edtf for dated in given if dated.basis.startswith("publication date")})
    stated = sorted({dated.edtf for dated in given} - set(pages))
    reports = sorted({published[report] for row in group if is_count(row) for report in row.reports if report in published})
    found = stated or (reports if len(reports) == 1 else []) or pages
    return min(found, key=lambda edtf: (str(bounds(edtf)[0] or ""), edtf)) if found else ""


_UNREAL = {"negated": "said not to be so", "unreal": "said to be still to come, or only supposed"}


def _saying_label(group: Sequence[Reading], voices: Voices, naming: Naming, country: str) -> str:
    row, ontology = group[0], naming.ontology
    claim = row.claim
    parts = [label_of(claim.kind, ontology)]
    codes = in_words(_telling(row), ontology)
    if codes.casefold().startswith(parts[0].casefold().split()[0]):
        parts = [codes]  # "Investigation opened" needs no "Investigation" before it
    elif codes:
        parts.append(codes)
    if row.reality != "real" and not SAYING_NO & {claim.kind, claim.family}:
        parts.append(_UNREAL[row.reality])
    cities = sorted({place.name for place in claim.places if place.precision == "city"})
    where = place_words(cities[0] if len(cities) == 1 else "", country, naming.countries)
    when = publication(row, voices)[1]
    work = voices.by_id.get(publication(row, voices)[0])
    entity = work or voices.by_id.get(speaker(row, voices))
    who = entity.label if entity and entity.kind not in {"author", "unnamed"} and entity.label != where else ""
    tail = ", ".join(part for part in (where, who, when) if part)
    return ": ".join(parts) + (f" ({tail})" if tail else "")


def _telling(row: Reading) -> tuple[str, ...]:
    """The codes that say what happened: methods where there are any, without a second scheme's word for the same; else the others."""
    methods = tuple(code for code in row.claim.methods if "IR" not in code)
    others = tuple(code for code in row.codes if code not in row.claim.methods)
    about = tuple(code for code in others if not code.startswith(("V.", "P.")))
    return methods or about or others or row.claim.methods


def _why(group: Sequence[Reading]) -> tuple[str, ...]:
    row = group[0]
    if len(group) == 1:
        return ("One passage.",)
    if is_count(row):
        return (f"{len(group)} passages give the same number of the same thing, for the same place, at times that agree.",)
    if row.claim.family == "govt_response" and not row.opinion:
        return (f"{len(group)} passages tell of the same response of the same state, at times that agree.",)
    if row.claim.kind == "publication_event":
        return (f"{len(group)} passages tell of the same publication, in the same month.",)
    return (f"{len(group)} passages agree in kind, codes and place, and in most of their words.",)
