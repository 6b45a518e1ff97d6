# SPDX-License-Identifier: EUPL-1.2
from datetime import date, timedelta

import pytest

from siac.ui.domain.due import due, long_date

TODAY = date(2024, 2, 28)


@pytest.mark.parametrize(
    ("days", "level", "text"),
    [
        (-10, "overdue", "Venció hace 10 días"),
        (-1, "overdue", "Venció hace 1 día"),
        (0, "today", "Vence hoy"),
        (1, "soon", "Vence mañana"),
        (3, "soon", "Vence en 3 días"),
        (4, "later", "Vence en 4 días"),
    ],
)
def test_a_due_date_is_said_in_words(days, level, text):
    found = due(TODAY + timedelta(days=days), TODAY)
    assert (found.level, found.text) == (level, text)


def test_a_day_is_written_as_people_do():
    assert long_date(date(2024, 10, 3)) == "3 de octubre de 2024"
