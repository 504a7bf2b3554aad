"""What was noted is found from the greatest number down, a few at a time, on both engines."""

from __future__ import annotations

from store_samples import CLOCK

from armslength.base.ids import digest
from armslength.model.entries import Entry
from armslength.store.read import reading
from armslength.store.write import writing


def noted(case, *numbers, space="queue edge"):
    rows = [Entry(space=space, id=digest(space, place), part=part, body=f"{part}.{place}") for place, part in enumerate(numbers)]
    with writing(case, clock=CLOCK, actor="heron") as writer, writer.together():
        writer.entries.note(rows)
    return {row.body: row for row in rows}


def test_the_greatest_come_first_and_pages_go_on_where_one_ended(case):
    rows = noted(case, 5, 3_000_000_000_000_000, 7, 7, 7, 1)
    noted(case, 9, space="queue claim")
    with reading(case) as reader:
        whole = reader.topmost("queue edge", limit=10)
        assert [int(body.partition(".")[0]) for body in whole] == [3_000_000_000_000_000, 7, 7, 7, 5, 1]
        found, below = [], None
        while some := reader.topmost("queue edge", limit=2, below=below):
            found += some
            below = rows[some[-1]].part, rows[some[-1]].id
        assert found == whole, "each once, those of one number too"
        assert reader.count_noted("queue edge") == 6
        assert reader.topmost("nothing", limit=3) == []


def test_one_is_found_by_its_id(case):
    rows = noted(case, 5, 6)
    with reading(case) as reader:
        for body, row in rows.items():
            assert reader.noted("queue edge", row.id) == body
        assert reader.noted("queue claim", next(iter(rows.values())).id) == ""
