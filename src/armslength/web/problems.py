"""What a page says when something is the matter: a title and what to do, in whole sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Context of a page that says what went wrong."""

    title: str
    sentences: tuple[str, ...]
    go: str = "/"
    """Where to go on."""
    words: str = "The case at a glance"


NOT_FOUND = Problem(
    title="There is nothing at this address",
    sentences=(
        "The case holds no such page, fact, document or source.",
        (
            "If a link in older notes led here, the case may have been built again since: facts and claims are named by what they say, "
            "so a changed text or a newer reader gives them new names. Sources keep their names for ever."
        ),
    ),
)
BROKEN = Problem(
    title="This page could not be made",
    sentences=(
        "The program made a mistake while it read the case. Nothing in the case was changed.",
        "`armslength verify` tells whether what is stored is still what was stored. The terminal in which armslength runs says where.",
    ),
)
NO_RIGHT = Problem(
    title="You may not do this in this case",
    sentences=("Your role does not include it. Whoever keeps the accounts of this case can give you another.",),
)
NOBODY = Problem(
    title="Say who decides",
    sentences=("Every judgement is signed by a reviewer of the case, and you have not said who you are. Nothing was kept.",),
    go="/you",
    words="Choose a reviewer",
)
STALE_FORM = Problem(
    title="This form is too old",
    sentences=(
        "It was made before the program was started again, or by another page. Nothing was done. Load the page anew and send it again.",
    ),
)


def refused(sentence: str) -> Problem:
    """What was sent could not be done."""
    return Problem(title="This was not done", sentences=(sentence, "Nothing was changed. Go back, and your words are still there."))


def conflict(sentence: str) -> Problem:
    """Somebody else decided meanwhile."""
    return Problem(
        title="Somebody else decided meanwhile",
        sentences=(sentence, "Nothing of yours was kept. Go back, load the page anew to see what stands now, and decide again."),
    )
