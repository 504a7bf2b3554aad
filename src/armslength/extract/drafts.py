"""A claim before it has a name, and how the drafts of one sentence are joined into what a reader would mark.

In:  drafts of one sentence. Out: fewer: clauses that go on saying the same are one, a clause that only describes belongs to what it
describes, and a remark that a firmer claim holds is left out. Never: drops a number, or joins what two voices say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from armslength.base.offsets import Range, overlap
from armslength.extract.chains import Chain
from armslength.extract.clauses import Clause
from armslength.extract.discourse import Heard
from armslength.extract.doubles import without_doubles
from armslength.extract.forms import forms_of
from armslength.model.claims import Place, Quantity

_WEAK = frozenset({"assessment", "govt_response.statement", "testimony.aggregate"})
_DESCRIBING = frozenset({"site", "method", "victim_category", "testimony", "incident", "assessment", "org_link"})
"""Families of which a clause behind a noun is no claim of its own where the clause it stands in is one."""
_DEED_KINDS = frozenset({"incident.case", "incident.aggregate", "method"})
"""Kinds that differ only in whom the deed falls on: verbs joined by `and` tell one of them."""
_VIEWED = _DESCRIBING | {"prediction", "recommendation", "naming"}
"""Families that a view takes in where they have no tense of their own."""
_VIEW_OR_TALE = frozenset({"assessment", "testimony"})
"""Families of which a lone clause without a tense of its own, or one that only sets a condition, is no statement."""
_AIMED_AT = frozenset({"method", "victim_category"})
_AIMING = frozenset({"govt_response", "legal", "law_policy", "recommendation", "prediction", "denial"})
"""Families that hold what they are about: the spying that a bill would punish is not told as done."""
_SHORTEST = 3
"""Words of a claim that is no number. Shorter ones were all introductions (`I said`) in what was read by hand."""
_MOST = 0.45  # of a sentence: a firm claim that holds so much leaves no room for a remark; .25 to .8 tried, docs/how-deeds-are-read.md
_OPINIONS = frozenset({"assessment", "prediction", "recommendation", "legal_characterisation"})


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
    flags: tuple[str, ...] = ()
    places: tuple[Place, ...] | None = None
    """Where a number counts; None: the places named in the range."""
    why: tuple[str, ...] = ()
    deed: int | None = None
    """Index of the word that tells the deed: at it the modality is asked."""
    absorbs: frozenset[str] = frozenset()
    """Modalities that the rule's own words bring with them; the claim is stated all the same."""


def joined(one: Heard, drafts: list[Draft]) -> list[Draft]:
    """Join clauses that go on saying the same kind of thing; drop a remark that another claim already holds."""
    out: list[Draft] = []
    for draft in sorted(_with_descriptions(one, [d for d in drafts if _says_something(one, d)]), key=lambda d: (d.range, d.kind)):
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
    out = [d for d in out if d.kind.partition(".")[0] not in _VIEW_OR_TALE or d.range != d.clause.range or _stands_alone(one, d.clause)]
    firm = [d for d in out if d.kind not in _WEAK]
    return without_doubles([d for d in out if d.kind not in _WEAK or not _covered(one, d, firm)])


def _says_something(one: Heard, draft: Draft) -> bool:
    """Whether a draft has words enough to say anything: `I said`, `wanted` only introduce or describe."""
    if draft.quantity is not None:
        return True
    start, end = draft.range
    return sum(1 for w in one.parse.words if start <= w.start < end and not w.is_mark) >= _SHORTEST


def _with_descriptions(one: Heard, drafts: list[Draft]) -> list[Draft]:
    """Drafts in which a clause that only describes (`a teacher whose passport had been cancelled was held`) is part of what is said of
    the thing.
    """
    heads: dict[int, list[Draft]] = {}
    for draft in drafts:
        heads.setdefault(draft.clause.head, []).append(draft)
    gone: set[int] = set()
    grown: dict[int, Draft] = {}
    for draft in drafts:
        family = draft.kind.partition(".")[0]
        near = next((heads[a.index] for a in one.parse.ancestors(draft.clause.head) if a.index in heads), [])
        above = [d for d in near if d is not draft]
        describes = one.parse.words[draft.clause.head].dep in {"relcl", "acl"} and family in _DESCRIBING
        if above and family in _VIEWED and draft.quantity is None and _non_finite(one, draft):
            describes = describes or any(d.kind in _OPINIONS for d in above)
        aimed_at = family in _AIMED_AT and any(d.kind.partition(".")[0] in _AIMING for d in above)
        if draft.quantity is not None or not (describes or aimed_at):
            continue
        if not above or (family == "incident" and all(d.quantity is not None for d in above)):
            continue
        gone.add(id(draft))
        whole = next((d for d in above if d.quantity is None and d.kind not in _WEAK), None)
        if whole is not None:
            now = grown.get(id(whole), whole)
            span = (min(now.range[0], draft.range[0]), max(now.range[1], draft.range[1]))
            grown[id(whole)] = replace(now, range=span, methods=tuple(dict.fromkeys((*now.methods, *draft.methods))))
    return [grown.get(id(d), d) for d in drafts if id(d) not in gone]


def _non_finite(one: Heard, draft: Draft) -> bool:
    """Whether a clause has no tense of its own: `infiltrating the club`, `to gain the information`."""
    head = one.parse.words[draft.clause.head]
    return head.tag in {"VBG", "VB"} and one.parse.kid(head.index, "nsubj", "nsubjpass") is None


def _stands_alone(one: Heard, clause: Clause) -> bool:
    """Whether a clause says something by itself: it has a tense of its own and neither describes a noun nor sets a condition."""
    head = one.parse.words[clause.head]
    if head.dep in {"acl", "relcl", "csubj"}:
        return False
    conditional = any(k.lemma in {"if", "unless", "whether"} for k in one.parse.kids(head.index, "mark"))
    bare = head.tag in {"VB", "VBG"} and one.parse.kid(head.index, "aux", "expl") is None and head.dep != "ROOT"
    infinitive = head.tag == "VB" and any(k.tag == "TO" for k in one.parse.kids(head.index, "aux", "mark"))
    return not (conditional or bare or (infinitive and head.dep != "ROOT"))


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
    alike = before.kind == draft.kind or (before.kind in _DEED_KINDS and draft.kind in _DEED_KINDS) or draft.kind == "assessment"
    if before.quantity or draft.quantity or not alike or before.kind in {"provenance", "no_comment"}:
        return False
    if before.kind == "denial" and any("negated" in forms_of(one.parse, d.clause) for d in (before, draft)):
        return False  # `did no police work and employed no officers`: each is denied
    if before.kind == "govt_response.awareness" and before.codes != draft.codes:
        return False  # `had been briefed but had not been told of the visits`
    if before.kind != draft.kind and one.parse.words[draft.clause.head].dep != "conj":
        return False
    return [v.name for v in before.chain.voices] == [v.name for v in draft.chain.voices] and draft.range[0] - before.range[1] <= 40
