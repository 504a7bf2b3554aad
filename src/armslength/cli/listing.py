"""`armslength list`: rows of one kind, a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.cli import options, say

if TYPE_CHECKING:
    from armslength.pipeline.views.rejected import RejectedView
    from armslength.store.read import Reader

SHOWN = 12
"""Characters of an id in a table: enough to be the only one of its kind, and to type."""


@click.group("list", short_help="List facts, claims, edges, sources, or what could not be used.")
def command() -> None:
    """List what a case holds, one row a line. The ids can be given, shortened, to `armslength show`."""


@command.command("rejected", short_help="What could not be used, with the reason.")
@options.case_argument
@options.json_option
def list_rejected(*, case: Path, machine: bool) -> None:
    """List everything that a stage of CASE could not use: files, documents, passages, each with the reason.

    Nothing is lost silently: what is not in the results is here.

    Example:
      armslength list rejected mycase
    """
    from armslength.model.codec import to_plain
    from armslength.model.outcome import Rejected
    from armslength.pipeline.masking import looking
    from armslength.pipeline.views.rejected import rejected_view
    from armslength.store.case import open_case

    with looking(open_case(case)) as reader:
        if machine:
            rows = sorted(reader.all(Rejected), key=lambda row: (row.stage, row.doc, row.start or 0, row.id))
            say.as_json([to_plain(row) for row in rows])
        else:
            _tell_rejected(rejected_view(reader))


def _tell_rejected(view: RejectedView) -> None:
    if not view.total:
        say.out("Nothing was rejected.")
    for stage in view.stages:
        say.strong(f"{stage.title}: {stage.total:,} ({stage.stage})")
        for group in stage.groups:
            say.paragraph(group.reason, indent="  ")
            for item in group.items:
                if item.start is None and item.file in group.reason:
                    continue
                where = f"{item.file}, characters {item.start}-{item.end}: " if item.start is not None else item.file
                say.paragraph(f"{where}{item.quote}", indent="      ", first="    - ")
        say.out()


@command.command("facts", short_help="Facts, with how many sources and origins each has.")
@options.case_argument
@options.json_option
def list_facts(*, case: Path, machine: bool) -> None:
    """List the facts of CASE: how many articles say each, and how many independent origins that leaves.

    Example:
      armslength list facts mycase

    Next: `armslength show fact mycase ID` shows one with every quote and who says it.
    """
    from armslength.model.facts import Fact
    from armslength.pipeline.views.lines import FactLine, fact_lines

    def rows(reader: Reader) -> Iterable[FactLine]:
        found = fact_lines(reader, reader.all(Fact))
        return sorted(found, key=lambda row: (-row.documents, -row.passages, row.id))

    def cells(row: FactLine) -> Sequence[object]:
        denied = " (denied)" if row.denied_by else ""
        return row.id[:SHOWN], row.articles, row.origins, row.label + denied

    listed(case, rows, ("fact", "it looks like", "it is", "what"), cells, machine=machine, none="This case has no facts yet.")


@command.command("claims", short_help="Claims, with who says each.")
@options.case_argument
@options.json_option
def list_claims(*, case: Path, machine: bool) -> None:
    """List the claims of CASE in the order of their documents, each with its exact words.

    Example:
      armslength list claims mycase

    Next: `armslength show claim mycase ID` shows one with its whole chain.
    """
    from armslength.model.claims import Claim
    from armslength.model.evidence import Document

    def rows(reader: Reader) -> Iterable[dict[str, object]]:
        files = {row.id: row.first.file for row in reader.all(Document)}
        for row in reader.all(Claim):
            place = {"doc": row.doc, "file": files.get(row.doc, ""), "start": row.start, "end": row.end}
            yield {"id": row.id, **place, "kind": row.kind, "quote": row.quote}

    def cells(row: dict[str, object]) -> Sequence[object]:
        return str(row["id"])[:SHOWN], row["file"], row["kind"], row["quote"]

    listed(case, rows, ("claim", "file", "kind", "words"), cells, machine=machine, none="This case has no claims yet.")


@command.command("edges", short_help="Edges: why two passages or documents are not independent.")
@options.case_argument
@options.json_option
def list_edges(*, case: Path, machine: bool) -> None:
    """List the edges of CASE: what ties two claims of one fact, or two documents, to one origin, and how it stands.

    Example:
      armslength list edges mycase

    Next: `armslength decide edge mycase ID --dispute ...` takes one out of the count; `armslength show fact` shows them with their words.
    """
    from armslength.model.facts import LineageEdge

    def rows(reader: Reader) -> Iterable[dict[str, object]]:
        for row in reader.all(LineageEdge):
            ends = {"from": row.from_id, "to": row.to_id}
            yield {"id": row.id, "level": row.level, "kind": row.kind, "state": row.state, **ends, "why": row.why}

    def cells(row: dict[str, object]) -> Sequence[object]:
        return str(row["id"])[:SHOWN], row["level"], row["kind"], row["state"], row["why"]

    listed(case, rows, ("edge", "between", "kind", "state", "why"), cells, machine=machine, none="This case has no edges yet.")


@command.command("lookalikes", short_help="What could be one and was not made one.")
@options.case_argument
@options.json_option
def list_lookalikes(*, case: Path, machine: bool) -> None:
    """List what in CASE could be one: bodies and persons whose names are alike across spellings and scripts, and facts, incidents and sites
    that agree but for one thing, with that thing. People decide; nothing is merged here.

    Two entities that are one may look like two origins: look at these before you rely on a count of two.

    Example:
      armslength list lookalikes mycase

    Next: `armslength decide merge mycase ID ID` makes two one.
    """
    from armslength.pipeline.views.lookalikes import Lookalike, lookalike_lines

    def cells(row: Lookalike) -> Sequence[object]:
        alike = "" if row.score is None else f"{row.score:.2f}"
        return alike, row.kind, row.one[:SHOWN], row.labels[0], row.two[:SHOWN], row.labels[1], row.why

    columns = ("alike", "kind", "id", "one", "id", "other", "why")
    listed(case, lookalike_lines, columns, cells, machine=machine, none="Nothing in this case looks as if it could be one.")


@command.command("sources", short_help="Sources: the files as they were acquired.")
@options.case_argument
@options.json_option
def list_sources(*, case: Path, machine: bool) -> None:
    """List the sources of CASE: each file as it was acquired, named by the SHA-256 of its bytes.

    Example:
      armslength list sources mycase

    Next: `armslength show source mycase ID` shows one with its collection records.
    """
    from armslength.pipeline.views.source import SourceLine, source_lines

    def cells(row: SourceLine) -> Sequence[object]:
        return row.id[:SHOWN], row.media_type, row.size, row.file

    listed(case, source_lines, ("source", "type", "size", "file"), cells, machine=machine, none="This case has no sources yet.")


def listed(
    case: Path,
    rows: Callable[[Reader], Iterable[object]],
    header: Sequence[str],
    cells: Callable[..., Sequence[object]],
    *,
    machine: bool,
    none: str,
) -> None:
    """Read rows and show them, as a table or as JSON."""
    from dataclasses import asdict, is_dataclass

    from armslength.pipeline.masking import looking
    from armslength.store.case import open_case

    with looking(open_case(case)) as reader:
        found = list(rows(reader))
    if machine:
        say.as_json([asdict(row) if is_dataclass(row) and not isinstance(row, type) else row for row in found])
    elif found:
        say.table(header, [cells(row) for row in found])
    else:
        say.out(none)


@command.command("releases", short_help="What was released, and what waits for a second reviewer.")
@options.case_argument
@options.json_option
def list_releases(*, case: Path, machine: bool) -> None:
    """List the proposals of CASE and the releases made of them.

    Example:
      armslength list releases mycase
    """
    from dataclasses import asdict

    from armslength.pipeline.masking import looking
    from armslength.pipeline.views.releases import release_lines
    from armslength.store.case import open_case

    with looking(open_case(case)) as reader:
        rows = release_lines(reader)
    if machine:
        say.as_json([asdict(row) for row in rows])
    elif rows:
        header = ("proposal", "release", "profile", "as of", "facts", "by")
        lines = [
            (
                row.proposal[:SHOWN],
                row.release[:SHOWN] or "waiting",
                row.profile,
                row.as_of,
                row.facts if row.facts is not None else "",
                " and ".join(row.who),
            )
            for row in rows
        ]
        say.table(header, lines)
    else:
        say.out("Nothing was proposed or released yet. Begin with: armslength publish")
