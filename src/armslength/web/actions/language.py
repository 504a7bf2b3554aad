"""The language of the pages."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.errors import InputError
from armslength.base.language import languages
from armslength.model.rights import READ
from armslength.pipeline.desk import Desk
from armslength.web.action import Action, Done
from armslength.web.page import Asked
from armslength.web.visitors import within


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A language to be spoken to in."""

    lang: str
    """Its tag, as in BCP 47."""
    then: str = "/"
    """Address to go on at."""


def choose(_: Desk, asked: Asked, form: Spoken) -> Done:
    """Speak another language from now on, in this session."""
    if form.lang not in languages():
        raise InputError(f"There are no pages in {form.lang!r}; there are in {', '.join(languages())}.")
    if asked.visitor.session is not None:
        asked.visitor.session.lang = form.lang
    return Done(says="", go=within(form.then))


ACTIONS = (Action(path="/language", form=Spoken, act=choose, does="Choose the language of the pages.", right=READ, signs=False),)
