"""Protected names: whether they can be shown, and to whom they are."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.language import say
from armslength.model.rights import NAMES
from armslength.pipeline.views.vault import vault_state
from armslength.store.read import Reader
from armslength.web.page import Asked, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultPage:
    """Context of the page."""

    title: str
    vault: str
    """`none`, `locked` or `unlocked`."""
    shown: bool
    """Whether names are shown to whoever asks."""
    until: str
    """Until when, or empty."""


def context(reader: Reader, asked: Asked) -> VaultPage:
    """The state of the vault, and of the visitor's session."""
    visitor = asked.visitor
    return VaultPage(title=say("Protected names"), vault=vault_state(reader.case), shown=visitor.names, until=visitor.names_until)


PAGE = Page(path="/vault", template="vault.html", section="vault", context=context, right=NAMES)
