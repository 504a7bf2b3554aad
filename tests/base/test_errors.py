"""Errors: one root, an exit code each, settings that cannot be changed."""

from __future__ import annotations

import dataclasses

import pytest

from armslength.base import errors
from armslength.base.settings import ReadingLimits, Settings

KINDS = [errors.ArmslengthError, errors.InputError, errors.CaseError, errors.IntegrityError, errors.MissingPieceError]


def test_every_kind_has_an_exit_code_of_its_own_and_none_says_success():
    codes = [kind.exit_code for kind in KINDS]
    assert len(set(codes)) == len(codes)
    assert 0 not in codes


@pytest.mark.parametrize("kind", KINDS)
def test_one_root_catches_all(kind):
    with pytest.raises(errors.ArmslengthError, match="which file and what to do"):
        raise kind("This sentence says which file and what to do.")


@pytest.mark.parametrize(("row", "field"), [(Settings(), "workers"), (ReadingLimits(), "seconds")])
def test_settings_are_frozen(row, field):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(row, field, 99)
    assert not hasattr(row, "__dict__")
