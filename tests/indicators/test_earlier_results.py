# SPDX-License-Identifier: EUPL-1.2
"""Results of before the system come in a sheet, say so, and are never taken for what was counted here."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from siac.accounts.public import Role
from siac.documents.public import attachments_of
from siac.indicators.models import IndicatorResult, ResultNote
from siac.indicators.results.commands import NOTE, revise_result
from siac.indicators.results.due import differs_today, owed_results
from siac.indicators.results.earlier import bring_earlier_results
from siac.indicators.results.keeping_commands import save_indicator
from siac.indicators.results.proof import result_problems
from siac.kernel.errors import Refused
from tests.indicators.test_results import OCTOBER, answered, frozen, indicator, refused

pytestmark = pytest.mark.django_db
__all__ = ["answered"]
SHEET = "Código;Período;Resultado;Meta;Fuente\noportunidad;2025-12;71,5;80;Memoria 2025\n"


def bring(house, content: str = SHEET, **how):
    values = {"name": "antes.csv", "content": content.encode(), "actor": house.user(Role.QUALITY_MANAGER)}
    return bring_earlier_results(institution=house.institution, now=OCTOBER, **values, **how)


def pages(house) -> str:
    return f"/{house.slug}/gestion/indicadores/"


def test_a_result_of_before_is_written_down_with_its_target_and_source(house):
    row = indicator(house)
    assert bring(house) == (1, [])
    (result,) = row.results.all()
    assert (result.first, result.last) == (date(2025, 12, 1), date(2025, 12, 31))
    assert (result.value, result.target, result.note) == (Decimal("71.5"), Decimal(80), "Memoria 2025")
    assert result.is_earlier and not result.rows
    assert list(result_problems(house.institution.pk)) == []
    assert not differs_today(house.institution, result)


def test_the_same_sheet_twice_writes_nothing_and_another_figure_is_a_revision(house):
    row = indicator(house)
    bring(house)
    assert bring(house) == (0, [])
    assert bring(house, SHEET.replace("71,5", "72,5")) == (1, [])
    assert list(row.results.order_by("revision").values_list("revision", "value")) == [
        (1, Decimal("71.5")), (2, Decimal("72.5"))
    ]  # fmt: skip


def test_one_bad_row_keeps_all_of_them_out(house):
    indicator(house)
    written, problems = bring(house, SHEET + "oportunidad;2026-09;50;;\n")
    assert (written, [(each.line, each.code) for each in problems]) == (0, [(3, "earlier_own")])
    assert not IndicatorResult.objects.exists()


def test_what_is_owed_here_stays_owed_and_the_past_is_not_revised_by_counting(house, answered):
    row = indicator(house)
    bring(house)
    assert [each.first for each in owed_results(house.institution, today=date(2026, 10, 20))] == [
        date(2026, 9, 1)
    ]
    (result,) = row.results.all()
    keeper = house.user(Role.QUALITY_MANAGER)
    again = {"institution": house.institution, "result_id": result.pk, "reason": "Otra", "actor": keeper}
    assert refused(lambda: revise_result(now=OCTOBER, **again)) == "result_earlier"


def test_the_indicator_of_another_body_is_none(house, other_house):
    indicator(other_house)
    _, problems = bring(house)
    assert [each.code for each in problems] == ["earlier_indicator"]


def test_who_altered_a_result_of_before_is_found(house):
    row = indicator(house)
    bring(house)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE indicators_indicatorresult DISABLE TRIGGER USER")
    row.results.update(is_earlier=False)
    assert [each for each in result_problems(house.institution.pk) if "no es el que se fijó" in each]


def test_the_page_takes_the_sheet_and_tells_every_slip(house):
    indicator(house)
    browser = house.client(Role.QUALITY_MANAGER)
    bad = SimpleUploadedFile("antes.csv", SHEET.replace("2025-12", "2025").encode())
    told = browser.post(f"{pages(house)}anteriores/", {"sheet": bad})
    assert told.status_code == 422
    assert "Fila 2: el período no es de los de ese indicador" in told.content.decode()
    good = SimpleUploadedFile("antes.csv", SHEET.encode())
    assert browser.post(f"{pages(house)}anteriores/", {"sheet": good}).status_code == 302
    row = IndicatorResult.objects.get()
    assert "Anterior al sistema" in browser.get(f"{pages(house)}{row.indicator_id}/").content.decode()
    shown = browser.get(f"{pages(house)}resultados/{row.pk}/").content.decode()
    assert "Es anterior al sistema" in shown and "Comprobación" not in shown
    template = b"".join(browser.get(f"{pages(house)}anteriores/plantilla/")).decode("utf-8-sig")
    assert template.splitlines()[:2] == ["Código;Período;Resultado;Meta;Fuente", "oportunidad;;;;"]


# Evidence


def test_evidence_stays_beside_its_result_with_two_dates(house, answered):
    result = frozen(house, indicator(house))
    browser = house.client(Role.QUALITY_MANAGER)
    typed = {
        "nota-body": "Acta de la medición.", "nota-dated_on": "2026-10-05",
        "nota-attachments": SimpleUploadedFile("acta.txt", b"Medimos."),
    }  # fmt: skip
    assert browser.post(f"{pages(house)}resultados/{result.pk}/analisis/", typed).status_code == 302
    note = ResultNote.objects.get()
    (file,) = attachments_of(house.institution.pk, NOTE, [note.pk])[note.pk]
    shown = browser.get(f"{pages(house)}resultados/{result.pk}/").content.decode()
    assert "acta.txt" in shown and "La evidencia es del 5 de octubre de 2026" in shown
    url = f"{pages(house)}resultados/{result.pk}/evidencia/{file.pk}/"
    assert b"".join(house.client(Role.AUDITOR).get(url)) == b"Medimos."


def test_the_evidence_of_one_result_is_not_that_of_another(house, answered):
    result = frozen(house, indicator(house))
    bring(house)
    other = IndicatorResult.objects.get(is_earlier=True)
    browser = house.client(Role.QUALITY_MANAGER)
    typed = {"nota-body": "Acta.", "nota-attachments": SimpleUploadedFile("acta.txt", b"Medimos.")}
    browser.post(f"{pages(house)}resultados/{result.pk}/analisis/", typed)
    (file,) = attachments_of(house.institution.pk, NOTE, [ResultNote.objects.get().pk]).popitem()[1]
    assert browser.get(f"{pages(house)}resultados/{other.pk}/evidencia/{file.pk}/").status_code == 404


def test_evidence_of_a_day_to_come_is_refused_and_what_was_typed_stays(house, answered):
    result = frozen(house, indicator(house))
    browser = house.client(Role.QUALITY_MANAGER)
    typed = {"nota-body": "Acta de mañana.", "nota-dated_on": "2099-10-05"}
    told = browser.post(f"{pages(house)}resultados/{result.pk}/analisis/", typed)
    assert told.status_code == 422
    assert "no puede ser posterior a hoy" in told.content.decode()
    assert "Acta de mañana." in told.content.decode()
    assert not ResultNote.objects.exists()


def test_a_period_that_was_measured_here_is_not_overwritten(house, answered):
    row = indicator(house)
    frozen(house, row)
    save_indicator(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=OCTOBER, indicator=row,
        code=row.code, name=row.name, definition=row.definition, metric_key=row.metric, target=row.target,
        statistic=row.statistic, within=row.within, since=date(2027, 1, 1),
    )  # fmt: skip
    written, problems = bring(house, SHEET.replace("2025-12", "2026-09"))
    assert (written, [each.code for each in problems]) == (0, ["earlier_measured"])


def test_the_frequency_of_what_has_results_does_not_change(house, answered):
    row = indicator(house)
    frozen(house, row)
    with pytest.raises(Refused, match="indicator_frequency"):
        save_indicator(
            institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=OCTOBER, indicator=row,
            code=row.code, name=row.name, definition=row.definition, metric_key=row.metric, target=row.target,
            statistic=row.statistic, within=row.within, since=row.since, frequency="year",
        )  # fmt: skip


def test_one_without_a_target_stands_nowhere(house):
    row = indicator(house)
    bring(house, SHEET.replace(";80;", ";;"))
    page = house.client(Role.QUALITY_MANAGER).get(f"{pages(house)}{row.pk}/").content.decode()
    assert "Sin meta" in page and "Sin resultado" not in page
