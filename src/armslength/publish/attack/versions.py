"""The texts that one text can stand for once its encoding is undone: entities, percent signs, escapes, markup, base64, hexadecimal.

In:  a text.
Out: the text, and every decoding of it that differs, each with a word for how.
Never: goes on for ever: decodings of decodings are followed to a fixed depth.
"""

from __future__ import annotations

import base64
import binascii
import html
import quopri
import re
from collections.abc import Iterator
from urllib.parse import unquote

DEPTH = 3
"""Decodings on top of each other: base64 of percent signs of JSON escapes is as far as a serialised page goes."""
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_ENTITY = re.compile(r"&(?:#|[A-Za-z])")
_ESCAPE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})")
_ESCAPED_MARK = re.compile(r"\\[ntr/\"']")
_PRINTABLE = re.compile(r"=[0-9A-F]{2}|=\r?\n")
_TAG = re.compile(r"<[^<>]{0,4000}>")
_BROKEN = re.compile(r"[-\u2010\u2011\u00ad]\s*\r?\n\s*")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/_-]{4}[\r\n]{0,2}){2,}[A-Za-z0-9+/_-]{0,4}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}[ :,]?){6,}")
_ID = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9A-Za-z])")
"""Hashes: releases are full of them, and read as base64 they are noise. As hexadecimal they are undone like any other run."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[a-z0-9/_-]+|[A-Z0-9/_-]+")
"""Words, paths and numbers: six bytes of text in base64 have letters of both cases but for one name in ten thousand."""
_READABLE = re.compile(r"[^\W_]", re.UNICODE)


def versions(text: str, depth: int = DEPTH) -> Iterator[tuple[str, str]]:
    """(how, text) for the text itself, how being empty, and for each decoding."""
    yield "", text
    if depth == 0:
        return
    for how, found in _decoded(text):
        if found and found != text:
            for further, inner in versions(found, depth - 1):
                yield (f"{how}, {further}" if further else how), inner


def _decoded(text: str) -> Iterator[tuple[str, str]]:
    if "&" in text and _ENTITY.search(text):
        yield "HTML entities", html.unescape(text)
    if "%" in text and _PERCENT.search(text):
        yield "percent signs", unquote(text.replace("+", " "))
    if "\\" in text:
        if _ESCAPE.search(text):
            yield "escapes", _unescaped(text)
        elif _ESCAPED_MARK.search(text):
            yield "escapes", _ESCAPED_MARK.sub(" ", text)
    if "=" in text and _PRINTABLE.search(text):
        yield "quoted-printable", quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    if "<" in text and _TAG.search(text):
        yield "markup", _TAG.sub("", text)
    if "\n" in text and _BROKEN.search(text):
        yield "a broken line", _BROKEN.sub("", text)
    yield from _packed(text)


def _unescaped(text: str) -> str:
    """Undo escapes by a character's number; two escapes that are halves of one character become it."""

    def letter(found: re.Match[str]) -> str:
        number = int(found.group(1) or found.group(2), 16)
        return chr(number) if number < 0x110000 else " "

    joined = _ESCAPE.sub(letter, text)
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _packed(text: str) -> Iterator[tuple[str, str]]:
    """Whatever reads as text once runs of base64 or hexadecimal are undone, all runs of a kind together."""
    found = [inner for run in _BASE64.findall(_ID.sub(" ", text)) if not _WORD.fullmatch(run) for inner in _base64(run)]
    if found:
        yield "base64", "\n".join(found)
    found = [inner for run in _HEX.findall(text) for inner in _hexadecimal(run)]
    if found:
        yield "hexadecimal", "\n".join(found)


def _base64(run: str) -> Iterator[str]:
    letters = run.replace("\r", "").replace("\n", "").rstrip("=").replace("-", "+").replace("_", "/")
    for start in range(4 if len(letters) < 200 else 1):
        body = letters[start:]
        body = body[: len(body) - (len(body) % 4 == 1)]
        try:
            yield from _text(base64.b64decode(body + "=" * (-len(body) % 4)))
        except (ValueError, binascii.Error):
            continue


def _hexadecimal(run: str) -> Iterator[str]:
    digits = re.sub(r"[ :,]", "", run)
    yield from _text(bytes.fromhex(digits[: len(digits) // 2 * 2]))


def _text(data: bytes) -> Iterator[str]:
    """The bytes as text, if they are one: most of it letters, digits and spaces."""
    for name in ("utf-8", "utf-16-le") if b"\0" in data else ("utf-8",):
        try:
            found = data.decode(name)
        except UnicodeDecodeError:
            continue
        if sum(1 for sign in found if sign == " " or _READABLE.match(sign)) * 10 >= len(found) * 7 and found.isprintable():
            yield found
            return
