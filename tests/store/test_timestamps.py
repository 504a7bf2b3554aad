"""Time stamps: asked for over the log's head, archived as they came, and accepted by stock OpenSSL."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from store_samples import CLOCK, add, fill, flip

from armslength.base.errors import CaseError, InputError
from armslength.model.custody import LogEntry
from armslength.store.case import Case
from armslength.store.read import reading
from armslength.store.timestamps import add_reply, fetch, make_request
from armslength.store.verify import verify_case
from armslength.store.write import writing

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="the openssl program is not installed")

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
{certificates}
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def openssl(*words: str | Path, folder: Path) -> str:
    done = subprocess.run(["openssl", *map(str, words)], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


class Authority:
    """A time-stamping authority of our own, behind HTTP on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config()
        (folder / "serial").write_text("01\n")
        (folder / "ext").write_text(
            "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=CA:FALSE\n"
        )
        key = ("-newkey", "rsa:2048", "-nodes", "-sha256")
        openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Harbour root", "-days", "3650", folder=folder)
        openssl("req", "-new", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Harbour clock", folder=folder)
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650", "-extfile", "ext")
        openssl("x509", "-req", "-in", "tsa.csr", *signed, "-out", "tsa.pem", folder=folder)

    def config(self, *, digests: str = "sha256", whole_chain: bool = False) -> None:
        certificates = f"certs = {self.folder}/ca.pem" if whole_chain else ""
        (self.folder / "tsa.cnf").write_text(CONFIG.format(folder=self.folder, digests=digests, certificates=certificates))

    def answer(self, request: bytes) -> bytes:
        (self.folder / "q.tsq").write_bytes(request)
        openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "r.tsr", folder=self.folder)
        return (self.folder / "r.tsr").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def address(authority: Authority) -> Iterator[str]:
    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            reply = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(reply if self.path == "/" else bytes(2 << 20))

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Desk) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_stored_reply_is_accepted_by_stock_openssl(case: Case, authority: Authority, address: str, tmp_path: Path) -> None:
    fill(case)
    request = make_request(case)
    reply = fetch(address, request)
    with writing(case, clock=CLOCK, actor="heron") as writer:
        stamped = add_reply(writer, reply, request=request, roots=(authority.folder / "ca.pem").read_bytes())
        again = add_reply(writer, fetch(address, request), request=request)
    assert (stamped.problems, again.problems) == ((), ())
    assert (stamped.seq, stamped.file, again.file) == (13, "13.tsr", "13-2.tsr")
    assert stamped.time is not None
    with reading(case) as read:
        entry = read.get(LogEntry, stamped.seq)
        assert [one.subject for one in read.all(LogEntry, event="timestamp.received")] == [entry.hash, entry.hash]
    (tmp_path / "entry.json").write_text(entry.entry)
    stored = case.timestamps_dir / stamped.file
    for over in (("-digest", entry.hash), ("-data", tmp_path / "entry.json"), ("-queryfile", case.timestamps_dir / "13.tsq")):
        said = openssl("ts", "-verify", *over, "-in", stored, "-CAfile", authority.folder / "ca.pem", folder=tmp_path)
        assert "Verification: OK" in said
    assert verify_case(case).problems == ()


def test_a_reply_changed_lost_or_over_something_else_is_found(sqlite_case: Case, authority: Authority) -> None:
    case = sqlite_case
    request = make_request(case)
    reply = authority.answer(request)
    with writing(case, clock=CLOCK, actor="heron") as writer:
        add(writer, b"later")
    other = authority.answer(make_request(case))
    with writing(case, clock=CLOCK, actor="heron") as writer:
        add_reply(writer, reply, request=request)
    assert verify_case(case).ok
    flip(case.timestamps_dir / "2.tsr", 200)
    assert [(p.where, p.what) for p in verify_case(case).problems] == [
        ("timestamps/2.tsr", "the reply is not the one that was received: it was changed")
    ]
    (case.timestamps_dir / "2.tsr").unlink()
    assert "cannot be read" in verify_case(case).problems[0].what
    (case.timestamps_dir / "2.tsr").write_bytes(reply)
    with writing(case, clock=CLOCK, actor="heron") as writer:
        stamped = add_reply(writer, other, request=request)
    assert stamped.problems == ("the reply is over something else than was asked",)
    assert [p.what for p in verify_case(case).problems] == ["it is not a time stamp over the log entry it was asked for"]


def test_replies_are_archived_before_they_are_understood(sqlite_case: Case, authority: Authority) -> None:
    request = make_request(sqlite_case)
    authority.config(digests="sha512")
    refusal = authority.answer(request)
    authority.config()
    with writing(sqlite_case, clock=CLOCK, actor="heron") as writer:
        garbage = add_reply(writer, b"not DER", request=request)
        refused = add_reply(writer, refusal, request=request)
        stranger = add_reply(writer, authority.answer(request), request=request, roots=other_root(authority.folder))
    assert "cannot read it" in garbage.problems[0]
    assert "refused" in refused.problems[0]
    assert "does not lead to the roots" in stranger.problems[0]
    assert {path.name for path in sqlite_case.timestamps_dir.glob("*.tsr")} == {"2.tsr", "2-2.tsr", "2-3.tsr"}
    assert [p.where for p in verify_case(sqlite_case).problems] == ["timestamps/2.tsr"]


def test_a_reply_whose_certificates_come_in_an_unusual_order_is_kept_and_checked(sqlite_case: Case, authority: Authority) -> None:
    """OpenSSL does not sort the certificates of a chain, and the library refuses what is not sorted (RFC 5652 asks for it)."""
    fill(sqlite_case)
    request = make_request(sqlite_case)
    authority.config(whole_chain=True)
    reply = authority.answer(request)
    authority.config()
    with writing(sqlite_case, clock=CLOCK, actor="heron") as writer:
        stamped = add_reply(writer, reply, request=request)
        entry = writer.read.get(LogEntry, stamped.seq)
    stored = sqlite_case.timestamps_dir / stamped.file
    words = ("-digest", entry.hash, "-in", stored, "-CAfile", "ca.pem")
    assert "Verification: OK" in openssl("ts", "-verify", *words, folder=authority.folder)
    assert verify_case(sqlite_case).problems == ()


def other_root(folder: Path) -> bytes:
    words = ("-newkey", "rsa:2048", "-nodes", "-keyout", "x.key", "-out", "x.pem", "-subj", "/CN=Other root")
    openssl("req", "-x509", *words, folder=folder)
    return (folder / "x.pem").read_bytes()


def test_a_request_for_another_log_is_refused(sqlite_case: Case) -> None:
    with writing(sqlite_case, clock=CLOCK, actor="heron") as writer:
        for request in (b"not DER", b"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20" + bytes(32)):
            with pytest.raises(InputError, match="not over an entry"):
                add_reply(writer, b"", request=request)
    assert not list(sqlite_case.timestamps_dir.iterdir())


def test_fetching_says_what_went_wrong(address: str) -> None:
    with pytest.raises(InputError, match="must begin with http"):
        fetch("file:///etc/passwd", b"")
    with pytest.raises(CaseError, match="did not answer"):
        fetch("http://127.0.0.1:9/", b"x")
