"""The attack: everything in a folder, as far down as it goes, against everything that must not be in it.

In:  a folder that is about to be released; what is sought; how to open files.
Out: a report: what was looked through, every hit, everything that could not be looked into.
Never: changes the folder; writes a name into its report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from armslength.publish.attack.databases import INDEX_WORDS
from armslength.publish.attack.files import Opening, pieces_of
from armslength.publish.attack.folding import has_ideographs, spellings, tokens
from armslength.publish.attack.forms import Matcher, matcher_of
from armslength.publish.attack.rows import Blocked, Hit, Piece, Report, Sought
from armslength.publish.attack.runs import longest_of, words_of
from armslength.publish.attack.versions import versions

_SHOWN = "a protected person’s passage in a public source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What must not be found in a release."""

    sought: Sequence[Sought] = ()
    ordinary: frozenset[str] = frozenset()
    """Words that the documents use in lower case: alone they are nobody's name."""
    public: Sequence[str] = ()
    """Names that may be shown: of organisations, places, persons whom two people made public."""
    runs: frozenset[int] = frozenset()
    """Runs of words of the originals around protected persons' names."""


def attack(folder: Path, secrets: Secrets, *, opening: Opening, also: Iterable[Hit] = ()) -> Report:
    """Look through a folder. `also`: hits that were found from the content itself, without the files."""
    matcher = matcher_of(secrets.sought, ordinary=secrets.ordinary, public=secrets.public)
    hits: dict[Hit, None] = dict.fromkeys(also)
    blocked: list[Blocked] = []
    channels: Counter[str] = Counter()
    pieces = characters = files = 0
    for path in sorted(folder.rglob("*")):
        files += path.is_file()
        for piece in _pieces(path, folder, opening):
            if isinstance(piece, Blocked):
                blocked.append(piece)
                continue
            pieces += 1
            characters += len(piece.text)
            channels[piece.channel] += 1
            hits.update(dict.fromkeys(look(piece, matcher, secrets.runs)))
    return Report(
        files=files,
        pieces=pieces,
        characters=characters,
        persons=sum(bool(one.names) for one in secrets.sought),
        channels=tuple(sorted(channels.items())),
        hits=tuple(hits),
        blocked=tuple(dict.fromkeys(blocked)),
    )


def look(piece: Piece, matcher: Matcher, runs: frozenset[int]) -> Iterator[Hit]:
    """What one piece of text gives away, in any of the ways it can be read."""
    for how, text in versions(piece.text):
        read = [(spelling, tokens(spelling)) for spelling in spellings(text)]
        for found in matcher.find_in(text, read):
            yield Hit(where=piece.where, channel=piece.channel, how=f"{found.how} ({how})" if how else found.how, about=found.about)
        longest = longest_of(words_of(text) if has_ideographs(text) else read[0][1], runs)
        if longest:
            yield Hit(where=piece.where, channel=piece.channel, how=f"{longest} words in a row", about=_SHOWN)
    if piece.channel == INDEX_WORDS:
        for found in matcher.vocabulary(piece.text.split("\n")):
            yield Hit(where=piece.where, channel=piece.channel, how=found.how, about=found.about)


def _pieces(path: Path, folder: Path, opening: Opening) -> Iterator[Piece | Blocked]:
    name = path.relative_to(folder).as_posix()
    if path.is_symlink():
        yield Blocked(name, "it is a link out of the folder; release the file itself")
    elif path.is_dir():
        yield Piece(name, "file name", name)
    else:
        yield from pieces_of(name, path.read_bytes(), opening)
        yield from _attributes(path, name)


def _attributes(path: Path, name: str) -> Iterator[Piece]:
    """Extended attributes: browsers note there where a file was downloaded from. Only some systems have them."""
    import os

    if hasattr(os, "listxattr"):
        try:
            for attribute in os.listxattr(path):
                yield Piece(name, "file attribute", f"{attribute}: {os.getxattr(path, attribute).decode('utf-8', 'replace')}")
        except OSError:
            return
