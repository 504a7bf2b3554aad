"""Nothing in a package can be changed unseen: every field, every row, every file, by strangers and by insiders."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))

import package_mutations as mutations
import package_samples as samples
from package_mutations import applied, opened, relisted, resealed

from armslength.publish.package.checks.report import verify, verify_package


@pytest.fixture(scope="module", params=["whole", "spans"])
def files(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mutations") / "p"
    samples.release(folder, documents=request.param, sources="bytes", source_bytes=samples.source_bytes, context=8)
    return mutations.read_files(folder)


def codes(files):
    return {one.code for one in verify_package(opened(files)).problems}


def unseen(files, found):
    return [name for name, changes in found if not codes(applied(files, changes))]


def test_what_was_written_holds_and_can_be_sealed_again(files):
    assert codes(files) == codes(relisted(files)) == codes(resealed(files)) == set()
    assert len(list(mutations.by_field(files))) > 1000


def test_chance_is_seen(files):
    assert unseen(files, mutations.by_chance(files)) == []


def test_a_stranger_who_makes_the_lists_again_is_seen(files):
    fields = [(name, changes) for name, _, _, _, changes in list(mutations.by_field(files))[::25]]
    tampered = [*mutations.by_chance(files), *mutations.by_row(files), *fields]
    listed = [
        (name, mutations.difference(files, relisted(applied(files, changes)))) for name, changes in tampered if is_lasting(files, changes)
    ]
    assert len(listed) > 250
    assert unseen(files, listed) == []


def is_lasting(files, changes):
    """Whether making the lists again does not simply undo the change."""
    return relisted(applied(files, changes)) != dict(files)


@pytest.mark.parametrize("path", ["seal.json", "release.json", "signatures.jsonl"])
def test_every_value_of_seal_release_and_signatures(files, path):
    listed = [(name, relisted(applied(files, changes))) for name, changes in mutations.by_object(files, path)]
    assert [name for name, changed in listed if not codes(changed)] == []


def masked_fields(files):
    """Fields of which only the leaf is given: what is shown there nobody can prove, and a report lists them."""
    found = set()
    for path in mutations.tables(files):
        if path.startswith("data/seals/"):
            for number, text in enumerate(files[path].decode().splitlines()):
                mark = json.loads(text)
                table = path.replace("seals/", "")
                found |= {(table, number, name) for name, (kind, _) in mark.get("fields", {}).items() if kind == "leaf"}
                if any(kind == "leaf" for kind, _ in mark.get("text", [])):
                    found.add((table, number, "text"))
    return found


def test_an_insider_who_has_every_key_cannot_change_a_field(files):
    """With lists, seal, signatures and log entry made again: each row is still held against the root that was sealed."""
    masked = masked_fields(files)
    missed = set()
    only = ("passages", "documents") if "data/passages.jsonl" in files else ("",)
    for name, path, number, field, changes in mutations.by_field(files):
        if not any(word in path for word in only):
            continue
        hidden = is_masked_passage(files, number) if path == "data/passages.jsonl" else (path, number, field) in masked
        if not hidden and not codes(resealed(applied(files, changes))):
            missed.add(name)
    assert missed == set()


def is_masked_passage(files, number):
    row = json.loads(files["data/passages.jsonl"].decode().splitlines()[number])
    marks = {json.loads(text)["id"]: json.loads(text) for text in files["data/seals/documents.jsonl"].decode().splitlines()}
    return marks[row["doc"]]["text"][row["piece"]][0] == "leaf"


def test_an_insider_cannot_take_a_row_out_or_put_one_in(files):
    changed = [(name, resealed(applied(files, changes))) for name, changes in mutations.by_row(files)]
    missed = [name for name, after in changed if not codes(after)]
    assert missed == []


def test_swapped_signatures_and_unknown_keys(files):
    one, two = (json.loads(text) for text in files["signatures.jsonl"].decode().splitlines())

    def after(*rows, **more):
        return codes(relisted({**files, "signatures.jsonl": mutations.lines(rows), **more}))

    assert after({**one, "signature": two["signature"]}, {**two, "signature": one["signature"]}) == {"signer.wrong"}
    assert after(one) == {"signer.missing"}
    assert after(two, one) == {"signer.order"}
    assert after(one, two, two) == {"signer.wrong"}
    stranger = samples.releaser("heron", 99)
    key = samples.key_id(bytes.fromhex(stranger.public))
    forged = {
        **one,
        "key": key,
        "public": stranger.public,
        "signature": stranger.sign(b"armslength release 1\n" + files["seal.json"]).hex(),
    }
    assert after(forged, two) == {"signer.missing", "signer.extra"}
    data = {"releasers": [{name: row[name] for name in ("name", "key", "public")} for row in (forged, two)]}
    entry = mutations.entered(files, data, signer=samples.key(98))
    assert "log.key" in after(forged, two, **{"release.json": entry})
    alone = mutations.entered(files, {"releasers": [data["releasers"][1]] * 2})
    assert "signer.two" in after(one, two, **{"release.json": alone})


def test_an_older_head_of_the_log_is_seen(files, tmp_path):
    log = samples.log()
    samples.release(tmp_path / "first", mine=log, release="r0")
    samples.release(tmp_path / "second", mine=log)
    first, second = (mutations.read_files(tmp_path / name) for name in ("first", "second"))
    assert codes(relisted({**second, "release.json": first["release.json"]})) >= {"log.order", "release.seal", "release.root"}
    assert codes(relisted({**second, "release.json": first["release.json"], "seal.json": first["seal.json"]})) != set()
    assert codes(relisted({**second, "data/log.jsonl": first["data/log.jsonl"]})) == {"seal.manifest"}


def test_a_count_that_was_raised_is_seen_however_it_is_dressed(files):
    """In the fact, in the sealed count, in both, with every list and signature made again."""
    raised = {
        path: files[path].replace(b'"min":2,"max":3', b'"min":3,"max":3') for path in ("data/facts.jsonl", "data/origin_counts.jsonl")
    }
    assert all(raised[path] != files[path] for path in raised)
    for paths in (["data/facts.jsonl"], ["data/origin_counts.jsonl"], list(raised)):
        assert codes(resealed({**files, **{path: raised[path] for path in paths}})) & {"proof.row", "count.wrong", "count.sealed"}


FORMS = {
    "crlf": lambda data: data.replace(b"\n", b"\r\n"),
    "a name twice": lambda data: data.replace(b'{"id":', b'{"id":"x","id":', 1),
    "a name twice inside": lambda data: data.replace(b'{"min":', b'{"min":1,"min":', 1),
    "NaN": lambda data: data.replace(b'"min":2', b'"min":NaN', 1),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "latin-1": lambda data: data.replace(b'"label":"', b'"label":"\xe9', 1),
    "a loose space": lambda data: data.replace(b'{"id":', b'{ "id":', 1),
    "an empty line": lambda data: data.replace(b"\n", b"\n\n", 1),
    "no last line end": lambda data: data[:-1],
    "an array": lambda data: b"[1]\n" + data,
    "too deep": lambda data: data.replace(b'"min":2', b'"min":' + b"[" * 950 + b"]" * 950, 1),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_can_be_read_in_two_ways_is_refused(files, form):
    changed = FORMS[form](files["data/facts.jsonl"])
    assert changed != files["data/facts.jsonl"]
    assert codes(resealed({**files, "data/facts.jsonl": changed})) == {"json.bad"}
    for path in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        assert codes({**files, path: files[path].replace(b"\n", b"\r\n")}) == {"manifest.bad"}


SHAPES = {
    "a negative start": (b'"start":', b'"start":-'),
    "a start that is true": (b'"start":', b'"start":true,"x":'),
    "a start that is 1.0": (b'"start":', b'"start":1.0,"x":'),
    "a quote that is a number": (b'"quote":', b'"quote":1,"x":'),
    "claims that are none": (b'"doc":', b'"dock":'),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_row_of_another_shape_is_refused(files, shape):
    old, new = SHAPES[shape]
    assert codes(resealed({**files, "data/claims.jsonl": files["data/claims.jsonl"].replace(old, new, 1)})) == {"shape.wrong"}


def written(files, folder):
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_links_and_ways_out_of_the_folder_are_not_followed(files, tmp_path):
    base = written(files, tmp_path / "p")
    secret = tmp_path / "secret"
    secret.write_bytes(files["data/facts.jsonl"])
    (base / "data" / "facts.jsonl").unlink()
    (base / "data" / "facts.jsonl").symlink_to(secret)
    assert [(one.code, one.where) for one in verify(base).problems] == [("file.unsafe", "data/facts.jsonl")]
    line = files["manifest-sha256.txt"].split(b"\n")[0]
    for way in (
        b"data/../../secret",
        b"/etc/passwd",
        b"..\\secret",
        b"data//x",
        b"data/%2e%2e/x",
        b"./data/x",
        b"data/a b",
        b"C:/x",
        b".hidden",
    ):
        broken = line[:66] + way + b"\n" + files["manifest-sha256.txt"]
        assert codes({**files, "manifest-sha256.txt": broken}) == {"manifest.bad"}, way


def test_a_pipe_a_folder_link_and_a_strange_name_are_not_opened(files, tmp_path):
    import os

    base = written(files, tmp_path / "p")
    os.mkfifo(base / "data" / "pipe")
    (base / "data" / "linked").symlink_to(tmp_path, target_is_directory=True)
    (base / "data" / "na\u00efve\u202e.txt").write_bytes(b"")
    (base / "data" / "FACTS.jsonl").write_bytes(b"")
    found = {(one.code, one.where) for one in verify(base).problems}
    assert found == {("file.unsafe", where) for where in ("data/pipe", "data/linked", "data/na?ve?.txt", "data/facts.jsonl")}


def test_a_file_that_is_too_large_is_not_opened(files, tmp_path):
    base = written(files, tmp_path / "p")
    for path, size in (("data/facts.jsonl", (512 << 20) + 1), ("seal.json", (64 << 20) + 1)):
        with (base / path).open("r+b") as file:
            file.truncate(size)
    found = verify(base)
    assert [(one.code, one.where) for one in found.problems] == [("file.huge", "data/facts.jsonl"), ("file.huge", "seal.json")]
    assert "at most 536870912" in found.problems[0].says


def test_what_is_no_package_is_said_to_be_none(files, tmp_path):
    for path in (tmp_path / "nowhere", tmp_path, Path(__file__)):
        assert [one.code for one in verify(path).problems] == ["package.unknown"]
    later = json.loads(files["seal.json"]) | {"armslength_package": 2}
    assert codes(relisted({**files, "seal.json": json.dumps(later).encode()})) == {"package.unknown"}
