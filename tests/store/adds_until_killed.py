"""A program to be killed: adds sources to a case and writes derived rows, and prints a line after each acknowledgement."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from store_samples import CLOCK, add, claim, document, run, source

from armslength.store.case import open_case
from armslength.store.write import writing


def acknowledge(kind: str, name: str) -> None:
    sys.stdout.write(f"{kind} {name}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    case = open_case(Path(sys.argv[1]))
    with writing(case, clock=CLOCK, actor="heron") as writer:
        for number in count():
            data = f"{sys.argv[2]} {number} counted 54 harbours".encode()
            add(writer, data)
            acknowledge("source", source(data).id)
            doc = document(data.decode())
            writer.put(run(f"ingest:{doc.id}"), [doc])
            writer.put(run("extract"), [claim(doc, "54 harbours", value=54)])
            acknowledge("document", doc.id)
