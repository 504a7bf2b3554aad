"""Takes files into a case, and makes documents of them. The only file of this stage that touches the store.

In:  files and folders (`add`); the sources of the case (`run`).
Out: `Source` and `Collection` rows with their log entries; `Document` rows, and `Rejected` rows for what cannot be read.
Never: changes a file; loses one silently; reads a file in this process.

A document stands under the run `ingest:<document>`, a source that cannot be read under `ingest:unread:<source>`, a file that could not be
taken in under `ingest:add:<its path>`, and the run `ingest` says that all sources of the case have been seen. So a build that is stopped
goes on where it was, and a new file re-reads nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from armslength import __version__
from armslength.base.clock import Clock
from armslength.base.engine import Engine, Progress
from armslength.base.errors import InputError
from armslength.base.ids import digest, digest_bytes, digest_text
from armslength.base.settings import ReadingLimits, Settings
from armslength.ingest.custody import collect, says
from armslength.ingest.documents import Handed, document_of, handed_over, input_of, input_of_document
from armslength.ingest.isolated import Job, Outcome, read_batch, too_large
from armslength.ingest.manifest import Declared, read_manifest
from armslength.ingest.reading import Reading, Refusal
from armslength.ingest.sniff import sniff
from armslength.ingest.walk import Found, Walk, walk
from armslength.model.custody import LogEntry
from armslength.model.decisions import Judgement, standing
from armslength.model.evidence import Collection, Document, Source
from armslength.model.outcome import Rejected, StageReport, StageRun
from armslength.store.read import Reader
from armslength.store.write import Writer

NAME = "ingest"
VERSION = "1"
SET_ASIDE = "set aside"
"""Decision of a judgement about a source: it is not read. Withdrawing the judgement brings it back."""
_REFUSED = "source.refused"
_BATCH_FILES, _BATCH_BYTES = 4, 32 * 1024 * 1024
"""A batch is this many times `settings.batch` files, or as soon as it holds 32 MiB: starting a reading process takes half a second."""
_PAGE = 200
"""Documents looked at together: a page of long reports is some tens of megabytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Declarations:
    """What all manifests at hand say."""

    of: Mapping[Path, Declared]
    troubles: Mapping[str, tuple[str, ...]]
    """By manifest (its folder's name and its own), empty where everything could be used."""
    notes: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What `add` did, counted as it goes."""

    new: int = 0
    again: int = 0
    known: int = 0
    refused: int = 0
    changed: bool = False
    seen: set[tuple[str | None, ...]] = field(default_factory=set)
    destroyed: Mapping[str, LogEntry] = field(default_factory=dict)


def add(
    writer: Writer,
    paths: Sequence[Path],
    *,
    manifest: Path | None,
    clock: Clock,
    engine: Engine,
    settings: Settings,
    progress: Progress,
    mapping: str = "",
) -> StageReport:
    """Take files and folders into the case: their bytes, and how they were come by. Nothing is read yet.

    `mapping` says what the columns mean where the files are sheets that people coded, as canonical JSON.

    Raises InputError for a manifest that was named and is not one. `engine` is not needed here; every stage is called alike.
    """
    del engine
    found = walk(paths, without=writer.case.folder)
    declarations = _declarations(found, manifest)
    tally = _Tally(seen={says(row) for row in writer.read.all(Collection)}, destroyed=writer.read.destroyed())
    for number, file in enumerate(found.files, start=1):
        declared = replace(declarations.of.get(file.path.absolute(), Declared()), mapping=mapping)
        _take(writer, file, declared, clock=clock, settings=settings, tally=tally)
        progress("adding files", number, len(found.files))
    for known_as, reasons in declarations.troubles.items():
        tally.changed |= _refuse(writer, known_as, known_as.rpartition("/")[2], reasons)
    taken = len(found.files)
    return StageReport(
        stage="add",
        version=VERSION,
        unit="files",
        taken=taken,
        kept=taken - tally.refused,
        refused=tally.refused,
        unchanged=not tally.changed,
        notes=(*_said(tally, found), *declarations.notes),
    )


def run(writer: Writer, *, engine: Engine, settings: Settings, progress: Progress) -> StageReport:
    """Make documents of the sources that have none yet, or whose name or declarations have changed."""
    aside = set_aside(writer.read)
    handed = {source: names for source, names in handed_over(writer.read.all(Collection)).items() if source not in aside}
    inputs = {source: input_of(source, names) for source, names in handed.items()}
    mark = StageRun(id=NAME, version=VERSION, input_hash=_overall(inputs, settings.limits), output_hash="")
    if _is_current(writer, mark):
        return _report(writer, handed, aside, unchanged=True)
    fresh = _settle_stored(writer, inputs, settings.limits)
    stale = sorted(set(inputs) - fresh)
    done = 0
    work = partial(read_batch, limits=settings.limits)
    for outcomes in engine.map_batches(work, _batches(writer.read, stale, settings)):
        with writer.together():
            for outcome in outcomes:
                _keep(writer, outcome, handed[outcome.source], inputs, settings.limits)
        done += len(outcomes)
        progress("reading files", done, len(stale))
    writer.put(mark, [])
    return _report(writer, handed, aside, unchanged=False)


def set_aside(reader: Reader) -> frozenset[str]:
    """Sources that people took out of the case's reading, or destroyed. Custody stays; the next build forgets what was read in them."""
    return frozenset(row.target for row in standing(reader.all(Judgement)) if row.decision == SET_ASIDE) | set(reader.destroyed())


def _declarations(found: Walk, manifest: Path | None) -> _Declarations:
    """Read the manifest that was named, and those that lie in the folders. The named one wins."""
    of: dict[Path, Declared] = {}
    troubles: dict[str, tuple[str, ...]] = {}
    notes: list[str] = []
    lying = [other for other in found.manifests if manifest is None or not other.samefile(manifest)]
    for path in [*([manifest] if manifest else []), *lying]:
        folder = path.absolute().parent
        meant = [file for file in found.files if path == manifest or _lies_in(file, folder)]
        names = {_from(file, folder): file.path.absolute() for file in meant}
        others = [other.inside for other in walk([folder]).files]
        try:
            read = read_manifest(path.read_bytes(), name=path.name, files=sorted(names), elsewhere=others)
        except (InputError, OSError) as error:
            if path == manifest:
                raise InputError(str(error)) from error
            troubles[f"{folder.name}/{path.name}"] = (str(error),)
            continue
        of = {**{names[name]: declared for name, declared in read.declared.items()}, **of}
        troubles[f"{folder.name}/{path.name}"] = tuple(f"line {bad.line}, {bad.column}: {bad.reason}" for bad in read.troubles)
        notes.extend(read.notes)
    return _Declarations(of=of, troubles=troubles, notes=tuple(notes))


def _lies_in(file: Found, folder: Path) -> bool:
    return file.path.absolute().is_relative_to(folder)


def _from(file: Found, folder: Path) -> str:
    """A file's name as a manifest in `folder` would write it."""
    return file.path.absolute().relative_to(folder).as_posix() if _lies_in(file, folder) else file.inside


def _take(writer: Writer, file: Found, declared: Declared, *, clock: Clock, settings: Settings, tally: _Tally) -> None:
    data, refusal = _bytes_of(file, settings.limits)
    if data is not None and (entry := tally.destroyed.get(digest_bytes(data))) is not None:
        data, refusal = None, f"these bytes were destroyed in this case on {entry.time[:10]} by {entry.actor}; they are not taken in again"
    if data is None:
        tally.refused += 1
        tally.changed |= _refuse(writer, file.known_as, file.path.name, (refusal,))
        return
    _refuse(writer, file.known_as, file.path.name, ())
    source = Source(id=digest_bytes(data), size=len(data), media_type=sniff(data))
    collection = collect(file.path.name, source.id, declared, clock=clock, collector=settings.collector, version=__version__)
    if says(collection) in tally.seen:
        tally.known += 1
        return
    tally.seen.add(says(collection))
    tally.changed = True
    if writer.add_source(data, source=source, collection=collection):
        tally.new += 1
    else:
        tally.again += 1


def _bytes_of(file: Found, limits: ReadingLimits) -> tuple[bytes | None, str]:
    """A file's bytes, or why not."""
    if file.refusal:
        return None, file.refusal
    try:
        size = file.path.stat().st_size
        if size > limits.max_bytes:
            return None, too_large(size, limits)
        return file.path.read_bytes(), ""
    except OSError as error:
        return None, f"it cannot be opened ({(error.strerror or 'unknown error').lower()}); check that it is there and that you may read it"


def _refuse(writer: Writer, known_as: str, file: str, reasons: Sequence[str]) -> bool:
    """Note why something could not be taken in, or, without reasons, that it could; whether that is news."""
    mark = StageRun(
        id=f"{NAME}:add:{digest_text(known_as)}", version=VERSION, input_hash=digest("refused", file, tuple(reasons)), output_hash=""
    )
    if not reasons:
        had = writer.run_of(mark.id) is not None
        writer.drop([mark.id])
        return had
    if _is_current(writer, mark):
        return False
    with writer.together():
        for reason in reasons:
            writer.record(_REFUSED, file, {"reason": reason})
        writer.put(mark, [], refused=[_rejected(known_as, file, reason) for reason in reasons])
    return True


def _said(tally: _Tally, found: Walk) -> Iterator[str]:
    """What was done, in words; nothing about what did not happen."""
    for count, words in (
        (tally.new, "new"),
        (tally.again, "with bytes that were there already: a second custody entry was made"),
        (tally.known, "known already: nothing was done"),
        (tally.refused, "could not be taken in"),
    ):
        if count:
            yield f"{count} {'file' if count == 1 else 'files'} {words}"
    if found.left_out:
        yield f"{found.left_out} hidden or system {'file' if found.left_out == 1 else 'files'} left out"


def _settle_stored(writer: Writer, inputs: Mapping[str, str], limits: ReadingLimits) -> set[str]:
    """Forget documents that are out of date; the sources that need not be read again."""
    fresh: set[str] = set()
    stale: list[str] = []
    for document in _documents(writer.read):
        run_id = f"{NAME}:{document.id}"
        sources = {row.source for row in document.appearances}
        known = sources <= set(inputs)
        mark = StageRun(id=run_id, version=VERSION, input_hash=input_of_document(document, inputs) if known else "", output_hash="")
        if known and _is_current(writer, mark):
            fresh |= sources
        else:
            stale.append(run_id)
    writer.drop(stale)
    return fresh | {source for source in inputs if source not in fresh and _is_current(writer, _refused_run(source, inputs, limits))}


def _documents(reader: Reader) -> Iterator[Document]:
    after: str | None = None
    while page := reader.all(Document, limit=_PAGE, after=after):
        yield from page
        after = page[-1].id


def _batches(reader: Reader, sources: Sequence[str], settings: Settings) -> Iterator[list[Job]]:
    batch: list[Job] = []
    held = 0
    for source in sources:
        data = reader.source_bytes(source)
        batch.append(Job(source=source, data=data))
        held += len(data)
        if len(batch) >= _BATCH_FILES * settings.batch or held >= _BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _keep(writer: Writer, outcome: Outcome, names: Sequence[Handed], inputs: Mapping[str, str], limits: ReadingLimits) -> None:
    refused = _refused_run(outcome.source, inputs, limits)
    match outcome.answer:
        case Reading() as reading:
            writer.drop([refused.id])
            stored = writer.read.get(Document, digest_text(reading.text))
            document = document_of(reading, outcome.source, names, stored=stored)
            mark = StageRun(id=f"{NAME}:{document.id}", version=VERSION, input_hash=input_of_document(document, inputs), output_hash="")
            writer.put(mark, [document])
        case Refusal(reason=reason):
            writer.put(refused, [], refused=[_rejected(outcome.source, one.file, reason) for one in names])


def _rejected(what: str, file: str, reason: str) -> Rejected:
    """`what` (a source, or a file's place) keeps two files of one name apart."""
    return Rejected(id=digest("rejected", NAME, what, file, reason), stage=NAME, reason=f"{file}: {reason}", doc=file)


def _refused_run(source: str, inputs: Mapping[str, str], limits: ReadingLimits) -> StageRun:
    return StageRun(id=_unread_id(source), version=VERSION, input_hash=digest(inputs[source], _limits(limits)), output_hash="")


def _unread_id(source: str) -> str:
    """Not `ingest:<source>`: a plain UTF-8 text and its source have the same name."""
    return f"{NAME}:unread:{source}"


def _overall(inputs: Mapping[str, str], limits: ReadingLimits) -> str:
    return digest("ingest", tuple(sorted(inputs.items())), _limits(limits))


def _limits(limits: ReadingLimits) -> tuple[int, ...]:
    """Higher limits may let a file be read that was refused."""
    return limits.seconds, limits.memory_mb, limits.max_bytes, limits.max_text


def _is_current(writer: Writer, mark: StageRun) -> bool:
    stored = writer.run_of(mark.id)
    return stored is not None and (stored.version, stored.input_hash) == (mark.version, mark.input_hash)


def _report(writer: Writer, handed: Mapping[str, Sequence[Handed]], aside: frozenset[str], *, unchanged: bool) -> StageReport:
    """Count files: a name under which bytes were handed over. Several may give one document."""
    taken = sum(len(names) for names in handed.values())
    refused = sum(len(names) for source, names in handed.items() if writer.run_of(_unread_id(source)) is not None)
    documents = writer.read.count(Document)
    return StageReport(
        stage=NAME,
        version=VERSION,
        unit="files",
        taken=taken,
        kept=taken - refused,
        refused=refused,
        unchanged=unchanged,
        notes=(
            f"{documents} {'document' if documents == 1 else 'documents'}",
            *(
                (f"{len(aside)} {'source' if len(aside) == 1 else 'sources'} set aside or destroyed by reviewers and not read",)
                if aside
                else ()
            ),
        ),
    )
