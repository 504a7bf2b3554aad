"""`armslength publish`: what of a case may leave the house, proposed by one reviewer."""

from __future__ import annotations

from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

from armslength.cli import deciding, options, say

if TYPE_CHECKING:
    from armslength.pipeline.clearing import Wanted
    from armslength.pipeline.publishing import Proposed, Stopped
    from armslength.publish.attack.rows import Report

STOPPED = 1
"""Exit code when the gate or the attack stopped it: nothing was written."""
_SHOWN = 12
"""Hits that are shown; the rest are counted."""


@click.command("publish", short_help="Propose a release: through the gate, then attacked.")
@options.case_argument
@click.option(
    "--profile",
    required=True,
    metavar="P",
    help="public, partner or court; or a .toml file of your own. It says what is shown, and is printed.",
)
@click.option("--to", required=True, type=options.FOLDER, metavar="DIR", help="A new folder for the proposal.")
@click.option(
    "--format",
    "forms",
    multiple=True,
    metavar="F",
    help="Also in this format, such as site, csv, xlsx, geojson, pdf or docx; can be given several times. JSON lines always are.",
)
@click.option("--without", "left_out", multiple=True, metavar="FACT", help="Leave out a fact, named by the first characters of its id.")
@click.option(
    "--without-ocr",
    "unread_pictures",
    default="",
    metavar="REASON",
    help="Let pictures pass although the words on them cannot be read here, because REASON. It is kept with the proposal.",
)
@click.option("--with", "with_whom", default="", metavar="WHOM", help="Whom it is shared with, for consents that name somebody.")
@deciding.reviewing
@options.json_option
def command(  # noqa: PLR0913 - one argument for each option
    *,
    case: Path,
    profile: str,
    to: Path,
    forms: tuple[str, ...],
    left_out: tuple[str, ...],
    unread_pictures: str,
    with_whom: str,
    reviewer: str,
    reason: str,
    machine: bool,
) -> int | None:
    """Put CASE through the gate, attack what came through, and propose it for release.

    The gate fails closed: what nobody reviewed stays in, what could lead to a protected person is generalised or withheld, and what
    cannot be is refused, with what to do. Then everything that would leave is searched, at every depth, for every protected name; a hit
    stops it and leaves nothing behind. Another reviewer, with another key, looks through DIR and releases it.

    Example:
      armslength publish mycase --profile public --to draft --format site --reviewer heron --reason "For the annual report."

    Next: armslength release mycase PROPOSAL --to out --reviewer ibis --reason "Looked through."
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.publishing import Stopped, propose

    asked = _wanted(profile, forms, left_out, unread_pictures, with_whom)
    found = propose(case, to, wanted=asked, hand=deciding.hand(case, reviewer), reason=reason, clock=SystemClock())
    if isinstance(found, Stopped):
        return tell_stopped(found, machine=machine)
    _tell_proposed(found, case, machine=machine)
    return None


def _tell_proposed(found: Proposed, case: Path, *, machine: bool) -> None:
    if machine:
        told = {"proposal": found.id, "folder": str(found.folder), "content": found.content, "facts": found.facts}
        say.as_json({**told, "changes": list(found.changes)})
        return
    say.strong(f"Proposed: {say.plural(found.facts, 'fact')} in {say.path(found.folder)}. Nothing is released yet.")
    for change in found.changes:
        say.paragraph(f"{change['count']:,} {change['what']}", indent="    ", first="  - ")
    _tell_looked(found.report)
    say.out(f"\nNext: armslength release {case} {found.id[:12]} --to DIR --reviewer ANOTHER --reason TEXT")


def _wanted(profile: str, forms: tuple[str, ...], left_out: tuple[str, ...], unread_pictures: str, with_whom: str) -> Wanted:
    from armslength.base.errors import InputError
    from armslength.pipeline.clearing import Wanted
    from armslength.publish.gate.profile import PROFILES, read_profile

    if profile.endswith(".toml"):
        try:
            text = Path(profile).read_text(encoding="utf-8")
        except (OSError, ValueError):
            raise InputError(f"The profile {profile} cannot be read.") from None
        name = Path(profile).stem
    elif profile in PROFILES:
        text, name = resources.files("armslength.publish").joinpath("data", "profiles", f"{profile}.toml").read_text("utf-8"), profile
    else:
        raise InputError(
            f"There is no profile {profile!r}. The profiles are {', '.join(PROFILES)}; another can be named by its .toml file."
        )
    return Wanted(
        profile=read_profile(text, name=name),
        profile_text=text,
        without=left_out,
        formats=tuple(dict.fromkeys(forms)),
        unread_pictures=unread_pictures.strip(),
        with_whom=with_whom,
    )


def tell_stopped(found: Stopped, *, machine: bool) -> int:
    """Say why nothing left the house."""
    report = found.report
    if machine:
        hits = [asdict(hit) for hit in report.hits] if report else []
        blocked = [asdict(one) for one in report.blocked] if report else []
        say.as_json({"stopped": True, "refusals": [asdict(row) for row in found.refusals], "hits": hits, "blocked": blocked})
        return STOPPED
    if found.refusals:
        say.trouble(f"The gate stays closed, for {say.plural(len(found.refusals), 'reason')}. Nothing was written.")
        for row in found.refusals:
            say.paragraph(f"{row.what} ({row.where})", indent="    ", first=f"  {row.rule}: ")
            say.paragraph(row.do, indent="      ", first="    → ")
    if report:
        say.trouble("The attack broke what would have been released. Nothing was left behind.")
        for hit in report.hits[:_SHOWN]:
            say.paragraph(f"{hit.where} ({hit.channel}): {hit.how}; {hit.about}", indent="    ", first="  - ")
        for one in report.blocked[:_SHOWN]:
            say.paragraph(f"{one.where}: {one.reason}", indent="    ", first="  ! ")
        rest = len(report.hits[_SHOWN:]) + len(report.blocked[_SHOWN:])
        if rest:
            say.out(f"  and {rest:,} more")
    return STOPPED


def _tell_looked(report: Report) -> None:
    looked = f"{say.plural(report.files, 'file')} ({report.characters:,} characters) for {say.plural(report.persons, 'person')}"
    say.paragraph(f"The attack looked through {looked} and found nothing.")
