"""Looking at what takes long to be looked at for the first time, before anybody asks for it.

In:  a case.
Out: the atlas of its sites and incidents and the table of responses, in this program's memory.
Never: fails: what cannot be read is told about by whoever reads it.
"""

from __future__ import annotations

from contextlib import suppress

from armslength.base.errors import ArmslengthError
from armslength.pipeline.views.atlas import atlas_of
from armslength.pipeline.views.responses import country_rows
from armslength.store.case import Case
from armslength.store.read import reading


def prepare(case: Case) -> None:
    """Look at a case's sites, incidents and responses; to be called beside everything else."""
    with suppress(ArmslengthError), reading(case) as reader:
        country_rows(reader)
        atlas_of(reader)
