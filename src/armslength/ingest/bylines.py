"""Who wrote a page, and labelled lines at its top, by the form of the line.

In:  one line.
Out: a name, or a label and its value.
Never: looks a name up, or decides who is meant.
"""

from __future__ import annotations

import re

_BY = re.compile(
    r"(?:(?i:by|written by|words by|reported by|story by|report by|author|authors|byline)\s*[:：]?\s+"
    r"|(?:作者|记者|記者|文|撰文|撰稿)\s*[:：/／]\s*)(?P<name>\S.{1,100})",
)
_SMALL = frozenset(
    "and in for of de la le van von der den the with al bin ibn da di du del y e special to at on".split()  # noqa: SIM905 - reads better
)
_LABELS = {
    "title": "title",
    "headline": "title",
    "author": "byline",
    "authors": "byline",
    "by": "byline",
    "byline": "byline",
    "date": "published",
    "published": "published",
    "publication date": "published",
    "publisher": "publisher",
    "publication": "publisher",
    "outlet": "publisher",
    "url": "url",
    "link": "url",
    "标题": "title",
    "標題": "title",
}
_LABELLED = re.compile(r"(?P<label>[A-Za-z标標题題 ]{2,20}?)\s*[:：]\s*(?P<value>\S.*)")


def read_byline(line: str) -> str | None:
    """The name in a by-line (`By Ann Example, Harbour Post`), or None when the line is something else."""
    match = _BY.fullmatch(line.strip())
    if not match:
        return None
    name = re.split(r"\s*[|·•]\s*", match["name"])[0].strip(" ,;")
    words = re.findall(r"[\w’'.-]+", name)
    if not words or len(words) > 14 or (name.endswith((".", "!", "?")) and len(words) > 4):
        return None
    named = all(word[0].isupper() or not word[0].isascii() or word.lower() in _SMALL for word in words)
    return name if named else None


def read_label(line: str) -> tuple[str, str] | None:
    """The field and value of a labelled line (`Title: ...`, `Date: ...`), or None."""
    match = _LABELLED.fullmatch(line.strip())
    field = _LABELS.get(match["label"].strip().lower()) if match else None
    return (field, match["value"].strip()) if match and field else None
