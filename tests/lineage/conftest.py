"""The builder of pages and claims stands beside the tests of resolve."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "resolve"))
