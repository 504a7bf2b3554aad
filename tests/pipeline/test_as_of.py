"""What was known on a day: earlier counts as they stood, and what came after. Every text is invented."""

import pytest

from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.pipeline.building import build
from armslength.pipeline.views.as_of import as_of
from armslength.store.case import open_case
from armslength.store.read import reading

PAGES = {
    "a.txt": ("2022-09-14", "At least 12 overseas police stations operate abroad, according to a report by the Lantern Institute."),
    "b.txt": ("2022-10-03", "The Lantern Institute report says that Norland runs at least 12 overseas police stations abroad."),
    "c.txt": ("2022-12-05", "The Lantern Institute said that there are now at least 31 overseas police stations in the world."),
    "d.txt": ("", "At least 12 overseas police stations operate abroad, the Lantern Institute said."),
}


@pytest.fixture
def case(tmp_path, clock):
    folder = tmp_path / "in"
    folder.mkdir()
    lines = ["file,publisher,published"]
    for number, (name, (day, text)) in enumerate(PAGES.items()):
        (folder / name).write_text(f"A page about stations\n\n{text}\n", "utf-8")
        lines.append(f"{name},Paper {number},{day}")
    (tmp_path / "manifest.csv").write_text("\n".join(lines) + "\n", "utf-8")
    build(tmp_path / "case", [folder], settings=Settings(), clock=clock, manifest=tmp_path / "manifest.csv")
    return tmp_path / "case"


def stations(case, day):
    with reading(open_case(case)) as reader:
        found = as_of(reader, day)
    return found, {row.label: row for row in found.facts if row.label.startswith("Sites")}


def test_a_count_as_it_stood_and_what_has_changed(case):
    found, rows = stations(case, "2022-09-30")
    assert (found.documents, found.later, found.undated) == (1, 2, 1)
    earlier = next(row for label, row in rows.items() if "12" in label)
    later = next(row for label, row in rows.items() if "31" in label)
    assert (earlier.passages, earlier.then[:2]) == (1, (1, 1))
    assert {"more_passages", "superseded"} <= set(earlier.changed)
    assert (later.then, later.changed) == (None, ("new",))


def test_at_the_end_nothing_has_changed_but_what_has_no_date(case):
    found, rows = stations(case, "2022")
    assert (found.day, found.documents, found.later) == ("2022-12-31", 3, 0)
    assert all("superseded" not in row.changed and row.then is not None for row in rows.values() if row.passages)


def test_before_everything_nothing_was_known(case):
    found, rows = stations(case, "2021-01-01")
    assert found.documents == 0
    assert {row.changed for row in rows.values()} == {("new",)}


@pytest.mark.parametrize("day", ["yesterday", "", "2022-13-01"])
def test_what_is_no_day_is_said(case, day):
    with pytest.raises(InputError, match="is no day"):
        stations(case, day)
