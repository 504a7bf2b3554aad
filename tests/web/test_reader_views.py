"""A document cut into parts, paragraphs and pieces; the records beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from types import SimpleNamespace

import pytest
import web_samples
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from armslength.base.clock import FixedClock
from armslength.base.ids import digest, digest_text
from armslength.base.language import say
from armslength.model.claims import Dated, Link
from armslength.model.evidence import Block, Collection, Source
from armslength.model.ontology import load
from armslength.model.outcome import StageRun
from armslength.model.verdicts import verdicts
from armslength.pipeline.verdicting import FIELDS
from armslength.pipeline.views.choices import choices
from armslength.pipeline.views.cutting import LONGEST, MOST_CLAIMS, cut, paragraph_ranges, parts_of
from armslength.pipeline.views.document import document_view, record_of
from armslength.pipeline.views.names import Names
from armslength.pipeline.views.records import Said, doubts, fields_of, in_words, record
from armslength.store.case import create_case
from armslength.store.read import reading
from armslength.store.write import writing
from armslength.web.app import create_app
from armslength.web.seen import counted, visible
from armslength.web.visitors import Laptop

DOCS = web_samples.articles()
CLAIMS = web_samples.claims(DOCS)
ALPHABET = "ab. \n字。\u202e😀"


def text_of(text, blocks=()):
    return replace(DOCS["herald"], text=text, id=digest_text(text), blocks=tuple(blocks), boilerplate=())


def at(start, end, number=1):
    return SimpleNamespace(start=start, end=end, number=number, family="site")


@given(st.text(ALPHABET, max_size=200), st.lists(st.integers(0, 199), max_size=12), st.integers(4, 60), st.integers(1, 4))
def test_parts_follow_one_another_and_lose_nothing(text, starts, most_bytes, most_claims):
    document = text_of(text)
    places = sorted(place for place in starts if place < len(text))
    parts = parts_of(document, places, most_bytes=most_bytes, most_claims=most_claims).rows
    assert [row for part in parts for row in part.ranges] == paragraph_ranges(document)
    assert parts[0].start == 0
    assert parts[-1].end == len(text) + 1
    assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    for place in places:
        assert sum(part.holds(place) for part in parts) == 1
    for part in parts:
        held = sum(part.holds(place) for place in places)
        size = len(document.text[part.start : part.end].encode())
        assert len(part.ranges) <= 1 or (held <= most_claims and size <= most_bytes)


@given(st.text(ALPHABET, max_size=200), st.integers(4, 40), st.integers(0, 199), st.integers(1, 60))
def test_the_pieces_of_all_parts_are_the_text_again(text, most, start, size):
    text += "end"
    document = text_of(text)
    low, high = min(start, len(text) - 1), min(start + size, len(text))
    parts = parts_of(document, (), most_bytes=most)
    paragraphs = [row for part in parts.rows for row in cut(document, [at(low, high)], part=part)]
    pieces = [piece for row in paragraphs for piece in row.pieces]
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())
    assert [row.number for row in paragraphs] == list(range(1, len(paragraphs) + 1))
    under = "".join(piece.text for piece in pieces if piece.claims)
    assert "".join(under.split()) == "".join(text[low:high].split())
    assert sum(len(row.claims) for row in paragraphs) == 1
    assert sum(len(piece.ends) for piece in pieces) <= 1


def test_a_text_without_line_ends_is_cut_behind_sentences():
    text = "One more sentence stands here. " * 3000
    ranges = paragraph_ranges(text_of(text, [Block(start=0, end=len(text), kind="paragraph")]))
    assert len(ranges) > 4
    assert "".join(text[low:high] for low, high, _ in ranges) == text
    assert all(high - low <= LONGEST for low, high, _ in ranges)
    assert all(text[low:high].rstrip().endswith(".") for low, high, _ in ranges)


def test_a_place_is_found_in_its_part_and_paragraph():
    document = text_of("one\ntwo\nthree\nfour")
    parts = parts_of(document, (), most_bytes=8)
    assert [part.first for part in parts.rows] == [1, 3, 4]
    assert [parts.of(place).number for place in (0, 3, 4, 8, 13, 14, 17)] == [1, 1, 1, 2, 2, 3, 3]
    assert [parts.paragraph(place) for place in (0, 4, 8, 14, 17)] == [1, 2, 3, 4, 4]


def test_an_empty_text_is_one_part():
    (part,) = parts_of(text_of(""), ()).rows
    assert (part.ranges, part.holds(0)) == ((), True)


@given(st.text("a<&\r\n\u202e\u00ad\x00😀", max_size=30))
def test_what_is_written_out_says_how_many_characters_it_was(text):
    from lxml import html

    shown = html.fromstring(f"<p>{counted(text)}</p>") if text.strip() else None
    if shown is None:
        return
    written = sum(int(node.get("data-n")) for node in shown.iter("i"))
    plain = sum(len(node.text or "") for node in shown.iter("p")) + sum(len(node.tail or "") for node in shown.iter("i"))
    assert written + plain == len(text)
    assert shown.text_content() == visible(text).replace("\r", "")


def shown(claim, document, *, judgements=()):
    said = Said(verdicts=verdicts(judgements), heads={})
    return record(claim, document, number=1, names=Names(entities={}), parts=parts_of(document, ()), said=said)


def test_a_voice_leads_to_where_it_is_named():
    told = shown(CLAIMS["herald"], DOCS["herald"]).chain
    assert [(one.voice.page, one.page, one.paragraph) for one in told] == [(True, 0, 0), (False, 1, 2), (False, 1, 2)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"modality": "possible"}, "said to be possible"),
        ({"speech_act": "hedges"}, "says it with reserve"),
        ({"confidence": 0.4}, "not sure"),
        ({"as_of": Dated(edtf="", basis="open: no year")}, "a date cannot be told"),
        ({"attribution": (Link(name="x", kind="unnamed", mention="m"),)}, "is not named"),
        ({"attribution": (Link(name="x", kind="report", mention="m", latent=True),)}, "named elsewhere"),
    ],
)
def test_what_makes_a_reading_doubtful_is_said(change, said):
    assert any(said in one for one in doubts(replace(CLAIMS["later"], **change)))


def test_a_plain_reading_is_not_doubtful():
    assert doubts(CLAIMS["later"]) == ()


def test_what_can_be_edited_is_what_the_record_has_fields_for():
    assert set(fields_of(CLAIMS["later"])) | {"event_date", "claimed_period"} == set(FIELDS["claim"])
    assert "value" not in fields_of(CLAIMS["denial"])
    assert all(in_words(name, value) for name, value in fields_of(CLAIMS["later"]).items())


def test_every_code_that_can_be_chosen_is_one_of_the_ontology():
    ontology, found = load(), choices()
    assert [one.code for group in found.kinds for one in group.rows] == sorted(
        ontology.codes("kinds"), key=[one.code for group in found.kinds for one in group.rows].index
    )
    assert {one.code for group in found.methods for one in group.rows} == {
        code for code in ontology.codes("methods") if not ontology.method(code).group
    }
    assert {one.code for one in found.voices} < set(ontology.codes("link_kinds"))
    assert all(say(group.words) for group in (*found.kinds, *found.methods))


def test_the_part_that_holds_a_claim_is_given(case, monkeypatch):
    from armslength.pipeline.views import document as module

    doc = DOCS["herald"]
    monkeypatch.setattr(module, "parts_of", lambda row, starts: parts_of(row, starts, most_claims=1))
    with reading(case) as reader:
        whole = [document_view(reader, doc.id, page=page) for page in range(1, 10)]
        parts = [view for view in whole if view]
        rows = [row for view in parts for row in view.claims]
        assert len(parts) > 2
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        for row in rows:
            view = document_view(reader, doc.id, claim=row.id)
            assert view is not None
            assert (view.chosen, row.id in {one.id for one in view.claims}) == (row.id, True)
            assert record_of(reader, row.id) == next(one for one in view.claims if one.id == row.id)
        assert parts[0].whole.next_undecided == parts[1].claims[0].id
        assert parts[-1].whole.next_undecided == ""
        assert document_view(reader, doc.id, page=0) is None
        assert document_view(reader, doc.id, page=len(parts) + 1) is None


def test_what_was_not_used_is_shown_with_its_place(case):
    with reading(case) as reader:
        view = document_view(reader, DOCS["herald"].id)
        chinese = document_view(reader, DOCS["chinese"].id)
    assert view is not None
    assert [(row.start, row.end, row.paragraph) for row in view.unused] == [(0, 40, 1)]
    assert view.counts.unused == 1
    assert chinese is not None
    assert chinese.notices == ("There is no reader for Chinese yet, so no claims were looked for.",)


def test_every_key_is_listed_and_every_listed_key_works():
    folder = files("armslength.web")
    script = folder.joinpath("static/reader.js").read_text("utf-8")
    taken = set(re.findall(r"^  (\w+): ", script[script.index("const KEYS") : script.index('addEventListener("keydown"')], re.MULTILINE))
    listed = re.findall(r"^  \(\(([^)]*)\), _", folder.joinpath("templates/_reader_keys.html").read_text("utf-8"), re.MULTILINE)
    keys = {key for row in listed for key in re.findall(r'"([^"]+)"', row)}
    chooser = folder.joinpath("static/reader-choose.js").read_text("utf-8")
    assert taken - {"Escape"} <= keys
    assert {"Esc", "?"} <= keys
    assert {key for key in keys if len(key) == 1 and key.isalpha()} <= {*taken, "x"}
    assert 'event.key === "x"' in chooser


def test_a_full_part_of_a_long_text_is_light(tmp_path):
    sentence = "The group Quay Watch has now counted 102 contact offices in the harbour towns, and nobody would say why. "
    document = web_samples.document("long.txt", "Long", "Publisher", "2024", [("paragraph", sentence * 6)] * 60)
    rows = []
    for block in document.blocks:
        for turn in range(3):
            start = block.start + turn * len(sentence)
            found = replace(CLAIMS["later"], id=digest("claim", start), doc=document.id, start=start, end=start + 60, repeats=())
            rows.append(replace(found, quote=document.text[start : start + 60], attribution=found.attribution[:1]))
    clock = FixedClock(at=datetime(2026, 1, 2, tzinfo=UTC))
    case = create_case(tmp_path / "case", name="Long", clock=clock, actor="tester")
    data = document.text.encode()
    act = Collection(
        id="a" * 64, source=document.first.source, file="long.txt", method="upload", collected_at="2026-01-02T03:04:05.000006Z", clock="fixed",
        collector="tester", tool="armslength", tool_version="0",
    )  # fmt: skip
    with writing(case, clock=clock, actor="tester") as writer:
        writer.add_source(data, source=Source(id=act.source, size=len(data), media_type="text/plain"), collection=act)
        writer.put(StageRun(id="ingest", version="1", input_hash="0" * 64, output_hash=""), [document])
        writer.put(StageRun(id="extract", version="1", input_hash="0" * 64, output_hash=""), rows)
    client = TestClient(create_app(case, gate=Laptop("as-if-random")), base_url="http://127.0.0.1")
    client.get("/?token=as-if-random")
    answer = client.get(f"/documents/{document.id}")
    assert answer.text.count("<article") == MOST_CLAIMS
    assert len(answer.content) < 2_000 * MOST_CLAIMS + 60_000, "with 100 kB of text a part stays below 500 kB"
    second = client.get(f"/documents/{document.id}?page=2")
    assert second.text.count("<article") == len(rows) - MOST_CLAIMS
    last = rows[-1].id
    assert f'id="claim-{last}"' in client.get(f"/documents/{document.id}?claim={last}").text
    assert client.get(f"/documents/{document.id}?page=3").status_code == 404
