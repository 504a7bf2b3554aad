"""Puts a case in front of the gate: everything that it has to be asked with, read at one moment.

In:  an open case, a profile, what a reviewer leaves out.
Out: an `Ask`; what the gate let through, with the sentences that belong beside each fact; what the attack has to look for.
Never: decides what may be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from armslength.analyse.counts import Case, make_counts
from armslength.base.ids import digest, keyed_digest
from armslength.model.decisions import Judgement, told
from armslength.model.ontology import Ontology
from armslength.model.ontology import load as load_ontology
from armslength.model.verdicts import verdicts
from armslength.pipeline.ledgers import ledger_of
from armslength.pipeline.locating import locate
from armslength.pipeline.signing import judgements_of
from armslength.pipeline.summaries import summarise
from armslength.publish import run as publish
from armslength.publish.attack.attack import Secrets
from armslength.publish.attack.runs import known_runs
from armslength.publish.columns import COLUMNS
from armslength.publish.content import Content, names_of
from armslength.publish.gate.clear import clear
from armslength.publish.gate.profile import Profile
from armslength.publish.gate.rows import Ask, Cleared, Past, Refusal
from armslength.publish.jsonl import line, line_rows
from armslength.publish.package.assemble import verify_html, verify_py
from armslength.store.case import case_secret
from armslength.store.read import Reader

PROPOSE, RELEASE = "propose", "release"
"""Decisions of the two judgements that make a release; both are about the proposal."""
_WORD = re.compile(r"(?<![^\W_])[a-z]{3,}(?![^\W_])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to release."""

    profile: Profile
    profile_text: str
    """The profile's own file: the proposal keeps it, so that the release is made by the same."""
    without: tuple[str, ...] = ()
    """Facts to leave out."""
    formats: tuple[str, ...] = ()
    unread_pictures: str = ""
    """Why pictures may pass without their words being read, or empty."""
    with_whom: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gated:
    """What came through."""

    ask: Ask
    cleared: Cleared
    content: Content
    """What is shown, with what belongs beside each fact in its summary: it then stands in every format."""
    hash: str
    """Digest over every row that is shown, and the profile."""


def gate(reader: Reader, wanted: Wanted, *, day: str, nonce: str, names: Mapping[str, Sequence[str]]) -> Gated | tuple[Refusal, ...]:
    """Put a case through the gate as of a day. The same case, day, nonce and names from the vault give the same answer."""
    ontology = load_ontology()
    asked = ask_of(reader, wanted, ontology, day=day, nonce=nonce, names=names)
    found = clear(asked, ontology)
    if isinstance(found, tuple):
        return found
    content = with_beside(found)
    return Gated(ask=asked, cleared=found, content=content, hash=content_hash(content, wanted.profile_text))


def ask_of(reader: Reader, wanted: Wanted, ontology: Ontology, *, day: str, nonce: str, names: Mapping[str, Sequence[str]]) -> Ask:
    """Read everything that the gate is asked with. `nonce` makes this release's secret another than every other's."""
    judgements = judgements_of(reader)
    standing = ledger_of(reader, day=day)
    loaded = publish.load(reader, ledger=standing)
    return Ask(
        content=replace(loaded, summaries=summarise(reader), locate=locate, judgements=judgements, verdicts=verdicts(judgements)),
        ledger=standing,
        profile=wanted.profile,
        day=day,
        secret=bytes.fromhex(keyed_digest(case_secret(reader.case), "one release", nonce)),
        without=frozenset(wanted.without),
        past=past_of(judgements),
        names=names,
        recount=lambda shown: make_counts(_counted(shown), ontology),
        with_whom=wanted.with_whom,
    )


def _counted(content: Content) -> Case:
    return Case(
        documents=content.documents,
        claims=content.claims,
        facts=content.facts,
        origins=list(content.origins.values()),
        sites=content.sites,
        incidents=content.incidents,
        responses=content.responses,
    )


def with_beside(cleared: Cleared) -> Content:
    """The content with what the gate found to say beside a fact in its summary, which every format prints (METHOD F1 to F3)."""
    lines = {fact: " ".join((cleared.content.summaries.get(fact, ""), *said)).strip() for fact, said in cleared.beside.items()}
    return replace(cleared.content, summaries={**cleared.content.summaries, **lines})


def content_hash(content: Content, profile: str) -> str:
    """What two people sign: every row that is shown, and by which profile."""
    tables = line_rows(content, names_of(content))
    counts = tuple((row.id, row.value) for row in content.counts)
    return digest(
        "release content", profile, tuple((name, tuple(line(row) for row in rows)) for name, rows in sorted(tables.items())), counts
    )


def past_of(judgements: Iterable[Judgement]) -> tuple[Past, ...]:
    """What earlier releases showed, the latest last: kept in the judgement that made each."""
    made = sorted((row for row in judgements if row.decision == RELEASE), key=lambda row: (row.when, row.id))
    return tuple(replace(msgspec.convert(told(row)["record"], Past), release=str(told(row)["release"]), when=row.when) for row in made)


def record_of(past: Past) -> Mapping[str, object]:
    """The record of a release as plain values, sorted, for the judgement that makes it."""
    plain: dict[str, object] = msgspec.to_builtins(past, order="sorted")
    plain["persons"] = sorted(past.persons)
    return plain


def secrets_of(found: Gated) -> Secrets:
    """What the attack has to look for, and what it may take for nobody's name."""
    return Secrets(
        sought=found.cleared.sought,
        ordinary=frozenset(_ordinary(found.ask.content)),
        public=tuple(sorted(set(_public(found.content)))),
        runs=known_runs(found.cleared.passages),
    )


def _ordinary(content: Content) -> Iterator[str]:
    """Words in small letters of the documents, and of what the program itself writes into every package."""
    for document in content.documents:
        yield from _WORD.findall(document.text)
    for text in (verify_py(), verify_html(), *(column.meaning for columns in COLUMNS.values() for column in columns)):
        yield from _WORD.findall(text.lower())


def _public(content: Content) -> Iterator[str]:
    for row in content.entities:
        if not row.protected:
            yield from (row.label, *row.aliases)
    for claim in content.claims:
        yield from (place.name for place in claim.places if place.name)
    for document in content.documents:
        yield from (seen.publisher for seen in document.appearances if seen.publisher)
