"""What pages leave out when they read: what they then say is the same as if they had read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import event, text

from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.model.things import Entity, Response
from armslength.pipeline.cataloguing import catalogue
from armslength.pipeline.masking import looking, mask_for
from armslength.pipeline.views import atlas, lineage, responses, same, then
from armslength.pipeline.views.atlas import atlas_of
from armslength.pipeline.views.cited import cited, refs_of
from armslength.pipeline.views.history import history_view
from armslength.pipeline.views.lineage import in_order, rows_of
from armslength.pipeline.views.names import names_for
from armslength.pipeline.views.passages import document_ref
from armslength.pipeline.views.preparing import prepare
from armslength.pipeline.views.related import first_passages
from armslength.pipeline.views.words import origins
from armslength.store.case import Case, case_engine, create_case
from armslength.store.catalogue import Catalogue
from armslength.store.read import Reader, reading
from armslength.store.write import writing
from pipeline import mapped_samples


@pytest.fixture
def case(tmp_path) -> Case:
    return mapped_samples.mapped_case(tmp_path / "case")


@pytest.fixture
def reader(case: Case) -> Iterator[Reader]:
    with looking(case) as found:
        yield found


def read_whole(monkeypatch: pytest.MonkeyPatch) -> list[type]:
    """Types of rows that are read from now on."""
    found: list[type] = []
    plain = Reader.all

    def noted(self: Reader, row_type: type, **how: object) -> list[object]:
        found.append(row_type)
        return plain(self, row_type, **how)

    monkeypatch.setattr(Reader, "all", noted)
    return found


def test_documents_are_cited_as_they_are_stored_without_their_texts(reader, monkeypatch):
    rows = {row.id: row for row in reader.exact().all(Document)}
    shown = {row.id: document_ref(row) for row in reader.all(Document)}
    read = read_whole(monkeypatch)
    found = cited(reader, rows.keys())
    assert {doc: document_ref(row) for doc, row in found.items()} == {doc: document_ref(row) for doc, row in rows.items()}
    assert refs_of(reader, found) == shown
    assert any(not row.text for row in found.values())
    assert Document not in read or sum(not row.text for row in found.values()) < len(rows)


def test_a_document_that_changed_since_is_cited_as_it_is_now(case):
    with looking(case) as reader:
        doc = next(row.id for row in reader.exact().all(Document) if not cited(reader, [row.id])[row.id].text)
    with case_engine(case, writing=True).begin() as connection:
        connection.execute(text("UPDATE documents SET hash = 'another', body = replace(body, 'Herald', 'Courier')"))
    with looking(case) as reader:
        assert cited(reader, [doc])[doc] == reader.exact().get(Document, doc)


def test_quotes_are_hidden_the_same_with_and_without_the_text_around_them(reader):
    exact = reader.exact()
    known = mask_for(reader)
    plain = replace(known, hidden_in=lambda _: None)
    rows = [*exact.all(Claim), *exact.all(LineageEdge)]
    assert known.hidden_in(rows[0].doc) is not None
    assert [known.row(row) for row in rows] == [plain.row(row) for row in rows]


def test_several_rows_are_hidden_with_one_look_at_where_names_stand(reader, monkeypatch):
    looked: list[int] = []
    plain = Catalogue.hidden
    monkeypatch.setattr(Catalogue, "hidden", lambda self, docs: looked.append(len(docs)) or plain(self, docs))
    rows = reader.all(Claim)
    assert looked == [len({row.doc for row in rows})]
    assert looked[0] > 1


def test_rows_are_found_by_what_few_of_them_have(case):
    """SQLite knows nothing of how many rows a value leads to: of edges at a document it would read all between documents."""
    statements: list[str] = []
    with looking(case) as reader:
        exact = reader.exact()
        edge = next(row for row in exact.all(LineageEdge) if row.level == "document")
        event.listen(exact._connection, "before_cursor_execute", lambda _c, _cursor, statement, *_: statements.append(statement))
        assert edge in exact.all(LineageEdge, from_id=edge.from_id, level="document")
        assert exact.all(LineageEdge, from_id=edge.from_id, level="claim") == []
        plan = exact._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statements[0]}", (edge.from_id, "", "document")).all()
    assert "ix_lineage_from_id" in str(plan)


def test_the_first_passages_are_those_of_the_earliest_documents(reader):
    exact = reader.exact()
    fact = max(exact.all(Fact), key=lambda row: len(row.claims))
    published = {row.id: row.published or "" for row in exact.all(Document)}
    ordered = in_order(exact.all(Claim, id=fact.claims), published)
    assert [row.id for row in first_passages(reader, fact.claims, most=2)] == [row.id for row in ordered[:2]]


def test_the_atlas_that_followed_is_the_one_made_at_once(case):
    with looking(case) as reader:
        before = atlas_of(reader)
    more = [*mapped_samples.rows()[:-1], mapped_samples.site("Oslo", "NO", "0" * 64)]
    mapped_samples.add(case, more)
    with looking(case) as reader:
        followed = atlas_of(reader)
        atlas._known.cache_clear()
        atlas._atlas.cache_clear()
        assert atlas_of(reader) == followed
    assert followed != before


def test_only_what_changed_is_placed_anew(case, monkeypatch):
    with looking(case) as reader:
        before = {row.id for row in atlas_of(reader).things}
    placed = []
    plain = atlas._placing
    monkeypatch.setattr(atlas, "_placing", lambda row, claims: placed.append(row.id) or plain(row, claims))
    oslo = mapped_samples.site("Oslo", "NO", "0" * 64)
    mapped_samples.add(case, [oslo], run="review:more")
    atlas._atlas.cache_clear()
    with looking(case) as reader:
        assert {row.id for row in atlas_of(reader).things} == {*before, oslo.id}
    assert placed == [oslo.id]


def response(number: int, *, date: str = "2023") -> Response:
    return Response(
        id=f"{number:064x}", label="Investigation opened", code="GR.investigation_opened", country="IS", authority="", date=date, claims=()
    )


def test_only_responses_that_changed_are_read_again(case, monkeypatch):
    asked = []
    plain = responses._ordered
    monkeypatch.setattr(responses, "_ordered", lambda reader, ids: asked.append(set(ids)) or plain(reader, ids))
    mapped_samples.add(case, [response(1)], run="review:one")
    mapped_samples.add(case, [response(2)], run="review:two")
    assert told(case, "IS") == ("2023", 2)
    mapped_samples.add(case, [response(2, date="2024")], run="review:two")
    assert told(case, "IS") == ("2023 to 2024", 2)
    assert {response(1).id, response(2).id} <= asked[0]
    assert asked[1:] == [{response(2).id}]


def told(case: Case, country: str) -> tuple[str, int]:
    responses._known.cache_clear()
    responses._country_rows.cache_clear()
    with looking(case) as reader:
        (row,) = [row for row in responses.country_rows(reader) if row.code == country]
    return row.cells[0].dates, row.total


def test_an_earlier_moment_is_put_together_once_for_a_state_of_the_case(reader, monkeypatch):
    made = []
    plain = then._there
    monkeypatch.setattr(then, "_there", lambda past, seq: made.append(seq) or plain(past, seq))
    fact = widest(reader)
    first = history_view(reader, fact, step=0)
    assert len(first.steps) > 1
    once = len(made)
    assert history_view(reader, fact, step=0) == first
    assert len(made) == once > 0


def test_the_present_of_a_history_is_what_is_stored(reader, monkeypatch):
    monkeypatch.setattr(then, "_there", None)
    fact = widest(reader)
    stored = reader.get(Origins, fact.id)
    read = read_whole(monkeypatch)
    view = history_view(reader, fact)
    assert view.exact
    assert view.then.label == view.now.label == fact.label
    assert view.then.passages == len(fact.claims)
    assert view.then.origins == view.now.origins == origins(stored.min, stored.max)
    assert sum(passages for _, passages, _ in view.then.groups) == sum(len(group.claims) for group in stored.groups)
    assert read.count(Claim) == 1, "those that are quoted"


def test_what_stands_behind_a_fact_is_read_once_for_a_state_of_the_case(case, monkeypatch):
    lineage._stored.cache_clear()
    with looking(case) as reader:
        fact = widest(reader)
        first = rows_of(reader, fact)
        read = read_whole(monkeypatch)
        again = rows_of(reader, fact)
        assert (again.claims, again.edges, again.names) == (first.claims, first.edges, first.names)
        assert not {Claim, LineageEdge} & set(read)
    mapped_samples.add(case, [mapped_samples.site("Oslo", "NO", "0" * 64)], run="review:more")
    with looking(case) as reader:
        rows_of(reader, fact)
        assert {Claim, LineageEdge} <= set(read)


def test_what_is_kept_of_a_fact_holds_names_and_each_reading_hides_them(case):
    with looking(case) as reader:
        facts = reader.exact().all(Fact)
        for asked in (reader.exact(), reader, reader.exact()):
            for fact in facts:
                rows = rows_of(asked, fact)
                assert rows.names == names_for(asked, asked.exact().all(Claim, id=fact.claims), pages=False)


def test_how_documents_are_cited_is_held_against_the_hashes_of_what_is_stored(tmp_path):
    """By an index that has them: a document's own row is as long as its text."""
    case = create_case(tmp_path / "case", name="Sealed", clock=mapped_samples.CLOCK, actor="tester", lock=lambda *_: None)
    statements: list[str] = []
    with reading(case) as reader:
        event.listen(reader._connection, "before_cursor_execute", lambda _c, _cursor, statement, *_: statements.append(statement))
        assert reader.catalogue.lines_as_stored(["a", "b"]) == {}
        plan = reader._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statements[-1]}", ("a", "b")).all()
    assert "COVERING INDEX ix_documents_hash" in str(plan)


def test_claims_are_not_counted_where_the_catalogue_knows_how_many_there_are(case, monkeypatch):
    with looking(case) as reader:
        assert reader.catalogue.behind()
        assert same._claims(reader) == reader.count(Claim)
    with writing(case, clock=mapped_samples.CLOCK, actor="tester") as writer:
        catalogue(writer)
    with looking(case) as reader:
        counted = reader.count(Claim)
        monkeypatch.setattr(Reader, "count", None)
        assert same._claims(reader) == counted > 0


def test_of_authorities_no_more_is_read_than_their_names(case, monkeypatch):
    with looking(case) as reader:
        mapped_samples.add(case, [replace(response(1), authority=reader.ids(Entity, kind="government")[0])], run="review:one")
    with looking(case) as reader:
        bodies = {row.id: row.label for row in reader.all(Entity)}
        read = read_whole(monkeypatch)
        lines = responses.all_responses(reader, limit=100)
        stored = {row.id: bodies.get(row.authority, "") for row in reader.all(Response)}
    assert {line.id: line.authority for line in lines} == stored
    assert any(stored.values())
    assert Entity not in read


def widest(reader: Reader) -> Fact:
    return max(reader.exact().all(Fact), key=lambda row: len(row.claims))


def test_what_takes_long_is_looked_at_before_anybody_asks(case, monkeypatch):
    prepare(case)
    monkeypatch.setattr(atlas, "_placing", None)
    with looking(case) as reader:
        assert atlas_of(reader).things
