"""Cuts the lists of English words down to what the program ships: `python scripts/build_lexicon.py LIST [LIST ...]`.

In:  `american-english` and `british-english` of the Debian packages wamerican and wbritish (SCOWL), one word a line.
Out: `src/armslength/lineage/data/words.txt.gz`: words of six letters and more, folded, sorted, one a line.
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
    lines = (line.strip().casefold() for path in lists for line in Path(path).read_text("utf-8").splitlines())
    words = sorted({word for word in lines if _KEPT.fullmatch(word)})
    if not words:
        sys.stderr.write("No words: name the lists of words, one word a line.\n")
        return 2
    OUT.write_bytes(gzip.compress("\n".join(words).encode(), 9, mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
