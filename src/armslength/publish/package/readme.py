"""The `README.txt` of a package, for a court or a newsroom, and `CHANGES.txt`.

In:  what the package holds.
Out: plain text: what this is, what it says and on how many independent origins, how to check it, what it does not show.
Never: says more of a fact than its row does.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from armslength.publish.package.options import PackageOptions, Releaser

Fact = Mapping[str, Any]
STATEMENTS = 200
"""Facts told in full: about twenty printed pages. The rest are in data/facts.jsonl."""
_WIDTH = 96
_WORDS = {
    "whole": "the whole texts of the documents",
    "spans": "of each document only the words that are quoted, with some words around them",
    "hashes": "the hashes of the originals, not the originals",
    "bytes": "the originals themselves, but for those in which something is masked",
}
_FRAME = """\
{title}
{line}

Release {release}, profile {profile}. As of {as_of}. Released by {names}.

1. WHAT THIS IS

{what}

2. WHAT IT SAYS

{statements}

3. HOW TO CHECK IT

Without a network, on any computer with Python 3.9 or newer:

    python3 verify.py

or open verify.html in a browser and choose this folder. Both take every file in turn and say in plain words what holds and what does
not. Neither needs the program that made this package, and neither sends anything anywhere. verify.py also has time stamps checked by
openssl, if that is installed. The lists of files are those of BagIt (RFC 8493), which other programs read as well.

With a network, or a telephone, check what no file can say of itself:

  * that the keys are the right people's. Ask each of the two who released this for the name of their key, and compare:
{keys}
  * that verify.py is the real one. Take it from the program's own release and compare the SHA-256:
      {verify}
  * that the certificates of the time-stamping authority are its own. Get them from its site: python3 verify.py --roots FILE

docs/the-package.md of the program says how every hash is made, so that a verifier can be written by somebody else.

4. WHAT IT DOES NOT SHOW

  * That a statement is true. It shows who said it, in which words, and how many origins it goes back to.
  * That there are no other sources. Not found is not the same as did not happen.
  * What is masked, to protect people. The release commits to the masked words too: a court can be shown one of them, and that it
    belongs here, without being shown the rest.
  * That the log of the case is the only one there ever was. A time stamp, or a head of the log noted elsewhere, shows that.

A count "1 to 3" means: one origin is shown to be independent, and there can be three at most. A passage of unknown origin never raises
the first number. docs/how-origins-are-counted.md has the rule.

5. THE FILES

  data/*.jsonl          documents, claims, facts, lineage and the rest, one JSON object a line; origin_counts has the counts
                        of origins by themselves; log has the entries of the case's custody log that are shown
  data/seals/           what ties each row to the sealed whole
  data/formats/         other formats of the same release, if any
  data/sources/         originals, named by their SHA-256, if any
  seal.json             what was sealed; release.json: its entry in the log; signatures.jsonl: who signed
  timestamps/           replies of time-stamping authorities as they came, if any
  CHANGES.txt           what changed since the release before
"""


def readme(
    options: PackageOptions,
    facts: Sequence[Fact],
    releasers: Sequence[Releaser],
    *,
    keys: Sequence[str],
    rows: Mapping[str, int],
    verify: str,
) -> str:
    """The text. `keys` are the names of the releasers' keys, `rows` the number of rows by table, `verify` the SHA-256 of verify.py."""
    title = options.title or f"Release {options.release}"
    what = (
        f"Evidence collected, traced and counted with armslength, as it stood on {options.as_of}. It holds {rows['facts']} facts from "
        f"{rows['claims']} passages of {rows['documents']} documents; {_WORDS[options.documents]}; and {_WORDS[options.sources]}. "
        "Each fact goes back to exact words, and from these to whoever said them first. Nothing in it can be changed unseen."
    )
    named = [f"      {one.name}: {key}" for one, key in zip(releasers, keys, strict=True)]
    return _FRAME.format(
        title=title,
        line="=" * len(title),
        release=options.release,
        profile=options.profile,
        as_of=options.as_of,
        names=" and ".join(one.name for one in releasers),
        what=_wrapped(what),
        statements=statements(facts, as_of=options.as_of),
        keys="\n".join(named),
        verify=verify,
    )


def statements(facts: Sequence[Fact], *, as_of: str) -> str:
    """Each fact with its count, its sources in a sentence, and who denies it."""
    labels = {fact["id"]: fact["label"] for fact in facts}
    told = [_statement(number, fact, labels, as_of) for number, fact in enumerate(facts[:STATEMENTS], 1)]
    if len(facts) > STATEMENTS:
        told.append(f"... and {len(facts) - STATEMENTS} more, in data/facts.jsonl.")
    return "\n\n".join(told) or "No facts."


def _statement(number: int, fact: Fact, labels: Mapping[str, str], as_of: str) -> str:
    found = fact["origins"]
    low, high = found["min"], found["max"]
    origins = (
        "No origins are counted: this is an opinion."
        if fact["opinion"]
        else f"Independent origins: {low if low == high else f'{low} to {high}'}."
    )
    unknown = f" Passages of unknown origin: {found['unknown']}." if found["unknown"] else ""
    parts = [
        f"{origins}{unknown} Apparent sources: {fact['apparent_sources']}.",
        str(fact["source_summary"]),
        f"State: {fact['state']}, as of {as_of}.",
    ]
    parts += [f"DENIED: {labels.get(row['fact'], row['fact'])}. {row['reason']}" for row in fact["denied_by"]]
    parts += [f"{row['type'].capitalize()} {labels.get(row['fact'], row['fact'])}: {row['reason']}" for row in fact["relations"]]
    lines = [_wrapped(part, indent="     ") for part in parts if part]
    return "\n".join([_wrapped(f"({number}) {fact['label']}", indent="     ", first=""), *lines])


def changes_text(rows: Sequence[Mapping[str, Any]], earlier: Sequence[str]) -> str:
    """The feed of changes for people."""
    if not earlier:
        return "No release of this case went before this one.\n"
    parts = []
    for release in earlier:
        mine = [row for row in rows if row["release"] == release]
        told = [_wrapped(f"{row['reason']}: {row['label']}. {row['why']}", indent="    ", first="") for row in mine]
        parts.append(f"Changes since release {release}:\n\n" + ("\n".join(told) or "None.") + "\n")
    return "\n".join(parts)


def _wrapped(text: str, *, indent: str = "", first: str | None = None) -> str:
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return textwrap.fill(plain, _WIDTH, initial_indent=indent if first is None else first, subsequent_indent=indent, break_long_words=False)
