# SPDX-License-Identifier: EUPL-1.2
"""The sentence over each drawing is what its figures show, also where there is one of them or none."""

from decimal import Decimal

import pytest

from siac.reporting.domain import findings


@pytest.mark.parametrize(
    ("met", "total", "target", "said"),
    [
        (31, 32, Decimal(95), "Octubre de 2026 cumplió la meta: 31 de 32 a tiempo"),
        (30, 32, Decimal(95), "Octubre de 2026 no alcanzó la meta: 30 de 32 a tiempo"),
        (19, 20, Decimal(95), "Octubre de 2026 cumplió la meta: 19 de 20 a tiempo"),
        (3, 4, None, "Octubre de 2026: 3 de 4 a tiempo"),
        (0, 0, Decimal(95), "En octubre de 2026 no venció ninguna solicitud"),
    ],
)
def test_a_month_is_told_against_its_target(met, total, target, said):
    assert findings.trend("octubre de 2026", met, total, target) == said


@pytest.mark.parametrize(
    ("late", "waiting", "answered", "said"),
    [
        (22, 12, 380, "22 respuestas salieron tarde y 12 no han salido"),
        (1, 0, 5, "1 respuesta salió tarde"),
        (0, 1, 5, "1 no ha salido"),
        (0, 0, 5, "Las 5 respuestas salieron a tiempo"),
        (0, 0, 1, "La única respuesta salió a tiempo"),
        (0, 0, 0, "Ninguna respuesta con plazo en este período"),
    ],
)
def test_answers_are_told_by_how_many_came_late_and_how_many_have_not_come(late, waiting, answered, said):
    assert findings.spread(late, waiting, answered) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("0.24", "casi un cuarto"), ("0.25", "un cuarto"), ("0.26", "algo más de un cuarto"),
        ("0.49", "casi la mitad"), ("0.17", "el 17 %"), ("1", "el 100 %"),
    ],
)  # fmt: skip
def test_a_part_is_told_in_words_where_there_is_a_word_for_it(share, said):
    assert findings.about(Decimal(share)) == said


def test_the_busiest_day_is_named_and_of_nothing_nothing_is_said():
    names = ("lunes", "martes", "miércoles")
    assert findings.busiest([24, 60, 16], names) == "El 60 % llega en martes"
    assert findings.busiest([25, 50, 25], names) == "La mitad llega en martes"
    assert findings.busiest([0, 0, 0], names) == "Ninguna solicitud llegó en este período"


@pytest.mark.parametrize(
    ("shares", "target", "said"),
    [
        ({"Obras": (78, 100), "OIRS": (19, 20)}, Decimal(90), "Obras, la más lejos de la meta: 78 %"),
        ({"Obras": (78, 100), "OIRS": (19, 20)}, None, "El menor cumplimiento: Obras, 78 %"),
        ({"Obras": (9, 10), "OIRS": (19, 20)}, Decimal(90), "Las 2 unidades alcanzan la meta"),
        ({"Obras": (9, 10), "OIRS": (0, 0)}, Decimal(90), "La 1 unidad alcanza la meta"),
        ({"Obras": (0, 0)}, Decimal(90), "Ninguna unidad con plazos vencidos en este período"),
    ],
)
def test_the_unit_farthest_from_the_target_is_named(shares, target, said):
    assert findings.farthest(shares, target) == said


@pytest.mark.parametrize(
    ("received", "answered", "resolved", "said"),
    [
        (404, 380, 350, "De 404 recibidas, 380 con respuesta y 350 resueltas"),
        (1, 1, 1, "De la solicitud recibida, 1 con respuesta y 1 resuelta"),
        (0, 0, 0, "Ninguna solicitud recibida en este período"),
    ],
)
def test_what_was_received_is_told_by_what_became_of_it(received, answered, resolved, said):
    assert findings.funnel(received, answered, resolved) == said


def test_the_margin_of_a_difference_is_that_of_two_shares():
    """Of 60 in 100 against 50 in 100: 1.96 × √(0.24/100 + 0.25/100) = 13.7 points."""
    assert findings.margin(60, 100, 50, 100) == Decimal("13.7")
    assert findings.margin(0, 0, 50, 100) is None


def test_the_margin_of_a_net_index_is_at_most_that_of_two_shares_without_indifference():
    """Of nets of 0 from 100 answers each: 1.96 × √(1/100 + 1/100) = 27.7 points; where all agree none."""
    assert findings.net_margin(Decimal(0), 100, Decimal(0), 100) == Decimal("27.7")
    assert findings.net_margin(Decimal(100), 10, Decimal(-100), 10) == Decimal("0.0")
