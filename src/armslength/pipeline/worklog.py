"""What may be entered as a search or a saved view, and taking such an entry back.

In:  an entry; a case, a judgement's first characters, the reviewer's hand.
Out: nothing, or the judgement that takes it back.
Never: lets a view hold an address of one fact, document or source, or a question in more than one way.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote_plus, urlencode

from armslength.base.clock import Clock
from armslength.base.errors import InputError
from armslength.model.decisions import WITHDRAW, Judgement, heads
from armslength.model.edtf import precision
from armslength.model.worklog import WORKLOG, SavedView, Searched
from armslength.pipeline.finding import find_by_prefix
from armslength.pipeline.signing import Hand, judge
from armslength.pipeline.views.kinds import is_country
from armslength.pipeline.views.languages import is_language
from armslength.store.case import open_case
from armslength.store.write import writing

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
    if not entry.date or precision(entry.date) != "day":
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


def take_back(folder: Path, judgement: str, *, reason: str, hand: Hand, clock: Clock) -> Judgement:
    """Take a search or a saved view back. Raises InputError for any other judgement, or one that does not stand."""
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        found = find_by_prefix(writer.read, Judgement, judgement, word="judgement")
        if found.decision not in WORKLOG:
            raise InputError(f"Judgement {found.id[:12]} ({found.decision}) is no search and no saved view.")
        if found not in heads(writer.read.all(Judgement)).get(found.target, []):
            raise InputError(f"Judgement {found.id[:12]} does not stand any more: a later one took its place.")
        return judge(writer, hand, target=found.target, decision=WITHDRAW, reason=reason, clock=clock)
