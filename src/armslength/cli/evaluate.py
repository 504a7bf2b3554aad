"""`armslength evaluate`: how well a reader reads, on texts that people have coded by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from armslength.cli import options, say
from armslength.cli.model_options import READERS, ModelPlace, model_options, model_server
from armslength.cli.progress import progress_shown

if TYPE_CHECKING:
    from armslength.base.settings import Settings
    from armslength.pipeline.evaluating import Evaluation
    from armslength.pipeline.evaluation.floors import Kept

BELOW = 7
"""Exit code when a figure is below its floor."""


@click.command("evaluate", short_help="Readers side by side on texts coded by hand.")
@click.argument("gold", type=options.FILE, metavar="GOLD.json")
@click.argument("folder", type=options.FOLDER)
@click.option(
    "--reader", "readers", type=click.Choice(READERS), multiple=True, help="What is measured; may be given twice. [default: rules]"
)
@model_options
@click.option(
    "--floors", type=options.FILE, metavar="FILE", help="Check the figures of the first reader against the floors in this file (TOML)."
)
@click.option("--misses", is_flag=True, help="List what was not found or read wrongly. The list quotes the documents.")
@options.json_option
def command(
    *, gold: Path, folder: Path, readers: tuple[str, ...], floors: Path | None, misses: bool, machine: bool, **model: Unpack[ModelPlace]
) -> None:
    """Read the documents in FOLDER that GOLD.json is about, and compare what was read with what people found in them.

    One claim of a reader answers one of the gold, so copies and stray sentences cost precision. Rates run from 0 to 1.
    docs/evaluating.md says what each figure means and how to code texts of your own.

    Examples:
      armslength evaluate gold.json texts/ --misses
      armslength evaluate gold.json texts/ --reader rules --reader model --model-url http://127.0.0.1:8080/v1 --model NAME
      armslength evaluate gold.json texts/ --floors floors.toml      exit code 7 if a figure is below its floor

    Floors are kept for one gold file each, which they name by its hash: figures of one set say nothing about another.
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.evaluating import evaluate

    chosen = _readers(readers, model)
    rules = _rules(floors, gold) if floors is not None else None
    with progress_shown(quiet=machine) as progress:
        found = evaluate(gold, folder, readers=chosen, clock=SystemClock(), progress=progress)
    kept = _kept(found[0], rules) if rules is not None else []
    if machine:
        say.as_json({"readers": [_plain(one, misses=misses) for one in found], "floors": [_plain_rule(one) for one in kept]})
    else:
        _tell(found, misses=misses)
        _tell_floors(kept)
    if not all(one.kept for one in kept):
        click.get_current_context().exit(BELOW)


def _readers(names: tuple[str, ...], model: ModelPlace) -> Mapping[str, Settings]:
    from armslength.base.settings import Settings

    return {name: Settings(model=model_server(name, model)) for name in dict.fromkeys(names or ("rules",))}


def _rules(floors: Path, gold: Path) -> Mapping[str, Mapping[str, float]]:
    """The floors of this gold file. Raises InputError where there are none: a check that checks nothing must not pass."""
    from armslength.base.errors import InputError
    from armslength.pipeline.evaluation.floors import read_floors, rules_for

    try:
        rules = rules_for(gold.read_bytes(), read_floors(floors.read_text(encoding="utf-8"), name=floors.name))
    except (OSError, UnicodeError) as error:
        raise InputError(f"The floors or the gold file cannot be read ({error}).") from error
    if rules is None:
        raise InputError(f"No floors are kept for {gold.name} in {floors.name}: figures of one set say nothing about another.")
    return rules


def _kept(found: Evaluation, rules: Mapping[str, Mapping[str, float]]) -> list[Kept]:
    """Rules about figures that are measured here; others, such as those about facts, are another scorer's."""
    from armslength.pipeline.evaluation.floors import compare

    figures = found.measured.figures
    return [one for one in compare(figures, rules) if one.name in figures]


def _tell(found: tuple[Evaluation, ...], *, misses: bool) -> None:
    from armslength.pipeline.evaluation.measures import EXPLAINED

    first = found[0].measured.figures
    say.strong(f"{first['gold_claims']} claims coded by hand in {say.plural(int(first['documents'] or 0), 'document')}")
    header = ("", *(one.reader for one in found), "")
    rows = [("claims read", *(str(one.measured.figures["claims_read"]) for one in found), "")]
    rows += [(name, *(_figure(one.measured.figures[name]) for one in found), words) for name, words in EXPLAINED.items()]
    rows += [("seconds", *(f"{one.seconds:.1f}" for one in found), "")]
    say.table(header, rows)
    for one in found:
        if one.version:
            say.paragraph(f"{one.reader}: {one.version}", indent="  ")
        for file in one.missing:
            say.paragraph(f"{one.reader}: {file} is missing or could not be opened; all its claims count as missed.", indent="  ")
        for reason in one.unread:
            say.paragraph(f"{one.reader}: {reason}", indent="  ")
    for one in found if misses else ():
        say.out()
        say.strong(f"Missed or misread by {one.reader}")
        for miss in one.measured.misses:
            say.paragraph(miss, indent="    ", first="  ")


def _tell_floors(kept: list[Kept]) -> None:
    if not kept:
        return
    say.out()
    say.strong("Floors")
    say.table(("", "", "", ""), [(one.name, _figure(one.figure), one.rule, "" if one.kept else "BROKEN") for one in kept])


def _figure(figure: float | None) -> str:
    return "-" if figure is None else str(figure) if isinstance(figure, int) else f"{figure:.3f}"


def _plain(one: Evaluation, *, misses: bool) -> dict[str, object]:
    figures = {
        "reader": one.reader,
        "version": one.version,
        "figures": dict(one.measured.figures),
        "missing": list(one.missing),
        "unread": list(one.unread),
    }
    return {**figures, "seconds": round(one.seconds, 2), **({"misses": list(one.measured.misses)} if misses else {})}


def _plain_rule(one: Kept) -> dict[str, object]:
    return {"name": one.name, "figure": one.figure, "rule": one.rule, "kept": one.kept}
