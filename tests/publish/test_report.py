"""The report says of every fact what it rests on, the same in Word and PDF, and no machine or person shows in the files."""

import io
import subprocess
import zipfile
from dataclasses import replace

import docx as word
import pypdfium2
import pytest
from publish_samples import content

from armslength.base.errors import InputError
from armslength.model.facts import Relation
from armslength.publish.report import docx, pdf
from armslength.publish.report.outline import entries, outline


def report(case=None):
    told = replace(case or content(), title="Harbour <stations> & $more$ #here", as_of="2026-01-02", scope="Everything documented")
    return outline(told)


def words(data):
    return "\n".join(paragraph.text for paragraph in word.Document(io.BytesIO(data)).paragraphs)


def printed(data):
    pages = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in pages).replace("\r", "").replace("\ufffe", "")


def test_every_fact_stands_in_it_once_with_its_summary():
    found = {entry.fact: entry for entry in entries(report())}
    assert sorted(found) == sorted(fact.id for fact in content().facts)
    assert found["a" * 64].summary == "1 passage in 1 document, 1 publisher, 1 independent origin: Person 7K"


def test_a_denial_stands_with_what_it_denies_and_is_quoted():
    (count,) = [entry for entry in entries(report()) if entry.fact == "a" * 64]
    (denial,) = count.denials
    assert denial.label == "the embassy denies the offices"
    assert [row.quote for row in denial.passages] == ["The embassy denied it"]


def test_every_passage_has_one_number_and_every_number_a_place():
    told = report()
    used = {row.note for entry in entries(told) for row in (*entry.passages, *(one for denial in entry.denials for one in denial.passages))}
    assert used == {note.number for note in told.notes} == {1, 2}
    text = content().documents[0].text
    for note in told.notes:
        start, end = note.place.split()[1].split("–")
        assert text[int(start) : int(end)] in {"at least 12 offices", "The embassy denied it"}


def test_relations_read_from_both_ends():
    case = content()
    later = Relation(id="c" * 64, type="supersedes", fact="a" * 64, other="b" * 64, reason="It is later.")
    found = {entry.fact: entry for entry in entries(report(replace(case, relations=[later])))}
    assert [one.words for one in found["a" * 64].bearings] == ["Later than"]
    assert [one.words for one in found["b" * 64].bearings] == ["Superseded by"]


def test_no_protected_name_stands_outside_a_quotation():
    told = report()
    outside = [entry.heading for entry in entries(told)] + [entry.summary for entry in entries(told)] + [note.text for note in told.notes]
    outside += [row.chain for entry in entries(told) for row in entry.passages] + [
        reason for entry in entries(told) for reason in entry.reasons
    ]
    assert not any("Ferrer" in line for line in outside)


@pytest.mark.parametrize(("made", "text"), [(docx.document, words), (pdf.pdf, printed)], ids=["docx", "pdf"])
def test_both_files_say_what_the_outline_says(made, text):
    pytest.importorskip("typst")
    told = report()
    found = " ".join(text(made(told)).split())
    assert told.title in found, "signs that mean something to a typesetter stay signs"
    for entry in entries(told):
        assert entry.heading in found
        assert entry.summary in found
        for row in entry.passages:
            assert " ".join(row.quote.split()) in found
            assert row.chain in found
    for note in told.notes:
        assert f"{note.text}; {note.place}" in found


@pytest.mark.parametrize("made", [docx.document, pdf.pdf], ids=["docx", "pdf"])
def test_the_same_outline_gives_the_same_bytes(made):
    pytest.importorskip("typst")
    assert made(report()) == made(report())


def test_the_word_file_carries_no_picture_no_machine_and_no_author():
    with zipfile.ZipFile(io.BytesIO(docx.document(report()))) as archive:
        assert not [name for name in archive.namelist() if "thumbnail" in name]
        told = archive.read("docProps/core.xml").decode()
    assert "<dc:creator>armslength</dc:creator>" in told
    assert "python-docx" not in told


def test_the_pdf_is_tagged_and_says_that_it_is_accessible(tmp_path):
    pytest.importorskip("typst")
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf.pdf(report()))
    told = subprocess.run(["pdfinfo", "-struct", str(path)], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    for part in ("H1", "H2", "TOC", "Link"):
        assert part in told, f"the structure tree has no {part}"
    assert b"pdfuaid:part" in path.read_bytes()


def test_a_missing_typesetter_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(InputError, match=r"pip install 'armslength\[pdf\]'"):
        pdf.pdf(report())
