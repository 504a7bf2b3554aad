"""Which mentions of a report mean the same report: the same author, and dates that agree.

In:  mentions of reports with the bucket they fall in, the dates that publication claims give, the documents' own dates.
Out: mention to key.
Never: takes two reports of one organisation for one when their dates differ; where a text does not say which is meant, it stays apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from armslength.model.claims import Claim
from armslength.resolve.keys import Key
from armslength.resolve.mentions import Mention

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?")
_FRESH = 3
"""Months within which an article that says `the report` means the one just out: news of a report dies down in weeks. Set by hand."""


def month(edtf: str | None) -> str:
    """Year and month that a date begins with, or the year alone; empty for none."""
    found = _DATE.match(edtf or "")
    if not found:
        return ""
    return f"{found[1]}-{found[2]}" if found[2] else found[1]


def report_dates(claims: Iterable[Claim], mentions: Sequence[Mention]) -> dict[str, set[str]]:
    """Mention of a report to the months in which publication claims say it came out."""
    by_doc: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_doc[mention.doc].append(mention)
    ids = {mention.id for mention in mentions}
    dates: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        when = month(claim.event_date.edtf if claim.event_date else "")
        if claim.kind != "publication_event" or not when:
            continue
        named = ({party.mention for party in claim.parties} | {link.mention for link in claim.attribution}) & ids
        alone = by_doc[claim.doc]
        for meant in named or ({alone[0].id} if len(alone) == 1 else set()):
            dates[meant].add(when)
    return dates


def report_key(bucket: Key, doc: str, own: set[str], when: str, known: Sequence[str], starts: Mapping[str, str]) -> Key:
    """Bucket and date, bucket alone, or bucket and document where it cannot be said which report is meant.

    `own`: months in which the document says that it came out; `when`: the document's month; `known`: months that any document gives for a
    report of the bucket, sorted; `starts`: what `runs` says of the months of its documents.
    """
    if len(own) == 1:
        return ("report", *bucket, "of", _settle(next(iter(own)), known))
    if own or not when:
        return ("report", *bucket, "in", doc)
    return ("report", *bucket, *_undated(when, known, doc)) if known else ("report", *bucket, "about", starts[when])


def runs(months: Iterable[str]) -> dict[str, str]:
    """Month to the first month of its run; a run ends where news falls silent for longer than a report stays news."""
    found: dict[str, str] = {}
    last = ""
    for when in sorted({when for when in months if when}):
        found[when] = found[last] if last and _months(when) - _months(last) <= _FRESH else when
        last = when
    return found


def _settle(date: str, known: Sequence[str]) -> str:
    """A bare year means the month that is known in it, if there is only one."""
    inside = [other for other in known if other.startswith(date) and len(other) > len(date)]
    return inside[0] if len(inside) == 1 else date


def _undated(published: str, known: Sequence[str], doc: str) -> Key:
    """Which report an article means that gives no date for it: the one just out."""
    fresh = [date for date in known if 0 <= _months(published) - _months(date) <= _FRESH]
    return ("of", fresh[-1]) if fresh else ("in", doc)


def _months(date: str) -> int:
    year, _, rest = date.partition("-")
    return int(year) * 12 + int(rest or 12)
