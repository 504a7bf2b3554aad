"""A small case with sites and incidents in many places, made by hand: fiction."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

import web_samples

from armslength.base.clock import FixedClock
from armslength.base.ids import digest
from armslength.model.outcome import StageRun
from armslength.model.things import Incident, Site, Supported
from armslength.store.case import Case
from armslength.store.write import writing

CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC))


def site(name: str, country: str, *claims: str, state: str = "", judged: str = "machine") -> Site:
    fields = [
        Supported(field="place", value=name, claim=claims[0]),
        *([Supported(field="state", value=state, claim=claims[0])] if state else []),
    ]
    return Site(
        id=digest("s", name, country, state), label=f"Site, {name}", type="SITE.ty.police", country=country, place=name, geonames=None,
        claims=claims, fields=tuple(fields), state=judged,
    )  # fmt: skip


def incident(name: str, country: str, *claims: str, period: str = "", methods: tuple[str, ...] = ("D1",)) -> Incident:
    return Incident(
        id=digest("n", name, country, period), label="An incident", country=country, place=name, period=period, methods=methods, outcomes=(),
        claims=claims,
    )  # fmt: skip


def rows() -> list[object]:
    claims = web_samples.claims(web_samples.articles())
    counted, opened, threat = claims["herald"].id, claims["opened"].id, claims["threat"].id
    return [
        site("Vienna", "AT", opened, state="SITE.st.ordered_closed"),
        site("Bratislava", "SK", opened),
        site("Lisbon", "PT", counted),
        site("Madrid", "ES", opened, judged="rejected"),
        site("Nowhere-on-Sea", "GB", opened),
        incident("Lisbon", "PT", threat, period="2023-05-14"),
        incident("", "CN", threat),
        incident("", "", threat, period="2019"),
        web_samples._things(claims)[-1],
    ]


def mapped_case(folder: Path) -> Case:
    """The sample case of the pages, with more sites and incidents in it."""
    case = web_samples.sample_case(folder, CLOCK)
    add(case, rows())
    return case


def add(case: Case, found: list[object], *, run: str = "review") -> None:
    """Write rows as the last stage would, or under another run."""
    things = [row for row in found if not isinstance(row, Incident) or row.label != "Threat to a relative"]
    with writing(case, clock=CLOCK, actor="tester") as writer:
        writer.put(StageRun(id=run, version=str(len(found)), input_hash="0" * 64, output_hash=""), things)
