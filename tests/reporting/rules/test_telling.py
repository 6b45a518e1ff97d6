# SPDX-License-Identifier: EUPL-1.2
"""The sentences of a summary say what the figures say, in whole words also for one and for none."""

from decimal import Decimal

import pytest

from siac.reporting.domain import telling


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (404, 366, "Llegaron 404 solicitudes, 38 más que antes (10 %)."),
        (1, 4, "Llegó 1 solicitud, 3 menos que antes (75 %)."),
        (1234, 1234, "Llegaron 1.234 solicitudes, las mismas que antes."),
        (0, 0, "Llegaron 0 solicitudes; antes, ninguna."),
    ],
)
def test_how_many_came_in(now, before, said):
    assert telling.volume(now, before) == said


@pytest.mark.parametrize(
    ("met", "total", "percent", "before", "target", "said"),
    [
        (358, 392, "91.3", "87.9", "95",
         "Salió a tiempo el 91,3 % (358 de 392), 3,4 puntos más que antes."
         " Para la meta de 95 % faltó que 15 respuestas más salieran a tiempo."),
        (18, 20, "90.0", "91.5", "95",
         "Salió a tiempo el 90,0 % (18 de 20), 1,5 puntos menos que antes."
         " Para la meta de 95 % faltó que 1 respuesta más saliera a tiempo."),
        (19, 20, "95.0", "95.0", "95",
         "Salió a tiempo el 95,0 % (19 de 20), igual que antes. Se alcanza la meta de 95 %."),
        (1, 2, "50.0", None, None, "Salió a tiempo el 50,0 % (1 de 2)."),
    ],
)  # fmt: skip
def test_what_was_on_time_and_how_far_the_target_is_in_answers(met, total, percent, before, target, said):
    values = [None if each is None else Decimal(each) for each in (percent, before, target)]
    assert telling.timeliness(met, total, *values) == said


def test_of_nothing_due_nothing_is_said_of_time():
    assert telling.timeliness(0, 0, None, None, Decimal(95)) == "No venció el plazo de ninguna solicitud."


@pytest.mark.parametrize(
    ("late", "waiting", "said"),
    [
        (22, 12, "22 personas recibieron tarde su respuesta y 12 la esperan todavía con el plazo vencido."),
        (1, 0, "1 persona recibió tarde su respuesta."),
        (0, 1, "1 la espera todavía con el plazo vencido."),
        (0, 0, "Nadie recibió tarde su respuesta ni la espera con el plazo vencido."),
    ],
)
def test_whom_it_concerns(late, waiting, said):
    assert telling.affected(late, waiting) == said


def test_how_long_it_took():
    said = "La mitad se respondió en 8 días hábiles o menos (antes 10); nueve de cada diez, en 16 o menos."
    assert telling.speed(8, 16, 10) == said
    assert telling.speed(1, 1, None).startswith("La mitad se respondió en 1 día hábil o menos; nueve")
    assert telling.speed(None, None, 3) == ""


@pytest.mark.parametrize(
    ("gap", "margin", "end"),
    [
        ("2.5", "24.5", "; la diferencia con antes cabe en el margen de error de ±24,5 puntos."),
        ("-30.0", "24.5", ", 30,0 puntos menos que antes, más que el margen de error."),
        (None, None, "."),
    ],
)
def test_a_change_within_the_margin_of_error_is_called_so(gap, margin, end):
    values = [None if each is None else Decimal(each) for each in (gap, margin)]
    start = "De 26 respuestas calificadas, el 69,2 % recibió nota 4 o 5"
    assert telling.rating(Decimal("69.2"), 26, *values) == f"{start}{end}"


def test_indicators_off_their_target_are_named():
    assert telling.indicators(["A", "B", "C", "D", "E"], 9) == (
        "De 9 indicadores con resultado, 5 no alcanzan su meta: A, B, C y 2 más."
    )
    assert telling.indicators(["A"], 9) == "De 9 indicadores con resultado, 1 no alcanza su meta: A."
    assert telling.indicators([], 0) == ""
    assert telling.listed(["A", "B"]) == "A y B"


@pytest.mark.parametrize(
    ("kept", "measured", "breaches", "owed", "end"),
    [
        (4, 6, 7, 3, "4 de 6 compromisos; 7 promesas incumplidas; se deben 3 medidas a las personas."),
        (4, 6, 7, 1, "7 promesas incumplidas; se debe 1 medida a una persona."),
        (1, 2, 1, 0, "1 promesa incumplida, con sus medidas resueltas."),
        (2, 2, 0, 0, "2 de 2 compromisos, sin promesas incumplidas."),
        (1, 1, 0, 0, "Alcanza su meta 1 de 1 compromiso, sin promesas incumplidas."),
        (0, 1, 0, 0, "Alcanzan su meta 0 de 1 compromiso, sin promesas incumplidas."),
        (0, 0, 0, 0, ""),
    ],
)
def test_promises_that_were_broken_are_told_with_what_is_owed(kept, measured, breaches, owed, end):
    said = telling.promises(kept, measured, breaches, owed)
    assert said.endswith(end) and bool(said) == bool(measured)


@pytest.mark.parametrize(
    ("value", "answers", "gap", "margin", "said"),
    [
        ("34.2", 118, "7.0", "11.0",
         "La satisfacción neta de las encuestas es +34 (118 respuestas); la diferencia con antes cabe en el"
         " margen de error."),
        ("-12", 400, "-20.5", "9.0",
         "La satisfacción neta de las encuestas es -12 (400 respuestas), 20,5 puntos menos que antes, más que"
         " el margen de error."),
        ("0", 9, None, None, "La satisfacción neta de las encuestas es 0 (9 respuestas)."),
        (None, 0, None, None, ""),
    ],
)  # fmt: skip
def test_what_people_say_in_surveys(value, answers, gap, margin, said):
    values = [None if each is None else Decimal(each) for each in (value, gap, margin)]
    assert telling.net(values[0], answers, *values[1:]) == said
