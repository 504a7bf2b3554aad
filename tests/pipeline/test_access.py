from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from armslength.base.errors import CaseError
from armslength.pipeline.access import FAILED, LOGGED_IN, MORE, PER_HOUR, AccessLog


class Book:
    """A clock and a log in one; it can be made to refuse."""

    source = "by hand"

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
        self.busy = False
        self.lines: list[tuple[str, str, dict[str, object], str]] = []

    def now(self) -> datetime:
        return self.at

    def later(self, **how: float) -> None:
        self.at += timedelta(**how)

    def record(self, event: str, subject: str, data: Mapping[str, object], *, actor: str) -> None:
        if self.busy:
            raise CaseError("The case is being written to.")
        self.lines.append((event, subject, dict(data), actor))


def opened() -> tuple[Book, AccessLog]:
    book = Book()
    return book, AccessLog(book.record, subject="case", clock=book)


def test_the_first_refusal_is_entered_at_once():
    book, log = opened()
    log.failed("wrong passphrase", account="heron")
    assert book.lines == [(FAILED, "case", {"reason": "wrong passphrase", "account": "heron"}, "armslength")]


def test_a_minute_of_refusals_is_one_line_more():
    book, log = opened()
    for _ in range(500):
        log.failed("wrong passphrase", account="heron")
        book.later(seconds=0.1)
    assert len(book.lines) == 1
    book.later(seconds=11)
    log.flush()
    assert book.lines[1][2] == {
        "reason": "wrong passphrase",
        "account": "heron",
        "times": 499,
        "since": "2026-01-02T03:00:00.100000Z",
        "until": "2026-01-02T03:00:49.900000Z",
    }
    log.flush(everything=True)
    assert len(book.lines) == 2, "nothing is told twice"


def test_a_single_refusal_makes_no_second_line():
    book, log = opened()
    log.failed("wrong code", account="heron")
    book.later(minutes=5)
    log.flush()
    assert len(book.lines) == 1


def test_another_kind_has_a_line_of_its_own():
    book, log = opened()
    log.failed("wrong code", account="heron")
    log.failed("wrong code", account="finch")
    log.failed("unknown account")
    assert [line[2] for line in book.lines] == [
        {"reason": "wrong code", "account": "heron"},
        {"reason": "wrong code", "account": "finch"},
        {"reason": "unknown account"},
    ]


def test_whoever_tries_many_accounts_all_day_does_not_fill_the_log_and_nothing_goes_uncounted():
    book, log = opened()
    tries = 20_000
    for number in range(tries):
        log.failed("wrong passphrase", account=f"account {number % 1000}")
        book.later(seconds=1)
    log.flush(everything=True)
    hours = tries / 3600
    assert len(book.lines) <= (hours + 1) * (PER_HOUR * 2 + 2)
    assert sum(int(str(line[2].get("times", 1))) for line in book.lines) == tries
    assert any(line[2]["reason"] == MORE for line in book.lines)


def test_what_is_allowed_is_entered_one_by_one():
    book, log = opened()
    for _ in range(3):
        log.allowed(LOGGED_IN, actor="heron")
    assert book.lines == [(LOGGED_IN, "case", {}, "heron")] * 3


def test_while_the_case_is_written_to_lines_wait_in_order():
    book, log = opened()
    book.busy = True
    log.failed("unknown account")
    log.allowed(LOGGED_IN, actor="heron")
    assert book.lines == []
    book.busy = False
    log.flush()
    assert book.lines == [], "nobody knocks at every request"
    book.later(seconds=6)
    log.flush()
    assert [line[0] for line in book.lines] == [FAILED, LOGGED_IN]


def test_at_the_end_what_was_only_counted_is_entered():
    book, log = opened()
    for _ in range(3):
        log.failed("unknown account")
    log.flush(everything=True)
    assert [line[2].get("times", 1) for line in book.lines] == [1, 2]
