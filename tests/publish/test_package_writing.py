"""What a package holds, what it keeps to itself, and whom it lets release."""

from __future__ import annotations

import hashlib
import json
import re
import warnings
from dataclasses import replace

import package_samples as samples
import pytest
from package_samples import MASK, NAME

from armslength.base.errors import InputError, IntegrityError
from armslength.base.ids import digest_text
from armslength.publish.package import Changed, PackageOptions, Side
from armslength.publish.package.bag import zip_package
from armslength.publish.package.checks.report import as_lines, verify
from armslength.publish.package.public_ids import hidden_ids
from armslength.publish.package.writing import write_package


def rows(folder, table):
    return [json.loads(text) for text in (folder / "data" / f"{table}.jsonl").read_text("utf-8").splitlines()]


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("documents", ["whole", "spans"])
def test_a_package_holds_and_says_what_it_shows(tmp_path, documents):
    written = samples.release(tmp_path / "p", documents=documents, context=8)
    report = verify(tmp_path / "p")
    assert report.problems == ()
    assert [step.holds for step in report.steps] == [True, True, True, True, True, None]
    told = "\n".join(as_lines(report))
    assert "5 facts: each count" in told
    assert "Masked: claims.quote in 1, documents.text in 1, facts.origins in 1, log.entry in 1" in told
    assert (written.shown["claims"], written.masked) == (8, 4)
    assert written.rows > sum(written.shown[name] for name in written.shown if name != "passages")


def test_another_bagit_program_accepts_it(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import bagit
    samples.release(tmp_path / "p", sources="bytes", source_bytes=samples.source_bytes)
    bag = bagit.Bag(str(tmp_path / "p"))
    bag.validate()
    assert bag.info["External-Identifier"] == "r1"
    (tmp_path / "p" / "data" / "facts.jsonl").write_bytes(b"")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(tmp_path / "p")).validate()


@pytest.mark.parametrize("documents", ["whole", "spans"])
def test_a_masked_name_is_in_no_file_and_cannot_be_tried_out(tmp_path, documents):
    samples.release(tmp_path / "p", documents=documents, sources="bytes", source_bytes=samples.source_bytes)
    everything = contents(tmp_path / "p")
    masked = samples.DOCUMENTS[0]
    given_away = {masked.id, masked.first.source, *(row.id for row in samples.CLAIMS.values() if row.doc == masked.id)}
    for path, data in everything.items():
        assert NAME.encode() not in data, path
        assert not given_away & set(re.findall(r"[0-9a-f]{64}", data.decode("utf-8"))), f"{path}: an id that is a hash of the masked words"
    assert not any(masked.first.source in path for path in everything)
    assert len(rows(tmp_path / "p", "sources")) == 3
    hashes = {bytes.fromhex(found) for data in everything.values() for found in re.findall(r"[0-9a-f]{64}", data.decode("utf-8"))}
    for guess in (NAME, samples.AUDIT, samples.AUDIT[63 : 63 + 64], samples.CLAIMS["seen"].quote):
        for known in [b"", *sorted(hashes)]:
            for text in (guess, f'"quote":{json.dumps(guess, ensure_ascii=False)}', f'"text":{json.dumps(guess, ensure_ascii=False)}'):
                assert hashlib.sha256(b"\x00" + known + text.encode()).digest() not in hashes


def test_in_a_package_of_spans_only_words_near_quotations_are_shown(tmp_path):
    samples.release(tmp_path / "p", documents="spans", context=8)
    passages = rows(tmp_path / "p", "passages")
    shown = "".join(row["text"] for row in passages)
    assert "counted three stations" in shown
    assert MASK in shown
    assert "old harbour" not in shown
    assert all(row["text"] is None for row in rows(tmp_path / "p", "documents"))
    samples.release(tmp_path / "q", documents="spans", context=500)
    assert "".join(row["text"] for row in rows(tmp_path / "q", "passages") if row["doc"] == samples.DOCUMENTS[1].id) == samples.NORD


def test_the_originals_go_in_only_where_nothing_is_masked(tmp_path):
    samples.release(tmp_path / "p", sources="bytes", source_bytes=samples.source_bytes)
    there = {path.name for path in (tmp_path / "p" / "data" / "sources").iterdir()}
    assert there == {samples.DOCUMENTS[1].first.source, samples.DOCUMENTS[2].first.source}


def test_the_same_release_is_the_same_bytes_and_so_is_its_zip(tmp_path):
    for name in ("one", "two"):
        samples.release(tmp_path / name / "p")
        zip_package(tmp_path / name / "p", tmp_path / name / "p.zip")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert verify(tmp_path / "one" / "p.zip").problems == ()


def test_two_releases_of_one_case_cannot_be_laid_over_each_other(tmp_path):
    samples.release(tmp_path / "p")
    samples.release(tmp_path / "q", release="r2")
    marks = [{row["leaf"] for row in rows(tmp_path / name, "seals/facts")} for name in "pq"]
    assert not marks[0] & marks[1]
    assert [row["id"] for row in rows(tmp_path / "p", "facts")] == [row["id"] for row in rows(tmp_path / "q", "facts")]


def test_old_packages_hold_after_a_key_change(tmp_path):
    log = samples.log(rotated=False)
    samples.release(tmp_path / "p", mine=log)
    log.rotate(samples.key(3))
    samples.release(tmp_path / "q", mine=log)
    first, second = verify(tmp_path / "p"), verify(tmp_path / "q")
    assert first.problems == second.problems == ()
    assert first.keys[0] == second.keys[0] == samples.key(1).id
    assert second.keys[1] == samples.key(3).id
    assert {row["seq"] for row in rows(tmp_path / "q", "log")} >= {len(log.entries) - 2, len(log.entries) - 1}, (
        "the first release and the key change"
    )
    assert verify(tmp_path / "q", keys=[samples.key(1).public, samples.RELEASERS[0].public]).holds
    assert [one.code for one in verify(tmp_path / "q", keys=["0" * 16]).problems] == ["key.untrusted"]


def test_the_readme_says_what_each_fact_rests_on(tmp_path):
    samples.release(tmp_path / "p")
    text = (tmp_path / "p" / "README.txt").read_text("utf-8")
    flat = " ".join(text.split())
    assert flat.startswith("Three stations ============== Release r1, profile everything. As of 2026-03. Released by heron and tern.")
    assert "three stations Independent origins: 2 to 3. Passages of unknown origin: 1. Apparent sources: 3." in flat
    assert "DENIED: Uni Nord denies it. Uni Nord doubts it." in flat
    assert "this is an opinion" in flat
    assert hashlib.sha256((tmp_path / "p" / "verify.py").read_bytes()).hexdigest() in flat
    assert "WHAT IT DOES NOT SHOW" in text
    assert max(len(line) for line in text.splitlines()) < 140


def test_changes_since_earlier_releases_have_reasons(tmp_path):
    samples.release(tmp_path / "p", release="r3")
    assert (tmp_path / "p" / "CHANGES.txt").read_text() == "No release of this case went before this one.\n"
    opinion = samples.FACTS["opinion"].id
    changes = (
        Changed(release="r1", reason="corrected", was=opinion, now=opinion, why="the label"),
        Changed(release="r2", reason="withdrawn", was="f" * 64, why="no longer said"),
    )
    samples.release(tmp_path / "q", release="r4", earlier=("r1", "r2", "r3"), changes=changes)
    assert verify(tmp_path / "q").problems == ()
    found = [(row["id"], row["release"], row["reason"], row["label"], row["now"]) for row in rows(tmp_path / "q", "changes")]
    assert found == [("000001", "r1", "corrected", "an expert frets", opinion), ("000002", "r2", "withdrawn", "fact ffffffffffff", None)]
    assert json.loads((tmp_path / "q" / "seal.json").read_text())["earlier"] == ["r1", "r2", "r3"]
    text = (tmp_path / "q" / "CHANGES.txt").read_text()
    assert "Changes since release r1:\n\ncorrected: an expert frets. the label\n" in text
    assert text.endswith("Changes since release r3:\n\nNone.\n")


def test_ids_made_of_masked_words_are_renamed_and_no_others():
    hidden = hidden_ids(samples.redacted(), samples.whole())
    audit, nord = samples.DOCUMENTS[0], samples.DOCUMENTS[1]
    assert {audit.id, audit.first.source, samples.CLAIMS["seen"].id, samples.FACTS["count"].id, samples.EDGES[0].id} <= hidden
    assert samples.JUDGEMENTS[0].id in hidden
    assert not {nord.id, nord.first.source, samples.CLAIMS["nord"].id, samples.FACTS["opinion"].id, samples.JUDGEMENTS[2].id} & hidden
    assert hidden_ids(samples.whole(), samples.whole()) == frozenset()


def test_leaving_an_edge_out_to_raise_a_count_is_found(tmp_path):
    """The counts are sealed by themselves: a release that drops an edge and counts again disagrees with the whole."""
    found = samples.redacted()
    count = found.origins[samples.FACTS["count"].id]
    audit, nord, papers = count.groups
    copied = samples.CLAIMS["copy"].id
    apart = (replace(audit, claims=(samples.CLAIMS["audit"].id,)), replace(audit, claims=(copied,), access=()), nord, papers)
    shown = replace(
        found,
        edges=tuple(row for row in found.edges if row.id != samples.EDGES[0].id),
        origins={**found.origins, count.id: replace(count, max=4, groups=apart)},
    )
    samples.release(tmp_path / "p", shown=shown)
    assert {one.code for one in verify(tmp_path / "p").problems} == {"count.sealed"}


def refused(tmp_path, match, error=InputError, **more):
    with pytest.raises(error, match=match):
        samples.release(tmp_path / "p", **more)
    assert not list(tmp_path.glob("*p*")), "nothing is left behind"


def test_what_cannot_be_released_is_refused_with_a_reason(tmp_path):
    found = samples.redacted()
    longer = replace(found.documents[0], text=found.documents[0].text + "!")
    stranger = replace(found.facts[0], id="f" * 64)
    refused(tmp_path, "another length", shown=replace(found, documents=(longer, *found.documents[1:])))
    refused(tmp_path, "does not have", shown=replace(found, facts=(*found.facts, stranger)))
    refused(tmp_path, "`whole` or `spans`", documents="some")
    refused(tmp_path, "nothing gives their bytes", sources="bytes")


def write(tmp_path, **more):
    log = samples.log()
    options = {
        "shown": Side(content=samples.redacted()),
        "whole": Side(content=samples.whole()),
        "log": tuple(log.entries),
        "secret": samples.SECRET,
        "releasers": samples.RELEASERS,
        "record": lambda data: log.append("release.made", "r1", data),
        "options": PackageOptions(release="r1", profile="everything", as_of="2026"),
        **more,
    }
    return write_package(tmp_path / "p", **options)


def test_two_people_with_two_keys_release(tmp_path):
    heron = samples.RELEASERS[0]
    for people in ((heron,), (heron, heron), (heron, replace(heron, name="tern")), (heron, samples.releaser("heron", 12))):
        with pytest.raises(InputError, match="two people"):
            write(tmp_path, releasers=people)


def test_ids_that_give_masked_words_away_are_refused(tmp_path):
    with pytest.raises(InputError, match="public_ids"):
        write(tmp_path)
    assert digest_text(samples.AUDIT) == samples.DOCUMENTS[0].id


def test_a_log_that_went_on_meanwhile_releases_nothing(tmp_path):
    log = samples.log()

    def late(data):
        log.append("source.added", "x", {})
        return log.append("release.made", "r1", data)

    both = samples.whole()
    with pytest.raises(IntegrityError, match="went on"):
        write(tmp_path, shown=Side(content=both), log=tuple(log.entries), record=late)
    assert not (tmp_path / "p").exists()
    (tmp_path / "p").mkdir()
    with pytest.raises(InputError, match="already there"):
        write(tmp_path)
