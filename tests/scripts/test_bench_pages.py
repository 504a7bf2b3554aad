"""The benchmark of pages asks for every page there is, and takes no refusal for an answer."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from armslength.store.read import reading
from armslength.web.pages import PAGES

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(scope="module")
def bench():
    sys.path.insert(0, str(BENCH))
    yield importlib.import_module("pages"), importlib.import_module("bigcase")
    sys.path.remove(str(BENCH))


def test_every_page_is_asked_for(bench, tmp_path):
    pages, bigcase = bench
    case = bigcase.make_case(tmp_path / "case", 30)
    with reading(case) as reader:
        asked = {page.path: list(pages._addresses(reader, page.path, page.queries)) for page in PAGES}
    empty = {path for path, some in asked.items() if not some}
    assert {path.split("/")[1] for path in empty} == pages._NOTHING
    assert not any("{" in address for some in asked.values() for address in some)
    assert len(asked["/facts/{id}"]) > 20
    assert "/facts?page=100" in asked["/facts"]
