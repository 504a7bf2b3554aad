"""What goes over the line, what never does, and every way in which a server can fail."""

from __future__ import annotations

import socket
import time

import pytest
from extract_samples import make_document
from model_server import claim, raw, says, says_text, scripted

from armslength.base.errors import InputError, MissingPieceError
from armslength.base.settings import ModelServer, Settings
from armslength.extract.backends import language_model_http as http
from armslength.extract.backends.language_model_http import Answer, Trouble, ask, check_address, check_answers, where_text_goes
from armslength.extract.read import read_documents
from armslength.extract.readers import reader_for

QUESTION = {"model": "scripted", "messages": []}


def asked(script, **about):
    pauses = []
    result = ask(script.server(**about), QUESTION, sleep=pauses.append)
    return result, pauses


def test_an_answer_and_who_gave_it():
    with scripted(says_text("{}", model="C:\\Users\\somebody\\models\\small-Q4.gguf")) as script:
        result, pauses = asked(script, key="s3cret")
    assert result == Answer("{}", "small-Q4.gguf"), "a path on somebody's machine never gets into a claim"
    assert pauses == []
    assert script.paths == ["/v1/chat/completions"]
    assert script.heads[0]["Authorization"] == "Bearer s3cret"
    assert "s3cret" not in repr(script.server(key="s3cret"))


def test_a_busy_server_is_asked_again_after_growing_pauses():
    with scripted(raw(b"", 429), raw(b"oops", 500), says_text("{}")) as script:
        result, pauses = asked(script)
    assert isinstance(result, Answer)
    assert pauses == [0.5, 1.0]


def test_it_is_not_asked_for_ever():
    with scripted(raw(b"", 500)) as script:
        result, pauses = asked(script, attempts=4)
    assert (len(script.asked), pauses) == (4, [0.5, 1.0, 2.0])
    assert result == Trouble("The language model's server answered with HTTP status 500.", again=True)


def test_what_will_not_change_is_not_asked_again():
    with scripted(raw(b"no such model", 404)) as script:
        result, _ = asked(script)
    assert len(script.asked) == 1
    assert result.lasting


def test_a_redirect_is_never_followed():
    with scripted(says_text("{}")) as other, scripted(raw(b"", 307, Location=f"{other.url}/chat/completions")) as script:
        result, _ = asked(script)
    assert other.asked == []
    assert "never followed" in result.reason
    assert result.lasting


def test_a_server_that_is_too_slow_is_left():
    with scripted(lambda _: script.over.wait(20)) as script:
        begun = time.monotonic()
        result, pauses = asked(script, seconds=0.2)
        assert time.monotonic() - begun < 10
    assert "it took too long" in result.reason
    assert pauses == [], "what took too long once does so again"
    assert not result.lasting


def test_a_server_that_trickles_is_left():
    def trickle(handler):
        handler.send_response(200)
        handler.end_headers()
        while not script.over.wait(0.02):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    with scripted(trickle) as script:
        result, _ = asked(script, seconds=0.3)
    assert "it took too long" in result.reason


def test_a_server_that_hangs_up_is_asked_again():
    def hang_up(handler):
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    with scripted(hang_up, says_text("{}")) as script:
        result, pauses = asked(script)
    assert isinstance(result, Answer)
    assert pauses == [0.5]


def test_nobody_listening_is_said():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = ModelServer(url=f"http://127.0.0.1:{port}/v1", model="m", seconds=2)
    result = ask(server, QUESTION, sleep=lambda _: None)
    assert "nobody listens" in result.reason
    with pytest.raises(MissingPieceError, match="No language model answers"):
        check_answers(server)


def test_an_enormous_answer_is_not_read():
    with scripted(says_text("x" * 50_000)) as script:
        result, _ = asked(script, max_bytes=10_000)
    assert "larger than any answer" in result.reason
    assert result.lasting


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html>hello</html>", "no chat completion"),
        (b"\xff\xfe{}", "no chat completion"),
        (b'{"choices": [{"message": {"content": "\xff"}}]}', "no chat completion"),
        (b'{"choices": []}', "no chat completion"),
        (b'{"choices": [{"message": {}}]}', "no chat completion"),
        (b'{"error": "x"}', "no chat completion"),
        (b'{"choices": [{"message": {"content": null}}]}', "no text"),
        (b'{"choices": [{"message": {"content": "{"}, "finish_reason": "length"}]}', "cut off"),
        (b"", "no chat completion"),
    ],
)
def test_an_answer_that_is_none_is_said(body, why):
    with scripted(raw(body)) as script:
        result, _ = asked(script)
    assert why in result.reason
    assert result.lasting
    assert len(script.asked) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/v1", "http://localhost:1/v1", "http://[::1]:8080/v1", "https://127.0.0.2/v1"])
def test_this_machine_is_allowed_and_said(url):
    assert "on this machine, and nowhere else" in where_text_goes(ModelServer(url=url, model="m"))


@pytest.mark.parametrize(
    "url",
    ["http://192.0.2.1/v1", "https://models.example/v1", "http://127.0.0.1.example/v1", "http://localhost.example/v1", "http://0.0.0.0/v1"],
)
def test_another_machine_has_to_be_allowed(url):
    with pytest.raises(InputError, match="--allow-remote-model"):
        check_address(ModelServer(url=url, model="m"))
    told = where_text_goes(ModelServer(url=url, model="m", allow_remote=True))
    assert "ANOTHER MACHINE" in told
    assert ("UNENCRYPTED" in told) == url.startswith("http:")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:8080",
        "file:///etc/passwd",
        "http://",
        "http://127.0.0.1:99999/v1",
        "http://u:secret@127.0.0.1/v1",
        "http://127.0.0.1/v1?x=1",
    ],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(InputError) as error:
        check_address(ModelServer(url=url, model="m"))
    assert "secret" not in str(error.value)


def test_a_name_that_leads_elsewhere_is_found_out_before_anything_is_sent(monkeypatch):
    with scripted(says_text("{}")) as script:
        monkeypatch.setattr(http, "_is_loopback", lambda host: host == "127.0.0.1" and "url" in host)
        result, _ = asked(script, url=script.url.replace("127.0.0.1", "localhost"))
    assert script.asked == []
    assert "leads to another machine" in result.reason


def test_a_proxy_of_the_environment_is_not_used(monkeypatch):
    with scripted(says_text("{}")) as script, scripted(says_text("{}")) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        result, _ = asked(script)
    assert isinstance(result, Answer)
    assert proxy.asked == []


def test_nothing_is_sent_when_no_model_is_set(monkeypatch):
    def forbidden(*_args, **_kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "create_connection", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    monkeypatch.setenv("ARMSLENGTH_MODEL_URL", "http://127.0.0.1:1/v1")
    read, version = reader_for(Settings())
    assert read.keywords["prose"].func is read_documents
    assert "language model" not in version
    (reading,) = read([make_document("Police opened an investigation into two overseas police stations in Oslo.")])
    assert reading.claims


def test_the_reader_is_part_of_what_a_result_stands_under():
    one = Settings(model=ModelServer(url="http://127.0.0.1:1/v1", model="a"))
    two = Settings(model=ModelServer(url="http://127.0.0.1:1/v1", model="b"))
    moved = Settings(model=ModelServer(url="http://127.0.0.1:2/v1", model="a"))
    versions = [reader_for(s)[1] for s in (Settings(), one, two)]
    assert len(set(versions)) == 3
    assert reader_for(moved)[1] == reader_for(one)[1], "where a model runs changes nothing"


def test_what_is_asked_is_fixed():
    with scripted(says(claim("x"))) as script:
        read, _ = reader_for(Settings(model=script.server(seed=7, max_tokens=99)))
        read([make_document("Police opened an investigation into two overseas police stations in Oslo.")])
    body = script.asked[0]
    assert (body["temperature"], body["seed"], body["max_tokens"], body["stream"]) == (0, 7, 99, False)
    assert body["response_format"]["json_schema"]["strict"] is True
