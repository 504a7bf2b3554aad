"""A value over time: what is in the story, and that the picture draws what is known and no more."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from lxml import etree

from armslength.model.facts import Fact
from armslength.pipeline.views.fact import apparent_words, fact_view
from armslength.pipeline.views.lines import fact_lines
from armslength.pipeline.views.values import DenialMark, ValuePoint, ValueStory, days, value_story
from armslength.store.read import reading
from armslength.web.value_chart import value_chart


def point(value: float, when: str, **more: object) -> ValuePoint:
    start, end = days(when)
    made = ValuePoint(
        fact=f"{value:064.0f}",
        label=f"{value:g} offices",
        role="earlier",
        reason="",
        value=f"{value:g}",
        low=value,
        high=value,
        at=value,
        as_of=when,
        start=start,
        end=end,
        min=1,
        max=1,
        counted=True,
        state="machine",
    )
    return replace(made, **more)


def story(*points: ValuePoint, denials: tuple[DenialMark, ...] = ()) -> ValueStory:
    return ValueStory(unit="offices", points=points, denials=denials)


def drawn(told: ValueStory) -> etree._Element:
    return etree.fromstring(str(value_chart(told)))


def test_the_story_holds_what_supersedes_it_and_its_denial(case):
    with reading(case) as reader:
        fact = next(row for row in reader.all(Fact) if row.value == 54)
        told = value_story(reader, fact)
        back = value_story(reader, next(row for row in reader.all(Fact) if row.value == 102))
    assert [(row.role, row.value, row.as_of) for row in told.points] == [
        ("this", "at least 54", "September 2024"),
        ("later", "102", "December 2024"),
    ]
    assert told.points[1].reason == "The same counter, Quay Watch, for a later date."
    assert [(row.role, row.value) for row in back.points] == [("earlier", "at least 54"), ("this", "102")]
    assert [(row.on, row.denies) for row in told.denials] == [("12 September 2024", "At least 54 contact offices abroad")]
    assert told.drawn


def test_an_open_end_is_drawn_open_and_a_range_as_a_range():
    picture = drawn(story(point(54, "2024-09", high=None), point(10, "2024-10", low=None), point(30, "2024-11", low=20.0, high=40.0)))
    classes = [path.get("class") for path in picture.iter("{*}path", "{*}rect")]
    assert classes.count("open earlier") == 2
    assert classes.count("between earlier") == 1


def test_a_date_is_as_wide_as_what_is_known_of_it():
    picture = drawn(story(point(54, "2024"), point(60, "2025-06-01")))
    wide, narrow = sorted((bar(path) for path in picture.iter("{*}path") if path.get("class", "").startswith("value")), reverse=True)
    assert wide > 200
    assert narrow < 10


def bar(path) -> float:
    start, _, end = path.get("d").removeprefix("M").partition("H")
    return float(end) - float(start.split()[0])


def test_origins_are_filled_as_far_as_shown_and_hollow_as_far_as_possible():
    picture = drawn(story(point(54, "2024-09", min=2, max=5), point(60, "2024-12", counted=False)))
    dots = [dot.get("class") for dot in picture.iter("{*}circle")]
    assert (dots.count("origin"), dots.count("maybe")) == (2, 3)


def test_labels_do_not_lie_on_one_another():
    many = [point(54 + place / 10, "2024-09", label="x") for place in range(12)]
    texts = [text for text in drawn(story(*many)).iter("{*}text") if text.get("class", "").startswith("said")]
    heights = sorted(float(text.get("y")) for text in texts)
    assert len(heights) == 12
    assert all(b - a > 15 for a, b in pairwise(heights))


def test_what_has_no_date_or_number_is_not_drawn_and_one_value_is_no_story():
    assert not story(point(54, "2024-09")).drawn
    assert str(value_chart(story(point(54, "2024-09"), point(60, "")))) == ""
    denial = DenialMark(fact="d" * 64, label="No office <exists>", denies="54", on="2025", start="2025-01-01", end="2025-12-31")
    picture = drawn(story(point(54, "2024-09"), denials=(denial,)))
    assert [rect.get("class") for rect in picture.iter("{*}rect")] == ["denied"], "a year is a band, not a day"
    assert "No office <exists>" in "".join(picture.itertext())


def test_apparent_sources_stand_beside_independent_origins(case):
    with reading(case) as reader:
        lines = {line.label: line for line in fact_lines(reader, reader.all(Fact))}
        view = fact_view(reader, lines["102 contact offices abroad"].id)
    assert apparent_words(lines["At least 54 contact offices abroad"]) == (
        "It looks like 4 sources; what can be shown is 1 independent origin, at most 3."
    )
    assert view.apparent_words == "It looks like 1 source; what can be shown is 1 independent origin."
    assert apparent_words(lines["The affair is called the most brazen of its kind"]).endswith("opinion, not counted.")
