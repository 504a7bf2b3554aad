"""Edges between documents that are brought up to date are those of everything made anew, whatever came, changed or went before."""

from dataclasses import replace
from unittest.mock import patch

import pytest
from claim_samples import page
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.lineage import sharing
from armslength.lineage.between import Asks, between_again, between_all
from armslength.lineage.cast import Cast
from armslength.lineage.kept_prints import read_piece
from armslength.model.claims import mention_id
from armslength.model.things import Entity
from armslength.pipeline.engines.one_process import OneProcess

STORY = " ".join(f"Sentence {n} of this story tells of harbour number {n * 7} and of what was seen there on day {n}." for n in range(9))
OTHER = " ".join(f"Elsewhere, the {n}th council minute deals with rents, drains and the price of bread in year {n}." for n in range(9))
CHINESE = "海外警务服务站在里斯本设有两个地址，居民表示从未见过警察，房东说合同已在春天到期。" * 3
TEXTS = [
    STORY,
    STORY.replace("story", "tale"),
    STORY + " " + OTHER,
    f"Harbour news. {STORY}",
    OTHER,
    f"{OTHER} It rained.",
    CHINESE,
    CHINESE + "完。",
    CHINESE[:60],
    "A line.",
    "",
]
PUBLISHERS = ("", "Quay", "Mole", "Pier", "Dock")
OWNERS = ("", "Harbour Group", "River Group")

step = st.fixed_dictionaries(
    {
        "come": st.dictionaries(st.integers(0, len(TEXTS) - 1), st.sampled_from([None, "2022-03-01", "2022-03-02"]), max_size=5),
        "go": st.frozensets(st.integers(0, len(TEXTS) - 1), max_size=2),
        "publish": st.dictionaries(st.integers(0, len(TEXTS) - 1), st.sampled_from(PUBLISHERS), max_size=3),
        "own": st.dictionaries(st.sampled_from(PUBLISHERS[1:]), st.sampled_from(OWNERS), max_size=2),
    }
)


def entity(name, *, kind="media", mentions=(), part_of="", label=""):
    return Entity(id=name, kind=kind, label=label or name, aliases=(), protected=False, mentions=mentions, claims=(), part_of=part_of)


class Growing:
    """A case whose edges are brought up to date step by step, in a store of dictionaries."""

    def __init__(self):
        self.documents, self.publisher, self.owner = {}, {}, {}
        self.edges, self.kept, self.fetched = {}, {}, []

    @property
    def cast(self):
        voices = [
            entity(
                f"voice of {doc}", kind="author", mentions=(mention_id(doc, "author", "the article"),), part_of=self.publisher.get(doc, "")
            )
            for doc in self.documents
        ]
        bodies = [entity(name, part_of=self.owner.get(name, ""), label=f"The {name}") for name in PUBLISHERS[1:]]
        return Cast(entities=[*voices, *bodies, *map(entity, OWNERS[1:])], documents=list(self.documents.values()))

    def touching(self, docs, kinds):
        return [edge for edge in self.edges.values() if edge.kind in kinds and not {edge.from_id, edge.to_id}.isdisjoint(docs)]

    def fetch(self, ids):
        self.fetched += ids
        return [self.documents[doc] for doc in ids]

    def take(self, *, come=(), gone=(), restless=()):
        for row in come:
            self.documents[row.id] = row
        for doc in gone:
            del self.documents[doc]
        asks = Asks(touching=self.touching, fetch=self.fetch, showing=self.cast.showing)
        pages = [list(come)[:2], list(come)[2:]]
        found = between_again(self.kept, pages, gone=gone, restless=restless, asks=asks, cast=self.cast, engine=OneProcess())
        assert not found.gone - self.edges.keys(), "only edges that stood can go"
        self.edges = {key: edge for key, edge in self.edges.items() if key not in found.gone} | {edge.id: edge for edge in found.edges}
        self.kept = {name: piece for name, piece in (self.kept | dict(found.pieces)).items() if piece}
        return found

    @property
    def anew(self):
        return {edge.id: edge for edge in between_all(self.cast, engine=OneProcess())}


def document(text, published=None):
    return page(text, publisher=None, published=published, exact=True)


def carry_out(case, change):
    """One step: documents come, change and go; publishers and owners become others."""
    pages = {document(TEXTS[at]).id: document(TEXTS[at], published) for at, published in change["come"].items()}
    gone = {document(TEXTS[at]).id for at in change["go"]} & case.documents.keys() - pages.keys()
    before = {doc: (who, case.owner.get(who, "")) for doc, who in case.publisher.items()}
    case.publisher |= {document(TEXTS[at]).id: who for at, who in change["publish"].items()}
    case.owner |= change["own"]
    after = {doc: (who, case.owner.get(who, "")) for doc, who in case.publisher.items()}
    stay = case.documents.keys() - pages.keys() - gone
    case.take(come=list(pages.values()), gone=gone, restless={doc for doc in stay if before.get(doc) != after.get(doc)})


@given(st.lists(step, max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_case_that_grew_has_the_edges_of_one_made_anew(steps):
    case = Growing()
    with patch.multiple(sharing, CROWD=3, NEIGHBOURS=1):
        for change in steps:
            carry_out(case, change)
            assert case.edges == case.anew


@given(st.permutations(TEXTS), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_the_order_in_which_documents_come_changes_nothing(texts, size):
    case = Growing()
    for start in range(0, len(texts), size):
        case.take(come=[document(text) for text in texts[start : start + size]])
    assert case.edges == case.anew
    kinds = {edge.kind for edge in case.edges.values()}
    assert {"near_copy", "excerpt"} <= kinds


def test_what_is_kept_is_the_same_whatever_came_first():
    one, two, three = Growing(), Growing(), Growing()
    documents = [document(text) for text in TEXTS]
    one.take(come=documents)
    for row in reversed(documents):
        two.take(come=[row])
    three.take(come=[*documents, document("Soon gone. " + STORY)])
    three.take(gone=[document("Soon gone. " + STORY).id])
    assert one.kept == two.kept == three.kept
    assert sorted(doc for piece in one.kept.values() for doc in read_piece(piece).shelf.docs) == sorted(row.id for row in documents)


def test_no_document_is_read_again_but_those_that_are_aligned():
    case = Growing()
    case.take(come=[document(text) for text in TEXTS])
    case.fetched = []
    case.take(come=[document(f"{CHINESE}又及。")])
    assert {case.documents[doc].text[:6] for doc in case.fetched} == {CHINESE[:6]}


def test_a_document_that_goes_takes_its_edges_with_it():
    case = Growing()
    rows = [document(text) for text in TEXTS[:3]]
    case.publisher = dict.fromkeys((row.id for row in rows), "Quay")
    case.take(come=rows)
    assert any(edge.kind == "same_organisation" for edge in case.edges.values())
    found = case.take(gone=[row.id for row in rows])
    assert case.edges == {}
    assert set(found.pieces.values()) == {""}


def test_an_edge_stands_untouched_when_something_else_comes():
    case = Growing()
    case.take(come=[document(text) for text in TEXTS[:2]])
    (stood,) = case.edges
    found = case.take(come=[document(OTHER)])
    assert stood in case.edges
    assert (found.edges, found.gone) == ((), frozenset())


def test_a_publisher_of_another_name_is_named_by_it():
    case = Growing()
    rows = [document(OTHER), document(STORY)]
    case.publisher = {row.id: "Quay" for row in rows}
    case.take(come=rows)
    case.publisher = {row.id: "Mole" for row in rows}
    case.take(restless=[row.id for row in rows])
    assert [edge.why for edge in case.edges.values()] == ["Both are published by The Mole."]


@pytest.mark.parametrize("owners", [("Harbour Group", "Harbour Group"), ("Harbour Group", "River Group")])
def test_two_publishers_of_one_owner_are_tied(owners):
    case = Growing()
    rows = [document(OTHER), document(STORY)]
    case.publisher = {rows[0].id: "Quay", rows[1].id: "Mole"}
    case.owner = dict(zip(("Quay", "Mole"), owners, strict=True))
    case.take(come=rows)
    assert [edge.kind for edge in case.edges.values()] == (["same_owner"] if len(set(owners)) == 1 else [])


def test_publishers_hang_together_when_the_first_of_their_owner_changes_hands():
    case = Growing()
    rows = sorted((document(text) for text in (OTHER, STORY, CHINESE)), key=lambda row: row.id)
    case.publisher = dict(zip((row.id for row in rows), PUBLISHERS[1:], strict=False))
    case.owner = dict.fromkeys(PUBLISHERS[1:], "Harbour Group")
    case.take(come=rows)
    assert {edge.to_id for edge in case.edges.values()} == {rows[0].id}
    case.owner = case.owner | {PUBLISHERS[1]: "River Group"}
    case.take(restless=[rows[0].id])
    assert [(edge.from_id, edge.to_id) for edge in case.edges.values()] == [(rows[2].id, rows[1].id)]
    assert case.edges == case.anew


def test_a_change_of_date_turns_the_edge_round():
    case = Growing()
    one, two = document(STORY, "2022-03-01"), document(TEXTS[1], "2022-03-02")
    case.take(come=[one, two])
    case.take(come=[replace(one, appearances=document(STORY, "2022-03-03").appearances)])
    assert [(edge.from_id, edge.to_id) for edge in case.edges.values()] == [(one.id, two.id)]
