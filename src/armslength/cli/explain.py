"""`armslength explain`: why a claim was read as it was, or how a text would be read."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Unpack

import click

from armslength.cli import options, say
from armslength.cli.model_options import ModelOptions, model_server, reader_options
from armslength.cli.progress import progress_shown

if TYPE_CHECKING:
    from armslength.pipeline.views.explanation import DateWhy, DocumentExplained, Explanation, LinkWhy, NumberWhy, RefusedWhy

FIRST, MORE = "  ", "      "
SHOWN = 12


@click.command("explain", short_help="Why a claim was read so, or how a text would be read.")
@click.argument("target", type=options.FOLDER, metavar="[CASE|FILE]", required=False)
@click.argument("claim_id", metavar="[CLAIM]", required=False)
@click.option("--text", metavar="TEXT", help="Explain how this text is read, instead of a case or file.")
@options.manifest_option
@reader_options
@options.json_option
def command(
    *,
    target: Path | None,
    claim_id: str | None,
    text: str | None,
    manifest: Path | None,
    machine: bool,
    **model: Unpack[ModelOptions],
) -> None:
    """Explain a claim of CASE: each part of it beside the words it was read from, the rules, and what was refused near it.

    With a FILE or --text, which need no case, everything in it is read, explained and forgotten again. That helps to write rules, and
    to see what the program would make of a page. What was refused is listed with its reason.

    Examples:
      armslength explain mycase 91bc
      armslength explain article.html
      armslength explain --text "The embassy denied that it runs the two police stations in Oslo."
    """
    from armslength.base.errors import InputError
    from armslength.pipeline.building import is_case

    if (target is None) == (text is None):
        raise InputError("Name a case and a claim, or a file, or give a text with --text.")
    if target is not None and is_case(target):
        _explain_claim(target, claim_id, machine=machine)
    elif claim_id is not None:
        raise InputError(f"{target} is not a case, so it has no claim {claim_id}.")
    else:
        _explain_text(target, text, manifest, model, machine=machine)


def _explain_claim(case: Path, claim_id: str | None, *, machine: bool) -> None:
    from armslength.base.errors import InputError, IntegrityError
    from armslength.model.claims import Claim
    from armslength.pipeline.finding import find_by_prefix
    from armslength.pipeline.masking import looking
    from armslength.pipeline.views.explanation import claim_explained
    from armslength.store.case import open_case

    if claim_id is None:
        raise InputError(f"{case} is a case: name one of its claims. `armslength list claims {case}` shows them.")
    with looking(open_case(case)) as reader:
        found = claim_explained(reader, find_by_prefix(reader, Claim, claim_id, word="claim"))
    if found is None:
        raise IntegrityError(f"Claim {claim_id} stands in a document that the case no longer has; run `armslength verify {case}`.")
    if machine:
        say.as_json(asdict(found))
    else:
        tell(found)


def _explain_text(file: Path | None, text: str | None, manifest: Path | None, model: ModelOptions, *, machine: bool) -> None:
    from armslength.base.clock import SystemClock
    from armslength.base.settings import Settings
    from armslength.pipeline.trying import tried
    from armslength.pipeline.views.explanation import documents_explained
    from armslength.store.session import memory_folder

    settings = Settings(model=model_server(model["reader"], model))
    with TemporaryDirectory(prefix="armslength-", dir=memory_folder()) as folder, progress_shown(quiet=True) as progress:
        if file is None:
            file = Path(folder) / "text.txt"
            file.write_text(text or "", encoding="utf-8")
        with tried([file], settings=settings, clock=SystemClock(), manifest=manifest, progress=progress) as (reader, report):
            found = documents_explained(reader)
    if machine:
        unread = [{"file": row.doc, "reason": row.reason} for row in report.refused]
        say.as_json({"documents": [asdict(one) for one in found], "refused": unread})
        return
    for row in report.refused:
        say.paragraph(row.reason, indent=MORE, first=FIRST)
    for one in found:
        tell_document(one)


def tell_document(one: DocumentExplained) -> None:
    """A document read on trial, for people."""
    for explained in one.claims:
        tell(explained, trial=True)
        say.out()
    count = len(one.claims)
    say.strong(f"{say.plural(count, 'claim')} read from {one.document.file}" if count else f"No claim was read from {one.document.file}.")
    _refused("Refused", one.refused)


def tell(found: Explanation, *, trial: bool = False) -> None:
    """An explanation for people."""
    passage = found.passage
    say.strong(f"{found.kind.code}: {found.kind.label}")
    say.paragraph(found.kind.definition, indent=FIRST)
    say.paragraph(f"{passage.before} [{passage.quote}] {passage.after}".strip(), indent=FIRST)
    where = f"characters {passage.start}-{passage.end} of {passage.document.file}"
    say.paragraph(where if trial else f"claim {passage.id[:SHOWN]}; {where}", indent=FIRST)
    say.strong("Who says it, from the outside in")
    for number, link in enumerate(found.links, start=1):
        say.paragraph(_link(link), indent=MORE, first=f"{FIRST}{number}. ")
    _part("speech act", f"{found.speech_act}: {passage.speech_act}")
    _part("modality", f"{found.modality}: {passage.modality}" if passage.modality else found.modality)
    if found.number is not None:
        _part("number", _number(found.number))
    for dated in found.dates:
        _part(f"date, {dated.role}", _date(dated))
    for place in found.places:
        words = f"“{place.words}” at {place.start}-{place.end}: " if place.words else "named before: "
        entry = f"GeoNames {place.geonames}" if place.geonames else "no GeoNames id"
        _part("place", f"{words}{', '.join(part for part in (place.name, place.country) if part)} ({place.precision}, {entry})")
    for code in found.codes:
        _part("code", f"{code.code}: {code.label}. {code.definition}")
    for role, name in passage.parties:
        _part(role, name)
    say.strong("Why")
    for rule in found.rules:
        say.paragraph(rule, indent=MORE, first=f"{FIRST}- ")
    say.paragraph(
        f"{found.confidence:.0%} sure that the passage says this; whether it is true is another matter. "
        f"Reader: {f'{found.reader} {found.version}'.strip() or 'not known'}"
        + "".join(f", {name} {value}" for name, value in found.parameters),
        indent=FIRST,
    )
    _refused("Refused near it", found.refused)


def _part(name: str, words: str) -> None:
    say.paragraph(f"{name}: {words}", indent=MORE, first=FIRST)


def _link(link: LinkWhy) -> str:
    voice = link.voice
    stands = f"at {link.start}-{link.end}" if link.start is not None else "the page itself" if voice.page else "nowhere in the text"
    words = f"“{link.words}” " if link.words else ""
    marks = [f"for {voice.by}"] if voice.by else []
    marks += ["LATENT: this passage does not name it"] if voice.latent else []
    marks += ["an interested party"] if voice.interested else []
    return "; ".join((f"{voice.name} ({voice.kind}), {words}{stands}", *marks))


def _number(number: NumberWhy) -> str:
    low = "open" if number.low is None else f"{number.low:,}"
    high = "open" if number.high is None else f"{number.high:,}"
    value = "no one value" if number.value is None else f"{number.comparator} {number.value:,}"
    return f"“{number.words}” at {number.start}-{number.end}: {value}, from {low} to {high}; {number.measure} ({number.unit})"


def _date(dated: DateWhy) -> str:
    words = f"“{dated.words}” at {dated.start}-{dated.end}: " if dated.words else ""
    return f"{words}{dated.edtf or 'not anchored'} ({dated.basis})"


def _refused(title: str, rows: tuple[RefusedWhy, ...]) -> None:
    if not rows:
        return
    say.strong(title)
    for row in rows:
        stands = f"“{row.words}” at {row.start}-{row.end}" if row.words else "the whole document"
        say.paragraph(
            f"{stands}: {row.reason}" + (" (these are the claim's own words)" if row.same_words else ""), indent=MORE, first=f"{FIRST}- "
        )
