"""Entering a search that somebody made, keeping a page as a view, and taking either back."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from armslength.base.errors import InputError
from armslength.model.rights import JUDGE
from armslength.model.worklog import SavedView, Searched
from armslength.pipeline.desk import Desk
from armslength.pipeline.signing import Hand
from armslength.pipeline.worklog import canonical, of_the_worklog
from armslength.store.read import reading
from armslength.web.action import Action, Done
from armslength.web.page import Asked
from armslength.web.pages import PAGES
from armslength.web.visitors import within


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """A search."""

    what: str
    """A named database, site, archive or library."""
    words: str
    """The words that were looked for."""
    language: str
    """Code of the language they are in."""
    date: str
    """Day, as 2026-03-14."""
    result: str
    """`found` or `not_found`."""
    country: str = ""
    covered: str = ""
    """Period, EDTF."""
    added: str = ""
    """What was added to the case."""
    reason: str = "Entered in the coverage log."


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewForm:
    """A page to find again."""

    name: str
    page: str
    """Address of the page: `/facts`."""
    query: str = ""
    """What is asked of it."""
    reason: str = "Kept to look at again."


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """A search or a saved view that is not to stand any more."""

    judgement: str
    reason: str
    then: str = "/"
    """Address to go on at."""


def add_search(desk: Desk, asked: Asked, form: SearchForm) -> Done:
    """Enter a search."""
    entry = Searched(
        judgement="",
        what=form.what.strip(),
        words=form.words.strip(),
        language=form.language.strip(),
        date=form.date.strip(),
        result=form.result,
        country=form.country.strip(),
        covered=form.covered.strip(),
        added=form.added.strip(),
    )
    kept = desk.enter(entry, hand=hand_in(asked), reason=form.reason)
    return Done(says=" ".join(kept.says), go="/coverage", judgement=kept.judgement.id)


def save_view(desk: Desk, asked: Asked, form: ViewForm) -> Done:
    """Keep a page with what was asked of it."""
    page = next((page for page in PAGES if page.path == form.page), None)
    if page is None:
        raise InputError("A view is of a page that lists something, not of one fact, document or source.")
    unknown = sorted({name for name, _ in parse_qsl(form.query)} - page.queries.keys())
    if unknown:
        raise InputError(f"{form.page} is not asked for {', '.join(unknown)}.")
    entry = SavedView(judgement="", name=form.name.strip(), page=form.page, query=canonical(form.query))
    kept = desk.enter(entry, hand=hand_in(asked), reason=form.reason)
    return Done(says=" ".join(kept.says), go=form.page + (f"?{entry.query}" if entry.query else ""), judgement=kept.judgement.id)


def withdraw(desk: Desk, asked: Asked, form: TakeBack) -> Done:
    """Take a search or a saved view back."""
    with reading(desk.case) as reader:
        judgement = of_the_worklog(reader, form.judgement)
    kept = desk.withdraw(judgement, hand=hand_in(asked), reason=form.reason)
    return Done(says="Taken back. It stays in the log, with your reason.", go=within(form.then), judgement=kept.judgement.id)


def hand_in(asked: Asked) -> Hand:
    """The hand of whoever sent a form. Raises InputError where nobody has said who decides."""
    if asked.visitor.hand is None:
        raise InputError("Say first who decides.")
    return asked.visitor.hand


ACTIONS = (
    Action(path="/coverage/add", form=SearchForm, act=add_search, does="Enter a search into the coverage log.", right=JUDGE),
    Action(path="/coverage/withdraw", form=TakeBack, act=withdraw, does="Take a search back.", right=JUDGE),
    Action(path="/views/add", form=ViewForm, act=save_view, does="Keep a page with what was asked of it.", right=JUDGE),
    Action(path="/views/withdraw", form=TakeBack, act=withdraw, does="Take a saved view back.", right=JUDGE),
)
