"""What the documents point at is there, and what they tell people to type is what the programs answer to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")])
LINK = re.compile(r"\]\(([^)\s#]+)(#[^)]*)?\)")


def linked(page):
    return [target for target, _ in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    assert [target for target in linked(page) if not (page.parent / target).exists()] == []


def test_every_decision_is_listed_once_with_its_title():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    files = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    titles = [path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for path in files]
    assert re.findall(r"^\* \[(.+)\]\((.+)\)$", index, re.MULTILINE) == [
        (title, path.name) for title, path in zip(titles, files, strict=True)
    ]
    assert [title.split()[0] for title in titles] == [f"{number:04}" for number in range(1, len(files) + 1)]


def test_every_decision_is_dated():
    for path in (ROOT / "docs" / "decisions").glob("0*.md"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", path.read_text(encoding="utf-8").splitlines()[2]), path.name


def test_every_make_target_that_a_page_names_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {word for page in PAGES for word in re.findall(r"`(?:[A-Z_]+=\w+ )?make ([a-z]+)", page.read_text(encoding="utf-8"))}
    assert named
    assert named <= targets


def test_every_command_of_the_tour_exists():
    from armslength.cli.main import root

    typed = re.findall(r"^```\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"^armslength ([a-z]+)", "".join(typed), re.MULTILINE))
    assert {"build", "list", "show", "serve", "export", "verify"} <= named
    assert named <= set(root.commands)
