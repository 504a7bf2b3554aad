"""Incidents: one act or series, against one target or jointly targeted group, in one host place and period (METHOD C7).

In:  readings of claims of the incident family.
Out: `Incident` rows; every field says which claim it rests on.
Never: makes an incident of many acts at once, a law, a programme or a site; joins two cases on a person's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from armslength.base.ids import digest
from armslength.model.claims import Claim, Place
from armslength.model.edtf import contains, is_valid
from armslength.model.entries import Entry, number
from armslength.model.ontology import Method, Ontology
from armslength.model.things import Incident, Supported
from armslength.resolve.facts import Naming
from armslength.resolve.judged import People, Undone, regroup
from armslength.resolve.labels import in_words, label_of, place_words
from armslength.resolve.names import fold
from armslength.resolve.readings import Reading, Voices
from armslength.resolve.union import Union

INCIDENTS = "incident"
CASE = "incident.case"
DETAILS = frozenset({"incident.method", "incident.outcome", "incident"})
NEAR = 1200
"""Code points after a case within which its details are told: about three paragraphs of a news story. Set by hand."""
SHARED_WORDS = 3
"""Content words two tellings of one case in two documents must share beside place and period. Set by hand."""


@dataclass(frozen=True, slots=True)
class Case:
    """One telling of an incident in one document: the case and its details."""

    case: Reading
    details: tuple[Reading, ...]
    place: Place | None
    period: str
    methods: frozenset[str]
    targets: frozenset[str]

    states: frozenset[str]
    """States named as acting."""

    @property
    def rows(self) -> tuple[Reading, ...]:
        return (self.case, *self.details)


def decide_incidents(readings: Iterable[Reading], voices: Voices, naming: Naming, *, people: People) -> tuple[list[Incident], list[Undone]]:
    """Incidents, as people want them where they said so; and the judgements that have nothing to apply to. A telling goes as a whole."""
    return incidents_of(find_cases(readings, voices, naming.ontology), naming, people)


def incidents_of(told: Iterable[Case], naming: Naming, people: People) -> tuple[list[Incident], list[Undone]]:
    """The same of tellings that were found before."""
    cases = {case.case.id: case for case in told}
    telling = {row.id: case.case.id for case in cases.values() for row in case.rows}
    judged = [replace(pair, one=telling.get(pair.one, pair.one), two=telling.get(pair.two, pair.two)) for pair in people.about("incident")]

    def group(ids: Sequence[str]) -> list[list[str]]:
        return [[case.case.id for case in found] for found in _groups([cases[claim] for claim in ids])]

    groups, undone = regroup(list(cases), group, judged, bar=lambda _one, _two: "")
    found = (_incident([cases[claim] for claim in sorted(part)], naming) for part in groups)
    return sorted(found, key=lambda row: row.id), undone


def case_entries(cases: Iterable[Case]) -> list[Entry]:
    """How tellings are looked up: by town and method, without which no two are one."""
    found = []
    for case in cases:
        place = case.place if case.place is not None and case.place.precision == "city" and case.period else None
        keys = {number(INCIDENTS, place.country, fold(place.name), code) for code in case.methods} if place else set()
        found.append(Entry(space=INCIDENTS, id=case.case.id, doc=case.case.claim.doc, keys=tuple((key, 0) for key in sorted(keys))))
    return found


def _groups(cases: Sequence[Case]) -> list[list[Case]]:
    """Tellings that are of one act."""
    union: Union[int] = Union()
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, case in enumerate(cases):
        if case.place is not None and case.place.precision == "city":
            blocks[case.place.country, fold(case.place.name)].append(place)
    for members in blocks.values():
        for one, two in combinations(members, 2):
            if not why_apart(cases[one], cases[two]):
                union.join(one, two)
    groups: dict[int, list[Case]] = defaultdict(list)
    for place, case in enumerate(cases):
        groups[union.top(place)].append(case)
    return list(groups.values())


def why_apart(one: Case, two: Case) -> str:
    """Why two tellings of one place are not taken for one act, or empty."""
    return next((why for differ, why in _differences(one, two) if differ), "")


def _differences(one: Case, two: Case) -> Iterator[tuple[bool, str]]:
    """Period, method, kind of target, acting state and words must agree."""
    yield not one.period or not two.period, "when it happened is not said on both sides"
    yield not (contains(one.period, two.period) or contains(two.period, one.period)), "the times differ"
    yield not one.methods & two.methods, "no method is common to both"
    yield bool(one.targets and two.targets) and not one.targets & two.targets, "the targets are of different kinds"
    yield bool(one.states and two.states) and not one.states & two.states, "different states act"
    yield len(_words(one) & _words(two)) < SHARED_WORDS, "they share few words"


def _words(case: Case) -> frozenset[str]:
    """What a telling is about, beside where and when."""
    place = fold(case.place.name).split() if case.place else []
    return frozenset[str]().union(*(row.words for row in case.rows)) - set(place) - {case.period[:4]}


def _may_be_incident(row: Reading, ontology: Ontology) -> bool:
    claim = row.claim
    if claim.kind != CASE and claim.kind not in DETAILS:
        return False
    if row.opinion or row.reality != "real" or (claim.quantity is not None and (claim.quantity.value or 2) > 1 and claim.kind != CASE):
        return False
    methods = [ontology.method(code) for code in claim.methods if ontology.has(code, scheme="methods")]
    return not methods or any(_counts(method) for method in methods)


def _counts(method: Method) -> bool:
    return method.incidents


def find_cases(readings: Iterable[Reading], voices: Voices, ontology: Ontology) -> list[Case]:
    """Every telling of an incident, document by document."""
    return _told_cases([row for row in readings if _may_be_incident(row, ontology)], voices)


def _told_cases(readings: Sequence[Reading], voices: Voices) -> list[Case]:
    """Cases with the details told after them in the same document, up to the next case."""
    by_doc: dict[str, list[Reading]] = defaultdict(list)
    for row in readings:
        by_doc[row.claim.doc].append(row)
    cases: list[Case] = []
    for _, rows in sorted(by_doc.items()):
        here: list[tuple[Reading, list[Reading]]] = []
        for row in sorted(rows, key=lambda row: (row.claim.start, row.claim.end, row.id)):
            if row.claim.kind == CASE:
                here.append((row, []))
            elif here and _belongs(here[-1], row, voices):
                here[-1][1].append(row)
        cases += [_case(case, details, voices) for case, details in here]
    return sorted(cases, key=lambda found: found.case.id)


def _belongs(told: tuple[Reading, list[Reading]], row: Reading, voices: Voices) -> bool:
    """Whether a detail goes on with the case told last: near behind it, and at no other host place."""
    case, details = told
    last = details[-1] if details else case
    if row.claim.start - last.claim.end > NEAR:
        return False
    a, b = host_place(case.claim, voices), host_place(row.claim, voices)
    return a is None or b is None or b.country in voices.accused or a.country == b.country


def host_place(claim: Claim, voices: Voices) -> Place | None:
    """Where it happened: the narrowest place outside the accused state, else the narrowest place."""
    abroad = [place for place in claim.places if place.country not in voices.accused]
    order = {"city": 0, "admin1": 1, "country": 2}
    found = sorted(abroad or claim.places, key=lambda place: (order.get(place.precision, 3), place.start or 0, place.name))
    return found[0] if found else None


def _period(claim: Claim) -> str:
    for dated in (claim.event_date, claim.claimed_period):
        if dated and dated.edtf and is_valid(dated.edtf):
            return dated.edtf
    return ""


def _case(case: Reading, details: Sequence[Reading], voices: Voices) -> Case:
    rows = (case, *details)
    periods = [period for row in rows if (period := _period(row.claim))]
    return Case(
        case=case,
        details=tuple(details),
        place=host_place(case.claim, voices),
        period=_period(case.claim) or (periods[0] if periods else ""),
        methods=frozenset(code for row in rows for code in row.claim.methods),
        targets=frozenset(code for row in rows for code in row.claim.codes if code.startswith("V.")),
        states=frozenset[str]().union(*(row.operators for row in rows)),
    )


def _incident(group: Sequence[Case], naming: Naming) -> Incident:
    rows = sorted({row.id: row for case in group for row in case.rows}.values(), key=lambda row: row.id)
    placed = sorted((case for case in group if case.place), key=lambda case: case.case.id)
    place = placed[0].place if placed else None
    periods = sorted({case.period for case in group if case.period}, key=lambda period: (-len(period), period))
    methods = tuple(sorted({code for case in group for code in case.methods}))
    outcomes = tuple(sorted({code for row in rows for code in row.claim.codes if code.startswith(("OUT.", "IMP."))}))
    city = place.name if place and place.precision == "city" else ""
    country = place.country if place else ""
    what = in_words(methods, naming.ontology) or in_words(outcomes, naming.ontology) or label_of(CASE, naming.ontology)
    label = ", ".join(part for part in (what, place_words(city, country, naming.countries), periods[0] if periods else "") if part)
    cases = tuple(sorted(case.case.id for case in group))
    return Incident(
        id=digest("incident", cases),
        label=label,
        country=country,
        place=city,
        period=periods[0] if periods else "",
        methods=methods,
        outcomes=outcomes,
        claims=tuple(row.id for row in rows),
        fields=_fields(group, rows),
    )


def _fields(group: Sequence[Case], rows: Sequence[Reading]) -> tuple[Supported, ...]:
    found = {Supported(field="place", value=case.place.name, claim=case.case.id) for case in group if case.place}
    found |= {
        Supported(field="country", value=case.place.country, claim=case.case.id) for case in group if case.place and case.place.country
    }
    for row in rows:
        period = _period(row.claim)
        found |= {Supported(field="period", value=period, claim=row.id)} if period else set()
        found |= {Supported(field="method", value=code, claim=row.id) for code in row.claim.methods}
        named = {"OUT": "outcome", "IMP": "outcome", "V": "target", "P": "perpetrator"}
        found |= {
            Supported(field=named[head], value=code, claim=row.id) for code in row.claim.codes if (head := code.partition(".")[0]) in named
        }
    return tuple(sorted(found, key=lambda item: (item.field, item.value, item.claim)))
