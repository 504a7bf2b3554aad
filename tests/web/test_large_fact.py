"""A fact with hundreds of passages: pages stay light, and everything of it can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import lxml.html
import pytest
from large_fact import DOCUMENTS, ORIGINS, large_case
from starlette.testclient import TestClient

from armslength.base.clock import FixedClock
from armslength.model.facts import Fact
from armslength.store.read import reading
from armslength.web.app import create_app

LIGHT = 500_000


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str]]:
    folder: Path = tmp_path_factory.mktemp("large") / "case"
    case = large_case(folder, FixedClock(at=datetime(2026, 1, 2, tzinfo=UTC)))
    with reading(case) as reader:
        (fact,) = reader.all(Fact)
    with TestClient(create_app(case), base_url="http://127.0.0.1") as client:
        yield client, fact.id


@pytest.mark.parametrize("path", ["", "?origin=1", "?origin=0", "/lineage", "/lineage?open=all", "/lineage?page=2", "/history"])
def test_each_page_of_it_weighs_less_than_half_a_megabyte(served, path):
    client, fact = served
    answer = client.get(f"/facts/{fact}{path}")
    assert answer.status_code == 200
    assert len(answer.content) < LIGHT


def test_passages_stand_by_origin_and_all_can_be_reached(served):
    client, fact = served
    first = client.get(f"/api/facts/{fact}").json()["view"]
    assert len(first["shelves"]) == ORIGINS + 1
    assert sum(shelf["total"] for shelf in first["shelves"]) == first["total"] == DOCUMENTS
    seen: set[int] = set()
    for shelf in first["shelves"]:
        for page in range(1, shelf["pages"] + 1):
            part = client.get(f"/api/facts/{fact}?origin={shelf['number']}&page={page}").json()["view"]
            (one,) = part["shelves"]
            seen |= {row["number"] for row in one["passages"]}
    assert seen == set(range(1, DOCUMENTS + 1))


@pytest.mark.parametrize("query", ["origin=99", "origin=1&page=99", "page=0", "origin=x"])
def test_what_it_has_not_is_no_page(served, query):
    client, fact = served
    assert client.get(f"/facts/{fact}?{query}").status_code == 404


def test_the_folded_picture_is_short_and_unfolds_link_by_link(served):
    client, fact = served
    page = lxml.html.fromstring(client.get(f"/facts/{fact}/lineage").text)
    folds = page.xpath("//svg//a[contains(@class, 'fold')]/@href")
    assert 3 < len(folds) < 60
    assert float(page.xpath("//svg[@data-lineage]/@height")[0]) < 3000
    more = lxml.html.fromstring(client.get(f"/facts/{fact}/lineage{folds[0].partition('#')[0]}").text)
    assert len(more.xpath("//svg//a[contains(@class, 'node')]")) > len(page.xpath("//svg//a[contains(@class, 'node')]"))
