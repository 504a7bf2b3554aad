"""The release package: a BagIt bag that a stranger can check and recompute (docs/the-package.md has the format).

In:  what is shown (already redacted), the whole that it comes from, the custody log, the case's secret, the people who release.
Out: a folder (`writing.write_package`), its zip (`bag.zip_package`); `checks.report.verify` looks at one as the `verify.py` inside does.
Never: touches the store; decides what may be shown: that is the gate's.

    writing.write_package(
        folder,                      # a new folder; it appears whole or not at all
        shown=Side(content=...),     # redacted rows; `more` holds tables that `jsonl` does not know
        whole=Side(content=...),     # the same case unredacted: every shown row must be one of its rows
        log=[...],                   # every LogEntry of the case up to now, in order
        secret=...,                  # store.case.case_secret: salts are derived from it
        releasers=(Releaser(...), Releaser(...)),
        record=lambda data: ...,     # write `release.made` with this data into the log, and return the entry
        options=PackageOptions(release=..., profile=..., as_of=...),
    ) -> Written

A row of `shown` and the row of `whole` with the same id are one row; a field that differs is a masked one. Both sides first go
through `public_ids.public_ids`, because the ids of masked rows could be tried out; `options.ids` takes what it gives, and every format of
the release is made from its `shown`. Masks keep a text's length, so that offsets hold. A fact is shown with all its claims,
and all edges among them, because its count of origins is derived from them; what must not be read there is masked, not left out.
"""

from __future__ import annotations

from armslength.publish.package.options import Changed, PackageOptions, Releaser, Side, TimeStamp, Written

__all__ = ["Changed", "PackageOptions", "Releaser", "Side", "TimeStamp", "Written"]
