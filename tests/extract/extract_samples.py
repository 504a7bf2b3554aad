"""Documents made from a few sentences."""

from __future__ import annotations

from armslength.base.ids import digest_text
from armslength.model.evidence import Appearance, Document, Reader


def make_document(text: str, *, publisher: str | None = None, published: str | None = None, lang: str = "en") -> Document:
    appearance = Appearance(source="0" * 64, file="a.txt", publisher=publisher, published=published)
    return Document(id=digest_text(text), text=text, lang=lang, reader=Reader(name="test", version="1"), appearances=(appearance,))
