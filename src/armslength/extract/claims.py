"""Put the pieces together: the claims of one heard document.

In:  a document, its heard sentences, speakers, dates and places. Out: claims, each with exact words, chain and reasons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from armslength.base.offsets import Range
from armslength.extract.chains import Chain, chain_of, resting
from armslength.extract.circumstances import Scene, circumstance, ground_of, office_side, side_of
from armslength.extract.clauses import Clause, clauses
from armslength.extract.details import Setting, places_of
from armslength.extract.discourse import Heard
from armslength.extract.drafts import Draft, joined
from armslength.extract.forms import forms_of
from armslength.extract.grammar import Circumstance, Rule, classify
from armslength.extract.methods import Deed, Ground, deeds
from armslength.extract.modality import asked_only, modality_of, taken_back
from armslength.extract.number_regions import Counted, Passage
from armslength.extract.quantities import COUNTED_MATTER, read_quantities
from armslength.extract.reasons import reason
from armslength.extract.relations import outcome_codes, relation_codes
from armslength.extract.sites import site_codes
from armslength.extract.views import is_view
from armslength.extract.voices import Voice, nouns, shown, voice_of
from armslength.extract.works import provenance, publications
from armslength.model.claims import Place

_PLURAL = re.compile(
    r"(?:most|many|some|several|both|others|dozens|at least)\b|(?:[\w’'-]+\s+){0,3}?[\w’'-]+s(?:\s+(?:of|in|to|from|at|near|who|with)\b|$)",
    re.IGNORECASE,
)
"""A speaker that is several people, by the first noun of the phrase."""
_NUMBERED = frozenset({"legal", "govt_response", "incident", "method", "victim_category"})
"""Families whose claims say in their reasons how many were concerned."""
_LONGEST = 400  # code points of a quote: longer ones are cut back to the clause
_TRADES = frozenset({"critic", "judge", "lawyer", "official", "editor", "reporter", "report", "inspector", "minister", "prosecutor"})
_VIEWS = frozenset({"org_link", "site", "method", "victim_category", "govt_response", "naming"})
_DEEDS = ("incident", "method")
_METHODICAL = frozenset(
    {
        "method",
        "incident",
        "site",
        "victim_category",
        "quantity",
        "legal",
        "law_policy",
        "org_link",
        "testimony",
        "attribution_of_responsibility",
    }
)
"""Families whose claims carry the methods of their clause: those that tell of deeds, not those that deny, weigh or foresee them."""
_SPEECH = (
    "denial", "no_comment", "admission", "publication_event", "govt_response", "undercount", "provenance", "recommendation", "legal",
    "prediction",
    "attribution_of_responsibility",
)  # fmt: skip


def drafts_of(one: Heard, scene: Scene, setting: Setting, carried: Voice | None, bases: Mapping[str, Voice]) -> list[Draft]:
    """Every claim that one sentence makes, before they are merged."""
    parts = clauses(one.parse)
    chains = {c.head: chain_of(one, c, carried) for c in parts}
    numbers = _quantities(one, scene, setting, parts)
    ground = ground_of(scene)
    done = _done(ground, parts)
    found = [
        _counted(q, resting(chains[q.clause.head], q.quantity.measure, bases), one, done[q.clause.head])
        for q in numbers
        if q.own
        and modality_of(one.parse, q.clause, told=True) != "negated"  # a number that is denied is no count
        and not _of_a_deed(scene, q, done[q.clause.head])
    ]
    counted = {d.clause.head for d in found} | {
        c.head
        for c in parts
        for d in found
        if d.range[0] < c.range[0] and c.range[1] <= d.range[1] and not any(deed.code[0] in "ABCD" for deed in done[c.head])
    }
    for clause in parts:
        draft = _classified(one, scene, setting, clause, parts, chains[clause.head], done[clause.head])
        if draft is not None and not (
            clause.head in counted
            and draft.kind.partition(".")[0] in {"site", "method", "incident", "victim_category", "assessment", "org_link"}
        ):
            found.append(_with_number(draft, numbers))
    found += [*provenance(one, parts, chains), *publications(one, scene.dates, parts, chains)]
    return joined(one, found)


def _done(ground: Ground, parts: Sequence[Clause]) -> dict[int, tuple[Deed, ...]]:
    """The deeds of each clause. What a noun is for (`a plot to kill an exile was foiled`) belongs to the clause of the noun too."""
    done = {c.head: deeds(ground, c, parts) for c in parts}
    for clause in parts:
        word = ground.parse.words[clause.head]
        if word.dep == "acl" and word.tag == "VB" and clause.parent in done:
            done[clause.parent] = (
                *done[clause.parent],
                *(d for d in done[clause.head] if all(d.code != o.code for o in done[clause.parent])),
            )
    return done


def _of_a_deed(scene: Scene, counted: Counted, done: Sequence[Deed]) -> bool:
    """Whether a sum of money is only part of what was done or of what somebody is accused of: a bribe, a reward, what was embezzled."""
    own = {h.name for h in scene.hits if h.first in counted.clause.own}
    return counted.quantity.measure == "money" and (any(d.code[0] in "ABCD" for d in done) or {"accused_of", "crime"} <= own)


def _with_number(draft: Draft, numbers: Sequence[Counted]) -> Draft:
    """What an authority did to several, or what was done to several, says in its reasons how many: a value stands only on a count."""
    number = next((q for q in numbers if not q.own and q.clause.head == draft.clause.head and (q.quantity.value or 0) > 1), None)
    if number is None or draft.quantity is not None or draft.kind.partition(".")[0] not in _NUMBERED:
        return draft
    return replace(draft, why=(*draft.why, number.why))


def _quantities(one: Heard, scene: Scene, setting: Setting, parts: Sequence[Clause]) -> list[Counted]:
    classes = {h.name for h in scene.hits}
    sites = "site" in classes or (scene.site_document and "site_word" in classes)
    return read_quantities(
        Passage(
            text=setting.text, parse=one.parse, parts=parts, places=scene.places, matter=sites or bool(classes & COUNTED_MATTER),
            sites=sites, about_sites=sites or scene.site_document, origin=setting.origin, city=scene.city, before=scene.counted,
        )
    )  # fmt: skip


def _counted(counted: Counted, chain: Chain, one: Heard, done: Sequence[Deed]) -> Draft:
    """A quantity with its part of the clause: where a clause gives several, each has its own."""
    act = chain.acts[-1] if chain.acts else "asserts"
    start, end = counted.region
    span = (min(start, counted.quantity.start), max(end, counted.quantity.end))
    near = (max(span[0], counted.quantity.start - _LONGEST // 2), min(span[1], counted.quantity.end + _LONGEST // 2))
    span = span if span[1] - span[0] <= _LONGEST else _word_edges(one, near)
    return Draft(
        range=span,
        kind=counted.kind,
        act=act,
        sure=0.8,
        chain=chain,
        clause=counted.clause,
        methods=tuple(d.code for d in done),
        quantity=counted.quantity,
        flags=counted.flags,
        places=counted.places,
        why=(counted.why, *chain.why),
    )


def _word_edges(one: Heard, span: Range) -> Range:
    words = [w for w in one.parse.words if span[0] <= w.start and w.end <= span[1]]
    return (words[0].start, words[-1].end) if words else span


def _classified(
    one: Heard, scene: Scene, setting: Setting, clause: Clause, parts: Sequence[Clause], chain: Chain, done: Sequence[Deed]
) -> Draft | None:
    """The kind of one clause, if the grammar has one for it."""
    cue = next((r for r in one.reports if r.cue == clause.head and r.how != "basis"), None)
    cueing = cue is not None and cue.how in {"clause", "speech", "impersonal"}
    voice = chain.voices[-1] if chain.voices else None
    plural = voice is not None and voice.kind == "unnamed" and _PLURAL.match(voice.name) is not None
    self_told = _self_told(one, clause, voice)
    known = (
        ("in_quotes", _in_quotes(setting.text, clause.range[0])),
        ("said", voice is not None),
        ("self_told", self_told),
        ("quoted", chain.quoted),
        ("cueing", cueing),
        ("plural_speaker", plural),
        ("trade_speaker", voice is not None and _by_trade(voice)),
    )
    side = side_of(voice, scene.origin) if voice is not None and voice.kind in {"government", "court"} else office_side(voice, scene.origin)
    here = circumstance(scene, clause, parts, chain.voices, {name for name, holds in known if holds}, side, done)
    inner = cueing and voice is not None  # somebody is said to have said it: the saying itself may be the deed
    inner = inner or (cueing and "deed" in here.own)  # `officers warned her that` tells of a deed, whoever is warned of what
    rule = classify(here, only=(*_SPEECH, *_DEEDS) if inner else _SPEECH if cueing else None)
    if rule is None or _unsaid(one, clause):
        return None
    draft = _drafted(one, scene, clause, _with_actor(one, scene, clause, chain, rule), rule, here, done, whole=rule.whole or cueing)
    return replace(draft, range=_denied(one, clause, parts, draft.range)) if rule.kind == "denial" and rule.whole else draft


def _in_quotes(text: str, at: int) -> bool:
    """Whether a place of the text stands inside quotation marks that were opened in its paragraph."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _by_trade(voice: Voice) -> bool:
    """Whether a voice speaks for its trade or body (`legal scholars`, `both organisations`, `the judges`) and not as a witness."""
    words = {w.removesuffix("s") for w in re.findall(r"[a-z-]+", voice.name.casefold())}
    return bool(words & (nouns("expert") | nouns("organisation") | nouns("officers") | _TRADES))


def _self_told(one: Heard, clause: Clause, voice: Voice | None) -> bool:
    """`she said that she had been followed`, `“I was followed”`: somebody tells of themselves."""
    if voice is None or voice.kind not in {"person", "unnamed"} or clause.subject is None or one.parse.words[clause.head].dep == "advcl":
        return False
    return one.parse.words[clause.subject].text.casefold() in {"he", "she", "i", "we"}


def _drafted(
    one: Heard, scene: Scene, clause: Clause, chain: Chain, rule: Rule, here: Circumstance, done: Sequence[Deed], *, whole: bool
) -> Draft:
    """What a rule gives: range, act, codes, methods and reasons."""
    voice = chain.voices[-1] if chain.voices else None
    single = rule.kind == "undercount" and voice is not None and voice.kind in {"person", "unnamed"}
    guessed = single or (rule.kind in {"undercount", "attribution_of_responsibility"} and "belief" in here.near)
    judged = guessed or is_view(one.parse, clause, rule.kind.partition(".")[0])
    act = "opines" if judged else rule.act or ("opines" if _expert(voice, rule) else chain.acts[-1] if chain.acts else "asserts")
    of_site = site_codes(scene, clause, rule, here)
    return Draft(
        range=_whole(one, clause) if whole else _spread(one, clause) if rule.spread else clause.range,
        kind=rule.kind,
        act=act,
        sure=_sure(rule, chain),
        chain=chain,
        clause=clause,
        codes=tuple(dict.fromkeys((*rule.codes, *of_site, *_of_deeds(scene, rule, here, done)))),
        methods=tuple(d.code for d in done) if rule.kind.partition(".")[0] in _METHODICAL else (),
        places=places_of(one.parse.range_of(sorted(clause.whole)), scene.places) if of_site else _where(one, scene, clause, rule, done),
        deed=_deed_word(scene, clause, rule, done),
        absorbs=rule.absorbs,
        why=(reason(rule, one.parse, scene.hits, clause), *chain.why),
    )


def _where(one: Heard, scene: Scene, clause: Clause, rule: Rule, done: Sequence[Deed]) -> tuple[Place, ...] | None:
    """Where a case happened whose clause names no place: what is done in person abroad, in the host city named last. None: the places
    of the quote.
    """
    named = places_of(one.parse.range_of(sorted(clause.whole)), scene.places)
    abroad = rule.kind == "incident.case" and any(d.code[0] == "A" for d in done)
    return (scene.city,) if abroad and not named and scene.city is not None else None


def _of_deeds(scene: Scene, rule: Rule, here: Circumstance, done: Sequence[Deed]) -> tuple[str, ...]:
    """Who target and doer are to the acting state, and for a single case what became of the target."""
    family = rule.kind.partition(".")[0]
    related = relation_codes(ground_of(scene), done) if family in {"incident", "method", "testimony"} else ()
    if rule.kind not in {"incident.case", "incident.outcome", "incident.method", "testimony.first_person"}:
        return related
    return (*related, *outcome_codes(here.own, done, went_back="definite" in here.marks))


def _deed_word(scene: Scene, clause: Clause, rule: Rule, done: Sequence[Deed]) -> int | None:
    """The word for which a rule fitted: the clause's verb where it is one, else the first of its classes in the clause."""
    names = frozenset(rule.deeds)
    found = [h for h in scene.hits if h.name in names and h.first in clause.own]
    if any(h.first <= clause.head <= h.last for h in found):
        return clause.head
    acts = [d.act for d in done if d.act is not None and d.act in clause.own]
    return min([h.first for h in found] or acts, default=None)


def _expert(voice: Voice | None, rule: Rule) -> bool:
    """Whether this is a commentator's view of how things stand, which is opinion (METHOD C3), and not what somebody saw, did or counted."""
    if voice is None or voice.kind not in {"person", "unnamed"} or rule.kind.partition(".")[0] not in _VIEWS:
        return False
    words = re.findall(r"[a-z-]+", f"{voice.role} {voice.name if voice.kind == 'unnamed' else ''}".casefold())
    return bool(nouns("expert") & {form for word in words for form in (word, word.removesuffix("s"))})


def _unsaid(one: Heard, clause: Clause) -> bool:
    """`did not confirm whether it was investigating`, `does not mean that`: what hangs on a negated verb of saying has not been said."""
    if taken_back(one.parse, clause) or asked_only(one.parse, clause):
        return True
    inside = (r for r in reversed(one.reports) if clause.head in r.content and r.how in {"clause", "object"} and r.cue != clause.head)
    report = next(inside, None)
    if report is None or _joined_to(one, clause, report.cue):
        return False
    cue = one.parse.words[report.cue]
    refused = cue.dep == "xcomp" and one.parse.words[cue.head].lemma in {"decline", "refuse"}
    denied = any(r.cue == report.cue and r.act == "denies" for r in one.reports)
    return denied or refused or one.parse.kid(cue.index, "neg") is not None


def _joined_to(one: Heard, clause: Clause, cue: int) -> bool:
    """`They denied it, but they declined an interview`: a clause joined to the word of saying is no part of what is said."""
    head = one.parse.words[clause.head]
    return head.dep == "conj" and head.head == cue and one.parse.kid(head.index, "nsubj", "nsubjpass") is not None


def _with_actor(one: Heard, scene: Scene, clause: Clause, chain: Chain, rule: Rule) -> Chain:
    """Who denies, declines or does not confirm is the voice of that; a person whom something happened to and who speaks in the document is
    the likely source of it, latent.
    """
    family = rule.kind.partition(".")[0]
    subject = one.parse.words[clause.subject] if clause.subject is not None else None
    voices = [*(r.voice for r in one.reports), *one.subjects]
    actor = next((v for v in voices if subject is not None and v.start <= subject.start < v.end), None)
    if actor is None and subject is not None and subject.pos in {"NOUN", "PROPN"}:
        actor = voice_of(one.parse, subject.index)
    if not chain.voices and family in {"incident", "testimony", "attribution_of_responsibility"}:
        told = next((v for v in (actor, *voices) if v is not None and v.kind == "person" and v.name in scene.speakers), None)
        if told is not None:
            return Chain(
                (replace(told, latent=True),),
                ("reports",),
                quoted=False,
                why=(f"{shown(told)}, whom it concerns, speaks in the document; latent",),
            )
    if actor is None or any(v.name == actor.name for v in chain.voices):
        return chain
    says = any(r.cue == clause.head and r.how in {"clause", "speech"} for r in one.reports)
    if says and family in {"govt_response", "admission", "denial"} and actor.kind in {"government", "court", "organisation"}:
        return Chain((*chain.voices, actor), (*chain.acts, rule.act), chain.quoted, (*chain.why, f"{shown(actor)} says so"))
    if rule.kind in {"denial", "no_comment", "govt_response.not_confirmed"} and (rule.head or rule.kind != "denial"):
        return Chain((*chain.voices, actor), (*chain.acts, rule.act), chain.quoted, (*chain.why, f"{shown(actor)} is who does it"))
    return chain


def _sure(rule: Rule, chain: Chain) -> float:
    return round(max(0.1, rule.sure - (0.1 if any(v.latent for v in chain.voices) else 0.0)), 2)


def _spread(one: Heard, clause: Clause) -> Range:
    """A clause with the clauses that complete it or its object; not with those joined to it or set beside it."""
    own = (one.parse.words[i] for i in clause.own)
    left, words = [clause.head], [w.index for w in own if not w.is_mark and w.dep != "cc"]  # the full stop hangs on the main verb
    while left:
        kids = [k for k in one.parse.kids(left.pop()) if k.dep not in {"advcl", "conj", "parataxis", "cc", "punct"}]
        words += [k.index for k in kids]
        left += [k.index for k in kids]
    start, end = one.parse.range_of(words)
    return (start, end) if end - start <= _LONGEST else clause.range


def _whole(one: Heard, clause: Clause) -> Range:
    """The reporting clause together with what it reports."""
    start, end = clause.range
    for report in one.reports:
        if clause.head in report.content or report.cue == clause.head:
            low, high = one.parse.range_of(sorted({*report.content, report.cue}))
            start, end = min(start, low, report.voice.start if one.parse.start <= report.voice.start else low), max(end, high)
    end = min([end, *_said_next(one, clause)])
    return (start, end) if end - start <= _LONGEST else clause.range


def _denied(one: Heard, clause: Clause, parts: Sequence[Clause], span: Range) -> Range:
    """A denial keeps to its own predicate where one is joined to it and either has a `no`: `employed no officers and had closed`."""
    alike = [p for p in parts if _one_saying(one, p, clause)]
    if not any("negated" in forms_of(one.parse, p) for p in (clause, *alike)):
        return span
    if one.parse.words[clause.head].dep == "conj" and any(p.head == one.parse.words[clause.head].head for p in alike):
        return clause.range
    until = min([span[1], *(p.range[0] for p in alike if p.range[0] >= clause.range[1])])
    inside = [w.end for w in one.parse.words if span[0] <= w.start and w.end <= until and not w.is_mark and w.dep != "cc"]
    return (span[0], span[1] if until == span[1] or not inside else inside[-1])


def _one_saying(one: Heard, other: Clause, clause: Clause) -> bool:
    """Whether two clauses are predicates of one subject that the same saying holds."""
    words = one.parse.words
    pair = (words[other.head], words[clause.head])
    tied = any(
        a.dep == "conj" and a.head == b.index and one.parse.kid(a.index, "nsubj", "nsubjpass") is None for a, b in (pair, pair[::-1])
    )
    tied = tied or (pair[0].dep == pair[1].dep == "conj" and pair[0].head == pair[1].head)
    return other.head != clause.head and tied and any({other.head, clause.head} <= r.content for r in one.reports)


def _said_next(one: Heard, clause: Clause) -> list[int]:
    """Where what is said next begins: `It called the list a lie and said that` joins a second saying to the first."""
    words, found = one.parse.words, []
    for report in one.reports:
        cue = words[report.cue]
        if cue.dep == "conj" and cue.head == clause.head and cue.start > clause.range[0]:
            joint = next((k.start for k in one.parse.kids(cue.head, "cc") if k.start < cue.start), cue.start)
            found.append(joint)
    return found
