# SPDX-License-Identifier: EUPL-1.2
"""Places are not told beside ways where one less the other would be what somebody said."""

from datetime import date

import pytest

from siac.kernel.whole_periods import quarter
from siac.surveys.domain.told import ALL, POINT, WAY, Size, Told

SUMMER = quarter(date(2026, 8, 1))


def told(**cells: int) -> Told:
    """Return what is told of answers by way and place: `kiosk_P=10`."""
    sizes = [
        Size(ALL, date(2026, 8, 1), way, point, n)
        for (way, point), n in ((name.split("_"), n) for name, n in cells.items())
    ]
    return Told.of(sizes, today=date(2026, 11, 1), least=5)


@pytest.mark.parametrize(
    ("cells", "points"),
    [
        ({"kiosk_P": 10, "link_P": 1, "link_0": 8}, False),  # P less the kiosk is one
        ({"kiosk_P": 10, "link_0": 8}, True),
        ({"kiosk_P": 10, "link_P": 6, "link_0": 8}, True),
        ({"kiosk_P": 10, "kiosk_Q": 3, "link_0": 8}, False),
    ],
)
def test_places_are_told_only_where_they_cross_ways_in_nobody_or_not_few(cells, points):
    found = told(**cells)
    assert found.groups_untold(ALL, SUMMER, WAY) == set()
    assert (found.groups_untold(ALL, SUMMER, POINT) == set()) == points
