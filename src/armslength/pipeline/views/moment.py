"""When what was derived of a case last changed: for what is worked out once and looked at many times.

In:  a reading of a case.
Out: a value that stays the same as long as no derived row changes.
Never: changes when somebody only looks or exports: the log grows then, and what was derived does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from armslength.model.outcome import StageRun
from armslength.store.read import Reader

_RUNS = ("resolve", "lineage", "review", "analyse")
"""The last stages: nothing before them changes without one of them."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A case as it stands, and a reading of it. Two moments are the same when nothing derived has changed between them."""

    case: str
    folder: str
    state: tuple[str, ...]
    reader: Reader = field(compare=False, repr=False)
    """Rows as they are stored: what is worked out of them goes through `Reader.hidden` before it is shown."""


def moment(reader: Reader) -> Moment:
    """The moment that a reading looks at."""
    exact = reader.exact()
    runs = [exact.get(StageRun, name) for name in _RUNS]
    state: tuple[str, ...] = tuple(f"{run.id} {run.version} {run.input_hash} {run.output_hash}" for run in runs if run is not None)
    if not state:  # rows that no build made
        state = (str(exact.head()[0]),)
    state = (*state, exact.catalogue.state("seq"))  # made a little after the stages have run
    return Moment(exact.case.id, str(exact.case.folder), state, exact)
