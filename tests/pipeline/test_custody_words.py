"""Every event that the program enters into the custody log has words on the page that shows it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import armslength
from armslength.pipeline.views.custody import EVENTS

SUBJECTS = "access|case|copy|documents|export|finding|judgement|judgements|key|names|person|release|schema|source|stage|timestamp|vault"
EVENT = re.compile(rf"(?:{SUBJECTS})\.(?:[a-z]+ed|made|read|run|shown|kept|written|sent)")


def test_every_event_has_words():
    found = set()
    root = Path(armslength.__file__).parent
    for path in root.rglob("*.py"):
        if path.is_relative_to(root / "publish" / "package"):
            continue  # its checks are named in the same way
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    events = {text for text in found if EVENT.fullmatch(text)}
    assert {"release.made", "vault.read", "source.destroyed", "stage.run"} <= events
    assert events - EVENTS.keys() == set()
