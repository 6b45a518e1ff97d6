# SPDX-License-Identifier: EUPL-1.2
"""What a device tells is read without trusting any of it."""

import uuid

import pytest

from siac.kernel.errors import Refused
from siac.offline.domain.record import Sort, read

GOOD = {
    "id": str(uuid.uuid4()),
    "sort": "case",
    "made_at": "2026-09-07T15:00:00.123Z",
    "offset": -2500,
    "code": "R3K2WNP5M7QX",
    "kind_version": 3,
    "privacy": 1,
    "fields": {"body": "Hola", "email": "", "q_cuando_day": "3"},
}


def test_a_record_is_read():
    told = read(GOOD)
    assert told.sort is Sort.REQUEST and told.made_at.isoformat() == "2026-09-07T15:00:00.123000+00:00"
    assert told.offset is not None and told.offset.total_seconds() == -2.5
    assert told.fields == {"body": "Hola", "q_cuando_day": "3"}, "what is empty is left out"
    assert (told.code, told.kind_version, told.privacy) == ("R3K2WNP5M7QX", 3, 1)


@pytest.mark.parametrize("offset", [None, "x", 1.5, True])
def test_a_distance_that_is_none_counts_as_not_told(offset):
    assert read({**GOOD, "offset": offset}).offset is None


def test_a_distance_beyond_all_years_does_no_harm():
    offset = read({**GOOD, "offset": 10**300}).offset
    assert offset is not None and offset.days == 366 * 100


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("hola \ud83d\ude00", "hola \U0001f600"),
        ("hola \ud83d", "hola \ufffd"),
        ("\ude00 \ud83d", "\ufffd \ufffd"),
    ],
)
def test_half_a_sign_keeps_no_record_out(said, kept):
    assert read({**GOOD, "fields": {"body": said}}).fields == {"body": kept}


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "1"}, {"id": None}, {"sort": "file"}, {"made_at": "ayer"}, {"made_at": "2026-09-07T15:00:00"},
        {"made_at": "0001-01-01T00:00:00Z"}, {"made_at": "9999-12-31T23:59:59-12:00"}, {"made_at": None},
        {"code": ""}, {"code": "R3K2WNP5M7Q"}, {"code": "R3K2WNP5M7Q0"}, {"code": 7}, {"fields": None},
        {"fields": {"body": 3}}, {"fields": {"Body": "x"}}, {"fields": {"a" * 80: "x"}},
        {"fields": {"body": "x" * 40_001}}, {"fields": {"body": "a\x00b"}},
        {"fields": {f"q_{n}": "x" for n in range(81)}},
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused(changed):
    with pytest.raises(Refused) as refused:
        read({**GOOD, **changed})
    assert refused.value.code == "offline_unreadable"


@pytest.mark.parametrize("record", [None, [], "x", 3, {}])
def test_what_is_nothing_of_the_sort_is_refused(record):
    with pytest.raises(Refused):
        read(record)
