from __future__ import annotations

from dataclasses import replace

import pytest
import web_samples
from hypothesis import given
from hypothesis import strategies as st

from armslength.base.ids import digest_text
from armslength.model.evidence import Block
from armslength.model.facts import OriginGroup, Origins
from armslength.pipeline.views import words
from armslength.pipeline.views.cutting import cut
from armslength.pipeline.views.fact import fact_view
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.pipeline.views.lines import Mark, folded, unknown_groups
from armslength.pipeline.views.names import Names
from armslength.pipeline.views.passages import context, elided, passage, shortened
from armslength.store.read import reading


@pytest.mark.parametrize(
    ("value", "comparator", "said"),
    [(54, ">=", "at least 54"), (230000, ">", "more than 230,000"), (1.5, "approx", "about 1.5"), (3, "=", "3"), (9, "<", "fewer than 9")],
)
def test_numbers_carry_their_comparator(value, comparator, said):
    assert words.valued(value, comparator) == said


def test_a_vague_number_is_its_interval():
    assert words.valued(None, ">=", low=24) == "not one number; 24 or more"
    assert words.valued(None, "=", low=2, high=4) == "between 2 and 4"
    assert words.valued(None, "=") == ""


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(1, 1, "1 origin"), (2, 2, "2 origins"), (1, 3, "1 to 3 origins"), (0, 2, "no known origin, at most two"), (0, 0, "no known origin")],
)
def test_origins_begin_with_the_lower_end(low, high, said):
    assert words.origins(low, high) == said


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2022-09", "September 2022"),
        ("2022-09-05", "5 September 2022"),
        ("2021-04/2022-07", "April 2021 to July 2022"),
        ("2021~", "about 2021"),
        ("2021/..", "from 2021"),
        ("../2021-02", "until February 2021"),
        ("2021-21", "2021-21"),
        ("19XX", "19XX"),
        ("", ""),
        (None, ""),
    ],
)
def test_dates_are_words_and_never_more_precise(edtf, said):
    assert words.dated(edtf) == said


def test_articles_name_their_publishers_when_they_are_fewer():
    assert words.articles(4, 4) == "4 articles"
    assert words.articles(5, 4) == "5 articles from 4 publishers"


def test_codes_have_words():
    assert label_of("GR.investigation_opened") == "Investigation opened"
    assert label_of("not.a_code") == "not: a code"
    assert country_of("AT") == "Austria"
    assert country_of("ZZ") == "ZZ"


def lines(*ids):
    view = {
        "label": "",
        "family": "",
        "section": "",
        "kind": "",
        "quote": "",
        "modality": "",
        "value": "",
        "unit": "",
        "as_of": "",
        "as_of_note": "",
        "country": "",
    }
    counts = {"documents": 1, "passages": 1, "apparent": 1, "min": 1, "max": 1, "unknown": 0}
    from armslength.pipeline.views.lines import FactLine

    mark = Mark(articles=1, established=1, possible=0, joins=())
    rest = {"counted": True, "unnamed": False, "articles": "", "origins": "", "mark": mark, "opinion": False, "state": "machine"}
    return [FactLine(id=row, **view, **counts, **rest, interested=False, denied_by=(), contradicted_by=()) for row in ids]


def test_a_chain_of_supersession_folds_under_its_newest_fact():
    tops = folded(lines("a", "b", "c", "d"), [("b", "a"), ("c", "b")])
    assert [(line.id, [old.id for old in line.older]) for line in tops] == [("c", ["a", "b"]), ("d", [])]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdefg")), max_size=20))
def test_folding_loses_no_fact(pairs):
    tops = folded(lines(*"abcdef"), pairs)
    shown = [line.id for line in tops] + [old.id for line in tops for old in line.older]
    assert sorted(shown) == list("abcdef")


def test_unknown_groups_are_the_last_ones():
    groups = tuple(OriginGroup(label=label, claims=claims) for label, claims in (("a", ("1", "2")), ("b", ("3",)), ("c", ("4",))))
    row = Origins(id="f", min=1, max=3, unknown=2, apparent=4, groups=groups)
    assert unknown_groups(row) == {1, 2}
    assert unknown_groups(replace(row, unknown=1)) == {2}
    assert unknown_groups(replace(row, unknown=0)) == set()


def test_context_is_the_rest_of_the_paragraph_at_most_two_sentences_a_side():
    document = web_samples.articles()["herald"]
    start = document.text.index("citing notices")
    before, after = context(document, start, start + len("citing notices"))
    assert before.endswith("in 30 countries, ")
    assert after.startswith(" that the Karst interior ministry")
    assert "A knock on the door" not in before + after


@given(st.text(max_size=600), st.integers(0, 600), st.integers(0, 600))
def test_context_stands_around_the_quote_in_the_text(text, a, b):
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    document = replace(web_samples.articles()["herald"], text=text, id=digest_text(text), blocks=(), boilerplate=())
    before, after = context(document, start, end)
    assert text[:start].endswith(before.removeprefix("… ").removeprefix("…"))
    assert text[end:].startswith(after.removesuffix(" …").removesuffix("…"))


ALPHABET = "ab \n字.\u202e"


@given(
    st.text(ALPHABET, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=5),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=3),
)
def test_cutting_a_text_loses_nothing(text, blocks, spans, furniture):
    text += "end"
    blocks = merged(blocks, len(text))
    sample = web_samples.claims(web_samples.articles())["opinion"]
    document = replace(
        web_samples.articles()["herald"],
        text=text,
        id=digest_text(text),
        blocks=tuple(Block(start=a, end=b, kind="paragraph") for a, b in blocks),
        boilerplate=tuple((a, min(a + n, len(text))) for a, n in furniture if a < len(text)),
    )
    shown = []
    for number, (start, size) in enumerate(((a, n) for a, n in spans if a < len(text)), start=1):
        end = min(start + size, len(text))
        row = replace(sample, start=start, end=end, quote=text[start:end])
        shown.append(passage(row, document, number=number, names=Names(entities={})))
    paragraphs = cut(document, shown)
    pieces = [piece for paragraph in paragraphs for piece in paragraph.pieces]
    assert all(text[piece.start : piece.start + len(piece.text)] == piece.text for piece in pieces)
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())
    assert sorted(row.number for paragraph in paragraphs for row in paragraph.claims) == [row.number for row in shown]
    for row in shown:
        under = "".join(piece.text for piece in pieces if row.number in piece.claims)
        assert "".join(under.split()) == "".join(row.quote.split())


def merged(pairs, length):
    """Blocks in order that do not overlap."""
    out, at = [], 0
    for start, size in sorted(pairs):
        low, high = max(start, at), min(start + size, length)
        if low < high:
            out.append((low, high))
            at = high
    return out


def test_long_evidence_is_cut_and_says_so():
    assert elided("x" * 10) == "x" * 10
    assert "[…]" in elided("x" * 1000)
    assert shortened("one two three", 9) == "one two […]"


def test_a_fact_that_is_not_there_is_none(case):
    with reading(case) as reader:
        assert fact_view(reader, "0" * 64) is None


def test_words_about_persons_are_not_shown_in_lists(client):
    assert "visited her flat" not in client.get("/").text
    assert "visited her flat" not in client.get("/facts").text


def test_what_is_said_not_to_be_so_says_so(case):
    from armslength.pipeline.views.lines import fact_lines

    claims = web_samples.claims(web_samples.articles())
    closed = replace(claims["closed"], modality="negated")

    class Rows:
        def all(self, row_type, **where):
            return [closed] if row_type.__name__ == "Claim" else []

        def exact(self):
            return self

        def hidden(self, row):
            return row

    fact = web_samples.fact("Charged", "legal.charge", [closed])
    (line,) = fact_lines(Rows(), [fact])
    assert line.modality == "said not to be so"
