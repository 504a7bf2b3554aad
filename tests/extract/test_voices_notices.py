"""Notices of republication."""

from __future__ import annotations

import pytest
from extract_samples import make_document

from armslength.extract.notices import republished_from


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("This article first appeared in the Vltava Review and is reprinted with permission.", "Vltava Review"),
        ("Reprinted under a Creative Commons licence from Harbour Radio.", "Harbour Radio"),
        ("A version of this story was originally published by The Quay Herald.", "Quay Herald"),
        ("OSLO, March 4 (Northline Press) - Police opened an inquiry.", "Northline Press"),
        ("The report was first published by Green Lantern in May, and exiles read it.", None),
        ("Reporting by Siri Dahl; editing by Jan Moe.", None),
        ("The list was taken from the register.", None),
    ],
)
def test_only_the_page_itself_is_republished(text: str, name: str | None) -> None:
    found = republished_from(make_document(text))
    assert (found[0] if found else None) == name
    if found:
        assert text[found[1] : found[2]] == name


def test_a_wire_agencys_own_page_republishes_nobody() -> None:
    assert republished_from(make_document("OSLO (Northline) - Police opened an inquiry.", publisher="Northline")) is None
