"""The packaged ontology is whole, its lookups answer or say what is near, and its linter finds what is planted."""

from __future__ import annotations

import dataclasses
import importlib.util
from pathlib import Path

import pytest

from armslength.base.errors import InputError
from armslength.model.claims import Claim, Link, Place
from armslength.model.ontology import Entry, Kind, Measure, Method, Ontology, Profile, Scheme, load, methods_of, takes_in
from armslength.model.ontology import lint as linting
from armslength.model.ontology.lookup import build
from armslength.model.ontology.reading import read_scheme

ROOT = Path(__file__).resolve().parents[2]


def test_the_packaged_ontology_is_clean() -> None:
    assert linting.lint(load(), locked=linting.read_lock()) == []


def test_it_has_every_method_and_the_crosswalks() -> None:
    methods = [
        entry for entry in load().schemes["methods"].entries if isinstance(entry, Method) and not entry.group and entry.parent != "IR"
    ]
    assert len(methods) == 37
    walks = {walk.scheme for method in methods for walk in method.crosswalks}
    assert walks == {"fh", "aaad", "cape", "sd", "ohchr"}
    assert any(not walk.verified for method in methods for walk in method.crosswalks)


def test_an_alias_stands_for_its_code() -> None:
    assert load().method("IR2").code == "SD-IR2"
    assert load().canonical("IR2") == "SD-IR2"


def test_an_unknown_code_names_what_is_near() -> None:
    with pytest.raises(InputError, match=r"quantity\.site_count"):
        load().kind("quantity.site_counts")
    with pytest.raises(InputError, match="no scheme"):
        load().entry("A1", scheme="wrong")


def test_kinds_know_their_family_and_what_is_opinion() -> None:
    assert load().kind("quantity.returns").family == "quantity"
    assert {code for code in load().codes("kinds") if load().kind(code).opinion} == {"assessment", "recommendation", "prediction"}
    assert not load().kind("incident.aggregate").incident


def test_measures_and_responses_point_to_kinds() -> None:
    assert load().measure("returns.persuaded").broader == "returns"
    assert load().response("GR.denial").kind == "denial"
    assert not load().measure("countries").additive


def test_local_words_are_looked_up_in_their_scheme_only() -> None:
    assert load().label("denies", scheme="speech_acts") == "Denies"
    assert load().label(">=", scheme="comparators") == "At least"
    with pytest.raises(InputError):
        load().entry("denies")


def a_claim(kind: str, *methods: str, codes: tuple[str, ...] = (), country: str = "") -> Claim:
    place = (Place(name="somewhere", country=country, geonames=None, precision="country"),) if country else ()
    voice = Link(name="the article", kind="author", mention="m")
    return Claim(
        id="c", doc="d", start=0, end=1, quote="q", kind=kind, speech_act="asserts", modality="stated", attribution=(voice,),
        methods=methods, codes=codes, places=place,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "claim", "inside"),
    [
        ("PROFILE.everything", a_claim("assessment"), True),
        ("PROFILE.fh_physical", a_claim("incident.case", "A2"), True),
        ("PROFILE.fh_physical", a_claim("incident.case", "D1"), False),
        ("PROFILE.fh_physical", a_claim("incident.aggregate", "A2"), False),
        ("PROFILE.fh_physical", a_claim("incident.case"), False),
        ("PROFILE.ohchr_2025", a_claim("incident.case", "D8"), True),
        ("PROFILE.ohchr_2025", a_claim("incident.case", "C2"), False),
        ("PROFILE.uk_state_directed", a_claim("incident.case", "D6", codes=("P.direct",), country="GB"), True),
        ("PROFILE.uk_state_directed", a_claim("incident.case", "D6", codes=("P.alleged_direction",), country="GB"), False),
        ("PROFILE.uk_state_directed", a_claim("incident.case", "D6", codes=("P.direct",), country="FR"), False),
        ("PROFILE.incidents", a_claim("incident.case", "E1"), False),
    ],
)
def test_scope_profiles(*, profile: str, claim: Claim, inside: bool) -> None:
    assert takes_in(load(), load().profile(profile), claim) is inside


def test_a_profile_without_a_rule_on_methods_has_none() -> None:
    assert methods_of(load(), load().profile("PROFILE.everything")) is None


def with_entry(scheme: str, entry: object) -> Ontology:
    schemes = dict(load().schemes)
    schemes[scheme] = dataclasses.replace(schemes[scheme], entries=(*schemes[scheme].entries, entry))
    return build(schemes.values())


@pytest.mark.parametrize(
    ("scheme", "entry", "complaint"),
    [
        ("outcomes", Entry(code="OUT.killed", label="Again", definition="It is there twice."), "2 times"),
        ("outcomes", Entry(code="GR.denial", label="Elsewhere", definition="It is in another scheme."), "2 schemes"),
        ("outcomes", Entry(code="OUT.x", label="X", definition="no sentence"), "one sentence"),
        ("outcomes", Entry(code="OUT.x", label="X", definition="It is retired.", replaced_by="OUT.y"), "not a code of outcomes"),
        ("outcomes", Entry(code="OUT.x", label="X", definition="It was never given out."), "is new"),
        ("kinds", Kind(code="family.missing", label="X", definition="It has no family."), "not a code of kinds"),
        ("methods", Method(code="A9", label="X", definition="It has no group.", incidents=True), "not a code of methods"),
        (
            "measures",
            Measure(code="m", label="X", definition="It has no kind.", kind="nothing", units=(), additive=True, time="cumulative"),
            "`nothing`",
        ),
        (
            "profiles",
            Profile(code="P.x", label="X", definition="It has no codebook.", verified=False, note="", crosswalk="none"),
            "codebook",
        ),
    ],
)
def test_the_linter_finds_what_is_wrong(scheme: str, entry: object, complaint: str) -> None:
    problems = linting.lint(with_entry(scheme, entry), locked=linting.read_lock())
    assert any(complaint in problem for problem in problems), problems


def test_the_linter_finds_a_code_that_is_gone() -> None:
    problems = linting.lint(load(), locked=[*linting.read_lock(), "methods A99"])
    assert problems == ["methods A99: this code was given out once and is gone; keep it and set `replaced_by`."]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("scheme: other\n", "must begin"),
        ("scheme: [\n", "not YAML"),
        ("scheme: x\nversion: '1'\ntitle: t\nabout: a\nentries:\n- {code: c, label: l, definition: d, colour: red}\n", "colour"),
        ("scheme: x\nversion: '1'\ntitle: t\nabout: a\nentries:\n- {code: 1, label: l, definition: d}\n", "not right"),
    ],
)
def test_a_damaged_file_is_named(text: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        read_scheme("x.yaml", text)


def test_a_scheme_reads_in_order() -> None:
    text = "scheme: x\nversion: '1'\ntitle: t\nabout: a\nentries:\n- {code: b, label: l, definition: d}\n- {code: a, label: l, definition: d}\n"
    scheme = read_scheme("x.yaml", text)
    assert isinstance(scheme, Scheme)
    assert [entry.code for entry in scheme.entries] == ["b", "a"]


def test_the_page_about_the_ontology_is_current() -> None:
    spec = importlib.util.spec_from_file_location("ontology_docs", ROOT / "scripts" / "ontology_docs.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.PAGE.read_text("utf-8") == script.render(load()), "run python scripts/ontology_docs.py --write"
