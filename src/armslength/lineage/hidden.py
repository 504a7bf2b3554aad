"""Passages that name no source: on which passage with a source each hangs, and what ties those together that hang on none.

In:  the routes of one fact, what its passages share.
Out: edges.
Never: hangs a passage on more than one that has a source, so that it joins no two known origins; except where it shows that a voice has
from a medium what other passages have from that voice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeVar

from armslength.lineage.access import OWN_ACT
from armslength.lineage.cast import Cast
from armslength.lineage.edges import Tie, make_edge
from armslength.lineage.figures import Mistake, figure_edge, figure_of, mistake_edge, relayed_from, same_figures
from armslength.lineage.interviews import Interview, interview_of
from armslength.lineage.quotations import Quotation
from armslength.lineage.releases import is_own_word, releases_behind
from armslength.lineage.routes import Route
from armslength.lineage.spellings import Slip
from armslength.lineage.texts import Texts, text_edge
from armslength.lineage.voices import voice_edge
from armslength.model.facts import LineageEdge

Key = TypeVar("Key")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What passages of one fact have in common beside their voices."""

    quotes: Sequence[Quotation]
    slips: Sequence[Sequence[Slip]]
    mistakes: Sequence[tuple[Sequence[Route], Mistake]]


@dataclass(frozen=True, kw_only=True)
class Known:
    """The passages of one fact that have a source, in order of their ids, looked up by what a hidden one may share with them.

    Each lookup is made once for a fact, so that hidden passages cost what they share and not what there is.
    """

    routes: Sequence[Route]
    shared: Shared
    cast: Cast
    texts: Texts

    @cached_property
    def by_doc(self) -> Mapping[str, list[Route]]:
        return _listed((route.claim.doc, route) for route in self.routes)

    @cached_property
    def by_text(self) -> Mapping[str, list[Route]]:
        return _listed((self.texts.of(route.claim.doc), route) for route in self.routes)

    @cached_property
    def by_key(self) -> Mapping[str, list[tuple[int, Route]]]:
        """Voice, relay or owner to the passages it stands behind, each with its place among all."""
        return _listed((key, (place, route)) for place, route in enumerate(self.routes) for key in sorted(_keys(route, self.cast)))

    @cached_property
    def by_voice(self) -> Mapping[str, list[Route]]:
        return _listed((key, route) for route in self.routes if route.voice for key in self.cast.above(route.voice))

    @cached_property
    def quoted(self) -> Mapping[str, Quotation]:
        """Hidden passage to the first quotation it shares with one that has a source."""
        found: dict[str, Quotation] = {}
        for row in self.shared.quotes:
            if row.one.known != row.two.known:
                found.setdefault(row.two.id if row.one.known else row.one.id, row)
        return found

    @cached_property
    def own_words(self) -> list[Route]:
        """What bodies say on their own pages."""
        return [route for route in self.routes if is_own_word(route, self.cast)]

    @cached_property
    def figures(self) -> Mapping[tuple[float, str], list[Route]]:
        """Exact number and measure to the passages that give it, the first printed first."""
        exact = [(figure, route) for route in self.routes if (figure := figure_of(route.claim))]
        return _listed(sorted(exact, key=lambda row: (self.cast.texts[row[1].claim.doc].published or "", row[1].id)))

    @cached_property
    def interviews(self) -> Mapping[str, list[tuple[Route, Interview]]]:
        return _listed((told.medium, (route, told)) for route in self.routes if (told := interview_of(route, self.cast)))


def _keys(route: Route, cast: Cast) -> frozenset[str]:
    return route.relays | route.passed | frozenset(cast.above(route.voice) if route.voice else ())


def _listed(pairs: Iterable[tuple[Key, Row]]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return dict(found)


def holds(route: Route, known: Known) -> Iterator[LineageEdge]:
    """The ties by which a passage with a hidden source may hang on one known passage, the strongest reason first."""
    cast, doc = known.cast, route.claim.doc
    for near in sorted(known.by_doc.get(doc, ()), key=lambda other: (abs(other.claim.start - route.claim.start), other.id))[:1]:
        yield make_edge("common_source", route, near, "The same page says it again and names the source there.", cast)
    for copy in [other for other in known.by_text.get(known.texts.of(doc), ()) if other.claim.doc != doc][:1]:
        yield text_edge(route, copy, cast, known.texts)
    if route.id in known.quoted:
        yield quotation_edge(known.quoted[route.id], cast)
    yield from _by_key(route, known)
    yield from _by_error(route, known.shared, cast)
    yield from releases_behind(route, known.own_words, cast)
    figure = figure_of(route.claim)
    yield from relayed_from(route, known.figures.get(figure, ()) if figure else (), cast)
    yield from _by_interview(route, known)
    why = "It tells of an act of an authority that itself tells of it, and names no other source."
    for other in [other for other in known.routes if other.access is not None and other.access.how == OWN_ACT][:1]:
        yield make_edge("common_source", route, other, why, cast)


def _by_key(route: Route, known: Known) -> Iterator[LineageEdge]:
    """The edge to the first passage that shares its voice, else a relay, else one that passed it on."""
    voices = frozenset(known.cast.above(route.voice) if route.voice else ())
    for keys in (voices, route.relays, route.passed):
        for _, other in sorted((known.by_key[key][0] for key in keys if key in known.by_key), key=lambda row: row[0])[:1]:
            yield voice_edge(route, other, min(keys & _keys(other, known.cast)), known.cast)
            return


def passed_on_by(route: Route, known: Known) -> Iterator[LineageEdge]:
    """The edge to the first passage of a voice that this one shows to have it from a medium: that voice is no origin of what it passes on.

    It is the one case in which a passage with a hidden source ties two: `Lantern Institute, citing The Quay`.
    """
    for key in [key for key in sorted(route.passed) if key in known.by_voice][:1]:
        yield voice_edge(route, known.by_voice[key][0], key, known.cast)


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


def _by_interview(route: Route, known: Known) -> Iterator[LineageEdge]:
    """The edge from an unnamed speaker to a named one who spoke to the same medium."""
    mine = interview_of(route, known.cast) if known.interviews else None
    rows = known.interviews.get(mine.medium, []) if mine else []
    for other, theirs in [row for row in rows if row[0].claim.doc != route.claim.doc][:1]:
        if mine:
            yield _interview_edge(route, other, mine, theirs, known.cast)


def _told_edge(one: Route, two: Route, *, said: Mapping[str, Interview], cast: Cast) -> LineageEdge:
    return _interview_edge(one, two, said[one.id], said[two.id], cast)


def _interview_edge(one: Route, two: Route, first: Interview, second: Interview, cast: Cast) -> LineageEdge:
    why = f"Both go back to what was said to {cast.label(first.medium)}, and not both name who said it."
    return make_edge("same_interview", one, two, why, cast, evidence=(first.said, second.said))
