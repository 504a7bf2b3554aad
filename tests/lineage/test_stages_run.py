"""Resolve, lineage and analyse on a real case: what one writes, the next reads; nothing is done twice."""

import pytest
from claim_samples import LISBON, page, says

from armslength.analyse import run as analyse
from armslength.analyse.summary import source_summary
from armslength.base.engine import silent
from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.lineage import run as lineage
from armslength.lineage.publishers import OWN_TABLE
from armslength.model.facts import Count, Fact, LineageEdge, Origins
from armslength.model.outcome import Rejected, StageRun
from armslength.model.things import Entity
from armslength.pipeline.engines.one_process import OneProcess
from armslength.resolve import run as resolve
from armslength.store.case import create_case
from armslength.store.write import writing


def test_three_stages_and_again(tmp_path, clock):
    a = page("The Green Watch report lists 54 stations. Ana leads it.", publisher="The Quay", published="2022-09-20", exact=True)
    b = page("Green Watch lists 54 stations, papers say.", publisher="The Mole", published="2022-10-02", exact=True)
    claims = [
        says(a, "54 stations", ("report", "Green Watch report", "Green Watch"), value=54),
        says(b, "54 stations", ("organisation", "Green Watch"), value=54),
        says(a, "Ana leads it", kind="person.role"),
    ]
    case = create_case(tmp_path / "case", name="Test", clock=clock, actor="tester")
    stages = (resolve, lineage, analyse)
    with writing(case, clock=clock, actor="tester") as writer:
        writer.put(StageRun(id="ingest", version="1", input_hash="x", output_hash=""), [a, b])
        writer.put(StageRun(id="extract", version="1", input_hash="x", output_hash=""), claims)
        first = [stage.run(writer, engine=OneProcess(), settings=Settings(), progress=silent) for stage in stages]
        again = [stage.run(writer, engine=OneProcess(), settings=Settings(), progress=silent) for stage in stages]
        assert [report.unchanged for report in first] == [False, False, False]
        assert [report.unchanged for report in again] == [True, True, True]
        for report, repeat in zip(first, again, strict=True):
            assert report.taken == report.kept + report.refused
            assert (report.taken, report.kept, report.refused) == (repeat.taken, repeat.kept, repeat.refused)
        assert (first[0].taken, first[0].kept, first[0].refused) == (3, 2, 1)
        assert writer.read.count(Rejected, stage="resolve") == 1
        (fact,) = writer.read.all(Fact)
        assert fact.documents == tuple(sorted((a.id, b.id)))
        origins = writer.read.get(Origins, fact.id)
        assert (origins.min, origins.max) == (1, 1)
        assert writer.read.count(LineageEdge) == 1
        assert {row.label for row in writer.read.all(Entity)} >= {"Green Watch", "The Quay", "The Mole"}
        assert source_summary(writer.read, fact.id) == "2 passages in 2 documents, 2 publishers, 1 independent origin, primary not seen"
        assert {row.row: row.value for row in writer.read.all(Count, table="overview")}["facts with 1 independent origin"] == 1


def test_the_cases_own_table_of_publishers_counts_and_a_broken_one_stops_with_its_row(tmp_path, clock):
    a = page("Our reporter visited the address and saw a quiet agency for travel with a flag.", publisher="The Quay", exact=True)
    b = page("A flag and a quiet agency for travel: that is what the address showed when we visited.", publisher="The Mole", exact=True)
    claims = [says(d, d.text, kind="site.observation", places=[LISBON], codes=["SITE.cover"]) for d in (a, b)]
    case = create_case(tmp_path / "case", name="Test", clock=clock, actor="tester")
    table = case.folder / OWN_TABLE
    with writing(case, clock=clock, actor="tester") as writer:
        writer.put(StageRun(id="ingest", version="1", input_hash="x", output_hash=""), [a, b])
        writer.put(StageRun(id="extract", version="1", input_hash="x", output_hash=""), claims)

        def count():
            for stage in (resolve, lineage):
                report = stage.run(writer, engine=OneProcess(), settings=Settings(), progress=silent)
            (fact,) = writer.read.all(Fact)
            return report.unchanged, writer.read.get(Origins, fact.id).min

        assert count() == (False, 2)
        assert count() == (True, 2)
        table.write_text("- {group: Pier Media, outlets: [The Quay, The Mole], source: its titles, as_of: 2022}", "utf-8")
        assert count() == (False, 1)
        assert count() == (True, 1)
        table.write_text("- {group: Pier Media, outlets: [The Quay, The Mole]}", "utf-8")
        with pytest.raises(InputError, match="row 1"):
            count()
        table.unlink()
        assert count() == (False, 2)
