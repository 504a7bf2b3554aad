"""Sheets that people coded elsewhere, into a case: looked at first, then taken in, and taken back if need be.

In:  a case, a file, and the mapping that says what its columns mean.
Out: what would be read from it, row by row, beside an earlier version of the same sheet; or the import carried out.
Never: shows a person's name that the sheet or the case holds; keeps a row without words in the sheet; deletes: an earlier version is
       set aside by a judgement, and can come back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from armslength.base.clock import Clock
from armslength.base.engine import Progress, silent
from armslength.base.errors import InputError
from armslength.base.ids import digest_bytes, digest_text
from armslength.base.masking import mask, protect
from armslength.base.settings import Settings
from armslength.extract.reading import Reading
from armslength.extract.sheets.cells import Row, table_of
from armslength.extract.sheets.mapping import Mapping as Meaning
from armslength.extract.sheets.mapping import canonical, kept, read_mapping, shipped_mapping
from armslength.extract.sheets.reading import is_sheet, persons_named, read_sheet
from armslength.ingest import run as ingest
from armslength.ingest.isolated import Job, read_batch
from armslength.ingest.reading import Refusal
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement
from armslength.model.evidence import Appearance, Document, Source
from armslength.pipeline.building import BuildReport, refused_files
from armslength.pipeline.cataloguing import catalogue
from armslength.pipeline.engines import engine_for
from armslength.pipeline.finding import find_by_prefix
from armslength.pipeline.masking import mask_for
from armslength.pipeline.pending import note_carried_out
from armslength.pipeline.queueing import update_queue
from armslength.pipeline.remaking import carry_out
from armslength.pipeline.runner import check, run_stages
from armslength.pipeline.signing import Hand, judge
from armslength.pipeline.stages import STAGES
from armslength.store.case import open_case
from armslength.store.read import Reader, reading
from armslength.store.write import writing

STATES = ("new", "changed", "same", "gone", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the sheet beside the earlier version."""

    state: str
    """One of `STATES`."""
    key: str
    """What names the row: its key column, else its number among rows."""
    words: str
    """The claim's quote, or why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do."""

    file: str
    source: str
    """SHA-256 of the bytes."""
    mapping: str
    """The mapping as it would be kept, canonical JSON."""
    lines: tuple[Line, ...]
    replaces: tuple[str, ...]
    """Sources of earlier versions: sheets of the same name, read by a mapping of the same name. They would be set aside."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by state."""
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in STATES}


def mapping_of(told: str) -> Meaning:
    """A mapping by its file, or by the name of one that is shipped. Raises InputError, with the field, for one that cannot be used."""
    path = Path(told)
    if path.is_file():
        return read_mapping(path.read_text(encoding="utf-8", errors="replace"), name=path.name)
    return shipped_mapping(told)


def plan_import(folder: Path, file: Path, mapping: Meaning, *, settings: Settings) -> Plan:
    """Say what an import would do. The case is not changed."""
    with reading(open_case(folder)) as reader:
        return _plan(reader, file, mapping, settings)


def import_sheet(
    folder: Path,
    file: Path,
    mapping: Meaning,
    *,
    reason: str,
    settings: Settings,
    clock: Clock,
    hand: Hand | None = None,
    progress: Progress = silent,
) -> tuple[Plan, BuildReport]:
    """Take a sheet in, set earlier versions of it aside, and build. Raises InputError where there are such and nobody's hand."""
    case = open_case(folder, clock=clock, actor=settings.collector)
    with engine_for(settings) as engine, writing(case, clock=clock, actor=settings.collector) as writer:
        plan = _plan(writer.read, file, mapping, settings)
        if plan.replaces and hand is None:
            raise InputError("An earlier version of this sheet would be set aside, which a reviewer has to sign: say --reviewer.")
        with writer.together():
            added = ingest.add(
                writer, [file], manifest=None, clock=clock, engine=engine, settings=settings, progress=progress, mapping=plan.mapping
            )
            check(added)
            for source in plan.replaces:
                assert hand is not None
                why = f"{reason} A newer version of the sheet, {plan.source[:12]}, was imported."
                judge(writer, hand, target=source, decision=ingest.SET_ASIDE, reason=why, clock=clock)
        stages = run_stages(writer, engine=engine, settings=settings, progress=progress, stages=STAGES)
        note_carried_out(writer)
        update_queue(writer)
        catalogue(writer, progress=progress)
        return plan, BuildReport(case=case, created=False, added=added, stages=stages, refused=refused_files(writer.read))


def set_aside(folder: Path, source: str, *, reason: str, hand: Hand, clock: Clock, back: bool = False) -> Judgement:
    """Take a source out of the case's reading, or bring it back, and build. Its bytes and custody stay as they are.

    Raises InputError where there is no such source, or it is in that state already.
    """
    case = open_case(folder, clock=clock, actor=hand.who)
    with writing(case, clock=clock, actor=hand.who) as writer:
        found = find_by_prefix(writer.read, Source, source, word="source")
        if (found.id in ingest.set_aside(writer.read)) is not back:
            raise InputError(f"Source {found.id[:12]} {'is not set aside' if back else 'is set aside already'}; nothing was changed.")
        row = judge(writer, hand, target=found.id, decision="withdraw" if back else ingest.SET_ASIDE, reason=reason, clock=clock)
        carry_out(writer)
        return row


def _plan(reader: Reader, file: Path, mapping: Meaning, settings: Settings) -> Plan:
    if not file.is_file():
        raise InputError(f"There is no file {file}; nothing was changed.")
    data = file.read_bytes()
    source = digest_bytes(data)
    (outcome,) = read_batch([Job(source=source, data=data)], limits=settings.limits)
    if isinstance(outcome.answer, Refusal):
        raise InputError(f"{file.name}: {outcome.answer.reason}; nothing was changed.")
    answer, told = outcome.answer, canonical(mapping)
    appearance = Appearance(source=source, file=file.name, mapping=told)
    document = Document(id=digest_text(answer.text), text=answer.text, lang=answer.lang, reader=answer.reader, appearances=(appearance,))
    columns, _ = table_of(document.text)
    if not set(mapping.quote) & set(columns):
        raise InputError(f"{file.name} has no column {' or '.join(mapping.quote)}, which the mapping needs; it has {', '.join(columns)}.")
    earlier = [row for row in _sheets(reader) if row.first.file == file.name and row.id != document.id and _same(row, mapping)]
    hide = _hiding(reader, document, earlier)
    lines = (replace(line, key=hide(line.key), words=hide(line.words)) for line in _lines(document, earlier, mapping))
    return Plan(
        file=hide(file.name),
        source=source,
        mapping=told,
        lines=tuple(lines),
        replaces=tuple(sorted({found.source for row in earlier for found in row.appearances})),
    )


def _hiding(reader: Reader, document: Document, earlier: Sequence[Document]) -> Callable[[str], str]:
    """What puts persons behind blocks: those that the sheet names, and those that the case knows of. A plan is shown to whoever asks."""
    here = protect(name for row in (document, *earlier) for name in persons_named(row))
    known = mask_for(reader)
    return lambda text: mask(known.text(text), here)


def _sheets(reader: Reader) -> list[Document]:
    return [row for row in reader.all(Document) if is_sheet(row)]


def _same(row: Document, mapping: Meaning) -> bool:
    return kept(row.mapping).name == mapping.name


def _lines(document: Document, earlier: Sequence[Document], mapping: Meaning) -> Iterator[Line]:
    now = read_sheet(document)
    before = {key: _says(claim) for row in earlier for key, claim in _keyed(row, read_sheet(row), kept(row.mapping)).items()}
    mine = _keyed(document, now, mapping)
    for key, claim in mine.items():
        state = "new" if key not in before else "same" if before[key] == _says(claim) else "changed"
        yield Line(state=state, key=key, words=claim.quote)
    for key in before:
        if key not in mine:
            yield Line(state="gone", key=key, words="It is in the earlier version and not in this one.")
    for row in now.refused:
        yield Line(state="refused", key=f"characters {row.start}–{row.end}" if row.start is not None else "", words=row.reason)


def _keyed(document: Document, told: Reading, mapping: Meaning) -> dict[str, Claim]:
    """Row to claim, by the row's key."""
    _, rows = table_of(document.text)
    found: dict[str, Claim] = {}
    claims = {claim.start: claim for claim in told.claims}
    for number, row in enumerate(rows, start=1):
        claim = next((claims[at] for at in sorted(claims) if row.start <= at <= row.end), None)
        if claim is not None:
            found[_key(row, mapping) or f"row {number}"] = claim
    return found


def _key(row: Row, mapping: Meaning) -> str:
    cell = row.cells.get(mapping.key)
    return cell.value.strip() if cell else ""


def _says(claim: Claim) -> tuple[object, ...]:
    """What a claim says, wherever in the sheet it stands."""
    date = claim.event_date or claim.as_of
    places = tuple((place.name, place.country) for place in claim.places)
    value = claim.quantity.value if claim.quantity else None
    return claim.quote, claim.kind, date.edtf if date else "", places, claim.methods, claim.codes, value, claim.originator.name
