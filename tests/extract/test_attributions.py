"""Attributions of whole documents: who, by which words, what; with invented sentences."""

import gzip
import re
from importlib.resources import files

import pytest

from armslength.base.offsets import overlap
from armslength.extract.attribution_model import model, packed, probability, shared_out, unpacked
from armslength.extract.attribution_view import american
from armslength.extract.attributions import Attribution, attributions
from armslength.model.evidence import Document, Reader


def found(text: str) -> tuple[Attribution, ...]:
    return attributions(Document(id="d", text=text, lang="en", reader=Reader(name="", version=""), appearances=()))


def only(text: str) -> tuple[str, str, str, str]:
    """Source, cue, content and kind of the one attribution of a text."""
    (one,) = found(text)
    source = text[slice(*one.source)] if one.source else ""
    return source, text[slice(*one.cue)], " / ".join(text[slice(*piece)] for piece in one.content), one.kind


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "kind"),
    [
        ("Tomas Brell said that the offices had been closed.", "Tomas Brell", "said", "that the offices had been closed", "statement"),
        ("Most residents believe that the office is still open.", "Most residents", "believe", "that the office is still open", "belief"),
        ("The ministry wants to close the office in June.", "The ministry", "wants", "to close the office in June", "intention"),
        ("The union criticised the plan.", "The union", "criticised", "the plan", "attitude"),
        ("According to the ministry, nine offices were closed.", "the ministry", "According", "nine offices were closed", "statement"),
        ("“The office is closed,” Tomas Brell said.", "Tomas Brell", "said", "The office is closed", "statement"),
    ],
)
def test_each_kind(text: str, source: str, cue: str, content: str, kind: str) -> None:
    assert only(text) == (source, cue, content, kind)


def test_a_quotation_goes_on_over_sentences_and_around_its_speaker() -> None:
    text = "“The office is closed,” Tomas Brell said. “It was never ours. We do not know who opened it.”"
    (one,) = found(text)
    told = " / ".join(text[slice(*piece)] for piece in one.content)
    assert "The office is closed" in told
    assert told.endswith("We do not know who opened it.")
    assert "Brell" not in told


def test_a_paragraph_that_is_all_quotation_goes_on_with_the_one_before() -> None:
    text = "“The office is closed,” Tomas Brell said.\n\n“It was never ours, and we do not know who opened it.”"
    assert any("never ours" in text[slice(*piece)] for one in found(text) for piece in one.content)


def test_plain_report_is_attributed_to_nobody() -> None:
    assert found("The office stands between a bakery and a bank. It has two windows and a red door.") == ()


def test_offsets_lie_in_the_text_and_nothing_nests() -> None:
    text = "Tomas Brell said the mayor had told him that the office, “a guest who would not leave,” was closed. Residents doubt it."
    rows = found(text)
    assert rows
    for one in rows:
        assert all(0 <= start < end <= len(text) for start, end in (one.cue, *one.content, *([one.source] if one.source else [])))
        assert 0.0 < one.probability <= 1.0
        assert not any(overlap(one.cue, piece) for other in rows for piece in other.content)


def test_a_voice_is_read_from_the_source() -> None:
    (one,) = found("Tomas Brell said that the offices had been closed.")
    assert one.voice is not None
    assert (one.voice.name, one.voice.kind) == ("Tomas Brell", "person")


def test_an_empty_text_has_none() -> None:
    assert found("") == ()
    assert found("“”\n\n—\n\n:") == ()


def test_the_weights_hold_no_names() -> None:
    raw = gzip.decompress((files("armslength.extract") / "data" / "attribution.tsv.gz").read_bytes()).decode("utf-8")
    rows = [line.split("\t")[:2] for line in raw.splitlines()]
    assert rows
    assert all(feature == feature.casefold() for part, feature in rows if part == "rate" and "|" not in feature)
    held = {word for _, feature in rows for word in re.findall(r"[a-z]+", feature)}
    assert not held & {"trump", "clinton", "obama", "washington", "smith", "john", "maria", "china", "russia", "iran"}


@pytest.mark.parametrize(("british", "american_form"), [("criticise", "criticize"), ("recognise", "recognize"), ("favour", "favor")])
def test_british_spelling_is_known(british: str, american_form: str) -> None:
    assert american(british) == american_form


@pytest.mark.parametrize("word", ["promise", "advise", "exercise", "surprise", "raise", "compromise", "hour", "noise", "rise"])
def test_words_spelt_so_everywhere_are_left(word: str) -> None:
    assert american(word) == word


def test_weights_survive_packing() -> None:
    tables = {"rate": {"say|VERB": 0.9}, "cue": {"b": -1.25, "nothing": 0.001}, "content": {"w>ccomp": 2.0}, "source": {"psubj": 1.0}}
    again = unpacked(packed(tables))
    assert again.rate == {"say|VERB": 0.9}
    assert again.cue == {"b": -1.25}
    assert packed(tables) == packed(tables)


def test_the_model_is_read_once() -> None:
    assert model() is model()


def test_probabilities() -> None:
    assert probability(0.0) == pytest.approx(0.5)
    assert probability(-1_000.0) == 0.0
    assert sum(shared_out([1_000.0, 0.0, 999.0])) == pytest.approx(1.0)
