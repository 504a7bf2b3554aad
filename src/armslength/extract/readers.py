"""Which reader reads documents: the rules, or a language model if one was set.

In:  settings. Out: the function that reads a batch of documents, and the version that its results stand under.
Never: chooses a language model that nobody asked for (METHOD N6), or lets two readers' results stand beside each other in a case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from armslength.base.settings import ModelServer, Settings
from armslength.extract.backends import language_model
from armslength.extract.backends.language_model_http import check_answers, is_local, shown_address
from armslength.extract.read import read_documents, reader_version
from armslength.extract.reading import Reading
from armslength.extract.sheets.reading import is_sheet, read_sheet
from armslength.model.evidence import Document

Read = Callable[[Sequence[Document]], list[Reading]]


def reader_for(settings: Settings) -> tuple[Read, str]:
    """The function that reads a batch, and its version. Raises InputError where the address of a language model cannot be used."""
    if settings.model is None:
        return partial(_read, prose=partial(read_documents, seconds=settings.document_seconds)), reader_version()
    prose = partial(language_model.read_with_model, server=settings.model)
    return partial(_read, prose=prose), language_model.model_reader_version(settings.model)


def _read(batch: Sequence[Document], *, prose: Read) -> list[Reading]:
    """Sheets by their mapping, all else by the reader of prose; in the order given."""
    told = {reading.doc: reading for reading in prose([document for document in batch if not is_sheet(document)])}
    return [read_sheet(document) if is_sheet(document) else told[document.id] for document in batch]


def check_reachable(server: ModelServer) -> Mapping[str, object]:
    """What the custody log says about text that is sent. Raises InputError or MissingPieceError, before anything is, where it cannot be."""
    check_answers(server)
    return {"model": server.model, "address": shown_address(server), "another_machine": not is_local(server)}
