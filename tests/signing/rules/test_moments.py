# SPDX-License-Identifier: EUPL-1.2
"""When a signature from outside may have been made, and whether its certificate held then."""

from datetime import UTC, datetime, timedelta

import pytest

from siac.signing.domain.moments import CLOCKS_OFF, moment_fault

MADE = datetime(2026, 9, 7, 12, tzinfo=UTC)
BACK = MADE + timedelta(days=3)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
LONG = (MADE - 400 * DAY, MADE + 400 * DAY)

TOLD = {
    "in force, no time told": (LONG, None, ""),
    "in force, told between": (LONG, MADE + DAY, ""),
    "a clock somewhat behind": (LONG, MADE - CLOCKS_OFF, ""),
    "a clock somewhat ahead": (LONG, BACK + CLOCKS_OFF, ""),
    "a clock too far behind": (LONG, MADE - CLOCKS_OFF - SECOND, "clock"),
    "a clock too far ahead": (LONG, BACK + CLOCKS_OFF + SECOND, "clock"),
    "over for years, and so says the clock": (
        (MADE - 400 * DAY, MADE - 300 * DAY),
        MADE - 350 * DAY,
        "expired",
    ),
    "over for years, by a stamp of the day": ((MADE - 400 * DAY, MADE - 300 * DAY), MADE + DAY, "expired"),
    "over when the document was made": ((LONG[0], MADE - SECOND), None, "expired"),
    "in force for its first moment": ((LONG[0], MADE), None, ""),
    "over meanwhile, signed before": ((LONG[0], MADE + DAY), MADE + DAY, ""),
    "over meanwhile, signed after": ((LONG[0], MADE + DAY), MADE + DAY + SECOND, "expired"),
    "over by a clock ahead of its last moment": ((LONG[0], MADE + DAY), BACK + DAY, "expired"),
    "of later": ((BACK + SECOND, LONG[1]), None, "early"),
    "of later, as its clock says": ((BACK + SECOND, LONG[1]), BACK + DAY, "early"),
    "began meanwhile, signed before": ((MADE + DAY, LONG[1]), MADE, "early"),
    "began meanwhile, signed after": ((MADE + DAY, LONG[1]), MADE + 2 * DAY, ""),
}


@pytest.mark.parametrize("case", TOLD)
def test_a_certificate_holds_at_a_moment_between_its_document_and_its_coming_back(case):
    holds, told, fault = TOLD[case]
    assert moment_fault(holds, told, (MADE, BACK)) == fault
