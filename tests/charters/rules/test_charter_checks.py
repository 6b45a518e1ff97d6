# SPDX-License-Identifier: EUPL-1.2
"""The checks of an edition, as a table: no database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from siac.charters.domain.checks import Level, Offered, Promised, Written, problems
from siac.charters.domain.commitments import Form
from siac.charters.domain.parts import PARTS, Norm

TODAY = date(2026, 9, 7)
PROMISE = Promised(
    pk=7, text="Respondemos los reclamos en 15 días hábiles", form=Form.GUARANTEE, number=15, unit="bd",
    target=Decimal("90.0"), is_share=True, target_words="90 %", has_source=True, level=Decimal("92.0"),
    level_words="92 %", is_better_high=True, record="Registro de solicitudes", has_responsible=True,
    is_controllable=True, dependence="", remedy="Disculpa escrita", is_without_remedy=False,
    no_remedy_reason="", service=1,
)  # fmt: skip
WHOLE = Written(
    norm=Norm.UNE, texts={part.code: "Texto corto y claro." for part in PARTS}, commitments=[PROMISE],
    services=[Offered(1, "Reclamos", is_given=True)], places=1, places_without_hours=[], has_responsible=True,
    valid_from=date(2026, 10, 1), revised_by=date(2027, 9, 30), before=date(2025, 10, 1),
)  # fmt: skip


def said(of: Written) -> list[tuple[str, str, str]]:
    return [(each.level.value, each.text, each.at) for each in problems(of, today=TODAY)]


@pytest.mark.parametrize("norm", list(Norm))
def test_a_whole_edition_has_nothing_wrong(norm):
    assert said(replace(WHOLE, norm=norm)) == []


@pytest.mark.parametrize(
    ("change", "level", "text", "at"),
    [
        ({"has_responsible": False}, "error", "Falta la unidad responsable", "charter"),
        ({"valid_from": None}, "error", "Falta el día desde el que vale", "edition"),
        ({"valid_from": date(2026, 9, 6)}, "error", "ya pasó", "edition"),
        ({"before": date(2026, 10, 1)}, "error", "Empieza antes que la edición vigente", "edition"),
        ({"revised_by": date(2029, 1, 1)}, "error", "a más tardar el 01-10-2028", "edition"),
        ({"revised_by": date(2026, 10, 1)}, "error", "antes de empezar", "edition"),
        ({"texts": {}}, "error", "Falta «Para qué es esta carta»", "text:aims"),
        ({"services": []}, "error", "No dice de qué servicios trata", "services"),
        ({"services": [Offered(1, "Reclamos", is_given=False)]}, "error", "ya no se presta", "services"),
        (
            {"services": [Offered(1, "Reclamos", is_given=True), Offered(2, "Matrícula", is_given=True)]},
            "error", "«Matrícula» no tiene ningún compromiso", "promises",
        ),
        ({"places": 0}, "error", "Ningún punto de atención", "places"),
        ({"places_without_hours": ["OIRS"]}, "error", "«OIRS» no tiene horario", "places"),
        ({"commitments": []}, "error", "No promete nada", "promises"),
    ],
)  # fmt: skip
def test_what_an_edition_lacks_is_said_with_its_place(change, level, text, at):
    found = said(replace(WHOLE, **change))
    assert any(each[0] == level and text in each[1] and each[2] == at for each in found), found


@pytest.mark.parametrize(
    ("change", "level", "text"),
    [
        ({"has_source": False}, "error", "del que trata ya no se usa"),
        ({"has_source": False, "form": Form.FIGURE}, "error", "falta su indicador"),
        ({"level": None}, "warning", "no hay casos de los últimos 12 meses"),
        ({"level": None, "form": Form.FIGURE}, "error", "su indicador aún no tiene ningún resultado"),
        ({"level": Decimal("97.0"), "level_words": "97 %"}, "warning", "hoy 97 %, meta 90 %"),
        ({"target": Decimal(0), "level": Decimal(0)}, "error", "su meta es 0 %"),
        ({"record": " "}, "error", "falta el registro"),
        ({"has_responsible": False}, "error", "nadie responde"),
        ({"is_controllable": False}, "error", "diga de qué más depende"),
        ({"is_controllable": False, "dependence": "Correos"}, "warning", "depende también de otros"),
        ({"remedy": ""}, "error", "escriba una o «ninguna»"),
        ({"remedy": "", "is_without_remedy": True}, "error", "diga por qué no hay medida"),
        ({"text": "Respondemos los reclamos pronto"}, "error", "no dice su plazo (15)"),
        ({"text": "Respondemos los reclamos en 15 días"}, "warning", "diga «días hábiles»"),
        ({"text": "Trataremos de responder en 15 días hábiles"}, "warning", "«Trataremos» no se puede medir"),
        (
            {"text": "Institucionalizaremos procedimentalmente 15 días hábiles administrativos"},
            "warning", "es difícil de leer",
        ),
    ],
)  # fmt: skip
def test_what_a_promise_lacks_is_said_and_leads_to_it(change, level, text):
    found = said(replace(WHOLE, commitments=[replace(PROMISE, **change)]))
    assert any(each[0] == level and text in each[1] and each[2] == "commitment:7" for each in found), found


@pytest.mark.parametrize(
    ("text", "number"),
    [("en quince días hábiles", 15), ("en 15 días hábiles", 15), ("Un día hábil para avisar", 1)],
)
def test_a_number_may_stand_in_words(text, number):
    found = said(replace(WHOLE, commitments=[replace(PROMISE, text=text, number=number)]))
    assert not [each for each in found if "no dice su plazo" in each[1]]


def test_115_is_not_15():
    found = said(replace(WHOLE, commitments=[replace(PROMISE, text="En 115 días hábiles")]))
    assert any("no dice su plazo (15)" in each[1] for each in found)


def test_the_norm_is_cited_and_money_needs_finance_in_spain():
    spain = replace(
        WHOLE, norm=Norm.RD951, texts={}, commitments=[replace(PROMISE, remedy="Devolución de la tasa")]
    )
    found = problems(spain, today=TODAY)
    assert {"RD 951/2005, art. 9.1.a) 3.º", "RD 951/2005, art. 9.1.c)"} <= {each.source for each in found}
    assert any("informe favorable de Hacienda" in each.text for each in found)


def test_errors_come_before_warnings():
    found = problems(replace(WHOLE, texts={}, commitments=[replace(PROMISE, level=None)]), today=TODAY)
    levels = [each.level for each in found]
    assert levels == sorted(levels, key=lambda level: level is Level.WARNING) and Level.WARNING in levels


def test_less_is_better_where_it_is():
    fewer = replace(
        PROMISE, form=Form.FIGURE, number=None, is_share=False, is_better_high=False, target=Decimal(20),
        level=Decimal(10), level_words="10 minutos", text="Le atendemos en 20 minutos",
    )  # fmt: skip
    assert any("podría prometer más" in each[1] for each in said(replace(WHOLE, commitments=[fewer])))
    slower = replace(fewer, level=Decimal(30))
    assert not any("podría prometer más" in each[1] for each in said(replace(WHOLE, commitments=[slower])))
