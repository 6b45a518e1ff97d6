# SPDX-License-Identifier: EUPL-1.2
"""Numbers without gaps: one after another, given back with their transaction; every hole is found."""

import pytest
from django.db import connection, transaction

from siac.cases.series import FOLIOS
from siac.infra.series import Gap
from siac.mailroom.series import PAPERS
from siac.statutory.series import SHEETS
from tests.factories import file
from tests.mailroom.test_papers import stamped

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_numbers_follow_each_other_and_are_those_of_one_body_and_year(house, other_house):
    body, other = house.institution.pk, other_house.institution.pk
    assert [FOLIOS.take(body, 2026), FOLIOS.take(body, 2026, 5), FOLIOS.take(body, 2026)] == [1, 2, 7]
    assert FOLIOS.take(body, 2027) == 1
    assert FOLIOS.take(other, 2026) == 1


def test_what_is_rolled_back_gives_its_number_back(house):
    body = house.institution.pk
    with transaction.atomic():
        FOLIOS.take(body, 2026)
        transaction.set_rollback(True)
    assert FOLIOS.take(body, 2026) == 1


def test_a_number_that_stands_on_paper_begins_a_run_anywhere_and_then_must_be_the_next(house):
    body, site = house.institution.pk, house.point
    assert SHEETS.take_given(body, site, 41) == 41
    assert SHEETS.take_given(body, site, 43) == 42  # nothing was taken
    assert SHEETS.take_given(body, site, 41) == 42
    assert SHEETS.take_given(body, site, 42) == 42


def test_every_hole_is_found(house):
    body = house.institution.pk
    cases = [file(house) for _ in range(4)]
    year = cases[0].year
    assert list(FOLIOS.gaps(body)) == []
    with transaction.atomic():
        run("UPDATE cases_foliocounter SET last = 5")
        assert list(FOLIOS.gaps(body)) == [Gap(year, 4, 1, 4, 1, 5)]
        transaction.set_rollback(True)
    with transaction.atomic():
        run("UPDATE cases_case SET number = 9 WHERE id = %s", cases[3].pk)
        assert list(FOLIOS.gaps(body)) == [Gap(year, 4, 1, 9, 1, 4)]
        transaction.set_rollback(True)
    with transaction.atomic():
        run("DELETE FROM cases_foliocounter")
        assert list(FOLIOS.gaps(body)) == [Gap(year, 4, 1, 4, 0, 0)]
        transaction.set_rollback(True)


def test_a_counter_of_which_nothing_bears_a_number_is_a_hole_too(house):
    body = house.institution.pk
    stamped(house)
    assert list(PAPERS.gaps(body)) == []
    run("UPDATE cases_papercounter SET year = 2019")
    assert [gap.key for gap in PAPERS.gaps(body)] == [2019, 2026]
    FOLIOS.take(body, 2031)
    assert list(FOLIOS.gaps(body)) == [Gap(2031, 0, 0, 0, 1, 1)]
