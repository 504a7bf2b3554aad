"""Making, opening and refusing cases."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError
from store_samples import CLOCK, fill, flip, settle, tamper

from armslength.base.errors import CaseError, InputError, IntegrityError
from armslength.model.custody import LogEntry
from armslength.store.case import Case, case_secret, create_case, locate_case, open_case, unlock_case
from armslength.store.database import explain
from armslength.store.read import reading
from armslength.store.write import record_failed_access, writing


def test_a_new_case_opens_as_it_was_made(case: Case) -> None:
    assert open_case(case.folder) == case
    assert unlock_case(locate_case(case.folder)) == case
    assert not list(case.folder.parent.glob(".*"))
    with reading(case) as read:
        assert [(entry.event, entry.actor) for entry in read.all(LogEntry)] == [("case.created", "heron"), ("key.created", "heron")]


def test_a_case_keeps_awkward_names(tmp_path: Path) -> None:
    name = 'Quay "9"\\ \n\t\x7f 港'
    create_case(tmp_path / "a", name=name, clock=CLOCK, actor="heron")
    assert open_case(tmp_path / "a").name == name


def test_only_the_owner_can_read_a_case(case: Case) -> None:
    assert stat.S_IMODE(case.folder.stat().st_mode) == 0o700
    private = [case.folder / "case.toml", *case.keys_dir.glob("*.pem*"), *case.keys_dir.glob("case.secret*")]
    private += list(case.folder.glob("case.db*"))
    assert len(private) >= 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}


def test_the_secret_is_kept_and_its_loss_is_said(tmp_path: Path) -> None:
    case = create_case(tmp_path / "a", name="a", clock=CLOCK, actor="heron", secret=b"s" * 32)
    assert case_secret(case) == b"s" * 32
    assert case_secret(create_case(tmp_path / "b", name="b", clock=CLOCK, actor="heron")) != b"s" * 32
    (case.keys_dir / "case.secret").unlink()
    with pytest.raises(CaseError, match=r"case\.secret"):
        case_secret(case)
    with pytest.raises(InputError, match="32 bytes"):
        create_case(tmp_path / "c", name="c", clock=CLOCK, actor="heron", secret=b"short")


def test_what_is_not_a_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="not a case"):
        open_case(tmp_path)
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "file").write_text("x")
    with pytest.raises(CaseError, match="not empty"):
        create_case(tmp_path / "used", name="a", clock=CLOCK, actor="heron")
    (tmp_path / "empty").mkdir()
    assert create_case(tmp_path / "empty", name="a", clock=CLOCK, actor="heron").folder == tmp_path / "empty"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: "][", "cannot be read"),
        (lambda text: text.replace("format = 1", "format = 3"), "Upgrade"),
        (lambda text: text.replace("format = 1", "format = 2"), "'key'"),
        (lambda text: text.replace('id = "', 'id = "x'), "usable id"),
        (lambda text: text.replace("name =", "nom ="), "name"),
    ],
)
def test_a_damaged_case_file_is_refused_in_a_sentence(sqlite_case: Case, change, sentence) -> None:
    path = sqlite_case.folder / "case.toml"
    path.write_text(change(path.read_text()))
    with pytest.raises(CaseError, match=sentence):
        open_case(sqlite_case.folder)


def test_a_lost_or_damaged_database_is_said_in_a_sentence(sqlite_case: Case) -> None:
    settle(sqlite_case)
    flip(sqlite_case.folder / "case.db", 0)
    with pytest.raises(IntegrityError, match="damaged"):
        open_case(sqlite_case.folder)
    (sqlite_case.folder / "case.db").unlink()
    for attempt in (lambda: open_case(sqlite_case.folder), lambda: reading(sqlite_case).__enter__()):
        with pytest.raises(CaseError, match="lost its"):
            attempt()


def test_a_newer_schema_is_refused(case: Case) -> None:
    tamper(case, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CaseError, match="newer armslength"):
        open_case(case.folder)


def test_a_case_moves_with_its_folder(sqlite_case: Case) -> None:
    doc, _ = fill(sqlite_case)
    moved = sqlite_case.folder.rename(sqlite_case.folder.with_name("moved"))
    with reading(open_case(moved)) as read:
        assert read.get(type(doc), doc.id) == doc


def test_two_writers_at_once_are_refused(case: Case) -> None:
    with writing(case, clock=CLOCK, actor="heron"):
        with pytest.raises(CaseError, match="written to by process"), writing(case, clock=CLOCK, actor="gull"):
            pass
        assert not record_failed_access(case, clock=CLOCK, actor="gull", reason="locked")
    assert record_failed_access(case, clock=CLOCK, actor="gull", reason="wrong password")
    with reading(case) as read:
        assert read.all(LogEntry, event="access.failed")[0].actor == "gull"


@pytest.mark.postgres
def test_two_folders_of_one_server_case_do_not_write_at_once(tmp_path: Path, postgres_url: str) -> None:
    import shutil

    case = create_case(tmp_path / "a", name="a", clock=CLOCK, actor="heron", database=postgres_url)
    shutil.copytree(case.folder, tmp_path / "b")
    copy = locate_case(tmp_path / "b")
    with (
        writing(case, clock=CLOCK, actor="heron"),
        pytest.raises(CaseError, match="another machine"),
        writing(copy, clock=CLOCK, actor="gull"),
    ):
        pass


@pytest.mark.postgres
def test_a_password_is_kept_apart_and_never_shown(tmp_path: Path, postgres_url: str) -> None:
    secret = "p@ss/w:rd"
    url = postgres_url.replace("postgres@", "postgres:p%40ss%2Fw%3Ard@")
    case = create_case(tmp_path / "a", name="a", clock=CLOCK, actor="heron", database=url)
    opened = open_case(case.folder)
    assert "p%40ss%2Fw%3Ard" in opened.database
    shown = [repr(opened), opened.database_shown, (case.folder / "case.toml").read_text()]
    with reading(opened) as read:
        shown += [entry.entry for entry in read.all(LogEntry)]
    (case.folder / "case.toml").write_text((case.folder / "case.toml").read_text().replace("/postgres?", "/elsewhere?"))
    with pytest.raises(CaseError, match="elsewhere") as caught:
        open_case(case.folder)
    shown += [str(caught.value), repr(caught.value.__cause__), str(caught.value.__suppress_context__)]
    shown.append(str(explain(SQLAlchemyError(f"cannot connect with {url} or {secret}"), opened.database)))
    assert "***" in shown[-1]
    assert all(secret not in text and "p%40ss" not in text for text in shown)


@pytest.mark.parametrize("url", ["not a url with hunter2", "postgresql://u:hunter2@host:port/db", "mysql://u:hunter2@host/db"])
def test_a_bad_url_is_refused_without_repeating_it(tmp_path: Path, url: str) -> None:
    with pytest.raises(InputError) as caught:
        create_case(tmp_path / "a", name="a", clock=CLOCK, actor="heron", database=url)
    assert "hunter2" not in str(caught.value)
    assert not (tmp_path / "a").exists()


def test_an_unreachable_server_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be used") as caught:
        create_case(tmp_path / "a", name="a", clock=CLOCK, actor="heron", database=f"postgresql://u:hunter2@/db?host={tmp_path}")
    assert "hunter2" not in str(caught.value)
    assert not list(tmp_path.iterdir())
