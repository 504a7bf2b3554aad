"""Put the pieces together: the claims of one heard document.

In:  a document, its heard sentences, speakers, dates and places. Out: claims, each with exact words, chain and reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from armslength.base.offsets import Range, overlap, trim
from armslength.extract.chains import Chain, chain_of
from armslength.extract.circumstances import Scene, circumstance, methods_in, side_of
from armslength.extract.clauses import Clause, clauses
from armslength.extract.details import Setting, dates_of, modality_of, parties_of, places_of, taken_back
from armslength.extract.discourse import Heard, Speech
from armslength.extract.grammar import Circumstance, Rule, classify
from armslength.extract.quantities import Counted, read_quantities
from armslength.extract.sites import site_codes
from armslength.extract.voices import Voice, nouns, shown, voice_of
from armslength.model.claims import Claim, Link, Place, Quantity, claim_id, mention_id
from armslength.model.evidence import Reader

_PLURAL = re.compile(
    r"(?:most|many|some|several|both|others|dozens|at least)\b|(?:[\w’'-]+\s+){0,3}?[\w’'-]+s(?:\s+(?:of|in|to|from|at|near|who|with)\b|$)",
    re.IGNORECASE,
)
"""A speaker that is several people, by the first noun of the phrase."""
_EDGES = ' \t\r\n\u00a0\u3000“”"•·▪◦‣*'
_DONE = frozenset({"legal", "govt_response", "site", "incident"})
"""Families whose codes say that something was done: what is denied, expected or only possible does not carry them (METHOD F1)."""
_WEAK = frozenset({"assessment", "govt_response.statement", "testimony.aggregate"})
_MOST = 0.45  # of a sentence: a firm claim that holds so much of it leaves no room for a remark
_NEAR = 60  # code points behind a word of publishing within which its date stands
_LONGEST = 400  # code points of a quote: longer ones are cut back to the clause
_VIEWS = frozenset({"org_link", "site", "method", "victim_category", "govt_response", "naming"})
_OPINIONS = frozenset({"assessment", "prediction", "recommendation", "legal_characterisation"})
_DEEDS = ("incident", "method")
_SPEECH = ("denial", "no_comment", "publication_event", "govt_response", "undercount", "provenance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A claim before it has a name."""

    range: Range
    kind: str
    act: str
    sure: float
    chain: Chain
    clause: Clause
    codes: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    quantity: Quantity | None = None
    places: tuple[Place, ...] | None = None
    """Where a number counts; None: the places named in the range."""
    why: tuple[str, ...] = ()


def drafts_of(one: Heard, scene: Scene, setting: Setting, speeches: Sequence[Speech], carried: Voice | None) -> list[Draft]:
    """Every claim that one sentence makes, before they are merged."""
    parts = clauses(one.parse)
    chains = {c.head: chain_of(one, c, speeches, carried) for c in parts}
    numbers = _quantities(one, scene, setting, parts)
    found = [
        _counted(q, chains[q.clause.head], one, numbers)
        for q in numbers
        if modality_of(one.parse, q.clause, told=True) != "negated"  # a number that is denied is no count
    ]
    counted = {d.clause.head for d in found}
    for clause in parts:
        draft = _classified(one, scene, clause, parts, chains[clause.head])
        if draft is not None and not (
            clause.head in counted
            and draft.kind.partition(".")[0] in {"site", "method", "incident", "victim_category", "assessment", "org_link"}
        ):
            found.append(draft)
    found += [*_provenance(one, parts, chains), *_publications(one, scene, parts, chains)]
    return _merged(one, found)


def _quantities(one: Heard, scene: Scene, setting: Setting, parts: Sequence[Clause]) -> list[Counted]:
    classes = {h.name for h in scene.hits}
    sites = "site" in classes or (scene.site_document and "site_word" in classes)
    matter = sites or bool(
        classes & {"return", "persuade", "pressure", "target_group", "detain", "investigate", "kill", "abduct", "assault", "vanish"}
    )
    return read_quantities(setting.text, one.parse, parts, scene.places, matter=matter, sites=sites, origin=setting.origin, city=scene.city)


def _counted(counted: Counted, chain: Chain, one: Heard, every: Sequence[Counted]) -> Draft:
    """A quantity with its part of the clause: where a clause gives several, each runs from the number before it to its own noun."""
    act = chain.acts[-1] if chain.acts else "asserts"
    start, end = counted.clause.range
    same = sorted((c.quantity for c in every if c.clause.head == counted.clause.head), key=lambda q: q.start)
    place = same.index(counted.quantity)
    start = same[place - 1].start if place else start
    end = max(counted.quantity.end, counted.region[1] if place else 0) if len(same) > 1 else end
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
        quantity=counted.quantity,
        places=counted.places,
        why=(counted.why, *chain.why),
    )


def _word_edges(one: Heard, span: Range) -> Range:
    words = [w for w in one.parse.words if span[0] <= w.start and w.end <= span[1]]
    return (words[0].start, words[-1].end) if words else span


def _classified(one: Heard, scene: Scene, clause: Clause, parts: Sequence[Clause], chain: Chain) -> Draft | None:
    """The kind of one clause, if the grammar has one for it."""
    cue = next((r for r in one.reports if r.cue == clause.head and r.how != "basis"), None)
    cueing = cue is not None and cue.how in {"clause", "speech", "impersonal"}
    voice = chain.voices[-1] if chain.voices else None
    plural = voice is not None and voice.kind == "unnamed" and _PLURAL.match(voice.name) is not None
    known = (("said", voice is not None), ("quoted", chain.quoted), ("cueing", cueing), ("plural_speaker", plural))
    side = side_of(voice, scene.origin) if voice is not None and voice.kind in {"government", "court"} else ""
    here = circumstance(scene, clause, parts, chain.voices, {name for name, holds in known if holds}, side)
    inner = cueing and voice is not None  # somebody is said to have said it: the saying itself may be the deed
    rule = classify(here, only=(*_SPEECH, *_DEEDS) if inner else _SPEECH if cueing else None)
    if rule is None or _unsaid(one, clause):
        return None
    if rule.kind == "assessment" and one.parse.words[clause.head].dep in {"acl", "relcl"}:
        return None  # what only describes a thing is no statement about it
    return _drafted(one, scene, clause, _with_actor(one, scene, clause, chain, rule), rule, here, whole=rule.whole or cueing)


def _drafted(one: Heard, scene: Scene, clause: Clause, chain: Chain, rule: Rule, here: Circumstance, *, whole: bool) -> Draft:
    """What a rule gives: range, act, codes, methods and reasons."""
    voice = chain.voices[-1] if chain.voices else None
    own = frozenset(h.name for h in scene.hits if h.first in clause.own)
    methodical = rule.kind.partition(".")[0] in {"method", "incident", "site", "victim_category"}
    believed = rule.kind == "undercount" and "belief" in here.near
    of_site = site_codes(scene, clause, rule, here)
    return Draft(
        range=_whole(one, clause) if whole else clause.range,
        kind=rule.kind,
        act=rule.act or ("opines" if believed or _expert(voice, rule) else chain.acts[-1] if chain.acts else "asserts"),
        sure=_sure(rule, chain),
        chain=chain,
        clause=clause,
        codes=tuple(dict.fromkeys((*rule.codes, *of_site))),
        methods=methods_in(own | here.near & frozenset({"relatives", "return"})) if methodical else (),
        places=places_of(one.parse.range_of(sorted(clause.whole)), scene.places) if of_site else None,
        why=(f"{rule.name} of the grammar: {rule.kind}" + (f" ({rule.words})" if rule.words else ""), *chain.why),
    )


def _expert(voice: Voice | None, rule: Rule) -> bool:
    """Whether this is a commentator's view of how things stand, which is opinion (METHOD C3), and not what somebody saw, did or counted."""
    if voice is None or voice.kind not in {"person", "unnamed"} or rule.kind.partition(".")[0] not in _VIEWS:
        return False
    return bool(nouns("expert") & set(re.findall(r"[a-z-]+", voice.role.casefold())))


def _unsaid(one: Heard, clause: Clause) -> bool:
    """`did not confirm whether it was investigating`, `does not mean that`: what hangs on a negated verb of saying has not been said."""
    if taken_back(one.parse, clause):
        return True
    inside = (r for r in reversed(one.reports) if clause.head in r.content and r.how in {"clause", "object"} and r.cue != clause.head)
    report = next(inside, None)
    if report is None:
        return False
    cue = one.parse.words[report.cue]
    refused = cue.dep == "xcomp" and one.parse.words[cue.head].lemma in {"decline", "refuse"}
    denied = any(r.cue == report.cue and r.act == "denies" for r in one.reports)
    return denied or refused or one.parse.kid(cue.index, "neg") is not None


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
    if rule.kind in {"denial", "no_comment", "govt_response.not_confirmed"} and (rule.head or rule.kind != "denial"):
        return Chain((*chain.voices, actor), (*chain.acts, rule.act), chain.quoted, (*chain.why, f"{shown(actor)} is who does it"))
    return chain


def _sure(rule: Rule, chain: Chain) -> float:
    return round(max(0.1, rule.sure - (0.1 if any(v.latent for v in chain.voices) else 0.0)), 2)


def _whole(one: Heard, clause: Clause) -> Range:
    """The reporting clause together with what it reports."""
    start, end = clause.range
    for report in one.reports:
        if clause.head in report.content or report.cue == clause.head:
            low, high = one.parse.range_of(sorted({*report.content, report.cue}))
            start, end = min(start, low, report.voice.start if one.parse.start <= report.voice.start else low), max(end, high)
    return (start, end) if end - start <= _LONGEST else clause.range


def _publications(one: Heard, scene: Scene, parts: Sequence[Clause], chains: dict[int, Chain]) -> Iterable[Draft]:
    """`a report published in May`, `the publication of the report last month`: that something came out, said in passing."""
    for word in one.parse.words:
        noun = word
        if word.dep == "acl" and word.tag == "VBN" and word.lemma in {"publish", "release", "issue"}:
            noun = one.parse.words[word.head]
        elif not (word.pos == "NOUN" and word.lemma in {"publication", "release"}):
            continue
        words = one.parse.subtree(noun.index)
        start, end = one.parse.range_of([i for i in words if one.parse.words[i].start <= max(noun.end, word.end) + _NEAR])
        reports = any(one.parse.words[i].lemma in nouns("report") for i in words)
        clause = next((c for c in parts if noun.index in c.own), None)
        if clause is None or not reports or not any(d.start is not None and start <= d.start < end for d in scene.dates):
            continue
        chain = _without(chains[clause.head], start, end)
        why = ("a report and when it came out",)
        yield Draft(range=(start, end), kind="publication_event", act="asserts", sure=0.65, chain=chain, clause=clause, why=why)


def _without(chain: Chain, start: int, end: int) -> Chain:
    """A chain without the voices named inside a stretch: a report does not report that it came out."""
    kept = [n for n, v in enumerate(chain.voices) if not start <= v.start < end]
    return Chain(tuple(chain.voices[n] for n in kept), tuple(chain.acts[n] for n in kept), chain.quoted, chain.why)


def _provenance(one: Heard, parts: Sequence[Clause], chains: dict[int, Chain]) -> Iterable[Draft]:
    """What something is said to rest on is a claim of its own, made by whoever says so."""
    for report in one.reports:
        if report.how != "basis":
            continue
        phrase = one.parse.subtree(report.cue)
        start, end = one.parse.range_of(phrase)
        if one.parse.words[report.cue].dep == "ROOT" or end - start > 160 or not start <= report.voice.start < end:
            continue
        clause = next((c for c in parts if c.head in report.content), None)
        if clause is None:
            continue
        outer = _without(chains[clause.head], report.voice.start, report.voice.end)
        yield Draft(
            range=(start, end),
            kind="provenance",
            act="reports",
            sure=0.7,
            chain=outer,
            clause=clause,
            why=(f"names what it rests on: {shown(report.voice)}",),
        )


def _merged(one: Heard, drafts: list[Draft]) -> list[Draft]:
    """Join clauses that go on saying the same kind of thing; drop a remark that another claim already holds."""
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.range, d.kind)):
        before = out[-1] if out else None
        if before is not None and _goes_on(one, before, draft):
            span = (min(before.range[0], draft.range[0]), max(before.range[1], draft.range[1]))
            out[-1] = replace(
                before,
                range=span,
                codes=tuple(dict.fromkeys((*before.codes, *draft.codes))),
                methods=tuple(dict.fromkeys((*before.methods, *draft.methods))),
            )
        else:
            out.append(draft)
    firm = [d for d in out if d.kind not in _WEAK]
    return [d for d in out if d.kind not in _WEAK or not _covered(one, d, firm)]


def _covered(one: Heard, weak: Draft, firm: Sequence[Draft]) -> bool:
    """Whether a mere remark or statement adds nothing to what firmer claims hold of the sentence."""
    size = max(1, one.sentence.end - one.sentence.start)
    own = weak.range[1] - weak.range[0]
    if any(f.range[1] - f.range[0] >= _MOST * size or overlap(f.range, weak.range) * 2 > own for f in firm):
        return True
    return any(weak.clause.parent == f.clause.head for f in firm)


def _goes_on(one: Heard, before: Draft, draft: Draft) -> bool:
    if one.parse.kid(draft.clause.head, "nsubj", "nsubjpass", "expl") is not None and draft.kind not in _OPINIONS:
        return False
    if before.quantity or draft.quantity or before.kind != draft.kind or before.kind in {"provenance", "no_comment"}:
        return False
    return [v.name for v in before.chain.voices] == [v.name for v in draft.chain.voices] and draft.range[0] - before.range[1] <= 40


def finish(draft: Draft, one: Heard, scene: Scene, setting: Setting, reader: Reader) -> Claim:
    """Give a draft its quote, chain, dates, places, parties and name."""
    start, end = trim(setting.text, *draft.range, drop=_EDGES)
    links = (*setting.page, *(_link(setting.doc, v) for v in draft.chain.voices))
    dates = dates_of(draft.kind, (start, end), scene.dates, setting)
    modality = modality_of(one.parse, draft.clause, told=bool(draft.chain.voices))
    if any("no_charge" in code for code in draft.codes):
        modality = "stated"  # the code holds the `no` already: "no charges will be brought" says that there is no charge
    return Claim(
        id=claim_id(setting.doc, start, end, draft.kind, draft.quantity),
        doc=setting.doc,
        start=start,
        end=end,
        quote=setting.text[start:end],
        kind=draft.kind,
        speech_act=draft.act,
        modality=modality,
        attribution=links,
        quantity=draft.quantity,
        as_of=dates.as_of,
        event_date=dates.event,
        claimed_period=dates.period,
        places=places_of((start, end), scene.places) if draft.places is None else draft.places,
        methods=draft.methods,
        codes=draft.codes if modality == "stated" or not _claims_a_deed(draft) else (),
        parties=parties_of(draft.kind, draft.chain, draft.clause, one, scene, setting),
        repeats=_repeats((start, end), setting),
        confidence=draft.sure,
        why=draft.why,
        reader=reader,
    )


def _link(doc: str, voice: Voice) -> Link:
    kind = voice.kind or "unnamed"
    return Link(
        name=voice.name,
        kind=kind,
        mention=mention_id(doc, kind, voice.name),
        start=voice.start,
        end=voice.end,
        latent=voice.latent,
        by=voice.by if voice.by != "official" else "",
    )


def _claims_a_deed(draft: Draft) -> bool:
    """Whether the codes say that something was done, as an arrest is and an inquiry that ended without charge is not."""
    family = draft.kind.partition(".")[0]
    return family in _DONE and draft.act != "declines" and not any("no_charge" in code for code in draft.codes)


def _repeats(span: Range, setting: Setting) -> tuple[Range, ...]:
    """Where the document says the same words again."""
    out = []
    for copy in setting.copies:
        if copy.of[0] <= span[0] and span[1] <= copy.of[1]:
            shift = copy.start - copy.of[0]
            out.append((span[0] + shift, span[1] + shift))
    return tuple(out)
