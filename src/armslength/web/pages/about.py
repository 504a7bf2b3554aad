"""How to read these pages."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage:
    """Context of the page."""

    title: str


def context(reader: Reader, asked: Asked) -> AboutPage:
    """Always the same words."""
    del reader, asked
    return AboutPage(title=say("How to read this"))


PAGE = Page(path="/about", template="about.html", section="about", context=context)
