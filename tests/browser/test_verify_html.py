"""The page that lies in a package: the same verdict as `verify.py` on every package, chosen by hand or dropped, with no network."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))

import package_mutations as mutations
import package_samples as samples
from package_mutations import applied, opened, relisted, resealed

from armslength.publish.package.bag import zip_package
from armslength.publish.package.checks.report import as_values, verify, verify_package

EVERY = 23
"""Of the mutations by field, one in so many is tried here too; verify.py gets them all."""
HERE = """
async (changes) => {
  globalThis.base ??= new Map();
  const files = new Map(globalThis.base);
  for (const [path, data] of Object.entries(changes)) {
    if (data === null) files.delete(path);
    else files.set(path, new Blob([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))]));
  }
  if (!globalThis.base.size) globalThis.base = files;
  const found = await verify(folderPackage(files));
  return found;
}
"""


@pytest.fixture(scope="module", params=["whole", "spans"])
def package(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("page") / "p"
    samples.release(folder, documents=request.param, sources="bytes", source_bytes=samples.source_bytes, context=8)
    return folder


@pytest.fixture
def page(browser, package):
    opened_page = browser.new_page()
    asked = []
    opened_page.on("request", lambda request: asked.append(request.url))
    wrong = []
    opened_page.on("pageerror", lambda error: wrong.append(str(error)))
    opened_page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened_page.goto((package / "verify.html").as_uri())
    yield opened_page
    assert asked == [(package / "verify.html").as_uri()], "the page asks for nothing but itself"
    assert wrong == []
    opened_page.close()


def sent(changes):
    return {path: None if data is None else base64.b64encode(data).decode() for path, data in changes.items()}


def told(values):
    """A report as both can give it: what is said, in any order of problems."""
    problems = sorted((one["code"], one["where"], one["says"]) for one in values["problems"])
    return values["holds"], problems, [tuple(step.values()) for step in values["steps"]], values["notes"], values["keys"]


def changed(files):
    """Packages of every kind: sound ones, and a sample of each kind of change."""
    yield "as written", {}
    yield "sealed again", mutations.difference(files, resealed(files))
    chance = [*mutations.by_chance(files)]
    rows = [*mutations.by_row(files)]
    fields = [(name, changes) for name, _, _, _, changes in mutations.by_field(files)][::EVERY]
    objects = [one for path in ("seal.json", "release.json", "signatures.jsonl") for one in mutations.by_object(files, path)]
    yield from chance[::5]
    for name, changes in [*chance[::7], *objects[::2]]:
        yield f"listed: {name}", mutations.difference(files, relisted(applied(files, changes)))
    for name, changes in [*rows, *fields]:
        yield f"sealed: {name}", mutations.difference(files, resealed(applied(files, changes)))
    facts = files["data/facts.jsonl"]
    for name, data in {
        "crlf": facts.replace(b"\n", b"\r\n"),
        "twice": facts.replace(b'{"min":', b'{"min":1,"min":', 1),
        "nan": facts.replace(b'"min":2', b'"min":NaN', 1),
        "float": facts.replace(b'"min":2', b'"min":2.0', 1),
        "large": facts.replace(b'"min":2', b'"min":9007199254740993', 1),
        "bom": b"\xef\xbb\xbf" + facts,
        "latin-1": facts.replace(b'"label":"', b'"label":"\xe9', 1),
        "deep": facts.replace(b'"min":2', b'"min":' + b"[" * 950 + b"]" * 950, 1),
        "lonely": facts.replace(b'"label":"', b'"label":"\\ud800', 1),
        "escaped": facts.replace(b'"kind":"q', b'"kind":"\\u0071', 1),
    }.items():
        assert data != facts, name
        yield name, mutations.difference(files, resealed({**files, "data/facts.jsonl": data}))
    yield "crlf in a list", {"manifest-sha256.txt": files["manifest-sha256.txt"].replace(b"\n", b"\r\n")}


def test_both_verifiers_say_the_same_of_every_package(page, package):
    files = mutations.read_files(package)
    page.evaluate(HERE, sent(files))
    number, caught = 0, 0
    for name, changes in changed(files):
        number += 1
        mine = told(json.loads(json.dumps(as_values(verify_package(opened(applied(files, changes)))))))
        assert told(page.evaluate(HERE, sent(changes))) == mine, name
        caught += not mine[0]
    assert number > 200
    assert caught > 0.95 * number


def test_a_folder_is_chosen(page, package):
    page.set_input_files("#folder", package)
    page.wait_for_selector(".verdict")
    assert page.text_content(".verdict") == "Everything that was looked at holds."
    assert [step.says for step in verify(package).steps] == page.locator("dd").all_text_contents()
    page.fill("#keys", "0" * 16)
    page.set_input_files("#folder", package)
    page.wait_for_selector(".verdict.wrong")
    assert "somebody else made this package" in page.text_content(".problems")


def test_a_zip_is_chosen_and_what_is_none_is_said_to_be_none(page, package, tmp_path):
    page.set_input_files("#zip", zip_package(package, tmp_path / "p.zip"))
    page.wait_for_selector(".verdict")
    assert page.text_content(".verdict") == "Everything that was looked at holds."
    (tmp_path / "no.zip").write_bytes(b"no zip")
    page.set_input_files("#zip", tmp_path / "no.zip")
    page.wait_for_selector(".verdict.wrong")
    assert page.text_content(".problems li").startswith("package.unknown")


ZIPPED = """
async (data) => verify(await zipPackage(new Blob([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))])))
"""


def test_a_damaged_zip_never_holds_in_the_page_alone(page, package, tmp_path):
    """One bit in fifty places: in names, in packed bytes, in the list at the end, in fields that nobody reads.

    The page is the stricter one: it refuses wrong sizes and lists even where every byte that they lead to is right.
    """
    path = zip_package(package, tmp_path / "p.zip")
    data = path.read_bytes()
    wrong = 0
    for at in [*range(0, len(data), len(data) // 40), *range(len(data) - 1000, len(data), 100)]:
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        mine, theirs = verify(path), page.evaluate(ZIPPED, base64.b64encode(path.read_bytes()).decode())
        assert mine.holds or not theirs["holds"], at
        wrong += not mine.holds
    assert wrong > 40


def test_signatures_and_hashes_are_those_of_the_standards(page):
    said = page.evaluate("""() => [
      hexOf(sha256(bytesOf('abc'))), hexOf(sha512(bytesOf('abc'))),
      hexOf(sha256(new Uint8Array(1000000).fill(97))),
      signedBy(fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'), fromHex('92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'), fromHex('72')),
      signedBy(fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'), fromHex('92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'), fromHex('73')),
      signedBy(fromHex('01'.padEnd(64, '0')), fromHex('01'.padEnd(128, '0')), fromHex('72')),
      hexOf(bytesOf('\\ud800x')),
    ]""")
    assert said == [
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
        True,
        False,
        False,
        "eda08078",
    ]
