"""armslength: from a pile of public reports to evidence that stands up."""

from __future__ import annotations

__version__ = "0.1.0"
