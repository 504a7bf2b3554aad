"""Templates: how a context becomes a page.

In:  a page's context and the name of the case.
Out: HTML.
Never: puts text into a page unescaped, or with the controls that reorder or hide text still at work.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from armslength.base import language
from armslength.base.language import marked
from armslength.web import map_links, retelling
from armslength.web.lineage_picture import address, lineage_picture
from armslength.web.mark import mark
from armslength.web.page import Context
from armslength.web.seen import counted, visible
from armslength.web.timeline_picture import timeline_picture
from armslength.web.value_chart import value_chart
from armslength.web.visitors import Visitor

NAVIGATION: tuple[tuple[str, str, str], ...] = (
    ("case", "/", marked("Case")),
    ("queue", "/queue", marked("Queue")),
    ("facts", "/facts", marked("Facts")),
    ("documents", "/documents", marked("Documents")),
    ("search", "/search", marked("Search")),
    ("same", "/same", marked("One or two")),
    ("coding", "/coding", marked("Coding")),
)
"""Section, address and words of the first line of the navigation: where people work."""
BESIDE: tuple[tuple[str, str, str], ...] = (
    ("map", "/map", marked("Map")),
    ("timeline", "/timeline", marked("Timeline")),
    ("responses", "/responses", marked("Responses")),
    ("methods", "/methods", marked("Methods")),
    ("coverage", "/coverage", marked("Coverage")),
    ("sources", "/sources", marked("Sources")),
    ("custody", "/custody", marked("Custody")),
    ("rejected", "/rejected", marked("Not used")),
    ("about", "/about", marked("How to read this")),
)
"""The second line: what can be seen, and what it rests on."""


NAMES_OF_LANGUAGES = {"ar": "العربية", "de": "Deutsch", "en": "English", "es": "español", "fr": "français", "ug": "ئۇيغۇرچە", "zh": "中文"}
"""What a language calls itself (CLDR); one that is not here is shown by its tag."""


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
    query: str = ""
    """What was asked of the page, as it stands in an address, without the page of a list."""
    files: tuple[tuple[str, str], ...] = ()
    """What the page can be taken along as: format and address."""
    keeps: bool = False
    """Whether the page can be kept as a view: it lists something, and whoever looks may decide."""
    navigation: tuple[tuple[str, str, str], ...] = NAVIGATION
    beside: tuple[tuple[str, str, str], ...] = BESIDE

    @property
    def direction(self) -> str:
        """`rtl` where the page's language is written from right to left."""
        return language.direction(self.visitor.lang)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that pages can be shown in."""
        return language.languages()


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
    found.install_gettext_callables(language.say, language.count, newstyle=True)  # type: ignore[attr-defined] # the extension adds it
    found.globals.update(
        names_of_languages=NAMES_OF_LANGUAGES,
        mark=mark,
        lineage_address=address,
        lineage_picture=lineage_picture,
        map_picture=map_links.draw,
        map_address=map_links.address,
        timeline_picture=timeline_picture,
        value_chart=value_chart,
    )
    found.filters.update(
        plural=retelling.counted,
        listed=retelling.listed,
        retold=retelling.retold,
        number=retelling.number,
        dated=retelling.dated,
        moment=retelling.moment,
        language=retelling.language_name,
        medium=retelling.medium,
        short=short,
        capital=capital,
        counted=counted,
    )
    return found


def render(environment: Environment, template: str, context: Context, shell: Shell) -> str:
    """Write one page."""
    return environment.get_template(template).render(page=context, shell=shell)


def render_outside(environment: Environment, context: Context) -> str:
    """Write a page that says nothing about the case, not even which it is."""
    shell = Shell(case="", section="", visitor=Visitor(rights=frozenset()), navigation=(), beside=())
    return environment.get_template("outside.html").render(page=context, shell=shell)


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
