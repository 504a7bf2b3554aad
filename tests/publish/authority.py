"""A time-stamping authority of our own: stock OpenSSL in a folder."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class Authority:
    """Makes its keys when it is made; answers over a digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        (folder / "ext").write_text("extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n")
        key = ("-newkey", "rsa:2048", "-nodes", "-sha256")
        self._openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Quay root", "-days", "3650")
        self._openssl("req", "-new", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Quay clock")
        made = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650", "-extfile", "ext")
        self._openssl("x509", "-req", "-in", "tsa.csr", *made, "-out", "tsa.pem")

    @property
    def roots(self) -> bytes:
        return (self.folder / "ca.pem").read_bytes()

    def reply(self, digest: str) -> bytes:
        """A reply over a SHA-256."""
        self._openssl("ts", "-query", "-digest", digest, "-sha256", "-cert", "-out", "q.tsq")
        self._openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "r.tsr")
        return (self.folder / "r.tsr").read_bytes()

    def _openssl(self, *words: str) -> None:
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
