"""Two things side by side, and what would come of making them one, keeping them apart, or taking that back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from armslength.base.errors import InputError
from armslength.base.language import marked, say
from armslength.model.decisions import Judgement
from armslength.model.things import Entity
from armslength.pipeline.previewing import Preview, Wish, previewed
from armslength.pipeline.remaking import THINGS, Thing
from armslength.pipeline.sameness import find_member
from armslength.pipeline.views.same import NOUN, PairView, ThingView, heads_of_pair, pairs, thing_view
from armslength.store.read import Reader
from armslength.web.page import Asked, Page

_ID = re.compile(r"[0-9a-f]{4,64}")
_LATER = {"merge": marked("Make them one"), "split": marked("Keep them apart")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPage:
    """Context of the page."""

    title: str
    decision: str
    """`merge`, `split` or `withdraw`: what is thought of."""
    level: str
    noun: str
    one: ThingView | None
    other: ThingView | None
    leaves: str
    """Of a split of one thing: the passage or mention that would leave it; else empty."""
    pair: PairView | None
    """Of what would be taken back."""
    judgement: str
    seen: tuple[str, ...]
    """Judgements that stand about the two."""
    preview: Preview | None
    """What would come of it; None where nobody has tried yet."""


def context(reader: Reader, asked: Asked) -> PairPage | None:
    """A pair of things (`?level=`, `?one=`, `?other=`), or a judgement about one (`?judgement=`)."""
    judgement = asked.query.get("judgement", "")
    if judgement:
        return _back(reader, judgement)
    level, decision = asked.query.get("level", ""), asked.query.get("decision", "") or "merge"
    one, other = asked.query.get("one", "").strip(), asked.query.get("other", "").strip()
    if level not in THINGS or decision not in {"merge", "split"} or not (_ID.fullmatch(one) and _ID.fullmatch(other)):
        return None
    ends = _ends(reader, level, one, other)
    if ends is None:
        return None
    views = [thing_view(reader, level, thing.id) for thing in ends]
    leaves = one if ends[0].id == ends[1].id else ""
    wish = Wish(decision=decision, level=level, one=one, other=other)
    return PairPage(
        title=say(_LATER[decision]),
        decision=decision,
        level=level,
        noun=NOUN[level],
        one=views[0],
        other=views[1],
        leaves=leaves,
        pair=None,
        judgement="",
        seen=() if leaves else heads_of_pair(reader.exact(), level, ends[0], ends[1]),
        preview=previewed(reader, wish),
    )


def _ends(reader: Reader, level: str, one: str, other: str) -> tuple[Thing, Thing] | None:
    """The things that two ids name; None where one names nothing, or a person."""
    try:
        found = [find_member(reader.exact(), row, level=level).thing for row in (one, other)]
    except InputError:
        return None
    if any(isinstance(thing, Entity) and thing.kind == "person" for thing in found):
        return None
    return found[0], found[1]


def _back(reader: Reader, judgement: str) -> PairPage | None:
    if not _ID.fullmatch(judgement) or reader.get(Judgement, judgement) is None:
        return None
    pair = next((row for row in pairs(reader) if row.judgement.id == judgement), None)
    if pair is None:
        return None
    return PairPage(
        title=say("Take this back"),
        decision="withdraw",
        level=pair.level,
        noun=pair.noun,
        one=None,
        other=None,
        leaves="",
        pair=pair,
        judgement=judgement,
        seen=(),
        preview=previewed(reader, Wish(decision="withdraw", judgement=judgement)),
    )


PAGE = Page(
    path="/same/pair",
    template="same_pair.html",
    section="same",
    context=context,
    queries={
        "decision": "What is thought of: merge or split.",
        "level": "Kind of things: entity, site, incident or fact.",
        "one": "Id of a thing that is no person, or of a passage in it.",
        "other": "Id of another.",
        "judgement": "Id of a judgement about a pair that is to be taken back.",
    },
)
