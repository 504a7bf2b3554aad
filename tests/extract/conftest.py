"""Readings made from a few sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from extract_samples import make_document

from armslength.extract.read import read_document
from armslength.model.claims import Claim


@pytest.fixture
def claims() -> Callable[..., list[Claim]]:
    """The claims of a short text."""

    def read(text: str, **about: str) -> list[Claim]:
        return list(read_document(make_document(text, **about)).claims)

    return read
