from __future__ import annotations

import itertools
from dataclasses import replace

import web_samples
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from armslength.model.facts import Fact
from armslength.pipeline.views.fact import fact_view
from armslength.pipeline.views.lines import Mark
from armslength.store.read import reading
from armslength.web.drawing import fit, text_width, wrap
from armslength.web.lineage_picture import SINGLE, description, graph_of, lineage_picture, placed
from armslength.web.mark import mark
from armslength.web.seen import visible


def view_of(case, label="At least 54 contact offices abroad"):
    with reading(case) as reader:
        return fact_view(reader, next(row.id for row in reader.all(Fact) if row.label == label))


def many(view, count):
    """The view with its first passage repeated in so many documents."""
    first = view.passages[0]
    passages = tuple(
        replace(first, number=place, document=replace(first.document, id=f"{place:064}", title=f"Article {place}"))
        for place in range(1, count + 1)
    )
    groups = (replace(view.groups[0], passages=tuple(range(1, count + 1))),)
    return replace(view, passages=passages, groups=groups, unplaced=(), edges=())


def test_documents_lead_through_voices_to_origins(case):
    graph = graph_of(view_of(case))
    kinds = [node.kind for node in graph.nodes]
    assert kinds.count("document") == 5
    assert kinds.count("origin") == 1
    assert kinds.count("possible") == 1
    assert kinds.count("unknown") == 1
    assert ("voice Quay Watch report", "origin 1") in graph.lines
    assert len(graph.copies) == 1


def test_an_unknown_chain_never_leads_to_an_origin(case):
    view = view_of(case)
    graph = graph_of(view)
    (unknown,) = [group for group in view.groups if not group.known]
    (document,) = [row.id for row in unknown.documents]
    reached, queue = set(), [f"document {document}"]
    while queue:
        here = queue.pop()
        reached.add(here)
        queue += [b for a, b in graph.lines if a == here and b not in reached]
    assert [node.kind for node in graph.nodes if node.key in reached and node.layer == graph.layers - 1] == ["unknown"]


def test_a_hidden_voice_is_not_named(case):
    view = view_of(case, "A threat to a relative of a person in the Netherlands")
    assert "Solheim" not in str(lineage_picture(view))
    assert web_samples.PSEUDONYM in str(lineage_picture(view))


def test_no_two_nodes_of_a_column_touch(case):
    for count in (1, 5, SINGLE, 60):
        graph = placed(graph_of(many(view_of(case), count)))
        for layer in range(graph.layers):
            ys = sorted(node.y for node in graph.nodes if node.layer == layer)
            assert all(b - a >= 61.9 for a, b in itertools.pairwise(ys))
            assert all(y > 20 for y in ys)


def test_sixty_documents_with_one_chain_are_drawn_as_one(case):
    graph = graph_of(many(view_of(case), 60))
    (node,) = [node for node in graph.nodes if node.kind == "document"]
    assert node.title == "60 articles"


def test_the_picture_is_well_formed_and_says_itself_in_words(case):
    view = view_of(case)
    picture = etree.fromstring(str(lineage_picture(view)))
    assert picture.findtext("desc") == visible(description(view))
    assert "lead back to 1 to 3 origins" in description(view)
    assert not picture.xpath("//*[local-name() = 'script' or local-name() = 'style' or @style]")


@given(st.integers(1, 80), st.integers(0, 12), st.integers(0, 12), st.data())
def test_a_mark_never_fills_more_dots_than_there_are_origins(articles, established, possible, data):
    total = established + possible
    pairs = st.tuples(st.integers(0, articles - 1), st.integers(0, max(0, total - 1)))
    joins = tuple(data.draw(st.lists(pairs, max_size=20))) if total else ()
    drawn = etree.fromstring(str(mark(Mark(articles=articles, established=established, possible=possible, joins=joins))))
    assert len(drawn.xpath("//circle[@class='origin']")) <= established
    assert len(drawn.xpath("//circle[@class='maybe']")) <= possible
    assert 1 <= len(drawn.xpath("//circle[@class='article']")) <= articles


@given(st.text(max_size=200), st.floats(20, 300), st.integers(1, 3))
def test_text_fits(text, width, lines):
    assert text_width(fit(text, width, 14), 14) <= width
    out = wrap(text, width, 14, lines=lines)
    assert len(out) <= lines
    assert all(text_width(line.rstrip(), 14) <= width for line in out)


@given(st.text())
def test_visible_loses_no_character(text):
    shown = visible(text)
    assert len(shown) >= len(text)
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u200b\u0000")
    assert visible(shown) == shown
