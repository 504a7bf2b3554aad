"""What a page says when something is the matter: a title and what to do, in whole sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace

from armslength.base.language import marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Context of a page that says what went wrong."""

    title: str
    sentences: tuple[str, ...]
    go: str = "/"
    """Where to go on."""
    words: str = marked("The case at a glance")


NOT_FOUND = Problem(
    title=marked("There is nothing at this address"),
    sentences=(
        marked("The case holds no such page, fact, document or source."),
        marked(
            "If a link in older notes led here, the case may have been built again since: facts and claims are named by what they say, "
            "so a changed text or a newer reader gives them new names. Sources keep their names for ever."
        ),
    ),
)
BROKEN = Problem(
    title=marked("This page could not be made"),
    sentences=(
        marked("The program made a mistake while it read the case. Nothing in the case was changed."),
        marked("`armslength verify` tells whether what is stored is still what was stored."),
        marked("The terminal in which armslength runs says where."),
    ),
)
NO_RIGHT = Problem(
    title=marked("You may not do this in this case"),
    sentences=(marked("Your role does not include it. Whoever keeps the accounts of this case can give you another."),),
)
NOBODY = Problem(
    title=marked("Say who decides"),
    sentences=(marked("Every judgement is signed by a reviewer of the case, and you have not said who you are. Nothing was kept."),),
    go="/you",
    words=marked("Choose a reviewer"),
)
NO_KEY = Problem(
    title=marked("Your key does not sign here yet"),
    sentences=(
        marked(
            "Every judgement is signed with the key of whoever is logged in, and yours could not be entered in this case. Nothing was kept."
        ),
        marked("If the case was being written to, try again in a moment. Else your own page says why."),
    ),
    go="/account",
    words=marked("Your account"),
)
STALE_FORM = Problem(
    title=marked("This form is too old"),
    sentences=(
        marked("It was made before the program was started again, or by another page. Nothing was done."),
        marked("Load the page anew and send it again."),
    ),
)


def refused(sentence: str) -> Problem:
    """What was sent could not be done."""
    left = marked("Nothing was changed. Go back, and your words are still there.")
    return Problem(title=marked("This was not done"), sentences=(sentence, left))


def conflict(sentence: str) -> Problem:
    """Somebody else decided meanwhile."""
    left = marked("Nothing of yours was kept. See what stands now, and decide again; if you go back, your words are still there.")
    return Problem(title=marked("Somebody else decided meanwhile"), sentences=(sentence, left))


def from_page(problem: Problem, page: str) -> Problem:
    """The same for somebody who came from a page, which is where they go on."""
    return replace(problem, go=page, words=marked("The page as it stands now")) if page else problem
