"""Time is an argument, and is written in one way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.base.clock import FixedClock, SystemClock, stamp

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.builds(
    lambda microseconds, zone: (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)).astimezone(zone),
    st.integers(0, 4 * 10**15),
    ZONES,
)


def test_a_moment_is_written_in_utc_with_microseconds():
    assert stamp(datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)) == "2026-01-02T03:04:05.000006Z"
    assert stamp(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05.000000Z"


def test_a_moment_elsewhere_is_written_in_utc():
    assert stamp(datetime(2026, 1, 2, 1, 30, tzinfo=timezone(timedelta(hours=2)))) == "2026-01-01T23:30:00.000000Z"


@given(MOMENTS, MOMENTS)
def test_the_writing_sorts_as_time_does(one, other):
    assert (stamp(one) < stamp(other)) == (one < other)
    assert (stamp(one) == stamp(other)) == (one == other)


@given(MOMENTS)
def test_the_writing_can_be_read_back(moment):
    assert datetime.fromisoformat(stamp(moment)) == moment


def test_a_fixed_clock_stands_still(clock):
    assert clock.now() == clock.now() == clock.at
    assert clock.source == "fixed"
    with pytest.raises(AttributeError):
        clock.at = datetime(2030, 1, 1, tzinfo=UTC)
    assert FixedClock(at=clock.at, source="a letter").source == "a letter"


def test_the_system_clock_says_that_nobody_checked_it():
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta(0)
    assert "unverified" in SystemClock().source
