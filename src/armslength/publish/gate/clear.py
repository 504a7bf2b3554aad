"""The gate: what of a case may be shown under a profile, or why not.

In:  an `Ask`.
Out: `Cleared`, or the refusals, every one with what would open it.
Never: lets anything through because it could not be judged; decides who is public.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from armslength.base.ids import digest, keyed_digest
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement
from armslength.model.facts import Count
from armslength.model.ontology import Ontology
from armslength.publish.attack.reidentify import Told, reidentify, whom_of
from armslength.publish.attack.rows import Hit, Sought
from armslength.publish.attack.runs import known_runs
from armslength.publish.content import Content, fair_of
from armslength.publish.gate import generalise
from armslength.publish.gate.cells import cells, differences, key_of
from armslength.publish.gate.fairness import Seen, fair, restricted
from armslength.publish.gate.generalise import View
from armslength.publish.gate.ids import ids_of, whole_of, with_ids
from armslength.publish.gate.likeness import first_step, steps
from armslength.publish.gate.naming import pseudonyms, speech_of, without_pseudonyms
from armslength.publish.gate.passages import passages, withheld
from armslength.publish.gate.persons import PERSONAL, Named, Persons, named_in, persons_of, voices_of
from armslength.publish.gate.review import review
from armslength.publish.gate.rows import Ask, Change, Cleared, Past, Refusal
from armslength.publish.gate.selection import select, with_denials
from armslength.publish.gate.standing import shown_ledger, shown_verdicts

_KEEPS_VALUE = frozenset({"merge", "split", "withdraw"})


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is to be shown, before anything in it is generalised."""

    content: Content
    persons: Persons
    named: Mapping[str, Named]
    passages: tuple[str, ...]


def clear(ask: Ask, ontology: Ontology) -> Cleared | tuple[Refusal, ...]:
    """Put a case through the gate."""
    forbidden = restricted(ask.ledger, ask.day)
    reviewed = review(ask)
    facts = with_denials(ask.content, frozenset(reviewed.facts) - forbidden, ask.without | forbidden)
    persons = _persons(ask, forbidden)
    chosen = _chosen(ask, persons, facts)
    refusals = list(reviewed.refusals)
    beside: dict[str, list[str]] = {}
    for found in fair(Seen(chosen.content, persons, chosen.named), ask):
        if isinstance(found, Refusal):
            refusals.append(found)
        else:
            beside.setdefault(found[0], []).append(found[1])
    view, changes = _view(ask, chosen, ontology)
    content = _generalised(chosen.content, view)
    about = _about(content, view)
    kept = cells(ask.recount(content), about, ask.past, k=ask.profile.k)
    shown_persons = frozenset(who for claim in content.claims for who in map(persons.of, voices_of(claim)) if who in view.labels)
    refusals += differences(shown_persons, ask.past, k=ask.profile.k) if ask.profile.k > 1 else []
    if refusals:
        return tuple(sorted(set(refusals)))
    ids = ids_of(ask.content, chosen.content, content, view)
    told = {fact: tuple(dict.fromkeys(lines)) for fact, lines in beside.items()}
    denied = Change(rule="denials", what="facts taken in because they deny one that is shown", count=len(facts - set(reviewed.facts)))
    court = Change(rule="left out", what="facts withheld", count=len(set(reviewed.facts) & forbidden))
    final = with_ids(replace(content, counts=kept.counts), ids, view)
    return Cleared(
        content=final,
        changes=tuple(change for change in (*reviewed.changes, denied, court, *changes, *kept.changes) if change.count),
        beside={ids.get(fact, fact): lines for fact, lines in told.items()},
        whole=whole_of(ask.content, ids, view),
        ids=ids,
        record=_record(content, told, shown_persons, ids, kept.counts),
        sought=tuple(_sought(ask, chosen, view)),
        passages=chosen.passages,
        hits=tuple(_reidentified(ask, chosen, final, ids, view)) if ask.profile.k > 1 else (),
    )


def _persons(ask: Ask, forbidden: Collection[str]) -> Persons:
    persons = persons_of(ask.content, ask.ledger, names=ask.names, restricted=forbidden)
    if ask.profile.names or not persons.public:
        return persons
    return persons_of(ask.content, replace(ask.ledger, entries=()), names=ask.names, restricted=forbidden)


def _chosen(ask: Ask, persons: Persons, facts: Collection[str]) -> _Chosen:
    named = {document.id: named_in(document, persons) for document in ask.content.documents}
    around = tuple(document.text[start:end] for document in ask.content.documents for start, end in named[document.id].around)
    return _Chosen(select(ask.content, facts), persons, named, around)


def _view(ask: Ask, chosen: _Chosen, ontology: Ontology) -> tuple[View, tuple[Change, ...]]:
    """Decide what may be told of every document and claim."""
    content, persons, profile = chosen.content, chosen.persons, ask.profile
    runs = known_runs(chosen.passages)
    read = passages(content, chosen.named, withheld(content, persons, chosen.named, runs), profile, runs)
    personal = [claim for claim in content.claims if _personal(claim, chosen)]
    found = steps(personal, _ties(personal, chosen), k=profile.k, first=first_step(profile.places, profile.dates))
    told = content.claims if profile.k == 1 else personal
    persons_kinds = {row.id: row.kind for row in content.entities}
    who = {one for claim in told for one in persons.voices(claim)}
    labels = {
        **pseudonyms((one for one in who if persons_kinds.get(one, "person") == "person"), ask.secret, word="Person"),
        **pseudonyms((one for one in who if persons_kinds.get(one, "person") != "person"), ask.secret, word="Party"),
    }
    outlets = {seen.publisher for row in content.documents if row.id in read.hidden for seen in row.appearances if seen.publisher}
    speech = speech_of(ask.content, persons, labels, outlets)
    view = View(
        profile=profile, persons=persons, passages=read, steps=found, speech=speech, labels=labels, secret=ask.secret, ontology=ontology
    )
    gone = sum(claim.doc in read.hidden for claim in content.claims)
    changes = (
        Change(
            rule="quotes", what="documents withheld because a shown passage of theirs concerns a protected person", count=len(read.hidden)
        ),
        Change(rule="quotes", what="passages of withheld documents replaced by blocks", count=gone),
        Change(
            rule="quotes", what="stretches replaced by blocks because they may name somebody nobody has decided about", count=read.masked
        ),
        Change(
            rule="rare combinations",
            what="passages told with less of place, time or method",
            count=sum(bool(step) for step in found.values()),
        ),
        Change(rule="persons", what="protected persons under a pseudonym of this release alone", count=len(labels)),
    )
    return view, changes


def _personal(claim: Claim, chosen: _Chosen) -> bool:
    """Whether a claim is about what was done to, or by, somebody who is not public."""
    if claim.family not in PERSONAL:
        return False
    public = any(name.split()[-1] in claim.quote for name in chosen.persons.public.values())
    return not public or bool(chosen.persons.voices(claim) or chosen.named[claim.doc].near(claim.start, claim.end))


def _ties(personal: Iterable[Claim], chosen: _Chosen) -> Iterator[set[str]]:
    """What a reader, or somebody with the sources, sees belongs together."""
    by_person: dict[str, set[str]] = {}
    for claim in personal:
        for who in chosen.persons.voices(claim) | chosen.named[claim.doc].near(claim.start, claim.end):
            by_person.setdefault(who, set()).add(claim.id)
    yield from by_person.values()
    yield from (set(row.claims) for row in chosen.content.facts)
    yield from (set(row.claims) for row in chosen.content.incidents)


def _generalised(content: Content, view: View) -> Content:
    facts = {row.id: row for row in content.facts}
    documents = {row.id: row.doc for row in content.claims}
    titles = frozenset(
        seen.title.casefold() for row in content.documents if row.id in view.passages.hidden for seen in row.appearances if seen.title
    )
    in_order = sorted(content.documents, key=lambda row: keyed_digest(view.secret, "order", row.id))
    return replace(
        content,
        documents=[generalise.shown_document(row, view, number=place, hidden_titles=titles) for place, row in enumerate(in_order, start=1)],
        claims=[generalise.shown_claim(row, view) for row in content.claims],
        facts=[generalise.shown_fact(row, view) for row in content.facts],
        origins={one: generalise.shown_origins(row, facts[one], view) for one, row in content.origins.items()},
        relations=[generalise.shown_relation(row, view) for row in content.relations],
        edges=[generalise.shown_edge(row, view) for row in content.edges],
        sites=[generalise.shown_site(row, view) for row in content.sites],
        incidents=[generalise.shown_incident(row, view) for row in content.incidents],
        responses=[generalise.shown_response(row, view, documents) for row in content.responses],
        summaries={one: view.speech.say(text, linked=False) for one, text in content.summaries.items()},
        ledger=shown_ledger(content.ledger, content, view.persons, view.speech),
        verdicts=shown_verdicts(content.verdicts, content),
        title="",
        judgements=[_shown_judgement(row, view) for row in content.judgements],
    )


def _shown_judgement(row: Judgement, view: View) -> Judgement:
    """A judgement that a count hangs on, without the quotes it may hold."""
    return replace(row, reason=view.speech.say(row.reason, linked=False), value=row.value if row.decision in _KEEPS_VALUE else "")


def _about(content: Content, view: View) -> frozenset[str]:
    """Ids of rows that are about somebody."""
    claims = set(view.steps)
    facts = {row.id for row in content.facts if claims & set(row.claims)}
    return frozenset(claims | facts | {row.id for row in content.incidents if claims & set(row.claims)})


def _record(
    content: Content, beside: Mapping[str, tuple[str, ...]], persons: frozenset[str], ids: Mapping[str, str], counts: Iterable[Count]
) -> Past:
    said = {}
    for row in content.facts:
        count = content.origins.get(row.id)
        numbers = (count.min, count.max, count.unknown) if count else ()
        said[row.id] = digest(without_pseudonyms(row.label), repr((row.low, row.high, row.as_of, row.state)), numbers)
    return Past(
        release="",
        when="",
        persons=persons,
        cells={key_of(row): row.supports for row in counts},
        facts={row.id: row.claims for row in content.facts},
        told=said,
        beside={fact: digest(beside.get(fact, ()), row.sentences) for fact, row in fair_of(content).items()},
        shown={row.id: ids.get(row.id, row.id) for row in content.facts},
    )


def _sought(ask: Ask, chosen: _Chosen, view: View) -> Iterator[Sought]:
    """What the attack looks for: every name of every protected person of the case, and whatever leads to a withheld document."""
    persons = chosen.persons
    mentions: dict[str, set[str]] = {}
    for claim in ask.content.claims:
        for voice in voices_of(claim):
            if (who := persons.of(voice)) in persons.protected:
                mentions.setdefault(who, set()).add(voice.mention)
    for who, names in persons.protected.items():
        label = view.labels.get(who, "a protected person")
        yield Sought(about=label, names=names, ids=tuple(sorted({who, *mentions.get(who, ())})))
    for name in persons.authors:
        yield Sought(about="an author", names=(name,))
    for row in chosen.content.documents:
        if row.id in view.passages.hidden:
            seen = row.appearances
            locators = {text for one in seen for text in (one.url, one.title, one.file) if text}
            ids = {row.id, *(one.source for one in seen)}
            yield Sought(about="a withheld document", locators=tuple(sorted(locators)), ids=tuple(sorted(ids)))


def _reidentified(ask: Ask, chosen: _Chosen, shown: Content, ids: Mapping[str, str], view: View) -> Iterator[Hit]:
    """Lay the shown passages about somebody over the sources, as anybody can who has both."""
    true = {ids.get(one, one) for one in view.steps}
    labels = frozenset(view.labels.values())
    facts = {claim: fact.id for fact in ask.content.facts for claim in fact.claims}

    def near(claim: Claim) -> frozenset[str]:
        return chosen.persons.voices(claim) | chosen.named[claim.doc].near(claim.start, claim.end)

    told = (
        Told(claim=row, pseudonyms=frozenset(voice.name for voice in voices_of(row)) & labels) for row in shown.claims if row.id in true
    )
    yield from reidentify(told, (row for row in ask.content.claims if row.family in PERSONAL), whom_of(near, facts))
