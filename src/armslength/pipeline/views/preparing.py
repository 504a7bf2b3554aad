"""Looking at what takes long to be looked at for the first time, before anybody asks for it.

In:  a case.
Out: the atlas of its sites and incidents and the tables of responses and methods, in this program's memory.
Never: fails: what cannot be read is told about by whoever reads it.
"""

from __future__ import annotations

from contextlib import suppress

from armslength.base.errors import ArmslengthError
from armslength.pipeline.views.map import MapAsked, map_view
from armslength.pipeline.views.methods import methods_view
from armslength.pipeline.views.responses import responses_view
from armslength.store.case import Case
from armslength.store.read import reading


def prepare(case: Case) -> None:
    """Look at a case's sites, incidents and responses; to be called beside everything else."""
    with suppress(ArmslengthError), reading(case) as reader:
        responses_view(reader)
        map_view(reader, MapAsked())
        methods_view(reader)
