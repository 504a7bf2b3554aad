"""What a reading without names hands out: every row masked, spans still true, and whom two reviewers disclosed stays readable."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import get_type_hints

import pytest

from armslength.base.clock import FixedClock
from armslength.base.masking import BLOCK
from armslength.base.settings import Settings
from armslength.model.claims import Claim, Link, Party
from armslength.model.custody import LogEntry
from armslength.model.evidence import Document
from armslength.model.facts import LineageEdge
from armslength.model.masking import ADDRESSES, PLAIN
from armslength.model.outcome import StageRun
from armslength.model.things import Entity
from armslength.pipeline.building import build
from armslength.pipeline.masking import byline_names, looking, masked
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.schema import SHELVES
from contract.planted import named_in, plant

CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("masked")
    plant(root / "in")
    build(root / "case", [root / "in"], settings=Settings(), clock=CLOCK)
    return root / "case"


@pytest.mark.parametrize("shelf", [shelf for shelf in SHELVES if shelf.row is not StageRun], ids=lambda shelf: shelf.row.__name__)
def test_no_row_of_any_kind_holds_a_name(case, shelf):
    with looking(open_case(case)) as reader:
        for row in reader.all(shelf.row):
            assert named_in(repr(row).encode()) == []
            assert reader.get(shelf.row, row.seq if shelf.row is LogEntry else row.id) == row


def test_spans_are_still_true_and_nothing_changed_its_length(case):
    with looking(open_case(case)) as reader, reading(open_case(case)) as exact:
        texts = {row.id: row.text for row in reader.all(Document)}
        assert any(BLOCK in text for text in texts.values())
        assert {row.id: len(row.text) for row in exact.all(Document)} == {doc: len(text) for doc, text in texts.items()}
        for claim in reader.all(Claim):
            assert texts[claim.doc][claim.start : claim.end] == claim.quote
        for edge in reader.all(LineageEdge):
            assert all(texts[span.doc][span.start : span.end] == span.quote for span in edge.evidence)


def test_exact_rows_stay_exact(case):
    with looking(open_case(case)) as reader, reading(open_case(case)) as exact:
        assert reader.exact().all(Document) == exact.all(Document)
        assert reader.hides
        assert not exact.hides
        assert exact.hidden("Mirela Quillfeather") == "Mirela Quillfeather"


def test_whom_two_reviewers_disclosed_is_not_hidden(case):
    with reading(open_case(case)) as exact:
        person = next(
            entity
            for entity in exact.all(Entity, kind="person")
            for mention, name in exact.persons()
            if mention in entity.mentions and name == "Tilde Zvonimírová"
        )
        told = " ".join(row.text for row in masked(exact, disclosed=frozenset({person.id})).all(Document))
    assert "Tilde Zvonimírová said" in told
    assert set(map(str.casefold, named_in(told.encode()))) == {"zvonimírová"}


def test_every_text_field_is_masked_or_on_the_list():
    """A new field is masked unless somebody puts it on the list; this says which fields that hold words people wrote must never be there."""
    wordy = {
        "text",
        "quote",
        "label",
        "title",
        "byline",
        "publisher",
        "reason",
        "why",
        "name",
        "aliases",
        "value",
        "statement",
        "by",
        "answer",
    }
    assert not wordy & PLAIN
    assert not PLAIN & ADDRESSES
    rows = {shelf.row for shelf in SHELVES} | {Link, Party}
    named = {one.name for row in rows if is_dataclass(row) for one in fields(row) if "str" in str(get_type_hints(row)[one.name])}
    assert wordy & named


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Aune Veld and Radovan Křepela, The Quay", ["Aune Veld", "Radovan Křepela"]),
        ("Quay Journal staff", []),
        ("记者王小明", ["记者王小明"]),
        ("Aune", []),
        ("by Aune Veld; Ines de la Cruz", ["Aune Veld", "Ines de la Cruz"]),
    ],
)
def test_bylines_give_names(line, names):
    assert list(byline_names([line])) == names


def test_a_case_without_persons_is_handed_out_as_it_is(tmp_path):
    (tmp_path / "a.txt").write_text("At least 12 overseas police stations operate in nine countries, the council said.\n")
    build(tmp_path / "case", [tmp_path / "a.txt"], settings=Settings(), clock=CLOCK)
    with looking(open_case(tmp_path / "case")) as reader:
        assert reader.all(Document) == reader.exact().all(Document)
