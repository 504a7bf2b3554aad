"""What may be entered as a search or a saved view, and those that stand.

In:  an entry; a reading of a case.
Out: nothing, or an InputError in a sentence; the ledger of searches and views alone.
Never: lets a view hold an address of one fact, document or source, or a question in more than one way.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote_plus, urlencode

from armslength.base.errors import InputError
from armslength.model.decisions import RETIRE, REVIEWER, VOID, Judgement
from armslength.model.edtf import is_valid, precision
from armslength.model.ledger import Ledger, ledger
from armslength.model.worklog import WORKLOG, SavedView, Searched
from armslength.pipeline.finding import find_by_prefix
from armslength.pipeline.views.kinds import is_country
from armslength.pipeline.views.languages import is_language
from armslength.store.read import Reader
from armslength.store.signing import checked

_PAGE = re.compile(r"/(?:[a-z]+(?:-[a-z]+)*)?")
_LONGEST = 500
"""Characters of one field: a search's words, a view's questions. More is not what somebody typed into a box."""


def check_worklog(entry: Searched | SavedView) -> None:
    """Raise InputError, in a sentence, for what cannot be entered."""
    if isinstance(entry, Searched):
        _check_search(entry)
    else:
        _check_view(entry)


def _check_search(entry: Searched) -> None:
    if not entry.what.strip() or not entry.words.strip():
        raise InputError("Say what was searched (a database, site or archive by its name) and the words that were looked for.")
    if not is_language(entry.language):
        raise InputError(f"{entry.language!r} is no language code: write two or three letters, as en, zh or ckb.")
    if entry.country and not is_country(entry.country):
        raise InputError(f"{entry.country!r} is no country: write its two letters, as ES or GB, or leave it out.")
    if not entry.date or not is_valid(entry.date) or precision(entry.date) != "day":
        raise InputError("Say on which day it was searched, as 2026-03-14.")
    _check_length(entry.what, entry.words, entry.added)


def _check_view(entry: SavedView) -> None:
    if not entry.name.strip():
        raise InputError("Give the view a name.")
    if not _PAGE.fullmatch(entry.page):
        raise InputError("A view is of a page that lists something, not of one fact, document or source.")
    if entry.query != canonical(entry.query):
        raise InputError("What is asked of the page cannot be read.")
    _check_length(entry.name, entry.query)


def _check_length(*texts: str) -> None:
    if any(len(text) > _LONGEST for text in texts):
        raise InputError(f"That is too long: keep each field under {_LONGEST} characters.")


def canonical(query: str) -> str:
    """The questions of an address in the order of their names, without empty ones and the page of a list."""
    return urlencode(sorted((name, value) for name, value in parse_qsl(query) if name != "page"))


def words_of(text: str) -> str:
    """A text as it reads: what an address holds of a name is found in it too."""
    return unquote_plus(text) if "%" in text or "+" in text else text


def worklog_of(reader: Reader) -> Ledger:
    """The searches and saved views that stand, and nothing else of the ledger: read without the other judgements of the case."""
    made = reader.decided(WORKLOG.keys())
    about = reader.all(Judgement, target=sorted({row.target for row in made})) if made else []
    keys = reader.decided((REVIEWER, RETIRE, VOID)) if made else []
    rows = {row.id: row for row in (*about, *keys)}
    return ledger(checked(rows.values(), case=reader.case.id))


def of_the_worklog(reader: Reader, judgement: str) -> str:
    """The id of a search or saved view. Raises InputError for any other judgement: what it decides may need another right."""
    found = find_by_prefix(reader, Judgement, judgement, word="judgement")
    if found.decision not in WORKLOG:
        raise InputError(f"Judgement {found.id[:12]} ({found.decision}) is no search and no saved view.")
    return found.id
