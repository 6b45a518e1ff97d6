# SPDX-License-Identifier: EUPL-1.2
"""When something was received that a clock tells which is wrong, as a table."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.offline.domain.clock import OLDEST, TOLERANCE, Doubt, reception

NOW = datetime(2026, 9, 7, 15, 0, tzinfo=UTC)
PREPARED = NOW - timedelta(days=30)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TWO = 2 * HOUR


@pytest.mark.parametrize(
    ("ago", "behind", "known", "received", "doubt"),
    [
        (TWO, timedelta(0), timedelta(0), NOW - TWO, None),
        (TWO, timedelta(0), None, NOW - TWO, None),
        (TWO, 3 * DAY, 3 * DAY, NOW - TWO, None),  # always three days behind: the distance takes it out
        (TWO, -400 * DAY, -400 * DAY, NOW - TWO, None),  # always in next year
        (TWO, 3 * DAY, None, NOW - TWO, None),
        (timedelta(0), timedelta(0), timedelta(minutes=9), NOW, None),  # drifted
        (timedelta(minutes=-2), timedelta(0), timedelta(0), NOW, None),  # never after now
        (TWO, timedelta(0), 3 * DAY, NOW, Doubt.MOVED),  # put right on the way home
        (TWO, 3 * DAY, timedelta(0), NOW - TWO - 3 * DAY, Doubt.MOVED),
        (-HOUR, timedelta(0), None, NOW, Doubt.MOVED),  # made after it was sent
        (40 * DAY, timedelta(0), timedelta(0), PREPARED, Doubt.BEFORE),
        (11 * DAY, timedelta(0), timedelta(0), NOW - 11 * DAY, Doubt.OLD),
        (10 * DAY, timedelta(0), timedelta(0), NOW - 10 * DAY, None),
    ],
)
def test_what_is_received_when_and_what_is_doubted(ago, behind, known, received, doubt):
    """`ago`: how long before the sending it was made, by the device; `behind`: what its clock lacks then."""
    sent_at = NOW - behind
    found = reception(made_at=sent_at - ago, sent_at=sent_at, known=known, prepared_at=PREPARED, now=NOW)
    assert (found.received_at, found.offset, found.doubt) == (received, behind, doubt)


spans = st.integers(-4_000_000, 4_000_000).map(lambda minutes: timedelta(minutes=minutes))


@given(made=spans, sent=spans, known=st.none() | spans)
def test_it_is_never_later_than_now_and_what_is_old_is_always_doubted(made, sent, known):
    found = reception(made_at=NOW + made, sent_at=NOW + sent, known=known, prepared_at=PREPARED, now=NOW)
    assert found.received_at <= NOW
    if found.doubt is None:
        assert found.received_at >= max(NOW - OLDEST, PREPARED - TOLERANCE)


@given(ago=st.integers(0, 9 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)), behind=spans)
def test_a_clock_that_nobody_moved_is_put_right_however_wrong_it_is(ago, behind):
    sent = NOW - behind
    found = reception(made_at=sent - ago, sent_at=sent, known=behind, prepared_at=PREPARED, now=NOW)
    assert (found.received_at, found.doubt) == (NOW - ago, None)
