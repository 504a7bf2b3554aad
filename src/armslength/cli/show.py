"""`armslength show`: one fact, claim or source, whole."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.cli import options, say
from armslength.cli.opening import opened

if TYPE_CHECKING:
    from armslength.pipeline.views.fact import FactView, RelatedFact
    from armslength.pipeline.views.names import Voice
    from armslength.pipeline.views.passages import Passage
    from armslength.pipeline.views.source import SourceView

SHOWN = 12
INDENT = "     "


@click.group("show", short_help="Show one fact, claim or source.")
def command() -> None:
    """Show one row whole. ID may be shortened to its first characters (four or more), as long as only one row has them."""


@command.command("fact", short_help="A fact: every quote, who told whom, what denies it.")
@options.case_argument
@click.argument("fact_id", metavar="ID")
@options.unmasked_option
@options.collector_option
@options.json_option
def show_fact(*, case: Path, fact_id: str, unmasked: bool, collector: str, machine: bool) -> None:
    """Show a fact of CASE: how many origins it has and why, every quote with its chain, what denies or supersedes it.

    A chain is read from the outside in: `article > report > state media` means that the article tells what the report tells that the
    state media said. The last voice is where the statement comes from.

    Example:
      armslength list facts mycase
      armslength show fact mycase 3fa2
    """
    from armslength.base.errors import InputError
    from armslength.model.facts import Fact
    from armslength.pipeline.finding import find_by_prefix
    from armslength.pipeline.masking import looking
    from armslength.pipeline.views.fact import fact_view

    with looking(opened(case, "show fact", unmasked=unmasked, actor=collector), unmasked=unmasked) as reader:
        view = fact_view(reader, find_by_prefix(reader, Fact, fact_id, word="fact").id)
    if view is None:
        raise InputError(f"This case has no fact {fact_id}.")
    if machine:
        say.as_json(asdict(view))
    else:
        tell_fact(view)


@command.command("claim", short_help="A claim: its exact words and its chain.")
@options.case_argument
@click.argument("claim_id", metavar="ID")
@options.unmasked_option
@options.collector_option
@options.json_option
def show_claim(*, case: Path, claim_id: str, unmasked: bool, collector: str, machine: bool) -> None:
    """Show a claim of CASE: its exact words between those around them, who says it, and the rules that read it.

    Example:
      armslength list claims mycase
      armslength show claim mycase 91bc
    """
    from armslength.model.claims import Claim
    from armslength.model.evidence import Document
    from armslength.pipeline.finding import find_by_prefix
    from armslength.pipeline.masking import looking
    from armslength.pipeline.views.fact import passages_of

    with looking(opened(case, "show claim", unmasked=unmasked, actor=collector), unmasked=unmasked) as reader:
        claim = find_by_prefix(reader, Claim, claim_id, word="claim")
        document = reader.get(Document, claim.doc)
        shown = passages_of(reader, [claim], {document.id: document})[0] if document else None
    if shown is None:
        from armslength.base.errors import IntegrityError

        raise IntegrityError(f"Claim {claim_id} stands in a document that the case no longer has; run `armslength verify {case}`.")
    if machine:
        say.as_json(asdict(shown))
    else:
        tell_claim(shown)


@command.command("source", short_help="A source: how it was acquired, and what is not known.")
@options.case_argument
@click.argument("source_id", metavar="ID")
@options.unmasked_option
@options.collector_option
@options.json_option
def show_source(*, case: Path, source_id: str, unmasked: bool, collector: str, machine: bool) -> None:
    """Show a source of CASE: every act of acquiring it, what is not known and why, the documents read from it, its log entries.

    Example:
      armslength list sources mycase
      armslength show source mycase bee7
    """
    from armslength.base.errors import InputError
    from armslength.model.evidence import Source
    from armslength.pipeline.finding import find_by_prefix
    from armslength.pipeline.masking import looking
    from armslength.pipeline.views.source import source_view

    with looking(opened(case, "show source", unmasked=unmasked, actor=collector), unmasked=unmasked) as reader:
        view = source_view(reader, find_by_prefix(reader, Source, source_id, word="source").id)
    if view is None:
        raise InputError(f"This case has no source {source_id}.")
    if machine:
        say.as_json(asdict(view))
    else:
        tell_source(view)


def tell_fact(view: FactView) -> None:
    """A fact for people; denials stand before the quotes, so that nobody stops reading before them (METHOD F3)."""
    line = view.line
    say.strong(f"{line.label}")
    say.paragraph(" | ".join(part for part in (f"fact {view.id[:SHOWN]}", line.kind, line.as_of, view.state_words) if part))
    say.out()
    say.strong(line.sentence)
    say.paragraph(view.summary)
    _related("Denied by", view.denials)
    if view.fairness:
        say.out()
        say.strong("In fairness")
    for sentence in view.fairness:
        say.paragraph(sentence, indent="    ", first="  - ")
    _related("Denies", view.related.denies)
    _origins(view)
    say.out()
    say.strong("Passages")
    for passage in view.passages:
        _passage(passage)
    _related("Superseded by", view.related.superseded_by)
    _related("Supersedes", view.related.supersedes)
    _related("Contradicted by or contradicting", view.related.contradictions)
    _related("Refined or derived", view.related.refinements)
    if view.edges:
        say.out()
        say.strong("Why they are not independent")
        for edge in view.edges:
            say.paragraph(f"{edge.ends[0]} and {edge.ends[1]}: {edge.why} ({edge.state}, edge {edge.id[:12]})", indent="    ", first="  - ")
    if view.not_known:
        say.out()
        say.strong("What is not known")
        for sentence in view.not_known:
            say.paragraph(sentence, indent="    ", first="  - ")


def tell_claim(passage: Passage) -> None:
    """A claim for people."""
    say.strong(passage.kind)
    number = " ".join(part for part in (passage.value, passage.unit) if part)
    say.paragraph(" | ".join(part for part in (f"claim {passage.id[:SHOWN]}", number, passage.speech_act, passage.modality) if part))
    say.out()
    say.paragraph(f"{passage.before} [{passage.quote}] {passage.after}".strip(), indent="  ")
    _where(passage)
    if passage.as_of:
        say.paragraph(f"date: {passage.as_of} ({passage.as_of_basis})", indent=INDENT)
    for role, name in passage.parties:
        say.paragraph(f"{role}: {name}", indent=INDENT)
    if passage.codes:
        say.paragraph(f"codes: {', '.join(passage.codes)}", indent=INDENT)
    for reason in passage.why:
        say.paragraph(f"read because: {reason}", indent=INDENT)
    say.paragraph(
        f"The reader is {passage.confidence:.0%} sure that the passage says this; whether it is true is another matter.", indent=INDENT
    )
    for fact in passage.facts:
        say.out(f"{INDENT}part of fact {fact[:SHOWN]}")


def tell_source(view: SourceView) -> None:
    """A source for people."""
    say.strong(f"source {view.id}")
    say.out(f"{view.media_type}, {view.size}")
    for act in view.collections:
        say.out()
        say.strong(f"{act.file}, acquired {act.collected}")
        for field, value in act.known:
            say.paragraph(f"{field}: {value}", indent="    ", first="  ")
        for field, reason in act.unknown:
            say.paragraph(f"{field}: unknown ({reason})", indent="    ", first="  ")
    say.out()
    for document in view.documents:
        say.paragraph(f"document {document.id[:SHOWN]}: {document.title}", indent="    ", first="  ")
    for question, answer in view.checks:
        say.paragraph(f"{question}: {answer}", indent="    ", first="  ")
    for event in view.events:
        say.out(f"  log {event.seq}: {event.event}, {event.time}, by {event.actor}")


def chain(voices: tuple[Voice, ...]) -> str:
    """Who told whom, from the page inwards: `article > report > state media (named elsewhere)`."""
    return " > ".join(voice.name + (" (named elsewhere in the text)" if voice.latent else "") for voice in voices)


def _origins(view: FactView) -> None:
    if not view.groups:
        return
    say.out()
    say.strong("Origins")
    for group in view.groups:
        marks = [say.plural(len(group.passages), "passage"), say.plural(group.in_documents, "document")]
        marks += ["an interested party's own word"] if group.interested else []
        marks += [] if group.primary_seen else ["primary not seen"]
        marks += [] if group.established else ["not shown to be independent of the others"]
        say.paragraph(f"{group.label} ({', '.join(marks)})", indent=INDENT, first=f"  {group.number}. ")
    for reason in view.why_origins:
        say.paragraph(reason, indent="    ", first="  - ")


def _passage(passage: Passage) -> None:
    say.paragraph(f"“{passage.quote}”", indent=INDENT, first=f"  {passage.number}. ".ljust(len(INDENT)))
    _where(passage)


def _where(passage: Passage) -> None:
    document = passage.document
    say.paragraph(chain(passage.chain), indent=INDENT + "  ", first=INDENT)
    told = ", ".join(part for part in (document.publisher, document.published) if part)
    place = f"{document.title} ({told})" if told else document.title
    say.paragraph(f"{place}; {document.file}, characters {passage.start}-{passage.end}", indent=INDENT + "  ", first=INDENT)


def _related(title: str, related: tuple[RelatedFact, ...]) -> None:
    if not related:
        return
    say.out()
    say.strong(title)
    for other in related:
        say.paragraph(f"{other.line.label} (fact {other.line.id[:SHOWN]}): {other.reason}", indent="    ", first="  - ")
        for passage in other.passages[:3]:
            say.paragraph(f"“{passage.quote}”", indent=INDENT + "  ", first=INDENT)
            say.paragraph(chain(passage.chain), indent=INDENT + "  ", first=INDENT)
