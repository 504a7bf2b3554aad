"""One file a format: bytes in, a `Reading` out. Which reader takes a file is told by its bytes.

In:  the bytes of one file, opened by somebody else.
Out: a `Reading`.
Never: opens a file, connects anywhere, knows a file's name or where it came from.
"""

from __future__ import annotations

from armslength.ingest.reading import Reading, UnreadableError
from armslength.ingest.sniff import DOCX, HTML, PDF, SUPPORTED, TEXT, XLSX, describe, sniff


def read(data: bytes) -> Reading:
    """Read a file of any supported format.

    Raises UnreadableError with a sentence when it has no reader or no text.
    """
    media_type = sniff(data)
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("the file is empty")
    if media_type == TEXT:
        from armslength.ingest.readers.plain import read_plain as reader
    elif media_type == HTML:
        from armslength.ingest.readers.html import read_html as reader
    elif media_type == PDF:
        from armslength.ingest.readers.pdf import read_pdf as reader
    elif media_type == DOCX:
        from armslength.ingest.readers.docx import read_docx as reader
    elif media_type == XLSX:
        from armslength.ingest.readers.xlsx import read_xlsx as reader
    else:
        raise UnreadableError(f"it is {describe(media_type)}; armslength reads {SUPPORTED}. Convert it and add it again")
    return reader(data)
