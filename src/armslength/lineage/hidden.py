"""Passages that name no source: on which passage with a source each hangs, and what ties those together that hang on none.

In:  the routes of one fact, what its passages share.
Out: edges.
Never: hangs a passage on more than one that has a source, so that it joins no two known origins; except where it shows that a voice has
from a medium what other passages have from that voice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from armslength.lineage.access import OWN_ACT
from armslength.lineage.cast import Cast
from armslength.lineage.edges import Tie, make_edge
from armslength.lineage.figures import Mistake, figure_edge, mistake_edge, relayed_from, same_figures
from armslength.lineage.interviews import Interview, interview_of
from armslength.lineage.quotations import Quotation
from armslength.lineage.releases import releases_behind
from armslength.lineage.routes import Route
from armslength.lineage.spellings import Slip
from armslength.lineage.texts import Texts, text_edge
from armslength.lineage.voices import voice_edge
from armslength.model.facts import LineageEdge


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What passages of one fact have in common beside their voices."""

    quotes: Sequence[Quotation]
    slips: Sequence[Sequence[Slip]]
    mistakes: Sequence[tuple[Sequence[Route], Mistake]]


def holds(route: Route, known: Sequence[Route], shared: Shared, cast: Cast, texts: Texts) -> Iterator[LineageEdge]:
    """The ties by which a passage with a hidden source may hang on one known passage, the strongest reason first."""
    page = [other for other in known if other.claim.doc == route.claim.doc]
    for near in sorted(page, key=lambda other: (abs(other.claim.start - route.claim.start), other.id))[:1]:
        yield make_edge("common_source", route, near, "The same page says it again and names the source there.", cast)
    for copy in [other for other in known if other.claim.doc != route.claim.doc and texts.one(route, other)][:1]:
        yield text_edge(route, copy, cast, texts)
    quotes = [row for row in shared.quotes if (row.one is route and row.two.known) or (row.two is route and row.one.known)]
    yield from (quotation_edge(row, cast) for row in quotes[:1])
    mine = (set(cast.above(route.voice)) if route.voice else set()) | route.relays | route.passed
    sharing = [(other, both) for other in known if (both := mine & (other.relays | other.passed | set(cast.above(other.voice))))]
    yield from (voice_edge(route, other, min(both), cast) for other, both in sharing[:1])
    yield from _by_error(route, shared, cast)
    yield from releases_behind(route, known, cast)
    yield from relayed_from(route, known, cast)
    yield from _by_interview(route, known, cast)
    why = "It tells of an act of an authority that itself tells of it, and names no other source."
    for other in [other for other in known if other.access is not None and other.access.how == OWN_ACT][:1]:
        yield make_edge("common_source", route, other, why, cast)


def passed_on_by(route: Route, known: Sequence[Route], cast: Cast) -> Iterator[LineageEdge]:
    """The edge to the first passage of a voice that this one shows to have it from a medium: that voice is no origin of what it passes on.

    It is the one case in which a passage with a hidden source ties two: `Lantern Institute, citing The Quay`.
    """
    found = ((key, other) for key in sorted(route.passed) for other in known if key in cast.above(other.voice) and other.voice)
    for key, other in found:
        yield voice_edge(route, other, key, cast)
        return


def loose_ties(loose: Sequence[Route], cast: Cast) -> Iterator[tuple[Sequence[Route], Tie]]:
    """What ties passages together none of which names a source, beside voice, page and text: one exact number, one interview."""
    for members in same_figures(loose):
        yield members, partial(figure_edge, cast=cast)
    told: dict[str, list[tuple[Route, Interview]]] = defaultdict(list)
    for route in loose:
        interview = interview_of(route, cast)
        if interview:
            told[interview.medium].append((route, interview))
    for _, rows in sorted(told.items()):
        said = {route.id: interview for route, interview in rows}
        yield [route for route, _ in rows], partial(_told_edge, said=said, cast=cast)


def slip_edge(one: Slip, two: Slip, cast: Cast) -> LineageEdge:
    """The edge between two passages that share a slip."""
    wrong = one.span.quote
    why = f"Both write “{wrong}”, where the case has “{one.right}”; two writers hardly make this slip each by themselves."
    return make_edge("shared_error", one.route, two.route, why, cast, evidence=(one.span, two.span))


def quotation_edge(row: Quotation, cast: Cast) -> LineageEdge:
    """The edge between two passages that share a quotation."""
    return make_edge("quotation", row.one, row.two, row.why, cast, evidence=row.evidence)


def _by_error(route: Route, shared: Shared, cast: Cast) -> Iterator[LineageEdge]:
    """The edge to the first passage with a source that makes the same slip or mistake."""
    for rows in shared.slips:
        mine = next((row for row in rows if row.route is route), None)
        other = next((row for row in rows if row.route.known and row.route.claim.doc != route.claim.doc), None)
        if mine and other:
            yield slip_edge(mine, other, cast)
            return
    for members, mistake in shared.mistakes:
        known = next((row for row in members if row.known and row.claim.doc != route.claim.doc), None)
        if known and any(row is route for row in members):
            yield mistake_edge(route, known, mistake, cast)
            return


def _by_interview(route: Route, known: Sequence[Route], cast: Cast) -> Iterator[LineageEdge]:
    """The edge from an unnamed speaker to a named one who spoke to the same medium."""
    mine = interview_of(route, cast)
    if mine is None:
        return
    for other in known:
        theirs = interview_of(other, cast) if other.claim.doc != route.claim.doc else None
        if theirs and theirs.medium == mine.medium:
            yield _interview_edge(route, other, mine, theirs, cast)
            return


def _told_edge(one: Route, two: Route, *, said: Mapping[str, Interview], cast: Cast) -> LineageEdge:
    return _interview_edge(one, two, said[one.id], said[two.id], cast)


def _interview_edge(one: Route, two: Route, first: Interview, second: Interview, cast: Cast) -> LineageEdge:
    why = f"Both go back to what was said to {cast.label(first.medium)}, and not both name who said it."
    return make_edge("same_interview", one, two, why, cast, evidence=(first.said, second.said))
