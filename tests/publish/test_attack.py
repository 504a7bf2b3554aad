"""The attack finds a leak in every channel, and nothing where there is none."""

import io
import zipfile

import pytest
from leaks import LEAKS, NAME, SECRETS, clean, jpeg, pdf, png, tiff, zipped

from armslength.publish.attack.attack import Secrets, attack
from armslength.publish.attack.files import Budget, Opening
from armslength.publish.attack.pictures import NO_OCR, installed_reader, ppm
from armslength.publish.attack.rows import Limits, Sought


def opening(**more):
    return Opening(waived=True, **more)


def test_a_clean_release_passes(tmp_path):
    found = attack(clean(tmp_path / "out"), SECRETS, opening=opening())
    assert (found.hits, found.blocked) == ((), ())
    assert found.passed
    assert found.files == 6
    assert found.persons == 4
    assert {"file name", "text", "PDF text", "PDF metadata", "PDF structure", "PDF stream"} <= {channel for channel, _ in found.channels}


@pytest.mark.parametrize("channel", LEAKS)
def test_a_planted_leak_is_caught(channel, tmp_path):
    folder = clean(tmp_path / "out")
    LEAKS[channel](folder)
    found = attack(folder, SECRETS, opening=opening())
    assert not found.passed
    assert not any(NAME.split()[1].lower() in f"{hit.how}{hit.about}{hit.channel}".lower() for hit in found.hits)


def test_a_hit_says_where_how_and_whom_by_pseudonym(tmp_path):
    folder = clean(tmp_path / "out")
    (folder / "a.zip").write_bytes(zipped("b/c.html", "<!-- Mirela Dosk -->"))
    hit = attack(folder, SECRETS, opening=opening()).hits[0]
    assert (hit.where, hit.channel, hit.how, hit.about) == ("a.zip > b/c.html", "text", "the full name", "Person 1")


def test_a_picture_that_nobody_can_read_stops_the_release(tmp_path):
    folder = clean(tmp_path / "out")
    (folder / "a.png").write_bytes(png())
    assert [found.reason for found in attack(folder, SECRETS, opening=Opening()).blocked] == [NO_OCR]
    assert attack(folder, SECRETS, opening=Opening(waived=True)).passed
    assert attack(folder, SECRETS, opening=Opening(read=lambda _: "a map of Oslo")).passed


def test_words_on_a_picture_are_sought(tmp_path):
    folder = clean(tmp_path / "out")
    (folder / "a.png").write_bytes(png())
    found = attack(folder, SECRETS, opening=Opening(read=lambda _: "MIRELA\nDOSK"))
    assert {hit.channel for hit in found.hits} == {"picture"}


def test_a_picture_that_cannot_be_read_is_blocked(tmp_path):
    def broken(_):
        raise ValueError

    folder = clean(tmp_path / "out")
    (folder / "a.png").write_bytes(png())
    assert attack(folder, SECRETS, opening=Opening(read=broken)).blocked


def test_where_a_picture_was_taken_stops_it_even_when_it_was_looked_at(tmp_path):
    folder = clean(tmp_path / "out")
    (folder / "a.jpg").write_bytes(jpeg(tiff(0x8825, b"0000")))
    assert "where it was taken" in attack(folder, SECRETS, opening=opening()).blocked[0].reason


def test_a_page_with_a_picture_is_read_as_it_looks(tmp_path):
    seen = []
    folder = clean(tmp_path / "out")
    (folder / "page.pdf").write_bytes(with_picture())
    attack(folder, SECRETS, opening=Opening(read=lambda data: seen.append(data[:2]) or ""))
    assert b"P6" in seen


def with_picture():
    """A PDF whose page holds an inline picture."""
    import zlib

    content = zlib.compress(b"q 100 0 0 100 72 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q")
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_pixels_become_a_pixmap(channels):
    row = bytes([7] * 2) if channels == 1 else bytes([1, 2, 3, 9][:channels] * 2)
    made = ppm(2, 1, row + b"\0", len(row) + 1, channels)
    assert made == b"P6\n2 1\n255\n" + (bytes([7] * 6) if channels == 1 else bytes([3, 2, 1] * 2))


@pytest.mark.parametrize(
    "limits",
    [Limits(depth=1), Limits(one=100)],
)
def test_what_is_past_a_limit_stops_the_release(tmp_path, limits):
    data = zipped("1.zip", zipped("2.zip", zipped("3.txt", "x" * 5000)))
    (tmp_path / "a.zip").write_bytes(data)
    assert attack(tmp_path, SECRETS, opening=opening(limits=limits)).blocked


def test_a_bomb_stops_the_release(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped("x.txt", "x" * 3_000_000))
    assert attack(tmp_path, SECRETS, opening=opening(budget=Budget(1_000_000))).blocked


def test_a_locked_archive_stops_the_release(tmp_path):
    data = bytearray(zipped("x.txt", "nothing"))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        data[data.index(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(RuntimeError), zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.read("x.txt")
    assert attack(tmp_path, SECRETS, opening=opening()).blocked


def test_a_public_name_is_no_hit_although_it_shares_a_word(tmp_path):
    (tmp_path / "a.txt").write_text("Minister Anna Varga spoke for the Harbour Institute. Varga said no.")
    secrets = Secrets(sought=(Sought(about="Person 1", names=("Anselm Varga",)),), public=("Anna Varga",))
    assert attack(tmp_path, secrets, opening=opening()).passed
    (tmp_path / "b.txt").write_text("A. Varga; Anselm Varga")
    assert {hit.where for hit in attack(tmp_path, secrets, opening=opening()).hits} == {"b.txt"}


@pytest.mark.parametrize(
    "text", ["这是理为了什么", "He will mark the long page", "olive-green mirrors of dusk", "64 " + "0123456789abcdef" * 4]
)
def test_what_only_looks_like_a_name_is_no_hit(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    names = ("Li Wei", "Mark Long", "Olive Page", "Will Green")
    secrets = Secrets(sought=tuple(Sought(about=f"Person {n}", names=(name,)) for n, name in enumerate(names)))
    assert attack(tmp_path, secrets, opening=opening()).hits == ()


def test_seven_words_in_a_row_are_let_through(tmp_path):
    (tmp_path / "a.txt").write_text("came to the bakery of a friend in Oslo and asked her three times")
    assert attack(tmp_path, SECRETS, opening=opening()).passed
    (tmp_path / "a.txt").write_text("in Oslo and asked her three times where")
    assert [hit.how for hit in attack(tmp_path, SECRETS, opening=opening()).hits] == ["8 words in a row"]


def test_words_on_a_picture_are_read_where_that_is_installed(tmp_path):
    pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf(shown=f"said {NAME} in Oslo"))
    drawn = document[0].render(scale=2)
    (tmp_path / "a.ppm").write_bytes(ppm(drawn.width, drawn.height, bytes(drawn.buffer), drawn.stride, drawn.n_channels))
    document.close()
    found = attack(tmp_path, SECRETS, opening=Opening(read=installed_reader()))
    assert {hit.channel for hit in found.hits} == {"picture"}
