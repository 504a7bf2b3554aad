"""Every row type survives the trip to text and back, and has one spelling."""

from __future__ import annotations

import dataclasses
import importlib
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.base.errors import InputError, IntegrityError
from armslength.model import claims, codec, custody, decisions, evidence, facts, outcome, things

MODULES = (claims, custody, decisions, evidence, facts, outcome, things)
ROW_TYPES = sorted(
    {
        value
        for module in MODULES
        for value in vars(importlib.import_module(module.__name__)).values()
        if isinstance(value, type) and dataclasses.is_dataclass(value)
    },
    key=lambda row_type: row_type.__name__,
)


st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(int, st.integers(min_value=-(2**63), max_value=2**63 - 1))


def test_all_the_rows_of_the_design_are_here() -> None:
    names = {row_type.__name__ for row_type in ROW_TYPES}
    assert {"Source", "Document", "Claim", "Entity", "Site", "Incident", "Fact", "LineageEdge", "Origins", "Judgement", "LogEntry"} <= names


@pytest.mark.parametrize("row_type", ROW_TYPES, ids=lambda row_type: row_type.__name__)
@settings(derandomize=True, max_examples=15, deadline=None, database=None)
@given(data=st.data())
def test_there_and_back(row_type: type, data: st.DataObject) -> None:
    row = data.draw(st.from_type(row_type))
    text = codec.to_json(row)
    again = codec.from_json(row_type, text)
    assert again == row
    assert codec.to_json(again) == text
    assert json.loads(text) == codec.to_plain(row)


def test_keys_are_sorted_and_nothing_is_escaped() -> None:
    row = things.Supported(field="名", value='a "b"\n', claim="é")
    assert codec.to_json(row) == '{"claim":"é","field":"名","value":"a \\"b\\"\\n"}'


def a_quantity(value: float | None) -> claims.Quantity:
    return claims.Quantity(measure="m", value=value, comparator="=", low=value, high=None, unit="u", start=0, end=1)


@pytest.mark.parametrize(("value", "kind"), [(54, int), (54.0, float), (0.5, float), (None, type(None)), (-0.0, float)])
def test_whole_numbers_stay_whole_and_floats_stay_floats(value: float | None, kind: type) -> None:
    again = codec.from_json(claims.Quantity, codec.to_json(a_quantity(value)))
    assert again.value == value
    assert type(again.value) is kind


def test_a_plain_float_field_has_one_spelling() -> None:
    def claim(confidence: float) -> claims.Claim:
        return claims.Claim(
            id="c", doc="d", start=0, end=1, quote="q", kind="k", speech_act="asserts", modality="stated",
            attribution=(claims.Link(name="n", kind="author", mention="m"),), confidence=confidence,
        )  # fmt: skip

    assert codec.to_json(claim(1)) == codec.to_json(claim(1.0))
    assert codec.to_plain(claim(1))["confidence"] == 1.0


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(InputError, match=r"Quantity\.value"):
        codec.to_json(a_quantity(value))


def test_a_number_that_is_none_is_refused_inside_a_claim_too() -> None:
    claim = claims.Claim(
        id="c",
        doc="d",
        start=0,
        end=1,
        quote="q",
        kind="k",
        speech_act="asserts",
        modality="stated",
        attribution=(),
        quantity=a_quantity(math.nan),
    )
    with pytest.raises(InputError, match=r"Quantity\.value"):
        codec.to_json(claim)


def test_half_a_surrogate_pair_is_refused_with_a_sentence() -> None:
    with pytest.raises(InputError, match="surrogate"):
        codec.to_json(things.Supported(field="f", value="\ud800", claim="c"))


@pytest.mark.parametrize("text", ["{}", "[]", "nonsense", '{"field":1,"value":"v","claim":"c"}', '{"field":"f","value":"v"}'])
def test_what_is_not_the_row_is_refused(text: str) -> None:
    with pytest.raises(IntegrityError, match="Supported"):
        codec.from_json(things.Supported, text)


def test_only_rows_are_written() -> None:
    with pytest.raises(TypeError):
        codec.to_json({"a": 1})
