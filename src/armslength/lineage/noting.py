"""What is noted of a fact and of a document, so that the next build finds the facts that a change concerns.

In:  facts with their claims and edges, documents with their publishers.
Out: entries: what a fact asks of the rest of the case; what a document gives, and which name it credits.
Never: decides anything; what is noted is only looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from armslength.lineage.cast import OUTLETS, Cast, name_words, public_names
from armslength.lineage.credits import full_name
from armslength.lineage.denials import is_deniable, looked_up, rests_on, stands_at
from armslength.lineage.figures import figure_of
from armslength.lineage.names import fold
from armslength.lineage.publishers import Groups
from armslength.lineage.relations import number_key
from armslength.lineage.spellings import halves, places_in, spelled, unsure
from armslength.model.claims import Claim
from armslength.model.entries import Entry, number
from armslength.model.facts import Fact
from armslength.model.things import Entity

TRACED, ISSUED, PUBLIC = "traced", "issued", "public"
"""Spaces: facts, documents, public bodies by name."""
PRINTS = "prints"
"""The space of what is kept of the documents' words, in pieces."""
SPACES = (TRACED, ISSUED, PUBLIC, PRINTS, "lineage")


Key = tuple[int, int]
"""What a fact is found by, and which of `WHATS` that is."""
WHATS = ("issue", "cover", "page", "number", "voice", "place", "sum", "outlet", "name", "called", "figure", "half")
ISSUE, COVER, PAGE, NUMBER, VOICE, PLACE, SUM, OUTLET, NAME, CALLED, FIGURE, HALF = range(len(WHATS))


def asks(what: int, *which: str) -> Key:
    """A question that a fact asks: an odd number; what answers it has the even one before it."""
    return gives(what, *which)[0] + 1, what


def gives(what: int, *which: str) -> Key:
    """What answers a question."""
    return 2 * number("lineage", WHATS[what], *which), what


def fact_entry(fact: Fact, claims: Mapping[str, Claim], cast: Cast, near: Sequence[Fact], heard: Iterable[Key]) -> Entry:
    """A fact by what it is found by. `near`: the facts of its pages, for a denial; `heard`: what was looked up while it was traced.

    Its body is the words that may be slips.
    """
    mentions = (link.mention for claim in fact.claims for link in claims[claim].attribution)
    voices = {above for mention in mentions if (row := cast.by_mention.get(mention)) for above in cast.above(row.id)}
    voices |= {above for doc in fact.documents for above in cast.above(cast.own_voice(doc)) if above in cast.by_id}
    keys = {asks(ISSUE, voice) for voice in voices} | {gives(PAGE, doc) for doc in fact.documents} | set(heard)
    mine = [claims[claim] for claim in fact.claims] if len(fact.documents) > 1 else []  # errors are looked for across documents only
    words = frozenset[str]().union(*(unsure(claim, cast) for claim in mine))
    keys |= {asks(HALF, *half) for word in words for half in halves(word)}
    keys |= {asks(FIGURE, repr(found[0])) for claim in mine if (found := figure_of(claim))}
    if fact.kind == "publication_event" and fact.counter:
        keys.add(asks(COVER, fact.counter))
    if bucket := number_key(fact, claims, cast):
        measure, scope, unit = bucket
        keys.add(gives(NUMBER, measure, *(part for pair in scope for part in pair), unit))
    if fact.value is not None:
        keys |= {gives(SUM, doc) for doc in fact.documents}
    if is_deniable(fact):
        keys |= {gives(VOICE, voice) for voice in rests_on(fact, claims, cast)}
        keys |= {gives(PLACE, *city) for city in stands_at(fact, claims)}
    if fact.kind == "denial":
        reports, cities = looked_up(fact, near, claims, cast)
        keys |= {asks(VOICE, report) for report in reports} | {asks(PLACE, *city) for city in cities}
        keys |= {asks(PAGE, doc) for doc in fact.documents}
    return Entry(space=TRACED, id=fact.id, keys=tuple(sorted(keys)), body=" ".join(sorted(words)))


def document_entry(doc: str, claims: Sequence[Claim], cast: Cast) -> Entry:
    """A document by who publishes it, what answers for that, whom it credits, and what exact numbers its claims give.

    Its body is two lines: the words of its claims' sentences, and of the names of their places.
    """
    publisher, credit = cast.publisher(doc), cast.credits.get(doc)
    keys = {gives(COVER, above) for above in cast.above(publisher)} | {gives(OUTLET, publisher)} if publisher else set()
    if publisher and not credit:
        keys.add(gives(ISSUE, publisher))
    if credit:
        keys |= {asks(NAME, fold(name)) for name in (credit.name, full_name(credit.name))}
    if (group := cast.group(publisher)) is not None:
        keys.add(asks(NAME, fold(group.name)))
    keys |= {gives(FIGURE, repr(found[0])) for claim in claims if (found := figure_of(claim))}
    words = frozenset[str]().union(*(spelled(claim, cast) for claim in claims))
    places = frozenset[str]().union(*map(places_in, claims))
    body = "\n".join(" ".join(sorted(found)) for found in (words, places))
    return Entry(space=ISSUED, id=doc, doc=doc, keys=tuple(sorted(keys)), body=body)


def name_entry(row: Entity, groups: Groups) -> Entry:
    """A public body by its names and their words. Its body is two lines: the group it belongs to, and the words."""
    keys = {(gives(NAME, name)[0], number(row.id)) for name in public_names(row)}
    keys |= {(gives(CALLED, word)[0], number(row.id)) for word in name_words(row)}
    group = groups.of((row.label, *row.aliases)) if row.kind in OUTLETS else None
    body = "\n".join((group.name if group else "", " ".join(sorted(name_words(row)))))
    return Entry(space=PUBLIC, id=row.id, keys=tuple(sorted(keys)), body=body)
