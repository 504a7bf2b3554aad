"""Attributions of annotated articles, for measuring: `python bench/polnear.py FOLDER OUT.jsonl [--weights FILE ...]`.

In:  a folder with `text/NAME.txt`. Out: one attribution a line, as the scorer of PolNeAR reads them: `{"doc", "source", "cue", "content"}`,
offsets in characters of the text. With --weights, weights of `scripts/train_attribution.py --folds`: each article is read with those that
were learned without it.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from pathlib import Path

from armslength.extract.attribution_model import model, unpacked
from armslength.extract.attributions import attributed, page_in
from armslength.model.evidence import Document, Reader


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("folder", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--weights", type=Path, nargs="*", default=[])
    given = options.parse_args()
    folds = [unpacked(path.read_bytes()) for path in given.weights] or [model()]
    with given.out.open("w", encoding="utf-8") as out:
        for path in sorted((given.folder / "text").glob("*.txt")):
            with path.open(encoding="utf-8", newline="") as handle:
                text = handle.read()
            page = page_in(Document(id=path.stem, text=text, lang="en", reader=Reader(name="", version=""), appearances=()))
            weights = folds[zlib.crc32(path.stem.encode("utf-8")) % len(folds)]
            for one in attributed(page, weights=weights):
                row = {"doc": path.stem, "source": one.source, "cue": one.cue, "content": one.content}
                out.write(json.dumps(row) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
