"""What a web page declares about itself, outside its visible text.

In:  the parsed page.
Out: the day it was published, its language, its canonical address.
Never: takes the day a page was changed for the day it was published; guesses from running text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element

from armslength.ingest.datelines import iso_date

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# In order of trust: what newsrooms fill in by program, then Dublin Core and older habits.
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "date",
)


_CHANGED = frozenset(
    {"article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "last-modified", "dcterms.modified"}
)


def declared_date(root: _Element) -> str | None:
    """The day of publication in the page's metadata, as EDTF."""
    metas = dict(reversed(list(_metas(root))))
    candidates = [metas[name] for name in _PUBLISHED if name in metas]
    candidates[1:1] = [str(item["datePublished"]) for item in _linked_data(root) if item.get("datePublished")]
    candidates += [element.get("datetime") or "" for element in root.iter("time") if _says_published(element)]
    return next((found for found in map(iso_date, candidates) if found), None)


def changed_dates(root: _Element) -> set[str]:
    """The days on which the page says it was changed."""
    changed = [content for name, content in _metas(root) if name in _CHANGED]
    changed += [str(item["dateModified"]) for item in _linked_data(root) if item.get("dateModified")]
    return {found for found in map(iso_date, changed) if found}


def declared_publisher(root: _Element) -> str | None:
    """The site's name in the page's metadata."""
    metas = dict(reversed(list(_metas(root))))
    named = metas.get("og:site_name") or metas.get("application-name") or metas.get("dc.publisher") or metas.get("citation_journal_title")
    if named:
        return " ".join(named.split())
    for item in _linked_data(root):
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and publisher.get("name"):
            return " ".join(str(publisher["name"]).split())
    return None


def declared_language(root: _Element) -> str | None:
    """The language the page says it is in."""
    metas = dict(_metas(root))
    candidates = (root.get("lang"), root.get(_XML_LANG), metas.get("content-language"), metas.get("og:locale"))
    return next((value.strip() for value in candidates if value and value.strip()), None)


def declared_address(root: _Element) -> str | None:
    """The page's canonical address."""
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith(("http://", "https://")):
            return link.get("href")
    address = dict(_metas(root)).get("og:url", "")
    return address if address.startswith(("http://", "https://")) else None


def _metas(root: _Element) -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = meta.get("content")
        if name and content and content.strip():
            yield name.strip().lower(), content.strip()


def _linked_data(root: _Element) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, as far as they can be read."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            found = json.loads(script.text or "")
        except ValueError:
            continue
        queue = found if isinstance(found, list) else [found]
        for item in queue[:50]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                yield item
                yield from (part for part in (graph if isinstance(graph, list) else [])[:50] if isinstance(part, dict))


def _says_published(element: _Element) -> bool:
    """A `time` marked as the publication's, or the only one of the page's article."""
    marks = f"{element.get('itemprop') or ''} {element.get('class') or ''} {element.get('pubdate') or ''}".lower()
    if "modif" in marks or "updat" in marks:
        return False
    if "publish" in marks or "pubdate" in marks or element.get("pubdate") is not None:
        return True
    article = next((above for above in element.iterancestors() if above.tag in {"article", "header"}), None)
    return article is not None and sum(1 for _ in article.iter("time")) == 1
