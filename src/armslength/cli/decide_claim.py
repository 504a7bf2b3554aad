"""`armslength decide claim`, `divide`, `chain`: claims that people add, put in the place of one, or lay at another door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import click

from armslength.cli import decide_same, deciding, options, say

if TYPE_CHECKING:
    from armslength.pipeline.remaking import Remade

Command = TypeVar("Command", bound=Callable[..., Any])


class ClaimOptions(TypedDict):
    """What a claim says, as options give it."""

    kind: str
    act: str
    modality: str
    measure: str
    value: str
    comparator: str
    as_of: str
    event_date: str
    claimed_period: str
    places: tuple[str, ...]
    methods: tuple[str, ...]
    codes: tuple[str, ...]
    voices: tuple[str, ...]
    parties: tuple[str, ...]


_VOICE = (
    "Who says it, after the page's own voice, outermost first: KIND=WORDS as the document has them, or KIND@START-END. Kinds are media, "
    "organisation, report, government, court, unnamed; a person only by place: person@START-END. May be repeated."
)
_PARTY = "Whom it is about: ROLE/KIND=WORDS or ROLE/KIND@START-END; a person only by place. May be repeated."


def _saying(command: Command) -> Command:
    """The options that describe a claim."""
    for option in reversed(
        [
            click.option(
                "--kind", required=True, metavar="CODE", help="What kind of statement it is: a code of the ontology (docs/ontology.md)."
            ),
            click.option("--act", default="asserts", show_default=True, metavar="CODE", help="asserts, reports, alleges, denies, ..."),
            click.option("--modality", default="stated", show_default=True, metavar="CODE", help="stated, possible, negated, ..."),
            click.option("--measure", default="", metavar="CODE", help="What is counted, where the passage gives a number."),
            click.option("--value", default="", metavar="NUMBER", help="The number."),
            click.option("--comparator", default="=", show_default=True, metavar="SIGN", help="=, >=, >, <=, < or approx."),
            click.option("--as-of", default="", metavar="EDTF", help="The moment the number holds for."),
            click.option("--event-date", default="", metavar="EDTF", help="When it happened."),
            click.option("--period", "claimed_period", default="", metavar="EDTF", help="The period it is said to cover."),
            click.option("--place", "places", multiple=True, metavar="NAME", help="A country, region or city: Rome, or Rome, IT."),
            click.option("--method", "methods", multiple=True, metavar="CODE", help="A method of repression. May be repeated."),
            click.option("--code", "codes", multiple=True, metavar="CODE", help="Another code: a response, an outcome. May be repeated."),
            click.option("--voice", "voices", multiple=True, metavar="VOICE", help=_VOICE),
            click.option("--party", "parties", multiple=True, metavar="PARTY", help=_PARTY),
        ]
    ):
        command = option(command)
    return command


@click.command("claim", short_help="Add a claim that the program missed.")
@options.case_argument
@click.argument("doc", metavar="DOCUMENT")
@click.option("--words", default="", metavar="TEXT", help="The exact words, as the document has them.")
@click.option("--at", default="", metavar="START-END", help="Where they stand, in characters; with it the words may be left out.")
@_saying
@deciding.reviewing
@options.json_option
def claim_command(
    *, case: Path, doc: str, words: str, at: str, reviewer: str, reason: str, machine: bool, **said: Unpack[ClaimOptions]
) -> None:
    """Add a claim that DOCUMENT of CASE makes and the program missed. It becomes a claim like the others, marked as added by a person.

    The words have to be the document's own. Without --voice the page itself says it.

    Example:
      armslength decide claim mycase 3f9c2e --words "the tally of posts at 12" --kind site.existence --measure sites.worldwide --value 12
      --voice "report=Harbour Watch survey" --reviewer heron --reason "The reader does not know the word tally."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.adding import Draft, add_claim
    from armslength.pipeline.adding_words import parse_span

    start, end = parse_span(at) if at else (-1, -1)
    given = {name: value for name, value in said.items() if name != "act"}
    draft = Draft(doc=doc, quote=words, start=start, end=end, speech_act=said["act"], **given)  # type: ignore[arg-type]
    hand = deciding.hand(case, reviewer)
    _tell("Added", add_claim(case, draft, reason=reason, hand=hand, clock=SystemClock()), machine=machine)


@click.command("divide", short_help="Put two or more claims in the place of one.")
@options.case_argument
@click.argument("row", metavar="CLAIM")
@click.option("--part", "parts", multiple=True, required=True, metavar="JSON", help="A claim as a JSON object. Give two or more.")
@deciding.reviewing
@options.json_option
def divide_command(*, case: Path, row: str, parts: tuple[str, ...], reviewer: str, reason: str, machine: bool) -> None:
    """Put two or more claims in the place of CLAIM in CASE: it is rejected and they are added in one step, and taken back in one.

    A part has the fields quote (or start and end), kind, speech_act, modality, measure, value, comparator, as_of, event_date,
    claimed_period, places, methods, codes, voices and parties; what is left out is as for `decide claim`.

    Example:
      armslength decide divide mycase 3f9c2e --part '{"quote": "seven in Rome", "kind": "site.existence", "measure": "sites.in_city",
      "value": "7"}' --part '{...}' --reviewer heron --reason "Two counts in one sentence."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.adding import divide_claim, read_draft

    hand = deciding.hand(case, reviewer)
    drafts = [read_draft(part) for part in parts]
    _tell("Divided", divide_claim(case, row, drafts, reason=reason, hand=hand, clock=SystemClock()), machine=machine)


@click.command("chain", short_help="Say who stands behind a claim, where it was misread.")
@options.case_argument
@click.argument("row", metavar="CLAIM")
@click.option("--voice", "voices", multiple=True, metavar="VOICE", help=_VOICE)
@deciding.reviewing
@options.json_option
def chain_command(*, case: Path, row: str, voices: tuple[str, ...], reviewer: str, reason: str, machine: bool) -> None:
    """Put another chain of voices behind CLAIM of CASE. The program's reading stays, rejected; beside it stands the same claim with yours.

    Without --voice the page itself says it.

    Example:
      armslength decide chain mycase 3f9c2e --voice "organisation=Lantern Institute" --reviewer heron --reason "The institute counted."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.adding import change_chain

    hand = deciding.hand(case, reviewer)
    _tell("Read with another chain", change_chain(case, row, voices, reason=reason, hand=hand, clock=SystemClock()), machine=machine)


def _tell(done: str, found: Remade, *, machine: bool) -> None:
    if machine:
        say.as_json(asdict(found))
        return
    say.strong(deciding.logged(done, found.judgement))
    if not found.gone and not found.made:
        say.paragraph("No fact, site or incident changes.")
    decide_same.tell_changes(found)


COMMANDS = (claim_command, divide_command, chain_command)
