"""Claims as W3C Web Annotations (Recommendation of 23 February 2017), for annotation tools and readers of JSON-LD.

In:  the claims of the export contract.
Out: one annotation a line; each claim's exact words are the target, its coding the body.
Never: a target without its words: the position alone would not survive another reading of the page.

Standard terms carry what they can: `TextQuoteSelector` with 32 characters of context, `TextPositionSelector` in code points, the kind
as a tag. What the model has no term for stands whole under `armslength:claim`, which JSON-LD readers that do not know it pass over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from armslength.publish.exchange.losses import WHOLE, Exchange, Loss, Tables, lost
from armslength.publish.jsonl import Row, line

FILE = "annotations.jsonl"
_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"armslength": "urn:armslength:"}]
_AROUND = 32
"""Characters before and after the quote; what the model's own examples and Hypothesis use."""
_TARGET = ("doc", "start", "end", "quote")


def write(tables: Tables) -> Iterator[tuple[str, Iterator[str]]]:
    """The one file, one annotation a line."""
    texts = {str(row["id"]): row for row in tables["documents"]}
    yield FILE, (line(_annotation(row, texts)) for row in tables["claims"])


def _annotation(row: Row, documents: Mapping[str, Row]) -> Row:
    document = documents.get(str(row["doc"]), {})
    text, start, end = str(document.get("text", "")), int(str(row["start"])), int(str(row["end"]))
    quote: Row = {"type": "TextQuoteSelector", "exact": row["quote"]}
    if text:
        quote |= {"prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND]}
    target: Row = {
        "source": f"urn:sha256:{row['doc']}",
        "selector": [quote, {"type": "TextPositionSelector", "start": start, "end": end}],
    }
    return {
        "@context": _CONTEXT,
        "id": f"urn:armslength:claim:{row['id']}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [{"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": row["kind"]}],
        "target": target,
        "armslength:claim": {name: value for name, value in row.items() if name not in {*_TARGET, "id", "kind"}},
    }


def read(files: Mapping[str, str]) -> dict[str, list[Row]]:
    """Claims back from annotations."""
    claims: list[Row] = []
    for told in map(json.loads, files[FILE].splitlines()):
        quote, position = told["target"]["selector"]
        claims.append(
            {
                "id": told["id"].rpartition(":")[2],
                "doc": told["target"]["source"].rpartition(":")[2],
                "start": position["start"],
                "end": position["end"],
                "quote": quote["exact"],
                "kind": told["body"][0]["value"],
                **told["armslength:claim"],
            }
        )
    return {"claims": claims}


def _losses() -> Iterator[Loss]:
    elsewhere = "An annotation says what one passage says; it has no place for what passages amount to together."
    for table in ("facts", "lineage", "entities", "sites", "incidents", "responses", "rejected", "judgements"):
        yield from lost(table, elsewhere, WHOLE)
    yield from lost("documents", "The target is named by the hash of its text; the text itself stays where it is.", WHOLE)


ANNOTATIONS = Exchange(name="W3C Web Annotation", write=write, read=read, losses=tuple(_losses()))
