# SPDX-License-Identifier: EUPL-1.2
"""Whoever looks after charters is told of the report that is due and of an edition that ends."""

from datetime import date

import pytest

from siac.accounts.public import Role
from siac.charters.domain.parts import Norm
from siac.charters.models import Charter, CharterEdition, CharterReport
from siac.charters.tiles import TILES
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def _tile(title: str):
    return next(each for each in TILES if each.title == title)


@pytest.mark.parametrize(
    ("norm", "today", "count", "late"),
    [
        (Norm.RD951, date(2027, 2, 1), 1, 0),
        (Norm.RD951, date(2027, 4, 1), 1, 1),
        (Norm.PLEDGE, date(2027, 2, 1), 1, 0),
        (Norm.PLEDGE, date(2027, 4, 1), 0, 0),
        (Norm.RD951, date(2025, 2, 1), 0, 0),
    ],
)
def test_somebody_is_reminded_of_the_report_of_last_year(house, norm, today, count, late):
    Charter.objects.update(norm=norm)
    tile, access = _tile("Informes de cartas por hacer"), house.access(Role.QUALITY_MANAGER)
    (owed,) = tile.counted(access, today)
    assert (owed.count(), tile.late(access, today).count()) == (count, late)
    assert tile.who(house.access(Role.AUTHORITY)) and not tile.who(house.access(Role.AUDITOR))


def test_a_report_that_is_made_is_no_longer_due(house):
    Charter.objects.update(norm=Norm.RD951)
    tile, access = _tile("Informes de cartas por hacer"), house.access(Role.QUALITY_MANAGER)
    CharterReport.objects.create(
        institution=house.institution, charter=Charter.objects.get(), norm=Norm.RD951, number=1, content={},
        first=date(2026, 1, 1), last=date(2026, 12, 31), paper=b"", made_at=NOW, made_by=access.user,
    )  # fmt: skip
    assert not tile.counted(access, date(2027, 2, 1))[0].exists()


def test_an_edition_that_ends_and_that_none_follows_is_told_two_months_before(house):
    tile, access = _tile("Cartas que terminan"), house.access(Role.QUALITY_MANAGER)
    CharterEdition.objects.update(valid_to=date(2026, 12, 31))
    counts = [tile.counted(access, day)[0].count() for day in (
        date(2026, 10, 30), date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 1)
    )]  # fmt: skip
    assert counts == [0, 1, 1, 0]
    CharterEdition.objects.create(
        institution=house.institution, charter=Charter.objects.get(), number=2, valid_from=date(2027, 1, 1)
    )
    assert not tile.counted(access, date(2026, 11, 1))[0].exists()
