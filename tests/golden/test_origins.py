"""Stories that are hard to count, through the whole program: the number of origins must be the true one, and recomputable."""

import csv
from pathlib import Path

import pytest
from origin_stories import STORIES, Story
from origin_stories_edges import EDGE_STORIES

from armslength.base.clock import SystemClock
from armslength.base.settings import Settings
from armslength.lineage.publishers import OWN_TABLE
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.pipeline.building import build, export_case
from armslength.publish.recompute import read_export, recompute
from armslength.store.case import open_case
from armslength.store.read import reading


@pytest.fixture(scope="module", params=STORIES | EDGE_STORIES)
def told(request, tmp_path_factory):
    story = (STORIES | EDGE_STORIES)[request.param]()
    return story, make(tmp_path_factory.mktemp("story"), story)


def make(folder: Path, story: Story) -> Path:
    (folder / "in").mkdir()
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("file", "publisher", "published"))
        for number, page in enumerate(story.pages):
            name = f"{number:03d}.txt"
            (folder / "in" / name).write_text(f"{page.title}\n\n{page.text}\n", "utf-8")
            rows.writerow((name, page.publisher, page.published))
    build(folder / "case", [folder / "in"], settings=Settings(), clock=SystemClock(), manifest=folder / "manifest.csv")
    if story.publishers:
        (folder / "case" / OWN_TABLE).write_text(story.publishers, "utf-8")
        build(folder / "case", [], settings=Settings(), clock=SystemClock())
    return folder / "case"


def test_the_count_is_the_true_one(told):
    story, case = told
    with reading(open_case(case)) as reader:
        facts = [row for row in reader.all(Fact) if row.value == story.value and row.measure]
        assert facts, "the number was not read at all"
        fact = max(facts, key=lambda row: len(row.documents))
        origins = reader.get(Origins, fact.id)
    assert (origins.min, origins.max) == (story.low, story.high), origins.why
    assert story.unknown is None or origins.unknown == story.unknown


def test_the_edges_are_of_the_kinds_they_should_be(told):
    story, case = told
    with reading(open_case(case)) as reader:
        fact = max((row for row in reader.all(Fact) if row.value == story.value and row.measure), key=lambda row: len(row.documents))
        kinds = {row.kind for row in reader.all(LineageEdge, level="claim") if {row.from_id, row.to_id} <= set(fact.claims)}
    assert set(story.shows) <= kinds
    assert not set(story.shows_not) & kinds


def test_every_page_of_a_story_is_in_one_fact(told):
    story, case = told
    if not story.together:
        return
    with reading(open_case(case)) as reader:
        facts = [row for row in reader.all(Fact) if row.value == story.value and row.measure]
        assert max(len(row.documents) for row in facts) >= 0.9 * reader.count(Document)


def test_no_fact_of_a_story_has_more_origins_than_its_best(told):
    story, case = told
    with reading(open_case(case)) as reader:
        assert max(row.min for row in reader.all(Origins)) <= max(1, story.low)


def test_a_stranger_comes_to_the_same_count(told, clock):
    _, case = told
    export_case(case, case.parent / "out", format="jsonl", clock=clock, actor="heron")
    assert recompute(read_export(case.parent / "out")).problems == ()


def test_pages_in_three_languages_are_one_text(tmp_path):
    case = make(tmp_path, STORIES["one notice in three languages"]())
    with reading(open_case(case)) as reader:
        kinds = {row.kind for row in reader.all(LineageEdge, level="document")}
        ends = {end for row in reader.all(LineageEdge, level="document") for end in (row.from_id, row.to_id)}
        assert {"translation", "rewrite"} <= kinds
        assert len(ends) == reader.count(Document) == 4
