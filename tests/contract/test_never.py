"""What the program never does (METHOD N1 to N6), looked for from outside: addresses, commands, tables, connections, imports."""

from __future__ import annotations

import ast
import csv
import json
import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path

import click
import lxml.html
import pytest
from persons_corpus import DOCUMENTS
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

import armslength
from armslength.base.clock import FixedClock
from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.cli.main import root
from armslength.model.claims import Claim
from armslength.model.coding import VARIABLES
from armslength.model.decisions import Finding, Judgement
from armslength.model.facts import Count
from armslength.model.rights import READ
from armslength.model.things import Entity, Incident, Response, Site
from armslength.pipeline.building import NewCase, build, export_case
from armslength.pipeline.coding import check_codes
from armslength.publish.columns import COLUMNS
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from armslength.web.actions import ACTIONS
from armslength.web.actions.coding import Codes, NewTask
from armslength.web.app import create_app
from armslength.web.downloads import DOWNLOADS
from armslength.web.page import Asked
from armslength.web.pages import PAGES

CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
SOURCES = Path(armslength.__file__).parent
HERE = re.compile(r"^(?:https?://(?:127\.0\.0\.1|localhost)(?::\d+)?)?(?:/(?!/)|#|data:|$)")

SHOWN = {"fact", "claim", "source"}
LISTED = {
    "facts", "claims", "edges", "lookalikes", "sources", "rejected", "ledger", "requests", "replies", "findings", "judgements", "conflicts",
    "coverage", "imports", "queue", "releases", "views",
}  # fmt: skip
ARGUMENTS = {
    "allow_remote_model", "back", "case", "claim_id", "collector", "database", "day", "debug", "decision", "dry_run", "edge", "ends", "export", "fact_id",
    "floors", "folder", "form", "gold", "head", "host", "ids", "judgement", "key", "kind", "level", "machine", "manifest", "mapping", "misses", "model_name", "model_seconds", "model_tokens", "model_url", "model_window", "name",
    "only_changed", "out", "package", "port", "reader", "readers", "reason", "reviewer", "reply_file", "request_file", "roots", "sheet", "show", "source_id", "sources", "target", "text", "to",
    "tsa", "undo", "version", "workers",
    "action", "addressee", "answer", "answered", "asked", "batch", "changes", "channel", "charge", "claim_ids", "date", "deadline", "decided",
    "entity", "evidence_against", "evidence_for", "finding", "forum", "given", "ground", "keys", "locked", "other", "outcome",
    "received", "role", "row", "since", "standard", "statement", "status", "until", "use", "with_whom",
    "forms", "left_out", "profile", "proposal", "unread_pictures",
    "act", "as_of", "claimed_period", "codes", "comparator", "doc", "event_date", "measure", "methods", "modality", "parties", "parts", "places", "value",
    "voices", "words",
    "at", "copies", "field", "looking", "minutes", "plain", "pseudonym", "unmasked",
    "added", "country", "covered", "language", "result", "what",
    "coders", "documents", "of", "sample", "seed", "sees", "task", "title", "variables",
    "accounts", "address", "own", "proxy", "take", "team",
}  # fmt: skip
"""Every argument and option a command has. One that is new is added here by somebody who has asked whether it can be a person.

`voices` and `parties` of a claim that somebody adds name a person only by where the words stand in the document, never by the words
(tests/pipeline/test_adding.py).

`entity` and `addressee` name somebody who is in the case already, by id or pseudonym, to write down what is owed to them; nothing is looked up
by them, and a name is refused (tests/pipeline/test_ledgers.py). `accounts`, `own`, `take` and `team` are about those who work on a case."""
QUERIES = {
    "about", "after", "at", "claim", "country", "decision", "edge", "find", "from", "judgement", "kind", "lane", "language", "level", "line",
    "method", "of", "one", "open", "origin", "origins", "other", "page", "place", "q", "reason", "response", "show", "sort", "state", "step", "then",
    "to", "unit", "was", "what",
}  # fmt: skip
"""Every part of a query that a page reads. `of` and `judgement` are ids of judgements; `place` is a key that the map gives, of a city or
country; `find` looks through the names of organisations, sites, incidents and facts (tests/web/test_fact_deeds.py); `one`, `other` and `unit`
are ids of things that are no persons, or of passages."""
NAMED = {
    "/claims/{id}/accept", "/claims/{id}/edit", "/claims/{id}/reject", "/claims/{id}/split", "/claims/{id}/withdraw",
    "/coding/{id}", "/coding/{id}/adjudicate", "/coding/{id}/agreement.csv", "/coding/{id}/close", "/coding/{id}/code", "/coding/{id}/codes.csv",
    "/documents/{id}", "/documents/{id}/claims", "/export/facts/{id}/lineage.png", "/export/facts/{id}/lineage.svg", "/facts/{id}",
    "/facts/{id}/findings", "/facts/{id}/findings/second", "/facts/{id}/history", "/facts/{id}/judge", "/facts/{id}/lineage",
    "/facts/{id}/lineage/add", "/facts/{id}/lineage/judge", "/facts/{id}/reply", "/same/{level}/{id}", "/sources/{id}",
}  # fmt: skip
"""Every address that names something."""
SENT = {
    "/build", "/claims/undo", "/claims/{id}/accept", "/claims/{id}/edit", "/claims/{id}/reject", "/claims/{id}/split", "/claims/{id}/withdraw",
    "/coding", "/coding/{id}/adjudicate", "/coding/{id}/close", "/coding/{id}/code", "/coverage/add", "/coverage/withdraw",
    "/documents/{id}/claims", "/facts/{id}/findings", "/facts/{id}/findings/second", "/facts/{id}/judge", "/facts/{id}/lineage/add",
    "/facts/{id}/lineage/judge", "/facts/{id}/reply", "/language", "/queue", "/queue/later", "/queue/undo", "/same/merge", "/same/preview", "/same/split",
    "/same/undo", "/vault/hide", "/vault/show", "/views/add", "/views/withdraw", "/you", "/you/new",
}  # fmt: skip
"""Every address that can be sent something."""
NEEDS_TWO = {"/same/pair"}
"""Addresses at which there is nothing until a query says what to put side by side."""
CLIENTS = {
    "aiohttp", "ftplib", "http.client", "httpx", "opentelemetry", "posthog", "requests", "sentry_sdk", "smtplib", "telnetlib", "urllib.request",
    "urllib3", "websockets", "xmlrpc.client",
}  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("never"), DOCUMENTS)


def made(folder: Path, documents: Mapping[str, bytes]) -> Path:
    (folder / "in").mkdir()
    for name, data in documents.items():
        (folder / "in" / name).write_bytes(data)
    build(folder / "case", [folder / "in"], settings=Settings(), clock=CLOCK, new=NewCase(secret=bytes(range(32))))
    return folder / "case"


def persons(case: Path) -> list[Entity]:
    with reading(open_case(case)) as reader:
        return [row for row in reader.all(Entity) if row.kind == "person"]


# N1: nothing takes a person


def test_the_case_has_persons_to_protect(case):
    assert len(persons(case)) > 5


def test_an_address_names_a_fact_a_document_or_a_source(case):
    routes = [route for route in create_app(open_case(case)).routes if not isinstance(route, Mount)]
    assert all(isinstance(route, Route) and route.methods in ({"GET", "HEAD"}, {"POST"}) for route in routes)
    asked = {route.path.removeprefix("/api") for route in routes if "{" in route.path}
    assert asked == NAMED


def test_what_can_be_sent_is_listed():
    """Each has been asked whether it takes a person: `/you` takes a reviewer's pseudonym."""
    assert {action.path for action in ACTIONS} == SENT


def test_no_address_answers_to_a_person(case):
    with TestClient(create_app(open_case(case)), base_url="http://127.0.0.1") as client:
        for person in persons(case):
            for name in (person.id, person.label, person.mentions[0]):
                for section in (
                    "facts",
                    "documents",
                    "sources",
                    "entities",
                    "persons",
                    "people",
                    "same/entity",
                    "same/fact",
                    "same/person",
                ):
                    assert client.get(f"/{section}/{name}").status_code == 404


class Watched(dict[str, str]):
    """A query that remembers what was looked up in it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def get(self, key: str, default: str | None = None) -> str | None:
        self.seen.add(key)
        return default

    def __getitem__(self, key: str) -> str:
        self.seen.add(key)
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        self.seen.add(str(key))
        return False


def test_no_query_names_a_person(case):
    query = Watched()
    with reading(open_case(case)) as reader:
        for page in PAGES:
            page.context(reader, Asked(path={"id": "0" * 64, "level": "entity"}, query=query))
    assert query.seen
    assert query.seen <= QUERIES
    assert {name for page in (*PAGES, *DOWNLOADS) for name in page.queries} <= QUERIES


def commands(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{prefix}{name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix}{name} ")


def test_no_command_takes_a_person():
    found = dict(commands(root))
    assert {name.removeprefix("show ") for name in found if name.startswith("show ")} == SHOWN
    assert {name.removeprefix("list ") for name in found if name.startswith("list ")} == LISTED
    taken = {parameter.name for command in (root, *found.values()) for parameter in command.params}
    assert taken == ARGUMENTS


def test_what_is_coded_has_no_room_for_a_person():
    """Coders are reviewers, by pseudonym; who speaks is coded as a kind of voice; a note is refused a name (tests/pipeline/test_coding_task.py)."""
    assert {field.name for field in fields(Codes)} == {"unit", "note", *VARIABLES}
    assert {field.name for field in fields(NewTask)} == {
        "title", "coders", "variables", "of", "sample", "seed", "kind", "sees", "reason",
    }  # fmt: skip
    for name in VARIABLES:
        with pytest.raises(InputError):
            check_codes({name: "Mirela Dosk"}, [name])


# N2, N4: nothing is scored, and nothing about a group is written onto a member


def test_an_entity_has_no_room_for_what_it_is_a_member_of():
    assert {field.name for field in fields(Entity)} == {
        "id", "kind", "label", "aliases", "protected", "mentions", "claims", "country", "part_of", "interested", "why",
    }  # fmt: skip
    words = re.compile(r"ethnic|religio|party_member|politic|score|rank|risk|member|associate", re.IGNORECASE)
    for table, columns in COLUMNS.items():
        assert [column.name for column in columns if words.search(column.name)] == [], table


MEMBER = """A baker speaks

The Quay, 3 March 2025

Mirela Dosk, a member of the Karsk hometown association in Oslo, said that two men came to her shop in May 2024. \
Dosk said that the police had opened an investigation.
"""
CATEGORY = """
Hometown associations are linked to the United Front, the Lantern Institute said in a report. The Karsk hometown association in Oslo is \
controlled by the Ministry of Public Security, the institute said. Members of such associations work for the ministry.
"""


def test_what_is_said_of_a_category_changes_no_person(tmp_path_factory):
    without, together = ({"a.txt": MEMBER.encode()}, {"a.txt": MEMBER.encode(), "b.txt": ("A report\n" + CATEGORY).encode()})
    one, two, three = (
        made(tmp_path_factory.mktemp("group"), documents) for documents in (without, together, {"a.txt": (MEMBER + CATEGORY).encode()})
    )
    with reading(open_case(three)) as reader:
        assert reader.count(Claim, family="org_link") > 0, "else there was nothing to carry over"
    alone = [described(row) for row in persons(one)]
    assert alone
    assert [described(row) for row in persons(two)] == alone
    assert [described(row) for row in persons(three)] == alone


def described(row: Entity) -> dict[str, object]:
    """All that is said of an entity, but for where it is mentioned and what it is called."""
    return {name: value for name, value in asdict(row).items() if name not in {"id", "label", "mentions", "claims"}}


def test_a_person_is_described_by_nothing(case):
    for row in persons(case):
        assert (row.protected, row.aliases, row.country, row.part_of, row.interested) == (True, (), "", "", False)


# N3: no table joins a person with a place or a time


def test_no_row_of_a_place_or_an_act_points_to_a_person(case):
    found = persons(case)
    known = {row.id for row in found} | {row.label for row in found} | {mention for row in found for mention in row.mentions}
    with reading(open_case(case)) as reader:
        rows = [row for kind in (Site, Incident, Response, Count) for row in reader.all(kind)]
    assert rows
    for row in rows:
        assert not known & set(strings(asdict(row))), row
        assert not [label for label in (person.label for person in found) if label in json.dumps(asdict(row))]


def strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


def test_no_table_of_persons_has_places_or_dates(case, tmp_path):
    export_case(case, tmp_path / "csv", format="csv", clock=CLOCK, actor="heron")
    export_case(case, tmp_path / "map", format="geojson", clock=CLOCK, actor="heron")
    assert not {column.name for column in COLUMNS["entities"]} & {"place", "places", "geonames", "date", "period", "as_of", "documents"}
    found = persons(case)
    for table in ("sites", "incidents", "responses", "counts"):
        text = (tmp_path / "csv" / f"{table}.csv").read_text(encoding="utf-8-sig")
        assert not [row.label for row in found if row.label in text or row.id in text], table
    for row in csv.DictReader((tmp_path / "csv" / "entities.csv").read_text(encoding="utf-8-sig").splitlines()):
        assert row["kind"] != "person" or row["country"] == ""
    for path in (tmp_path / "map").glob("*.geojson"):
        text = path.read_text(encoding="utf-8")
        assert not [row.label for row in found if row.label in text or row.id in text], path.name


# N5: no machine decides


def test_a_build_makes_no_finding_and_no_judgement(case):
    with reading(open_case(case)) as reader:
        assert (reader.count(Finding), reader.count(Judgement)) == (0, 0)


# N6: nothing is sent anywhere


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every attempt to reach something over a socket, refused."""
    tried: list[object] = []

    def refuse(*arguments: object, **named: object) -> None:
        tried.append((arguments, named))
        raise AssertionError(f"tried to connect: {arguments} {named}")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    return tried


def test_nothing_connects_from_the_first_file_to_the_last_page(connections, tmp_path):
    case = made(tmp_path, DOCUMENTS)
    for form in ("jsonl", "csv", "geojson"):
        export_case(case, tmp_path / form, format=form, clock=CLOCK, actor="heron")
    assert verify_case(open_case(case)).problems == ()
    with TestClient(create_app(open_case(case)), base_url="http://127.0.0.1") as client:
        for path in sorted({page.path for page in PAGES if "{" not in page.path and page.right == READ} - NEEDS_TWO):
            assert client.get(path).status_code == 200, path
            assert client.get("/api" + ("/case" if path == "/" else path)).status_code == 200, path
    assert connections == []


def test_a_connection_would_be_seen(connections):
    with pytest.raises(AssertionError), socket.socket() as one:
        one.connect(("127.0.0.1", 9))
    assert len(connections) == 1


def test_no_page_asks_for_anything_elsewhere(case):
    with TestClient(create_app(open_case(case)), base_url="http://127.0.0.1") as client:
        for path in sorted(page.path for page in PAGES if "{" not in page.path and page.right == READ):
            tree = lxml.html.fromstring(client.get(path).text)
            asked = tree.xpath("//@src | //@srcset | //@action | //@poster | //link/@href | //a/@href | //*[local-name()='use']/@href")
            assert [address for address in asked if not HERE.match(address)] == [], path


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_only_the_time_stamp_can_be_fetched():
    found = {path.relative_to(SOURCES).as_posix(): imports(path) for path in SOURCES.rglob("*.py")}
    clients = {
        file: names for file, modules in found.items() if (names := {name for name in modules for client in CLIENTS if name.split(".")[0] == client or name == client})
    }  # fmt: skip
    assert clients == {
        "store/timestamps.py": {"urllib.request"},
        "extract/backends/language_model_http.py": {"http.client"},  # a reader that has to be asked for, and this machine unless allowed
    }
    askers = {file for file, modules in found.items() if "armslength.extract.backends.language_model_http" in modules}
    assert askers == {"extract/backends/language_model.py", "extract/readers.py", "cli/model_options.py"}
    users = {
        path for path in SOURCES.rglob("*.py") if re.search(r"\btimestamps(?:\.| import .*\b)fetch\b", path.read_text(encoding="utf-8"))
    }
    assert {path.relative_to(SOURCES).as_posix() for path in users} == {"cli/stamp.py"}, "and only when it is asked for by name"
    assert {file for file, modules in found.items() if "socket" in modules} == {"cli/serve.py", "extract/backends/language_model_http.py"}
