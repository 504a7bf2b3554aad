"""A time-stamping authority made with openssl, for the length of a test."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""
EXTENSIONS = "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n"


@dataclass(frozen=True)
class Authority:
    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    def answer(self, request: Path) -> Path:
        reply = request.with_suffix(".tsr")
        openssl("ts", "-reply", "-config", self.folder / "tsa.cnf", "-queryfile", request, "-out", reply)
        return reply


def openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def make(folder: Path) -> Authority:
    folder.mkdir()
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    (folder / "extensions").write_text(EXTENSIONS)
    new = ("req", "-newkey", "ed25519", "-nodes", "-keyout")
    openssl(*new, folder / "root.key", "-x509", "-days", "30", "-subj", "/CN=Test root", "-out", folder / "root.pem")
    openssl(
        "req", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "signer.key", "-subj", "/CN=Test TSA", "-out", folder / "signer.csr"
    )
    openssl(
        *("x509", "-req", "-in", folder / "signer.csr", "-CA", folder / "root.pem", "-CAkey", folder / "root.key", "-CAcreateserial"),
        *("-days", "30", "-extfile", folder / "extensions", "-out", folder / "signer.pem"),
    )
    return Authority(folder)
