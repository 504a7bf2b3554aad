"""Plain text: the decoded bytes, exactly.

In:  the bytes of a text file.
Out: a `Reading` whose text is every code point of the file but a byte order mark.
Never: translates line ends, trims, normalises.
"""

from __future__ import annotations

from armslength.ingest.decode import Decoded, decode
from armslength.ingest.layout import lay_out
from armslength.ingest.readers.finish import finish, storable
from armslength.ingest.reading import Reading
from armslength.model.evidence import Reader

VERSION = "1"


def read_plain(data: bytes) -> Reading:
    """Read a text file."""
    decoded = decode(data)
    text = storable(decoded.text)
    layout = lay_out(text)
    return finish(text, layout.blocks, layout.head, reader=Reader(name="plain", version=VERSION, parameters=decoding(decoded)))


def decoding(decoded: Decoded) -> tuple[tuple[str, str], ...]:
    """How bytes became text, for the record."""
    notes = (("encoding", decoded.encoding), ("encoding_basis", decoded.basis))
    return (*notes, ("bytes_replaced", str(decoded.replaced))) if decoded.replaced else notes
