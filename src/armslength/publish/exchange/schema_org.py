"""Facts as schema.org `Claim`, for search engines, archives and knowledge bases that read JSON-LD.

In:  facts and documents of the export contract.
Out: one JSON-LD graph, one node a line: a `Claim` for each fact, an `Article` for each document it appears in.
Never: a `ClaimReview` or a rating: armslength does not say what is true (METHOD C8, C9).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from armslength.publish.exchange.losses import WHOLE, Exchange, Loss, Tables, lost
from armslength.publish.jsonl import Row

FILE = "claims.jsonld"
_TOLD = frozenset({"id", "label", "kind", "source_summary", "documents"})
"""Fields that schema.org has a term for; the rest of a fact stands under `armslength:fact`."""
_FACT, _DOCUMENT = "urn:armslength:fact:", "urn:sha256:"


def write(tables: Tables) -> Iterator[tuple[str, Iterator[str]]]:
    """The one file: a graph whose nodes stand one on a line."""
    nodes = [*map(_article, tables["documents"]), *map(_claim, tables["facts"])]
    yield FILE, _graph(nodes)


def _graph(nodes: list[Row]) -> Iterator[str]:
    yield '{"@context":["https://schema.org",{"armslength":"urn:armslength:"}],"@graph":[\n'
    for number, node in enumerate(nodes, start=1):
        yield json.dumps(node, ensure_ascii=False, separators=(",", ":")) + ("\n" if number == len(nodes) else ",\n")
    yield "]}\n"


def _article(row: Row) -> Row:
    node: Row = {"@id": f"{_DOCUMENT}{row['id']}", "@type": "Article", "identifier": row["id"]}
    if row["title"]:
        node["headline"] = row["title"]
    if row["publisher"]:
        node["publisher"] = {"@type": "Organization", "name": row["publisher"]}
    if row["published"]:
        node["datePublished"] = row["published"]
    return node | {"inLanguage": row["lang"]}


def _claim(row: Row) -> Row:
    return {
        "@id": f"{_FACT}{row['id']}",
        "@type": "Claim",
        "identifier": row["id"],
        "text": row["label"],
        "about": {"@type": "DefinedTerm", "termCode": row["kind"]},
        "abstract": row["source_summary"],
        "appearance": [{"@id": f"{_DOCUMENT}{doc}"} for doc in row["documents"]],  # type: ignore[attr-defined]
        "armslength:fact": {name: value for name, value in row.items() if name not in _TOLD},
    }


def read(files: Mapping[str, str]) -> dict[str, list[Row]]:
    """Facts and documents back from the graph."""
    facts: list[Row] = []
    documents: list[Row] = []
    for node in json.loads(files[FILE])["@graph"]:
        if node["@type"] == "Article":
            found = {"id": node["identifier"], "title": node.get("headline"), "lang": node["inLanguage"]}
            documents.append({**found, "publisher": node.get("publisher", {}).get("name"), "published": node.get("datePublished")})
        else:
            facts.append(
                {
                    "id": node["identifier"],
                    "label": node["text"],
                    "kind": node["about"]["termCode"],
                    "source_summary": node["abstract"],
                    "documents": [one["@id"].removeprefix(_DOCUMENT) for one in node["appearance"]],
                    **node["armslength:fact"],
                }
            )
    return {"facts": facts, "documents": documents}


def _losses() -> Iterator[Loss]:
    for table in ("claims", "lineage", "entities", "sites", "incidents", "responses", "rejected", "judgements"):
        yield from lost(table, "schema.org has no term that fits; `Claim` stands for the fact.", WHOLE)
    what = "A page is described, not carried."
    yield from lost("documents", what, "file", "source", "text", "missing", "boilerplate", "duplicates", "reader", "appearances")


SCHEMA_ORG = Exchange(name="schema.org Claim", write=write, read=read, losses=tuple(_losses()))
