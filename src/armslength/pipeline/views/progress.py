"""What is being done to a case just now, and what came of a judgement, in words for a page.

In:  what the desk says that it does; what came of a judgement.
Out: `ProgressView`, `CameView`.
Never: reads the case: labels come masked from the worker.
"""

from __future__ import annotations

from dataclasses import dataclass

from armslength.pipeline.carrying import Came
from armslength.pipeline.remaking import Changed, Shown
from armslength.pipeline.views.words import plural
from armslength.pipeline.worker import Working

_DOING = {
    "ingest": "reading the sources into texts",
    "extract": "reading what passages say",
    "resolve": "putting together what is about the same thing",
    "lineage": "tracing who copied whom, and counting origins",
    "review": "holding what people said against what there is",
    "analyse": "counting",
    "queue": "weighing what to look at next",
}
"""What a stage does, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressView:
    """What is being done just now."""

    busy: bool
    building: bool
    """Whether the case is built; else judgements are carried out."""
    doing: str
    """In words; empty where nothing is done."""
    done: int
    total: int
    """0 where it is not known how much there is."""
    waiting: int
    """Judgements that were kept here and are not carried out."""
    since: str
    """When it began: UTC, RFC 3339."""
    failed: str
    """Why the last work did not come to its end; empty where it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameView:
    """What came of a judgement that was carried out."""

    judgement: str
    says: tuple[str, ...]
    """In sentences."""
    gone: tuple[Shown, ...]
    """Facts, voices, sites and incidents that are not there any more, or not as they were."""
    made: tuple[Shown, ...]
    """Those that are there now."""
    changed: tuple[Changed, ...]
    """Facts with another count of origins."""
    not_done: tuple[str, ...]
    """Why it could not be carried out, where it could not."""


def progress_view(working: Working) -> ProgressView:
    """What is being done, in words."""
    stage = working.step.partition(":")[0].strip()
    doing = _DOING.get(stage, "looking what there is to do") if working.busy else ""
    return ProgressView(
        busy=working.busy,
        building=working.building,
        doing=doing,
        done=working.done,
        total=working.total,
        waiting=working.waiting,
        since=working.since,
        failed=working.failed,
    )


def came_view(came: Came) -> CameView:
    """What came of a judgement, in sentences."""
    found = came.outcome
    says = [_recounted(one) for one in found.changed]
    says += [f"{one.label} is there now: {_told(one)}." for one in found.made if one.origins]
    says += [f"{one.label} is not there any more as it was: {_told(one)}." for one in found.gone if one.origins]
    if not says:
        says = ["No fact and no count of origins changes."]
    return CameView(
        judgement=came.judgement, says=tuple(says), gone=found.gone, made=found.made, changed=found.changed, not_done=found.not_done
    )


def _recounted(one: Changed) -> str:
    return f"{one.label}: {counted(one.after)}, was {counted(one.before)}."


def _told(one: Shown) -> str:
    origins = f", {counted(one.origins)}" if one.origins else ""
    return f"{plural(one.passages, 'passage')}{origins}{'' if one.state == 'machine' else f', {one.state}'}"


def counted(count: tuple[int, int, int]) -> str:
    """A count of origins in words: `1 to 2 origins`."""
    low, high, unknown = count
    origins = plural(low, "origin") if low == high else f"{low} to {high} origins"
    return f"{origins} ({plural(unknown, 'passage')} of unknown origin)" if unknown else origins
