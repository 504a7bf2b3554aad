"""The tables of a package: the rows of the export contract, the counts by themselves, and the custody log.

In:  one side of a release; the log.
Out: rows by table, each table in the order of its ids.
Never: decides what is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from armslength.base.ids import digest_bytes
from armslength.model.custody import LogEntry
from armslength.model.decisions import Finding
from armslength.model.evidence import Source
from armslength.publish.content import Content, names_of
from armslength.publish.jsonl import Row, line_rows
from armslength.publish.package.options import PackageOptions, Side

LOG = "log"
LOGGED = "logged"
"""Which log entry says that a judgement was made; the entry itself may have to stay hidden."""
COUNTS = "origin_counts"
JUDGED = "judgement.made"
ALWAYS_SHOWN = frozenset({"key.created", "key.rotated", "release.made"})
"""Events of the log that say nothing about the case but how it is kept and released."""


def rows_of(side: Side) -> dict[str, Iterable[Row]]:
    """Every table of a side, but for the log. Raises KeyError for a table that `more` has a second time."""
    tables: dict[str, Iterable[Row]] = {**line_rows(side.content, names_of(side.content)), COUNTS: _counts(side.content)}
    for name, rows in side.more.items():
        if name in {*tables, LOG, LOGGED}:
            raise KeyError(f"the table {name} is there already")
        tables[name] = sorted(rows, key=lambda row: str(row["id"]))
    return tables


def _counts(content: Content) -> Iterator[Row]:
    """Each fact's count on its own, so that it can be proven where labels and quotations beside it are masked."""
    for fact in sorted(content.facts, key=lambda row: row.id):
        found = content.origins.get(fact.id)
        low, high, unknown = (found.min, found.max, found.unknown) if found else (0, 0, len(fact.claims))
        yield {"id": fact.id, "min": low, "max": high, "unknown": unknown}


def log_row(entry: LogEntry, *, shown: bool = True) -> Row:
    """A log entry, or its number and hash alone."""
    return {
        "id": f"{entry.seq:012d}",
        "seq": entry.seq,
        "hash": entry.hash,
        "entry": entry.entry if shown else None,
        "signature": entry.signature if shown else None,
    }


def logged_rows(log: Sequence[LogEntry], options: PackageOptions) -> list[Row]:
    """For each judgement, as the release calls it, the number of the entry that it was made."""
    found = {options.ids.get(entry.subject, entry.subject): entry.seq for entry in log if entry.event == JUDGED}
    return [{"id": judgement, "seq": seq} for judgement, seq in sorted(found.items())]


def log_extract(log: Sequence[LogEntry], judgements: frozenset[str], options: PackageOptions) -> Iterator[Row]:
    """The entries that a package shows: about keys and releases, its time stamps, that a shown judgement was made, and what was asked for.

    Of the last entry, and of those that a time stamp is over, at least the hash. `judgements` are ids as the release has them, so that
    the entry of a judgement that was renamed, which gives its own id away, is not shown.
    """
    replies = {digest_bytes(stamp.reply) for stamp in options.stamps}
    hashes = {stamp.seq for stamp in options.stamps} | {log[-1].seq}
    for entry in log:
        judged = entry.event == JUDGED and entry.subject in judgements
        stamped = entry.event == "timestamp.received" and json.loads(entry.entry)["data"].get("reply") in replies
        if judged or stamped or entry.event in ALWAYS_SHOWN or entry.seq in options.shown_entries:
            yield log_row(entry)
        elif entry.seq in hashes:
            yield log_row(entry, shown=False)


def source_rows(sources: Iterable[Source]) -> list[Row]:
    """Sources for `Side.more`."""
    return [{"id": row.id, "size": row.size, "media_type": row.media_type} for row in sources]


def finding_rows(findings: Iterable[Finding]) -> list[Row]:
    """Findings for `Side.more`."""
    return [
        {
            "id": row.id,
            "fact": row.fact,
            "standard": row.standard,
            "statement": row.statement,
            "evidence_for": list(row.evidence_for),
            "evidence_against": list(row.evidence_against),
            "author": row.author,
            "second_reviewer": row.second_reviewer,
            "when": row.when,
        }
        for row in findings
    ]


def spans_by_document(rows: Mapping[str, Sequence[Row]]) -> dict[str, list[tuple[int, int]]]:
    """Where words are quoted, by document: in claims, edges and in what shows access."""
    found: dict[str, list[tuple[int, int]]] = {}

    def keep(span: object) -> None:
        if isinstance(span, dict):
            found.setdefault(str(span["doc"]), []).append((int(span["start"]), int(span["end"])))

    for claim in rows["claims"]:
        keep(claim)
    for edge in rows["lineage"]:
        for span in edge["evidence"]:  # type: ignore[attr-defined]
            keep(span)
    for fact in rows["facts"]:
        for group in fact["origins"]["groups"]:  # type: ignore[index]
            for span in group["access"]:
                keep(span)
    return found
