import dataclasses

import pytest

from armslength.analyse.counts import Case, make_counts
from armslength.analyse.summary import origin_words, source_summary, summarise
from armslength.base.ids import digest_text
from armslength.model.claims import Claim, Dated, Link, mention_id
from armslength.model.evidence import Appearance, Document, Reader
from armslength.model.facts import Fact, OriginGroup, Origins
from armslength.model.ontology import load
from armslength.model.things import Incident, Response

READER = Reader(name="test", version="1")


def document(text, publisher=None, published=None):
    key = digest_text(text)
    return Document(
        id=key,
        text=text,
        lang="en",
        reader=READER,
        appearances=(Appearance(source=key, file="a.txt", publisher=publisher, published=published),),
    )


def claim(row, **more):
    link = Link(name="the article", kind="author", mention=mention_id(row.id, "author", "the article"))
    base = Claim(
        id=f"c{len(row.text)}",
        doc=row.id,
        start=0,
        end=3,
        quote=row.text[:3],
        kind="method",
        speech_act="asserts",
        modality="stated",
        attribution=(link,),
    )
    return dataclasses.replace(base, **more)


def fact(rows, **more):
    base = Fact(id="f1", kind="method", label="x", claims=tuple(c.id for c in rows), documents=tuple(sorted({c.doc for c in rows})))
    return dataclasses.replace(base, **more)


def origins(low=1, high=1, *, unknown=0, seen=(False,)):
    groups = tuple(OriginGroup(label=str(n), claims=(), primary_seen=flag) for n, flag in enumerate(seen))
    return Origins(id="f1", min=low, max=high, unknown=unknown, apparent=1, groups=groups)


A, B, C = document("aaaa", "The Quay", "2022-09-20"), document("bbbbb", "the quay", "2022-10"), document("cccccc")


@pytest.mark.parametrize(
    ("documents", "row", "count", "expected"),
    [
        ([A], origins(), 1, "1 passage in 1 document, 1 publisher, 1 independent origin, primary not seen"),
        ([A, B], origins(1, 3), 12, "12 passages in 2 documents, 1 publisher, 1 to 3 independent origins, primary not seen"),
        (
            [A, C],
            origins(2, 2, seen=(True, False)),
            2,
            "2 passages in 2 documents, 1 publisher and others unknown, 2 independent origins, primary seen of 1 of 2",
        ),
        (
            [C],
            origins(1, 1, unknown=1, seen=(True,)),
            1,
            "1 passage in 1 document, publisher unknown, 1 independent origin, 1 passage of unknown lineage, primary seen",
        ),
        ([C], None, 1, "1 passage in 1 document, publisher unknown, origins not counted"),
    ],
)
def test_source_summary_says_what_there_is(documents, row, count, expected):
    made = fact([claim(d) for d in documents], claims=tuple(f"c{n}" for n in range(count)))
    assert summarise(made, row, documents) == expected


def test_opinion_is_not_counted_and_a_missing_fact_has_no_summary():
    made = fact([claim(A)], opinion=True)
    assert summarise(made, origins(0, 0), [A]) == "1 passage in 1 document, 1 publisher, opinion, no origins counted"

    class Rows:
        def get(self, row_type, row_id, /):
            return None

    assert source_summary(Rows(), "no such fact") == ""


def test_intervals_in_words():
    assert origin_words(0, 1) == "0 to 1 independent origin"
    assert origin_words(2, 2) == "2 independent origins"


def case(**more):
    one = claim(A, methods=("D1",), event_date=Dated(edtf="2021-04-05", basis="stated"))
    two = claim(B, methods=("D1", "A2"), kind="incident.case", event_date=Dated(edtf="2021", basis="stated"))
    facts = [fact([one], id="f1"), fact([two], id="f2", kind="incident.case"), fact([two], id="f3", opinion=True)]
    rows = {
        "documents": [A, B, C],
        "claims": [one, two],
        "facts": facts,
        "origins": [
            dataclasses.replace(origins(), id="f1"),
            dataclasses.replace(origins(2, 2), id="f2"),
            dataclasses.replace(origins(0, 0), id="f3"),
        ],
        "sites": [],
        "incidents": [Incident(id="i1", label="x", country="PT", place="", period="", methods=("A2",), outcomes=(), claims=(two.id,))],
        "responses": [Response(id="r1", label="x", code="GR.search", country="PT", authority="", date="", claims=(two.id,))],
    }
    return Case(**(rows | more))


def values(table):
    return {(row.row, row.unit): row.value for row in make_counts(case(), load()) if row.table == table}


def test_overview_counts_facts_by_independent_origins_and_leaves_opinions_out():
    found = values("overview")
    assert found["documents", "documents"] == 3
    assert found["publishers", "publishers"] == 1
    assert found["facts", "facts"] == 2
    assert found["opinions", "facts"] == 1
    assert found["facts with 1 independent origin", "facts"] == 1
    assert found["facts with 2 independent origins", "facts"] == 1
    assert ("facts with 0 independent origins", "facts") not in found


def test_timeline_responses_and_methods():
    assert values("timeline") == {
        ("2022-09", "documents published"): 1,
        ("2022-10", "documents published"): 1,
        ("2021-04", "claims about the month"): 1,
        ("2021", "claims about the month"): 1,
    }
    assert values("responses_by_country") == {("PT", "responses"): 1}
    assert values("methods") == {("D1", "facts"): 2, ("A2", "facts"): 1}


def test_every_count_has_unit_profile_and_supports_and_the_order_does_not_matter():
    counts = make_counts(case(), load())
    assert all(row.unit and row.profile for row in counts)
    assert all(len(row.supports) >= row.value for row in counts)
    assert len({row.id for row in counts}) == len(counts)
    turned = {name: list(reversed(getattr(case(), name))) for name in ("documents", "claims", "facts", "origins", "incidents", "responses")}
    assert make_counts(case(**turned), load()) == counts


def test_scope_is_printed_on_every_count_and_changes_it():
    found = {row.profile: row.value for row in make_counts(case(), load()) if row.table == "coverage" and row.unit == "incidents"}
    assert found["PROFILE.everything"] == 1
    assert found["PROFILE.fh_physical"] == 1
    assert found["PROFILE.structures"] == 0
