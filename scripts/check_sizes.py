"""Says which files and functions under `src/` have grown too long to read in one go.

In:  Python files under `src/`.
Out: one line a breach, exit code 1 if there is any.
Never: looks at tests, data or generated documents.

The limits are the house style's "about 400 lines a file, about 40 a function", taken as given. A function's length is counted
from its `def` to its last line, without its docstring: explaining is not what makes a function long.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_LINES = 400
FUNCTION_LINES = 40

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


def breaches(root: Path) -> Iterator[str]:
    """One sentence for each file or function that is too long."""
    for path in sorted(root.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        where = path.relative_to(root.parent).as_posix()
        lines = text.count("\n")
        if lines > FILE_LINES:
            yield f"{where}: {lines} lines; at most {FILE_LINES}. Split it by what a researcher would call its parts."
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, AnyFunction) and (length := function_lines(node)) > FUNCTION_LINES:
                yield f"{where}:{node.lineno}: {node.name} has {length} lines; at most {FUNCTION_LINES}."


def function_lines(node: AnyFunction) -> int:
    """Lines from `def` to the end, without the docstring."""
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def main() -> int:
    found = list(breaches(Path(__file__).parent.parent / "src"))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
