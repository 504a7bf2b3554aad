"""Cuts the lists of English words down to what the program ships: `python scripts/build_lexicon.py LIST [LIST ...]`.

In:  `american-english` and `british-english` of the Debian packages wamerican and wbritish (SCOWL), one word a line.
Out: `src/armslength/lineage/data/words.txt.gz`: words of six letters and more, sorted, one a line; those
     that are only names begin with a capital.
Never: downloads anything, or depends on the day it is run: the same lists give the same bytes.
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src" / "armslength" / "lineage" / "data" / "words.txt.gz"
_KEPT = re.compile(r"[a-zà-ÿ]{6,}")
"""A slip in a shorter word makes another word too often."""


def main(lists: list[str]) -> int:
    lines = {line.strip() for path in lists for line in Path(path).read_text("utf-8").splitlines()}
    words = {line for line in lines if _KEPT.fullmatch(line)}
    names = {line.capitalize() for line in lines if _KEPT.fullmatch(line.casefold()) and line.casefold() not in words}
    if not words:
        sys.stderr.write("No words: name the lists of words, one word a line.\n")
        return 2
    OUT.write_bytes(gzip.compress("\n".join(sorted(words | names)).encode(), 9, mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
