"""Edges between two passages that share a voice: what kind of dependence it is, and the words that show it.

In:  two routes and the entity they share.
Out: one edge, of the most telling kind: one interview, a release and its story, a credited text, one source by different ways, and so on.
Never: decides whether two passages share a voice; `claims.py` does.
"""

from __future__ import annotations

from armslength.lineage.access import OWN
from armslength.lineage.cast import Cast
from armslength.lineage.edges import make_edge, passage, source_words
from armslength.lineage.interviews import interview_of
from armslength.lineage.publishers import masthead, owned
from armslength.lineage.releases import is_own_word
from armslength.lineage.routes import Route
from armslength.model.evidence import Span
from armslength.model.facts import LineageEdge


def voice_edge(one: Route, two: Route, key: str, cast: Cast) -> LineageEdge:
    """Why two claims that share a voice somewhere on their way are not independent."""
    for told in (_release(one, two, key, cast), _credited(one, two, key, cast), _by_different_ways(one, two, key, cast)):
        if told:
            return told
    name = cast.label(key) or "one voice"
    named = (_named(one, key, cast), _named(two, key, cast))
    on_the_way = [key in route.passed | route.relays for route in (one, two)]
    if one.voice == two.voice == key:
        report = key in cast.by_id and cast.by_id[key].kind == "report"
        return make_edge("citation" if report else "same_speaker", one, two, f"Both go back to {name}.", cast)
    if all(on_the_way):
        return make_edge("common_source", one, two, f"Both have it through {name}.", cast, evidence=named)
    if any(on_the_way):
        why = f"The one has it from {name}, and in the other {name} speaks, or somebody it answers for."
        return make_edge("citation", one, two, why, cast, evidence=named)
    if one.voice != two.voice and all(cast.is_owner(key, route.voice) for route in (one, two)):
        shown = tuple(masthead(route.claim.doc, cast) or passage(route.claim) for route in (one, two))
        return make_edge("same_owner", one, two, owned(one.voice, two.voice, key, cast), cast, evidence=shown)
    labels = " and ".join(dict.fromkeys(cast.label(route.voice) or name for route in (one, two)))
    return make_edge("same_organisation", one, two, f"{name} answers for {labels}.", cast)


def speaker_edge(one: Route, two: Route, cast: Cast) -> LineageEdge:
    """Why two speakers whose names fit one person are not two; where both told it to one medium, it is one interview."""
    first, second = interview_of(one, cast), interview_of(two, cast)
    if first and second and first.medium == second.medium:
        why = f"The names of the two speakers fit one person, and both passages go back to what was said to {cast.label(first.medium)}."
        return make_edge("same_interview", one, two, why, cast, evidence=(first.said, second.said))
    why = "The names of the two speakers fit one person, and nothing shows that they are two."
    return make_edge("same_speaker", one, two, why, cast)


def _release(one: Route, two: Route, key: str, cast: Cast) -> LineageEdge | None:
    """One passage is a body's own word on its own page, and the other has it from that body."""
    own = [is_own_word(route, cast) and route.party == cast.root(key) for route in (one, two)]
    if own[0] == own[1] or one.claim.doc == two.claim.doc:
        return None
    release, story = (one, two) if own[0] else (two, one)
    body = cast.label(cast.publisher(release.claim.doc))
    why = f"{body} says it on its own page, and the other page has it from there or from whoever speaks for it."
    return make_edge("press_release", one, two, why, cast, evidence=(passage(release.claim), source_words(story.claim, cast)))


def _credited(one: Route, two: Route, key: str, cast: Cast) -> LineageEdge | None:
    """Both are the pages' own words, and one page credits its text to whom the other credits or is published by."""
    rows = (one.claim, two.claim)
    if one.voice != key or two.voice != key or not all(row.originator.kind in OWN for row in rows) or rows[0].doc == rows[1].doc:
        return None
    credited = [row.doc in cast.credits for row in rows]
    if not any(credited):
        return None
    shown = tuple(_credit_words(route, cast) for route in (one, two))
    name = cast.label(key)
    if all(credited):
        return make_edge("syndication", one, two, f"Both pages say that their text is {name}’s.", cast, evidence=shown)
    return make_edge(
        "republication", one, two, f"The one page says that its text is {name}’s, and {name} publishes the other.", cast, evidence=shown
    )


def _credit_words(route: Route, cast: Cast) -> Span:
    credit = cast.credits.get(route.claim.doc)
    if credit is not None and credit.start is not None and credit.end is not None:
        return cast.span(route.claim.doc, credit.start, credit.end)
    return masthead(route.claim.doc, cast) or passage(route.claim)


def _by_different_ways(one: Route, two: Route, key: str, cast: Cast) -> LineageEdge | None:
    """Both go back to one voice, each through somebody else."""
    if one.voice != key or two.voice != key:
        return None
    above = set(cast.above(key))
    ways = [_way(route, above, cast) for route in (one, two)]
    names = [{name for name, _ in way} for way in ways]
    if not all(names) or names[0] & names[1]:
        return None
    by = ", the other by way of ".join(cast.label(way[-1][0]) for way in ways)
    shown = tuple(span for way in ways for _, span in way[-1:])
    why = f"Both go back to {cast.label(key)}: the one by way of {by}."
    return make_edge("common_source", one, two, why, cast, evidence=(*shown, *(source_words(route.claim, cast) for route in (one, two))))


def _named(route: Route, key: str, cast: Cast) -> Span:
    """Where a passage names a voice, or whoever it answers for; else where it names its source, or the passage."""
    for link in reversed(route.claim.attribution):
        entity = cast.by_mention.get(link.mention)
        if entity and key in cast.above(entity.id) and link.start is not None and link.end is not None:
            return cast.span(route.claim.doc, link.start, link.end)
    return source_words(route.claim, cast)


def _way(route: Route, above: set[str], cast: Cast) -> list[tuple[str, Span]]:
    """Those through whom a passage comes, from the page inwards, without the deepest voice, each with the words that name it."""
    found = []
    for link in route.claim.attribution[:-1]:
        entity = cast.by_mention.get(link.mention)
        if entity and entity.id not in above and link.kind not in OWN and link.start is not None and link.end is not None:
            found.append((entity.id, cast.span(route.claim.doc, link.start, link.end)))
    return found
