# SPDX-License-Identifier: EUPL-1.2
"""Each metric counts what it says, for all days asked in one statement, and only what is of its body."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from siac.cases.public import rate_answer
from siac.infra.metrics import Cell, metrics
from tests.factories import NOW, House, answer, file
from tests.sql_counts import at_most

DAY = timedelta(days=1)


def _answered(house: House) -> int:
    """Answer a case three business days after it was filed."""
    case = file(house, unit_id=house.units["obras"])
    return answer(house, case, now=NOW + 3 * DAY).answer_days


def _rated(house: House) -> int:
    """Let its person give an answer four marks."""
    case = answer(house, file(house, unit_id=house.units["obras"]), now=NOW + 3 * DAY)
    rate_answer(institution=house.institution, case_id=case.pk, rating=4, now=NOW + 4 * DAY)
    return 4


EXAMPLES: dict[str, Callable[[House], int]] = {"cases.answer_days": _answered, "cases.rating": _rated}
"""What makes each metric count once three days after `NOW`, and the value that it then has."""


def test_every_metric_has_an_example():
    assert sorted(EXAMPLES) == [metric.key for metric in metrics()]


@pytest.mark.parametrize("key", sorted(EXAMPLES))
def test_it_counts_its_example_on_its_day_in_one_statement(house, other_house, key):
    [metric] = [each for each in metrics() if each.key == key]
    value = EXAMPLES[key](house)
    days = [house.today() + number * DAY for number in range(40)]
    with at_most(2):  # the body, for its zone, and the histogram
        cells = list(metric.cells(house.institution.pk, days))
    assert cells == [Cell(days[3], house.units["obras"], house.kinds["reclamo"].pk, value, 1)]
    assert list(metric.cells(other_house.institution.pk, days)) == []
    assert list(metric.cells(house.institution.pk, days[:3])) == []


def test_every_metric_says_in_words_what_it_counts():
    assert [metric.key for metric in metrics() if not metric.definition.endswith(".")] == []
    assert [
        metric.key for metric in metrics() if metric.key.split(".")[0] not in metric.cells.__module__
    ] == []
