"""The one ordered list of stages. What runs, in which order, from what to what, is said here and nowhere else."""

from __future__ import annotations

from dataclasses import replace

from armslength.analyse import run as analyse
from armslength.extract import run as extract
from armslength.ingest import run as ingest
from armslength.lineage import run as lineage
from armslength.pipeline.stage import Stage
from armslength.resolve import run as resolve
from armslength.review import run as review

STAGES: tuple[Stage, ...] = (
    Stage(
        name=ingest.NAME,
        version=ingest.VERSION,
        needs=("Source", "Collection"),
        gives=("Document",),
        does="Reads each source into a document: its text, title, publisher, date and language, and which parts are not the report.",
        run=ingest.run,
    ),
    Stage(
        name=extract.NAME,
        version=extract.VERSION,
        needs=("Document", "Judgement"),
        gives=("Claim",),
        does="Finds what each passage says and who says it, bound to its exact words; beside it stand the claims that people added.",
        run=extract.run,
    ),
    Stage(
        name=resolve.NAME,
        version=resolve.VERSION,
        needs=("Document", "Claim", "Judgement"),
        gives=("Entity", "Site", "Incident", "Response", "Fact"),
        does="Puts together what is about the same thing: entities, sites, incidents, responses, and claims that make one fact.",
        run=resolve.run,
    ),
    Stage(
        name=lineage.NAME,
        version=lineage.VERSION,
        needs=("Document", "Claim", "Entity", "Fact", "Judgement"),
        gives=("LineageEdge", "Origins", "Relation"),
        does="Traces who copied whom, counts each fact's independent origins, and finds facts that supersede, contradict or deny others.",
        run=lineage.run,
    ),
    Stage(
        name=review.NAME,
        version=review.VERSION,
        needs=("Claim", "Fact", "Site", "Incident", "Judgement"),
        gives=(),
        does="Holds what people said of claims, facts, sites and incidents against what there is, and lists what has nothing to apply to.",
        run=review.run,
    ),
    Stage(
        name=analyse.NAME,
        version=analyse.VERSION,
        needs=("Document", "Claim", "Entity", "Site", "Incident", "Response", "Fact", "Origins"),
        gives=("Count",),
        does="Counts, each number with its unit and scope.",
        run=analyse.run,
    ),
)

READING: tuple[Stage, ...] = STAGES[:2]
"""The stages that read sources and texts, each by itself."""
JUDGED: tuple[Stage, ...] = (replace(STAGES[1], run=extract.run_added), *STAGES[2:-1])
"""The stages that a judgement about rows can change, in the same order. What `analyse` counts over the whole case is counted again when it
is needed (`counting.py`): every row of the case is read for it.
"""
COUNTING = STAGES[-1]
