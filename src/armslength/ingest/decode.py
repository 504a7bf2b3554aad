"""From bytes to the exact text: which encoding, and how we know.

In:  the bytes of a text file.
Out: the decoded text, whole, and the encoding with the reason for it.
Never: translates line ends, trims, normalises. Only a byte order mark is not part of the text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from armslength.ingest.reading import UnreadableError
from armslength.ingest.sniff import looks_wide

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The commonest characters of written Chinese, simplified and traditional. In real text they make up about a quarter of
# all characters (Jun Da's frequency list: the first 50 cover 30%); in Latin text decoded by mistake, none.
_COMMON = frozenset(
    "的一是不了人在有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着"
    "著下自之年过過发發后後作里，。、：；“”（）《》！？"
)
_COMMON_SHARE = 0.10
_BY_CHARACTERS = "share of the commonest Chinese characters"
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text and how its bytes were read."""

    text: str
    encoding: str
    basis: str
    replaced: int = 0
    """Bytes that stand in no character and became U+FFFD."""


def decode(data: bytes) -> Decoded:
    """Decode a text file: byte order mark, then UTF-8, then UTF-16 by its zero bytes, then Chinese by its commonest characters,
    then Windows-1252.

    Raises UnreadableError when a byte order mark promises an encoding that the bytes are not.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8", basis="valid UTF-8")
    except UnicodeDecodeError:
        return _guess(data)


def decode_as(data: bytes, encoding: str, *, basis: str) -> Decoded | None:
    """Decode with an encoding that somebody declared; None when it does not fit the bytes."""
    try:
        return Decoded(text=data.decode(encoding), encoding=codecs.lookup(encoding).name, basis=basis)
    except (LookupError, UnicodeDecodeError):
        return None


def _marked(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(text=data.decode(encoding), encoding=encoding, basis="byte order mark")
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _replaced(data, "byte order mark")
        what = f"the file begins like {encoding.upper()} but is not: {error.reason} at byte {error.start}"
        raise UnreadableError(f"{what}. Save it again as UTF-8") from error


def _guess(data: bytes) -> Decoded:
    if looks_wide(data[:8192]):
        big_endian = data[0:8192:2].count(0) > data[1:8192:2].count(0)
        wide = decode_as(data, "utf-16-be" if big_endian else "utf-16-le", basis="zero bytes in every other place")
        if wide:
            return wide
    broken = _replaced(data, "mostly valid UTF-8")
    # A damaged UTF-8 file still has many whole characters; in another encoding they are rare accidents.
    if len(_MULTIBYTE.findall(data)) >= 10 * broken.replaced:
        return broken
    chinese = [found for encoding in ("gb18030", "big5hkscs") if (found := decode_as(data, encoding, basis=_BY_CHARACTERS))]
    best = max(chinese, key=lambda found: _common_share(found.text), default=None)
    if best and _common_share(best.text) >= _COMMON_SHARE:
        return best
    text = data.decode("cp1252", errors="replace")
    return Decoded(text=text, encoding="cp1252", basis="not UTF-8, not Chinese", replaced=text.count("\ufffd"))


def _replaced(data: bytes, basis: str) -> Decoded:
    text = data.decode("utf-8", errors="replace")
    return Decoded(text=text, encoding="utf-8", basis=basis, replaced=max(1, text.count("\ufffd")))


def _common_share(text: str) -> float:
    """The share of the commonest Chinese characters among all that are not ASCII."""
    foreign = [character for character in text if ord(character) > 127]
    return sum(character in _COMMON for character in foreign) / len(foreign) if foreign else 0.0
