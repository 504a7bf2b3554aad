"""Time stamps in a package: raw replies that stock OpenSSL accepts, each over a log entry that is there."""

from __future__ import annotations

import shutil
import subprocess

import package_samples as samples
import pytest
from authority import Authority, sha256

from armslength.publish.package import TimeStamp
from armslength.publish.package.bag import write_tag_list
from armslength.publish.package.checks.report import verify
from armslength.publish.package.writing import add_stamp

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="the openssl program is not installed")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def stamped(authority, tmp_path):
    """A package with a time stamp over an earlier entry, which the log says was received, and one over the release."""
    log = samples.log()
    reply = authority.reply(log.entries[-1].hash)
    earlier = TimeStamp(seq=len(log.entries), reply=reply, name=str(len(log.entries)))
    log.append("timestamp.received", log.entries[-1].hash, {"seq": earlier.seq, "file": f"{earlier.seq}.tsr", "reply": sha256(reply)})
    seq = len(log.entries) + 1
    samples.release(
        tmp_path / "p",
        mine=log,
        stamps=(earlier,),
        roots=authority.roots,
        stamp=lambda digest: TimeStamp(seq=seq, reply=authority.reply(digest)),
    )
    return tmp_path / "p"


def last(report):
    return report.steps[-1]


def test_openssl_accepts_what_is_in_the_package(stamped):
    report = verify(stamped)
    assert report.problems == ()
    assert last(report).holds
    assert last(report).says == "openssl accepts 2 time stamps over log entries 8, 10, by the certificates timestamps/roots.pem."
    digest = next(line for line in (stamped / "release.json").read_text().split('"') if len(line) == 64)
    words = ["openssl", "ts", "-verify", "-digest", digest, "-in", "timestamps/10.tsr", "-CAfile", "timestamps/roots.pem"]
    assert "Verification: OK" in subprocess.run(words, cwd=stamped, capture_output=True, text=True, check=True).stdout


def test_other_certificates_accept_nothing(stamped, tmp_path):
    (tmp_path / "other").mkdir()
    Authority(tmp_path / "other")
    report = verify(stamped, roots=tmp_path / "other" / "ca.pem")
    assert {one.code for one in report.problems} == {"stamp.wrong"}
    assert {one.where for one in report.problems} == {"timestamps/8.tsr", "timestamps/10.tsr"}


def codes_after(stamped, change):
    change(stamped / "timestamps")
    write_tag_list(stamped)
    return {(one.code, one.where) for one in verify(stamped).problems}


def test_a_stamp_that_is_lost_changed_or_moved_is_found(stamped, authority):
    def lose(folder):
        (folder / "8.tsr").unlink()

    def move(folder):
        (folder / "10.tsr").rename(folder / "5.tsr")

    def invent(folder):
        (folder / "5.tsr").rename(folder / "77.tsr")

    def forge(folder):
        good = (folder / "77.tsr").read_bytes()
        (folder / "77.tsr").unlink()
        (folder / "10.tsr").write_bytes(good[:-20] + bytes([good[-20] ^ 1]) + good[-19:])

    lost = ("stamp.lost", "timestamps/8.tsr")
    assert codes_after(stamped, lose) == {lost}
    assert codes_after(stamped, move) == {lost, ("stamp.over", "timestamps/5.tsr")}
    assert codes_after(stamped, invent) == {lost, ("stamp.entry", "timestamps/77.tsr")}
    assert codes_after(stamped, forge) == {lost, ("stamp.wrong", "timestamps/10.tsr")}


def test_without_certificates_or_openssl_it_says_what_it_did_not_do(stamped, monkeypatch):
    (stamped / "timestamps" / "roots.pem").unlink()
    write_tag_list(stamped)
    report = verify(stamped)
    assert report.holds
    assert last(report).holds is None
    assert "not checked" in last(report).says
    monkeypatch.setenv("PATH", "")
    assert last(verify(stamped)).holds is None


def test_a_stamp_can_be_added_afterwards(tmp_path, authority):
    log = samples.log()
    samples.release(tmp_path / "p", mine=log, roots=authority.roots)
    assert "There is no time stamp" in last(verify(tmp_path / "p")).says
    add_stamp(tmp_path / "p", TimeStamp(seq=len(log.entries), reply=authority.reply(log.entries[-1].hash)))
    report = verify(tmp_path / "p")
    assert report.problems == ()
    assert last(report).holds
