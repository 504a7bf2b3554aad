"""Rows as they are shown: places, dates, methods and words cut to what may be told.

In:  the content to be shown, what was decided about each claim and document.
Out: the same rows, generalised; ids are still the true ones.
Never: changes a count of origins, a fact's claims or an edge: what cannot be read is blocks, not gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from armslength.base.ids import keyed_digest
from armslength.model.claims import Claim, Dated, Link, Party
from armslength.model.evidence import Appearance, Document, Span
from armslength.model.facts import Fact, LineageEdge, Origins, Relation
from armslength.model.ontology import Ontology
from armslength.model.things import Incident, Response, Site, Supported
from armslength.publish.content import UNKNOWN_PERSON
from armslength.publish.gate.likeness import STEPS, Step, coarse_place, coarsened, highest, placed, step_of
from armslength.publish.gate.naming import OUTLETS, Speech
from armslength.publish.gate.passages import WITHHELD, Passages
from armslength.publish.gate.persons import Persons
from armslength.publish.gate.profile import Profile

_PRINTING = frozenset({"author", "publisher", "media"})
_EVERYTHING = Step(city=True, country=True, date="day", methods=True, details=True)
_FIELDS = {"place": "city", "country": "country", "method": "methods", "outcome": "details", "target": "details", "perpetrator": "details"}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What was decided."""

    profile: Profile
    persons: Persons
    passages: Passages
    steps: Mapping[str, int]
    """Claim about somebody to its step."""
    speech: Speech
    labels: Mapping[str, str]
    """Protected entity to what it is called in this release."""
    secret: bytes
    ontology: Ontology

    def linked(self, claim: Claim) -> bool:
        """Whether persons in a claim go by their pseudonym: only where nobody stands alone; elsewhere each is `a person`."""
        return self.profile.k == 1 or claim.id in self.steps

    def step(self, *claims: str) -> Step:
        """What may be told of what some claims are about."""
        found = highest(claims, self.steps)
        return _EVERYTHING if found is None else step_of(found, self.profile.dates)


def shown_claim(row: Claim, view: View) -> Claim:
    """A claim as it is shown."""
    step, hidden = view.step(row.id), row.doc in view.passages.hidden
    date = "month" if hidden and step.date == "day" and view.profile.dates != "day" else step.date
    span = view.passages.span(Span(doc=row.doc, start=row.start, end=row.end, quote=row.quote))
    places = placed(row.places, step) if step is not _EVERYTHING else tuple(coarse_place(place, city=True) for place in row.places)
    return replace(
        row,
        start=span.start,
        end=span.end,
        quote=span.quote,
        attribution=tuple(_voice(link, place, row, view) for place, link in enumerate(row.attribution)),
        parties=tuple(_party(party, place, row, view) for place, party in enumerate(row.parties)),
        places=tuple(replace(place, start=None, end=None) if hidden else place for place in places),
        quantity=replace(row.quantity, start=0, end=len(WITHHELD)) if row.quantity and hidden else row.quantity,
        as_of=_dated(row.as_of, date, hidden=hidden),
        event_date=_dated(row.event_date, date, hidden=hidden),
        claimed_period=_dated(row.claimed_period, date, hidden=hidden),
        methods=row.methods if step.methods else (),
        codes=row.codes if step.details else (),
        repeats=() if hidden else row.repeats,
        why=tuple(view.speech.say(line, linked=False) for line in row.why) if not hidden else (),
    )


def _dated(row: Dated | None, to: str, *, hidden: bool) -> Dated | None:
    edtf = coarsened(row.edtf, to) if row else ""
    if row is None or (not edtf and (row.edtf or hidden)):
        return None
    return replace(row, edtf=edtf, start=None, end=None) if hidden else replace(row, edtf=edtf)


def _hidden_mention(claim: str, place: int, view: View) -> str:
    return keyed_digest(view.secret, "nobody", claim, place)


def _voice(link: Link, place: int, claim: Claim, view: View) -> Link:
    who, hidden = view.persons.of(link), claim.doc in view.passages.hidden
    if hidden:
        link = replace(link, start=None, end=None)
    if who in view.persons.protected:
        if view.linked(claim) and who in view.labels:
            return replace(link, name=view.labels[who], by="")
        return replace(link, name=UNKNOWN_PERSON, mention=_hidden_mention(claim.id, place, view), by="")
    if who in view.persons.public:
        return replace(link, name=view.persons.public[who])
    if hidden and link.kind in _PRINTING:
        return replace(link, name=OUTLETS[link.kind], mention=_hidden_mention(claim.doc, place, view), by="")
    say = view.speech.say
    return replace(link, name=say(link.name, linked=False), by=say(link.by, linked=False))


def _party(party: Party, place: int, claim: Claim, view: View) -> Party:
    who = view.persons.of(party)
    if claim.doc in view.passages.hidden:
        party = replace(party, start=0, end=len(WITHHELD))
    if who in view.persons.protected:
        if view.linked(claim) and who in view.labels:
            return replace(party, name=view.labels[who])
        return replace(party, name=UNKNOWN_PERSON, mention=_hidden_mention(claim.id, -1 - place, view))
    if who in view.persons.public:
        return replace(party, name=view.persons.public[who])
    return replace(party, name=view.speech.say(party.name, linked=False))


def shown_fact(row: Fact, view: View) -> Fact:
    """A fact as it is shown. What is told about somebody gets its label anew, from what may still be told."""
    about = highest(row.claims, view.steps)
    step = view.step(*row.claims)
    hidden = any(doc in view.passages.hidden for doc in row.documents)
    as_of = coarsened(row.as_of, "month" if hidden and step.date == "day" and view.profile.dates != "day" else step.date)
    linked = view.profile.k == 1 or about is not None
    if about is None or about == 0:
        return replace(row, label=view.speech.say(row.label, linked=linked), as_of=as_of, why=_said(row.why, view, linked=linked))
    country = row.country if step.country else ""
    codes = _name(row.kind, view.ontology, "kinds")
    label = f"{codes} ({', '.join(part for part in (country, as_of) if part)})" if country or as_of else codes
    return replace(row, label=label, as_of=as_of, country=country, why=_said(row.why, view, linked=linked))


def _name(code: str, ontology: Ontology, *schemes: str) -> str:
    return next((ontology.label(code, scheme=scheme) for scheme in schemes if ontology.has(code, scheme=scheme)), code)


def _said(lines: tuple[str, ...], view: View, *, linked: bool) -> tuple[str, ...]:
    return tuple(view.speech.say(line, linked=linked) for line in lines)


def shown_origins(row: Origins, fact: Fact, view: View) -> Origins:
    """The origins of a fact: the same numbers and groups, in words that give nobody away."""
    linked = view.profile.k == 1 or highest(fact.claims, view.steps) is not None
    groups = tuple(
        replace(
            group,
            label=view.speech.say(group.label, linked=linked),
            access=tuple(replace(access, shown=view.passages.span(access.shown)) for access in group.access),
        )
        for group in row.groups
    )
    return replace(row, groups=groups, why=_said(row.why, view, linked=linked))


def shown_edge(row: LineageEdge, view: View) -> LineageEdge:
    """An edge: what it ties stays, its words are those that may be read."""
    return replace(row, evidence=tuple(map(view.passages.span, row.evidence)), why=view.speech.say(row.why, linked=False))


def shown_relation(row: Relation, view: View) -> Relation:
    return replace(row, reason=view.speech.say(row.reason, linked=False))


def shown_document(row: Document, view: View, *, number: int, hidden_titles: frozenset[str]) -> Document:
    """A document as it is shown: of a withheld one nothing but that there is one, in which language, from which month."""
    text = view.passages.texts[row.id]
    if row.id not in view.passages.hidden:
        return replace(row, text=text, appearances=tuple(_seen(one, view, hidden_titles) for one in row.appearances))
    appearances = tuple(
        Appearance(
            source=one.source,
            file=f"withheld document {number}",
            publisher=f"Publisher {keyed_digest(view.secret, 'publisher', one.publisher)[:6]}" if one.publisher else None,
            published=coarsened(one.published or "", "month") or None,
        )
        for one in row.appearances
    )
    return replace(row, text=text, appearances=appearances, blocks=(), boilerplate=(), duplicates=())


def _seen(one: Appearance, view: View, hidden_titles: frozenset[str]) -> Appearance:
    """Where a shown document was found. A title, address or file name that names somebody is left out."""
    title = one.title if one.title and one.title.casefold() not in hidden_titles and not view.persons.mentions(one.title) else None
    url = one.url if one.url and not _names(one.url, view.persons) else None
    file = one.file if not _names(one.file, view.persons) else f"document-{one.source[:8]}"
    return replace(one, title=title, url=url, file=file, byline=None)


def _names(text: str, persons: Persons) -> bool:
    """Whether an address or file name holds a name, in lower case as they do."""
    spelt = "".join(letter if letter.isalnum() else " " for letter in text)
    return bool(persons.mentions(spelt) or persons.mentions(spelt.title()))


def shown_incident(row: Incident, view: View) -> Incident:
    """An incident as its most careful claim lets it be told."""
    about = highest(row.claims, view.steps)
    step = view.step(*row.claims)
    cut = replace(
        row,
        place=row.place if step.city and not any(letter.isdigit() for letter in row.place) else "",
        country=row.country if step.country else "",
        period=coarsened(row.period, step.date),
        methods=row.methods if step.methods else (),
        outcomes=row.outcomes if step.details else (),
        fields=tuple(field for one in row.fields for field in _field(one, step, view)),
    )
    if not about:
        return replace(cut, label=view.speech.say(row.label, linked=False))
    what = ", ".join(_name(code, view.ontology, "methods") for code in cut.methods) or "An incident"
    where = ", ".join(part for part in (cut.country, cut.period) if part)
    return replace(cut, label=f"{what} ({where})" if where else what)


def _field(row: Supported, step: Step, view: View) -> tuple[Supported, ...]:
    needs = _FIELDS.get(row.field)
    if needs is not None:
        return (row,) if getattr(step, needs) else ()
    if row.field == "period":
        value = coarsened(row.value, step.date)
        return (replace(row, value=value),) if value else ()
    return (replace(row, value=view.speech.say(row.value, linked=False)),) if step in {STEPS[0], _EVERYTHING} else ()


def shown_site(row: Site, view: View) -> Site:
    """A site: its place is the site's, at most the city."""
    exact = any(letter.isdigit() for letter in row.place)
    fields = tuple(replace(field, value=view.speech.say(field.value, linked=False)) for field in row.fields)
    place = "" if exact else row.place
    return replace(
        row,
        label=view.speech.say(row.label.replace(row.place, "").strip(" ,") if exact else row.label, linked=False),
        place=place,
        geonames=None if exact else row.geonames,
        fields=tuple(field for field in fields if not (exact and field.field == "place")),
    )


def shown_response(row: Response, view: View, documents: Mapping[str, str]) -> Response:
    """What an authority did; by month where a passage about it is withheld. `documents`: claim to document."""
    hidden = any(documents.get(claim) in view.passages.hidden for claim in row.claims)
    date = coarsened(row.date, "month") if hidden and view.profile.dates != "day" else row.date
    fields = tuple(replace(field, value=view.speech.say(field.value, linked=False)) for field in row.fields)
    if hidden and row.date and row.date != date:
        fields = tuple(field for field in fields if field.value != row.date)
    label = row.label.replace(row.date, date).strip(" ,") if row.date else row.label
    return replace(row, label=view.speech.say(label, linked=False), date=date, fields=fields)
