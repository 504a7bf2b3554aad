"""Each command on a small case: what it says, what it gives a machine, and how it ends."""

import shutil
import socket
import sqlite3

import cli_authority
import pytest

from armslength.cli import serve
from armslength.pipeline import building
from armslength.store.case import open_case
from armslength.store.read import reading


@pytest.fixture
def log(case):
    from armslength.model.custody import LogEntry

    def events():
        with reading(open_case(case)) as reader:
            return [(row.event, row.actor) for row in reader.all(LogEntry)]

    return events


def test_init_makes_a_case_once(command, tmp_path):
    made = command("init", tmp_path / "new", "--name", "Desks", "--collector", "heron")
    assert made.code == 0
    assert "'Desks'" in made.out
    assert "Next: armslength build" in made.out
    again = command("init", tmp_path / "new")
    assert again.code == 3
    assert again.err.startswith("Error: ")


def test_status_counts_and_names_the_head(command, case):
    told = command("status", case)
    assert told.code == 0
    assert "Service desks" in told.out
    assert "Could not be used: 1 by extract" in told.out
    found = command("status", case, "--json").json
    assert found["counts"]["claims"] == 2
    assert found["rejected"] == {"extract": 1}
    assert found["head"] in told.out
    assert str(case) not in str(found), "paths name people"


def test_what_is_not_a_case_is_said(command, tmp_path):
    told = command("status", tmp_path)
    assert told.code == 3
    assert told.out == ""
    assert "is not a case" in told.err


def test_list_shows_each_kind(command, case):
    assert "no reader for that language yet" in command("list", "rejected", case).out
    facts = command("list", "facts", case)
    assert "(denied)" in facts.out
    assert "at least 12 offices" in command("list", "claims", case).out
    assert "a.txt" in command("list", "rejected", case).out
    assert "a.txt" in command("list", "sources", case).out
    for kind, count in (("rejected", 1), ("facts", 2), ("claims", 2), ("sources", 1)):
        assert len(command("list", kind, case, "--json").json) == count


def test_an_empty_case_says_so(command, tmp_path):
    command("init", tmp_path / "empty")
    assert command("list", "facts", tmp_path / "empty").out == "This case has no facts yet.\n"
    assert command("list", "rejected", tmp_path / "empty").out == "Nothing was rejected.\n"


def test_a_fact_shows_its_denial_before_its_quotes(command, case):
    told = command("show", "fact", case, "aaaa")
    assert told.code == 0
    assert told.out.index("The embassy denied it") < told.out.index("“at least 12 offices”")
    assert "> Harbour Institute > Person 7K" in told.out
    assert "characters" in told.out
    found = command("show", "fact", case, "aaaa", "--json").json
    assert found["line"]["id"] == "a" * 64


def test_a_claim_shows_its_words_in_their_place(command, case):
    told = command("show", "claim", case, "1111")
    assert "[at least 12 offices]" in told.out
    assert "75% sure" in told.out
    assert command("show", "claim", case, "1111", "--json").json["quote"] == "at least 12 offices"


def test_a_source_shows_what_is_not_known(command, case):
    source = command("list", "sources", case, "--json").json[0]["id"]
    told = command("show", "source", case, source[:6])
    assert "unknown (the file was handed over)" in told.out
    assert "not done" in told.out
    assert command("show", "source", case, source, "--json").json["id"] == source


@pytest.mark.parametrize(
    ("prefix", "says"), [("aaa", "too short"), ("cccc", "no fact whose id begins"), ("", "too short"), ("%%%%", "no fact whose id begins")]
)
def test_an_id_that_names_nothing_is_told(command, case, prefix, says):
    told = command("show", "fact", case, prefix)
    assert told.code == 2
    assert says in told.err


def test_a_prefix_that_several_have_lists_them(tmp_path):
    from dataclasses import dataclass

    from armslength.base.errors import InputError
    from armslength.pipeline.finding import find_by_prefix

    @dataclass
    class Row:
        id: str

    class Shelf:
        def get(self, _type, wanted):
            return next((row for row in self.all(Row) if row.id == wanted), None)

        def all(self, _type):
            return [Row("abcd1"), Row("abcd2"), Row("abcd"), Row("ffff0")]

        def starting(self, _type, prefix, *, limit):
            return [row for row in self.all(Row) if row.id.startswith(prefix)][:limit]

    assert find_by_prefix(Shelf(), Row, "FFFF", word="fact").id == "ffff0"
    assert find_by_prefix(Shelf(), Row, "abcd", word="fact").id == "abcd", "a whole id is never ambiguous"
    with pytest.raises(InputError, match="3 facts have an id that begins with 'abcd': abcd1, abcd2, abcd"):
        find_by_prefix(type("Longer", (Shelf,), {"get": lambda *_: None})(), Row, "abcd", word="fact")


@pytest.mark.parametrize("form", ["jsonl", "csv", "geojson"])
def test_export_lists_what_it_wrote(command, case, tmp_path, form, log):
    told = command("export", case, "--to", tmp_path / "out", "--format", form, "--collector", "heron")
    assert told.code == 0
    for path in (tmp_path / "out").iterdir():
        assert path.name in told.out or path.name == "export.json"
    assert log()[-1] == ("export.written", "heron")
    found = command("export", case, "--to", tmp_path / "out", "--format", form, "--json").json
    assert found["files"][0]["sha256"] in told.out


def test_export_leaves_other_files_alone(command, case, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    told = command("export", case, "--to", tmp_path)
    assert told.code == 2
    assert (tmp_path / "notes.txt").exists()


def test_verify_is_quiet_about_a_good_case(command, case):
    told = command("verify", case)
    assert told.code == 0, told.out
    assert "Everything checked is as it was" in told.out
    found = command("verify", case, "--json").json
    assert found["fine"] is True
    assert f"head {found['head']}" in told.out
    assert command("verify", case, "--head", found["head"], "--key", found["keys"][0]).code == 0


def test_verify_names_a_changed_source(command, case):
    path = next(path for path in (case / "sources").rglob("*") if path.is_file())
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[3] ^= 1
    path.write_bytes(data)
    told = command("verify", case)
    assert told.code == 4
    assert f"source {path.name}" in told.out
    assert "a.txt" in told.out
    assert "What to do:" in told.out
    assert "as it was" not in told.out
    machine = command("verify", case, "--json")
    assert machine.code == 4
    assert machine.json["fine"] is False


def test_verify_names_a_changed_claim(command, case):
    database = sqlite3.connect(case / "case.db")
    with database:
        database.execute("UPDATE claims SET body = replace(body, '12 offices', '13 offices') WHERE id = ?", ("1" * 64,))
    database.close()
    told = command("verify", case)
    assert told.code == 4
    assert "claim " + "1" * 8 in told.out


def test_verify_needs_the_head_it_is_given(command, case):
    assert command("verify", case, "--head", "0" * 64).code == 4
    assert command("verify", case, "--key", "0" * 16).code == 4


def test_doctor_says_plainly_what_is_not_protected(command, case):
    told = command("doctor", case)
    assert "NOT encrypted" in told.out
    assert "Python: " in told.out
    assert "case: 'Service desks' opens" in told.out
    found = command("doctor", case, "--json")
    assert found.code == told.code
    assert found.json["fine"] is (found.code == 0)


def test_doctor_says_how_to_get_a_model(command, monkeypatch):
    from armslength.base.errors import MissingPieceError
    from armslength.extract.backends import spacy_parser

    def none():
        raise MissingPieceError("No English model is installed. Install one with: pip install it")

    monkeypatch.setattr(spacy_parser, "model_version", none)
    told = command("doctor")
    assert told.code == 5
    assert "pip install it" in told.out
    assert "language model" in told.err


def test_doctor_of_a_broken_case(command, tmp_path):
    told = command("doctor", tmp_path)
    assert told.code == 5
    assert "cannot be opened" in told.out


@pytest.fixture
def served(monkeypatch):
    """Takes the place of the server: remembers where it would have listened."""
    calls = []
    monkeypatch.setattr(serve, "_run", lambda case, bound, *, token, hand: calls.append((case.name, bound.getsockname()[:2], token)))
    return calls


def test_serve_prints_the_address_and_logs_the_opening(command, case, served, log):
    told = command("serve", case, "--port", "0", "--collector", "heron")
    assert told.code == 0, told.err
    name, (host, port), token = served[0]
    assert (name, host) == ("Service desks", "127.0.0.1")
    assert f"http://127.0.0.1:{port}/?token={token}" in told.out
    assert len(token) > 40
    assert log()[-1] == ("access.served", "heron")


def test_a_case_that_is_only_shown_needs_no_token(command, case, served):
    told = command("serve", case, "--port", "0", "--read-only")
    assert served[0][2] == ""
    assert "token" not in told.out


def test_serve_is_for_this_machine_only(command, case):
    assert command("serve", case, "--host", "0.0.0.0").code == 2


def test_a_port_that_is_taken_is_told(command, case):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        told = command("serve", case, "--port", other.getsockname()[1])
    assert told.code == 2
    assert "--port" in told.err


def test_a_case_that_cannot_be_logged_to_is_still_shown(command, case, served, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(30, "Read-only file system")

    monkeypatch.setattr(building, "record_event", refuse)
    told = command("serve", case, "--port", "0")
    assert told.code == 0
    assert served
    assert "could not be entered in its log" in told.err


def test_the_application_has_the_name_it_is_called_by():
    from uvicorn.importer import import_from_string

    assert callable(import_from_string(serve.APPLICATION))


@pytest.fixture
def authority(tmp_path):
    """A time-stamping authority of this machine's openssl; gives a function from request file to reply file, and its root."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl is installed (Debian: apt-get install openssl)")
    return cli_authority.make(tmp_path / "authority")


def test_a_time_stamp_in_two_steps(command, case, tmp_path, authority, log):
    asked = tmp_path / "head.tsq"
    assert command("stamp", "request", case, "--out", asked).code == 0
    again = command("stamp", "request", case, "--out", asked)
    assert again.code == 2, "a request that waits for its reply is not overwritten"
    reply = authority.answer(asked)
    told = command("stamp", "reply", case, "--request", asked, "--reply", reply, "--roots", authority.root, "--collector", "heron")
    assert told.code == 0, told.err
    assert "The authority's time: " in told.out
    assert log()[-1] == ("timestamp.received", "heron")
    assert command("verify", case).code == 0


def test_a_reply_that_is_none_is_kept_and_told(command, case, tmp_path):
    asked, reply = tmp_path / "head.tsq", tmp_path / "head.tsr"
    command("stamp", "request", case, "--out", asked)
    reply.write_bytes(b"not a reply")
    told = command("stamp", "reply", case, "--request", asked, "--reply", reply)
    assert told.code == 4
    assert "is in the case, with a problem" in told.err
    assert command("stamp", "reply", case, "--request", tmp_path / "none", "--reply", reply).code == 2


def test_fetching_a_stamp_goes_where_it_is_told(command, case, authority, monkeypatch, tmp_path):
    from armslength.store import timestamps

    asked = []

    def answer(url, request):
        asked.append(url)
        (tmp_path / "q.tsq").write_bytes(request)
        return authority.answer(tmp_path / "q.tsq").read_bytes()

    monkeypatch.setattr(timestamps, "fetch", answer)
    told = command("stamp", "fetch", case, "--tsa", "https://tsa.example.org/")
    assert told.code == 0, told.err
    assert asked == ["https://tsa.example.org/"]
    assert "was not checked" in told.out
