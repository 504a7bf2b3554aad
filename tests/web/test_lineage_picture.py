"""The picture of a lineage: what it leads where, how it folds, that nothing in it overlaps, and that it says itself in words."""

from __future__ import annotations

import itertools

import pytest
import web_samples
from hypothesis import given
from hypothesis import strategies as st
from lineage_samples import lineage
from lxml import etree

from armslength.model.facts import Fact
from armslength.pipeline.views.fact import fact_view
from armslength.pipeline.views.lines import Mark
from armslength.store.read import reading
from armslength.web.drawing import fit, text_width, wrap
from armslength.web.lineage_graph import ALL, ORIGINS, SINGLE, VOICES, Line, code_of, graph_of, kind_of
from armslength.web.lineage_layout import crossings, ordered, placed, row_height
from armslength.web.lineage_picture import Looked, address, description, lineage_picture
from armslength.web.mark import mark
from armslength.web.seen import visible

SVG = "{http://www.w3.org/2000/svg}"
LARGE = (400, 60, 40)
"""500 nodes."""


def view_of(case, label="At least 54 contact offices abroad"):
    with reading(case) as reader:
        return fact_view(reader, next(row.id for row in reader.all(Fact) if row.label == label)).lineage


def drawn(view, looked=Looked()):  # noqa: B008 - frozen
    return etree.fromstring(str(lineage_picture(view, looked)))


def test_documents_lead_through_voices_to_origins(case):
    graph = graph_of(view_of(case))
    kinds = [node.kind for node in graph.nodes]
    assert kinds.count("document") == 5
    assert kinds.count("origin") == 1
    assert kinds.count("possible") == 1
    assert kinds.count("unknown") == 1
    assert ("voice Quay Watch report", "origin 1") in {(line.a, line.b) for line in graph.lines}
    assert len(graph.bows) == 2, "a republished text, and a common source"


def test_an_unknown_chain_never_leads_to_an_origin(case):
    view = view_of(case)
    graph = graph_of(view)
    (unknown,) = [group for group in view.groups if not group.known]
    (document,) = [row.id for row in unknown.documents]
    reached, queue = set(), [f"document {document}"]
    while queue:
        here = queue.pop()
        reached.add(here)
        queue += [line.b for line in graph.lines if line.a == here and line.b not in reached]
    assert [node.kind for node in graph.nodes if node.key in reached and node.layer == graph.layers - 1] == ["unknown"]


def test_a_hidden_voice_is_not_named(case):
    view = view_of(case, "A threat to a relative of a person in the Netherlands")
    assert "Solheim" not in str(lineage_picture(view))
    assert web_samples.PSEUDONYM in str(lineage_picture(view))


@pytest.mark.parametrize("size", [(1, 1, 1), (5, 2, 2), (SINGLE, 3, 2), (60, 10, 8), LARGE])
@pytest.mark.parametrize("opened", [(), (ALL,)])
def test_no_two_labels_overlap(size, opened):
    """Boxes of all texts, from where they stand and how wide they are: none lies on another."""
    picture = drawn(lineage(*size), Looked(opened=opened))
    boxes = [box(text) for text in picture.iter("{*}text")]
    lying = [
        (a[0], b[0])
        for a, b in itertools.combinations(sorted(boxes, key=lambda one: one[3]), 2)
        if b[3] < a[4] and a[1] < b[2] and b[1] < a[2]
    ]
    assert lying == []
    assert min(one[3] for one in boxes) >= 0
    height = float(picture.get("height"))
    assert max(one[4] for one in boxes) <= height


def box(text):
    size = {"head": 13.0, "note": 12.0}.get(text.get("class").split()[0], 14.0)
    x, y = float(text.get("x")), float(text.get("y"))
    return text.text, x, x + text_width(text.text or "", size), y - 0.78 * size, y + 0.22 * size


def test_five_hundred_nodes_fold_to_what_one_can_read_and_open_again():
    view = lineage(*LARGE)
    folded = graph_of(view)
    assert len(folded.nodes) < 90
    assert folded.folds > 0
    whole = graph_of(view, opened=(ALL,))
    assert len(whole.nodes) == sum(LARGE) + 1 - (60 - len(view.voices)), "every document, voice and origin, and `origin not known`"
    assert whole.folds == 0


def test_each_fold_opens_by_itself_and_nothing_is_lost():
    view = lineage(*LARGE)
    graph = graph_of(view)
    documents = sorted(doc for node in graph.nodes for doc in node.documents)
    assert documents == sorted(row.id for row in view.documents)
    for fold in [node for node in graph.nodes if node.fold]:
        again = graph_of(view, opened=(fold.fold,))
        assert fold.key not in {node.key for node in again.nodes}
        assert len(again.nodes) > len(graph.nodes)
        assert sorted(doc for node in again.nodes for doc in node.documents) == documents
    passages = sorted(number for line in graph.lines for number in line.passages if line.a.startswith(("heap", "document")))
    assert passages == [strand.number for strand in view.strands]


def test_an_origin_shown_to_be_independent_is_never_folded_with_one_that_may_be():
    view = lineage(200, 10, 60, established=40)
    graph = graph_of(view)
    kinds = {f"origin {group.number}": kind_of(group) for group in view.groups}
    for node in graph.nodes:
        if node.layer == graph.layers - 1 and node.key in kinds:
            assert node.kind == kinds[node.key]
    ends = [node for node in graph.nodes if node.kind in {"origin", "possible"}]
    assert len([node for node in ends if not node.fold]) <= ORIGINS
    assert {node.kind for node in ends if node.fold} == {"origin", "possible"}


def test_voices_fold_only_when_they_are_many():
    few, many = graph_of(lineage(30, VOICES - 4, 3)), graph_of(lineage(*LARGE))
    assert not [node for node in few.nodes if node.kind == "voices"]
    assert len([node for node in many.nodes if node.kind in {"voice", "voices"}]) < 60


def test_the_same_lineage_is_drawn_the_same_whatever_the_order_it_comes_in():
    view = lineage(60, 10, 8)
    assert str(lineage_picture(view)) == str(lineage_picture(lineage(60, 10, 8)))
    order = ordered(graph_of(view))
    assert sorted(key for keys in order.values() for key in keys) == sorted(node.key for node in graph_of(view).nodes)


def test_crossings_are_counted_and_fewer_than_before():
    graph = graph_of(lineage(*LARGE), opened=(ALL,))
    plain = {layer: sorted(node.key for node in graph.nodes if node.layer == layer) for layer in range(graph.layers)}
    assert crossings(ordered(graph), graph.lines) < crossings(plain, graph.lines) / 3


def test_two_lines_that_cross_are_one_crossing():
    lines = [Line(a="a", b="c", passages=(1,)), Line(a="b", b="d", passages=(2,)), Line(a="b", b="c", passages=(3,))]
    assert crossings({0: ["a", "b"], 1: ["c", "d"]}, lines) == 0
    assert crossings({0: ["b", "a"], 1: ["c", "d"]}, lines) == 1
    assert crossings({0: ["a", "b"], 1: ["d", "c"]}, lines) == 1, "lines that end at one place do not cross there"


def test_rows_of_a_column_are_a_row_apart():
    for size in ((5, 2, 2), (60, 10, 8), LARGE):
        graph = placed(graph_of(lineage(*size), opened=(ALL,)))
        for layer in range(graph.layers):
            ys = sorted(node.y for node in graph.nodes if node.layer == layer)
            assert all(b - a >= row_height(graph) - 0.11 for a, b in itertools.pairwise(ys))
            assert all(y > 20 for y in ys)


def test_every_line_bow_and_node_is_a_link_with_a_name():
    picture = drawn(lineage(20, 3, 3))
    links = picture.findall(".//{*}a")
    assert links
    assert all(link.get("href").startswith(("/facts/", "/documents/")) for link in links)
    named = [link.findtext("{*}title") or "".join(link.itertext()) for link in links]
    assert all(named)
    ties = [link for link in links if link.get("class") == "tie"]
    assert all("edge=" in link.get("href") or "line=" in link.get("href") for link in ties)
    assert {path.get("class") for link in ties for path in link.findall("{*}path")} >= {"bow machine", "bow confirmed", "bow disputed"}


def test_addresses_hold_codes_and_no_names():
    view = lineage(*LARGE)
    picture = str(lineage_picture(view))
    hrefs = [link.get("href") for link in etree.fromstring(picture).findall(".//{*}a")]
    assert not [one for one in hrefs if "Voice" in one or "Herald" in one]
    assert address("f" * 64, opened=["all"], edge="a" * 64, was="1.2.0", to="evidence") == (
        f"/facts/{'f' * 64}/lineage?open=all&edge={'a' * 12}&was=1.2.0#evidence"
    )
    assert code_of("voice A") != code_of("voice B")


def test_a_page_with_five_hundred_nodes_stays_light():
    view = lineage(*LARGE)
    assert len(str(lineage_picture(view))) < 150_000
    assert len(str(lineage_picture(view, Looked(opened=(ALL,), here=True)))) < 400_000


def test_what_is_chosen_is_marked():
    view = lineage(6, 2, 2)
    tie = view.ties[1]
    marked = drawn(view, Looked(edge=tie.id[:12])).findall(".//{*}a[@aria-current]")
    assert [link.get("class") for link in marked] == ["tie"]


def test_the_picture_is_well_formed_and_says_itself_in_words(case):
    view = view_of(case)
    picture = drawn(view)
    assert picture.findtext("desc") == visible(description(view))
    assert "lead back to 1 to 3 origins" in description(view)
    assert not picture.xpath("//*[local-name() = 'script' or local-name() = 'style' or @style]")


@given(st.integers(1, 80), st.integers(0, 12), st.integers(0, 12), st.data())
def test_a_mark_never_fills_more_dots_than_there_are_origins(articles, established, possible, data):
    total = established + possible
    pairs = st.tuples(st.integers(0, articles - 1), st.integers(0, max(0, total - 1)))
    joins = tuple(data.draw(st.lists(pairs, max_size=20))) if total else ()
    shown = etree.fromstring(str(mark(Mark(articles=articles, established=established, possible=possible, joins=joins))))
    assert len(shown.xpath("//circle[@class='origin']")) <= established
    assert len(shown.xpath("//circle[@class='maybe']")) <= possible
    assert 1 <= len(shown.xpath("//circle[@class='article']")) <= articles


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
