"""One document: its text on one side, the record of each claim on the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from armslength.model.rights import JUDGE
from armslength.pipeline.views.choices import Choices, choices
from armslength.pipeline.views.document import SHOWN, DocumentView, document_view, reasons_of
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """Context of the page."""

    title: str
    view: DocumentView
    show: str
    """What the records are narrowed to: `all`, `undecided`, `decided`, `rejected`, `doubtful` or `unused`."""
    decides: bool
    """Whether whoever asks may decide, and has said who they are."""
    reasons: Mapping[str, tuple[str, ...]]
    """Decision to the reasons that they gave last for such a one."""
    choices: Choices | None
    """What can be chosen of a claim; nothing for those who only read."""


def context(reader: Reader, asked: Asked) -> DocumentPage | None:
    """The document of this id, or a part of it."""
    page = asked.number("page")
    claim = asked.query.get("claim", "")
    show = asked.query.get("show", "all")
    view = document_view(reader, asked.path["id"], page=page, claim=claim)
    if view is None or show not in SHOWN:
        return None
    may = asked.visitor.may(JUDGE)
    return DocumentPage(
        title=view.ref.title,
        view=view,
        show=show,
        decides=may and asked.visitor.hand is not None,
        reasons=reasons_of(reader, asked.visitor.who) if may else {},
        choices=choices() if may else None,
    )


PAGE = Page(
    path="/documents/{id}",
    template="document.html",
    section="documents",
    context=context,
    queries={
        "page": "Which part of a long document, from 1.",
        "claim": "The claim to show: the part that holds it is given.",
        "show": f"What the records are narrowed to: {', '.join(SHOWN)}.",
    },
)
