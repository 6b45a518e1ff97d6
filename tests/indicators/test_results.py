# SPDX-License-Identifier: EUPL-1.2
"""What an indicator said of a period stays as said, with its rows; what differs later is a revision."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from siac.accounts.public import Role
from siac.cases.public import refer_case
from siac.indicators.domain.results import unpacked
from siac.indicators.figures.cube import count_all, recount
from siac.indicators.models import Indicator, IndicatorResult
from siac.indicators.results.commands import (
    freeze_result,
    note_on_result,
    revise_result,
    write_result,
)
from siac.indicators.results.due import (
    check_result,
    differs_today,
    latest_results,
    owed_results,
    stale_results,
    to_check,
    to_freeze,
)
from siac.indicators.results.keeping_commands import save_indicator
from siac.indicators.results.proof import result_problems
from siac.indicators.results.queries import figures
from siac.indicators.tasks import freeze
from siac.infra.metrics import Statistic, source
from siac.journal.public import history
from siac.kernel.errors import Refused
from tests.factories import NOW, answer, file
from tests.indicators.test_metrics import TODAY, _say

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SEPTEMBER, OCTOBER = date(2026, 9, 1), NOW + 30 * DAY


def indicator(house, **changes) -> Indicator:
    values = {
        "code": "oportunidad", "name": "Respondidas en 5 días", "definition": "En 5 ÷ todas.",
        "metric_key": "cases.answer_days", "statistic": Statistic.WITHIN, "within": 5, "target": Decimal(90),
        "since": date(2026, 9, 1),
    }  # fmt: skip
    return save_indicator(
        institution=house.institution,
        actor=house.user(Role.QUALITY_MANAGER),
        now=NOW,
        **{**values, **changes},
    )


@pytest.fixture
def answered(house):
    """Two cases answered in September, in 3 and in 8 business days."""
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(2)]
    answer(house, cases[0], now=NOW + 3 * DAY)
    answer(house, cases[1], now=NOW + 10 * DAY)
    count_all(house.institution, now=OCTOBER)
    return cases


def frozen(house, row: Indicator, **changes) -> IndicatorResult:
    values = {"first": SEPTEMBER, "actor": house.user(Role.QUALITY_MANAGER), "now": OCTOBER}
    return freeze_result(institution=house.institution, indicator_id=row.pk, **{**values, **changes})


def refused(work) -> str:
    with pytest.raises(Refused) as found:
        work()
    return found.value.code


def test_it_is_frozen_with_the_rows_that_were_counted(house, answered):
    result = frozen(house, indicator(house))
    assert (result.value, result.met, result.total, result.target) == (Decimal("50.0"), 1, 2, Decimal(90))
    assert (result.first, result.last, result.revision) == (SEPTEMBER, date(2026, 9, 30), 1)
    rows = unpacked(bytes(result.rows))
    assert [row.subject for row in rows] == [case.pk for case in answered]
    assert dict(rows[0].codes)["unit"] == str(house.units["obras"])
    entry = history(house.institution.pk, f"indicator:{result.indicator_id}")[-1]
    assert (entry.kind, entry.data["value"]) == ("indicators.result_frozen", "50.0")
    assert entry.data["digest"] == bytes(result.digest).hex()
    assert list(result_problems(house.institution.pk)) == []


def test_it_counts_only_the_members_of_its_filters(house, answered):
    row = indicator(house, filters={"unit": [str(house.units["juridico"])]})
    result = frozen(house, row)
    assert (result.value, result.total) == (None, 0)


def test_a_late_correction_is_a_revision_that_says_what_changed(house, answered):
    result = frozen(house, indicator(house))
    assert not differs_today(house.institution, result)
    late = file(house, unit_id=house.units["obras"], now=NOW + DAY)
    answer(house, late, now=NOW + 4 * DAY)
    refer_case(
        institution=house.institution, case_id=file(house).pk, version=None, unit_id=house.units["obras"],
        reason="", actor=house.user(Role.FRONT_DESK), now=NOW,
    )  # fmt: skip
    count_all(house.institution, now=OCTOBER)
    assert differs_today(house.institution, result)
    again = revise_result(
        institution=house.institution, result_id=result.pk, reason="Se cargó una respuesta atrasada.",
        actor=house.user(Role.QUALITY_MANAGER), now=OCTOBER + DAY,
    )  # fmt: skip
    assert (again.revision, again.value, again.total) == (2, Decimal("66.7"), 3)
    assert again.changes == {"added": 1, "removed": 0, "altered": 0}
    result.refresh_from_db()
    assert result.value == Decimal("50.0")
    assert [each.pk for each in latest_results(house.institution, [result.indicator])] == [again.pk]
    assert list(result_problems(house.institution.pk)) == []


def test_a_revision_needs_a_reason_a_difference_and_the_latest(house, answered):
    row, manager = indicator(house), house.user(Role.QUALITY_MANAGER)
    result = frozen(house, row)

    def revise(pk: int = result.pk, reason: str = "Porque sí.") -> IndicatorResult:
        return revise_result(
            institution=house.institution, result_id=pk, reason=reason, actor=manager, now=OCTOBER
        )

    assert refused(lambda: revise(reason="  ")) == "result_reason"
    assert refused(revise) == "result_same"
    answer(house, file(house, unit_id=house.units["obras"]), now=NOW + DAY)
    count_all(house.institution, now=OCTOBER)
    revise()
    assert refused(revise) == "result_old"
    assert refused(lambda: revise(pk=0)) == "result_unknown"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"first": date(2026, 9, 2)}, "result_period"),
        ({"first": date(2026, 10, 1)}, "result_early"),
        ({"now": NOW}, "result_early"),
    ],
)
def test_only_whole_periods_that_are_over_are_frozen(house, answered, changes, code):
    assert refused(lambda: frozen(house, indicator(house), **changes)) == code


def test_a_period_is_frozen_once(house, answered):
    row = indicator(house)
    frozen(house, row)
    assert refused(lambda: frozen(house, row)) == "result_frozen"


def test_another_bodys_indicator_is_unknown(house, other_house, answered):
    row = indicator(house)
    assert refused(
        lambda: freeze_result(
            institution=other_house.institution, indicator_id=row.pk, first=SEPTEMBER, actor=None, now=OCTOBER
        )
    ) == "indicator_unknown"  # fmt: skip


def test_one_written_down_by_hand_says_where_it_comes_from_and_keeps_what_stood(house):
    row = indicator(house, metric_key="", statistic="", within=None, unit="puntos", code="clima")
    manager = house.user(Role.QUALITY_MANAGER)

    def write(value: str, note: str) -> IndicatorResult:
        return write_result(
            institution=house.institution, indicator_id=row.pk, first=SEPTEMBER, value=Decimal(value),
            note=note, actor=manager, now=OCTOBER,
        )  # fmt: skip

    assert refused(lambda: write("71", " ")) == "result_reason"
    first = write("71", "Encuesta de clima de agosto.")
    second = write("72.5", "Se agregaron tres respuestas en papel.")
    assert (first.revision, second.revision, second.value) == (1, 2, Decimal("72.5"))
    assert list(result_problems(house.institution.pk)) == []
    assert refused(lambda: frozen(house, row)) == "result_by_hand"
    worked_out = indicator(house)
    assert refused(
        lambda: write_result(
            institution=house.institution, indicator_id=worked_out.pk, first=SEPTEMBER, value=Decimal(1),
            note="x", actor=manager, now=OCTOBER,
        )
    ) == "result_worked_out"  # fmt: skip


def test_nobody_changes_a_result_in_the_database_unseen(house, answered):
    result = frozen(house, indicator(house))
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        IndicatorResult.objects.filter(pk=result.pk).update(value=Decimal(99))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE indicators_indicatorresult DISABLE TRIGGER USER")
        cursor.execute("UPDATE indicators_indicatorresult SET value = 99 WHERE id = %s", [result.pk])
    said = "; ".join(result_problems(house.institution.pk))
    assert "no es el que se fijó" in said and "no es la que dicen sus filas" in said
    IndicatorResult.objects.all().delete()
    assert "ya no está" in "; ".join(result_problems(house.institution.pk))


def test_the_house_freezes_by_itself_once_late_entries_had_five_days(house, answered):
    row = indicator(house)
    by_hand = indicator(house, metric_key="", statistic="", within=None, code="clima")
    sixth, seventh = date(2026, 10, 5), date(2026, 10, 6)
    assert to_freeze(house.institution, today=sixth) == []
    assert [each.indicator for each in to_freeze(house.institution, today=seventh)] == [row]
    assert [each.indicator for each in owed_results(house.institution, today=seventh)] == [by_hand, row]
    freeze()
    latest = latest_results(house.institution, [row])
    assert [each.first for each in latest][-1] == SEPTEMBER and latest[-1].frozen_by is None
    assert [each.indicator for each in owed_results(house.institution, today=seventh)] == [by_hand]


def test_what_is_written_to_a_result_is_kept_beside_it(house, answered):
    result = frozen(house, indicator(house))
    manager = house.user(Role.QUALITY_MANAGER)

    def note(body: str) -> None:
        note_on_result(
            institution=house.institution, result_id=result.pk, body=body, actor=manager, now=OCTOBER
        )

    note("Bajó por las lluvias.")
    assert [each.body for each in result.notes.all()] == ["Bajó por las lluvias."]
    assert refused(lambda: note("  ")) == "text_missing"
    assert refused(lambda: note("x" * 10_001)) == "text_too_long"
    assert history(house.institution.pk, f"indicator:{result.indicator_id}")[-1].kind == (
        "indicators.result_noted"
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"metric_key": "cases.nothing"}, "indicator_metric"),
        ({"statistic": Statistic.RATE}, "indicator_metric"),
        ({"within": None}, "indicator_limit"),
        ({"filters": {"weather": ["1"]}}, "indicator_filter"),
        ({"filters": {"unit": ["999999"]}}, "indicator_filter"),
        ({"metric_key": "", "filters": {"unit": ["1"]}}, "indicator_filter"),
        ({"target": Decimal(101)}, "indicator_percent"),
        ({"near": Decimal(95)}, "indicator_band"),
        ({"better": "lower", "near": Decimal(80)}, "indicator_band"),
        ({"responsible_id": 999_999}, "unit_unknown"),
    ],
)
def test_an_indicator_that_makes_no_sense_is_refused(house, changes, code):
    assert refused(lambda: indicator(house, **changes)) == code
    assert not Indicator.objects.filter(institution=house.institution, code="oportunidad").exists()


def test_each_save_is_a_version_and_a_code_is_taken_once(house):
    row = indicator(house)
    changed = indicator(house, indicator=row, based_on=1, target=Decimal(95))
    assert (changed.pk, changed.version, changed.versions.count()) == (row.pk, 2, 2)
    assert refused(lambda: indicator(house, indicator=row, based_on=1, target=Decimal(96))) == (
        "saved_meanwhile"
    )
    assert refused(lambda: indicator(house)) == "indicator_taken"


def test_a_new_version_of_an_indicator_does_not_change_what_it_said(house, answered):
    row = indicator(house)
    result = frozen(house, row)
    indicator(house, indicator=row, based_on=1, within=8)
    assert list(result_problems(house.institution.pk)) == []
    again = revise_result(
        institution=house.institution, result_id=result.pk, reason="El límite pasó a 8 días.",
        actor=house.user(Role.QUALITY_MANAGER), now=OCTOBER,
    )  # fmt: skip
    assert (again.version, again.value) == (2, Decimal("100.0"))
    assert list(result_problems(house.institution.pk)) == []


def test_a_promise_on_few_answers_to_a_survey_tells_no_share(house):
    _say(house)
    for _ in recount(house.institution, source("surveys"), now=OCTOBER):
        continue
    all_of_them, few = (
        indicator(
            house, code=code, name=code, metric_key="surveys.net", statistic=Statistic.MEAN, within=None,
            filters=filters, target=Decimal(6),
        )
        for code, filters in (("todas", {}), ("totem", {"way": ["kiosk"]}))
    )  # fmt: skip
    found = figures(house.institution, [all_of_them, few], first=date(2026, 8, 1), last=TODAY, today=TODAY)
    assert [each.share.total for each in found] == [5, 0] and found[1].median is None


# What would be another result today


def checked(house, *, now=OCTOBER) -> list[bool]:
    today = house.institution.local_date(now)
    rows = to_check(house.institution, today=today)
    return [check_result(house.institution, row, today=today) for row in rows]


def test_a_result_that_would_be_another_today_is_found_at_night_and_goes_when_it_is_revised(house, answered):
    row = indicator(house)
    result = frozen(house, row)
    assert checked(house) == [False] and stale_results(house.institution) == []
    answer(house, file(house, unit_id=house.units["obras"]), now=NOW + 4 * DAY)
    count_all(house.institution, now=OCTOBER)
    assert checked(house) == [True] and checked(house, now=OCTOBER + DAY) == [True]
    (found,) = stale_results(house.institution)
    assert (found.result, found.found_on) == (result, house.institution.local_date(OCTOBER))
    shown = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/indicadores/")
    assert "1 que hoy diría otra cosa" in shown.content.decode()
    revise_result(
        institution=house.institution, result_id=result.pk, reason="Cargada tarde",
        actor=house.user(Role.QUALITY_MANAGER), now=OCTOBER,
    )  # fmt: skip
    assert stale_results(house.institution) == [] and checked(house) == [False]
    assert list(result_problems(house.institution.pk)) == []


def test_old_periods_and_results_of_other_bodies_are_not_compared(house, other_house, answered):
    frozen(house, indicator(house))
    assert checked(house, now=OCTOBER + 500 * DAY) == [] and checked(other_house) == []
