from __future__ import annotations

import pytest
from making import PAGE, SENTENCE, make_docx, make_pdf

from armslength.base.errors import MissingPieceError
from armslength.base.settings import ReadingLimits
from armslength.ingest.frames import decode_answer, encode_answer
from armslength.ingest.isolated import PROGRAM, Job, read_batch
from armslength.ingest.readers import read
from armslength.ingest.reading import Reading, Refusal

LIMITS = ReadingLimits(seconds=20)
HOSTILE = """
import ctypes, os, signal, socket, subprocess, sys, time
from armslength.base.settings import ReadingLimits
from armslength.ingest.readers.finish import finish
from armslength.ingest.reading import Head
from armslength.ingest.language import load_model
from armslength.ingest.worker import serve
from armslength.model.evidence import Block, Reader

def attempt(do):
    try:
        return f"done: {do()}"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"

def read(data):
    match data.decode():
        case "hang":
            while True: pass
        case "sleep":
            time.sleep(600)
        case "crash":
            ctypes.string_at(0)
        case "quit":
            os._exit(3)
        case "eat":
            return bytearray(10 ** 11)
        case "nest":
            return read(data)
        case "lie":
            os.write(3, b"no frame at all" * 9); os._exit(0)
        case "connect":
            text = attempt(lambda: socket.create_connection(("127.0.0.1", 9)))
        case "socket":
            text = attempt(lambda: ctypes.CDLL(None, use_errno=True).socket(2, 1, 0))
        case "start":
            text = attempt(lambda: subprocess.run(["true"]))
        case "fork":
            text = attempt(os.fork)
        case "write":
            text = attempt(lambda: open(sys.argv[-1] if False else "/tmp/armslength-written", "w"))
        case "write_low":
            text = attempt(lambda: os.open("/tmp/armslength-written", os.O_CREAT | os.O_WRONLY))
        case "environment":
            text = ",".join(sorted(os.environ))
        case text:
            print("noise on the line", flush=True)
    return finish(text, [Block(start=0, end=len(text), kind="paragraph")], Head(), reader=Reader(name="hostile", version="1"), declared_lang="en")

load_model()
serve(read, limits=ReadingLimits(seconds=int(sys.argv[1]), memory_mb=int(sys.argv[2]), max_text=int(sys.argv[3])))
"""


def hostile(*words: str, seconds: int = 20) -> list[Reading | Refusal]:
    jobs = [Job(source=str(number), data=word.encode()) for number, word in enumerate(words)]
    limits = ReadingLimits(seconds=seconds, memory_mb=2048, max_text=100)
    outcomes = read_batch(jobs, limits=limits, program=("-c", HOSTILE))
    assert [outcome.source for outcome in outcomes] == [job.source for job in jobs]
    return [outcome.answer for outcome in outcomes]


def said(answer: Reading | Refusal) -> str:
    return answer.text if isinstance(answer, Reading) else f"refused: {answer.reason}"


def test_files_read_apart_are_read_as_they_are_here() -> None:
    files = [PAGE.encode(), make_docx(), make_pdf(SENTENCE), SENTENCE.encode(), b"%PDF-broken"]
    outcomes = read_batch([Job(source=str(number), data=data) for number, data in enumerate(files)], limits=LIMITS, program=PROGRAM)
    assert [outcome.answer for outcome in outcomes[:4]] == [read(data) for data in files[:4]]
    assert isinstance(outcomes[4].answer, Refusal)


def test_one_bad_file_never_stops_the_rest() -> None:
    answers = [said(answer) for answer in hostile("one", "crash", "two", "quit", "eat", "nest", "x" * 200, "lie", "three")]
    assert [answers[0], answers[2], answers[8]] == ["one", "two", "three"]
    assert "SIGSEGV" in answers[1]
    assert "exit code 3" in answers[3]
    assert "more than 2048 MiB" in answers[4]
    assert "nested too deeply" in answers[5]
    assert "200 characters long, more than 100" in answers[6]
    assert answers[7].startswith("refused: the program that reads it ended without an answer")


def test_a_reader_that_hangs_is_stopped() -> None:
    answers = [said(answer) for answer in hostile("hang", "sleep", "after", seconds=1)]
    assert answers == ["refused: reading it took longer than 1 seconds and was stopped"] * 2 + ["after"]


def test_a_reading_process_has_no_network_and_starts_and_writes_nothing() -> None:
    answers = [said(answer) for answer in hostile("connect", "start", "fork", "write", "write_low")]
    assert [answer.partition(":")[0] for answer in answers] == ["PermissionError"] * 5


def test_native_code_has_no_network_where_the_system_can_forbid_it() -> None:
    import platform
    import sys

    if sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"}:
        pytest.skip("no system-call filter on this system")
    assert said(hostile("socket")[0]) == "done: -1"


def test_a_reading_process_sees_no_secrets_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "x")
    assert "SECRET" not in said(hostile("environment")[0])


def test_a_file_over_the_limit_is_not_opened() -> None:
    (outcome,) = read_batch([Job(source="a", data=b"12345")], limits=ReadingLimits(max_bytes=4), program=("-c", "raise SystemExit(9)"))
    assert outcome.answer == Refusal(reason="it is 5 bytes long, more than 4; split it or raise the limit")


def test_a_reading_process_that_cannot_start_is_not_the_files_fault() -> None:
    with pytest.raises(MissingPieceError, match="exit code 9"):
        read_batch([Job(source="a", data=b"x")], limits=LIMITS, program=("-c", "raise SystemExit(9)"))


def test_an_answer_comes_back_as_it_was_and_nothing_else_is_one() -> None:
    reading = read(PAGE.encode())
    assert decode_answer(encode_answer(reading)) == reading
    assert decode_answer(encode_answer(Refusal(reason="x"))) == Refusal(reason="x")
    for junk in (b"", b"{}", b"[]", b'{"reading": {"text": 1}}', b"\xff\xfe", b"\x80\x04K\x01."):
        assert decode_answer(junk) is None
