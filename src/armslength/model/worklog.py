"""What people did to find things, and the views they keep: entries of the ledger that are about no person and no fact.

In:  nothing.
Out: frozen entries, each with the judgement it stands on.
Never: holds a person's name: a search that was for a person is told by what it was for, and words that hold a protected name are refused
       before they come here. A saved view holds a page and the questions that page knows, none of which takes a person (METHOD N1).
"""

from __future__ import annotations

from dataclasses import dataclass

FOUND, NOT_FOUND = "found", "not_found"
RESULTS = (FOUND, NOT_FOUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """One search: who looked is whoever signed the judgement (METHOD U1)."""

    judgement: str
    what: str
    """A named database, site, archive or library."""
    words: str
    """The words that were looked for, as they were typed."""
    language: str
    """ISO 639-1 (or 639-3) code of the language those words are in."""
    date: str
    """The day of the search, EDTF."""
    result: str
    """`found` or `not_found`. Not found is not "did not happen"."""
    country: str = ""
    """The country it was about, ISO 3166-1 alpha-2; empty for no one country."""
    covered: str = ""
    """The period that was searched, EDTF; empty where it was not limited."""
    added: str = ""
    """What was added to the case because of it, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A page as somebody wants to find it again."""

    judgement: str
    name: str
    page: str
    """Address of the page: `/facts`."""
    query: str
    """What was asked of it, as it stands in an address, in the order of its names; empty for nothing."""


WORKLOG = {"searched": Searched, "view": SavedView}
"""Decision of a judgement to what its value holds."""
