"""Templates: how a context becomes a page.

In:  a page's context and the name of the case.
Out: HTML.
Never: puts text into a page unescaped, or with the controls that reorder or hide text still at work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext, ngettext

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from armslength.pipeline.views import words
from armslength.web.lineage_picture import lineage_picture
from armslength.web.mark import mark
from armslength.web.page import Context
from armslength.web.seen import visible
from armslength.web.strip import strip
from armslength.web.visitors import Visitor

NAVIGATION: tuple[tuple[str, str, str], ...] = (
    ("case", "/", "Case"),
    ("facts", "/facts", "Facts"),
    ("documents", "/documents", "Documents"),
    ("responses", "/responses", "Responses"),
    ("timeline", "/timeline", "Timeline"),
)
"""Section, address and words of the first line of the navigation: where people work."""
BESIDE: tuple[tuple[str, str, str], ...] = (
    ("sources", "/sources", "Sources"),
    ("custody", "/custody", "Custody"),
    ("rejected", "/rejected", "Not used"),
    ("about", "/about", "How to read this"),
)
"""The second line: what it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What surrounds every page."""

    case: str
    section: str
    visitor: Visitor = field(default_factory=Visitor)
    said: tuple[str, ...] = ()
    """Sentences about what the visitor just did."""
    path: str = "/"
    """Address of the page, for forms that come back to it."""
    navigation: tuple[tuple[str, str, str], ...] = NAVIGATION
    beside: tuple[tuple[str, str, str], ...] = BESIDE

    @property
    def direction(self) -> str:
        """`rtl` where the page's language is written from right to left."""
        return "rtl" if self.visitor.lang.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ug", "ur", "ckb", "ps", "yi"})


def templates() -> Environment:
    """The package's templates: everything escaped, an unknown name an error."""
    found = Environment(
        loader=PackageLoader("armslength.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    found.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined] # the extension adds it
    found.globals.update(mark=mark, lineage_picture=lineage_picture, strip=strip)
    found.filters.update(
        plural=words.plural,
        listed=words.listed,
        short=short,
        capital=capital,
    )
    return found


def render(environment: Environment, template: str, context: Context, shell: Shell) -> str:
    """Write one page."""
    return environment.get_template(template).render(page=context, shell=shell)


def short(digest: str) -> str:
    """The beginning of a hash, enough to tell rows of one case apart."""
    return digest[:12]


def capital(text: str) -> str:
    """The text with its first letter large and the rest as it was."""
    return text[:1].upper() + text[1:]


def _shown(value: object) -> object:
    """Applied to all that a template puts out."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value
