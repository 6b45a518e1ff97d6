# SPDX-License-Identifier: EUPL-1.2
"""A year is planned from what came, approved, and held against what comes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from siac.accounts.public import Role
from siac.indicators.demand import pages
from siac.indicators.demand.commands import (
    approve_plan,
    ask_plan,
    digest_of,
    drop_past_demand,
    receive_past_demand,
    save_basis,
    save_staffing,
)
from siac.indicators.demand.history import history
from siac.indicators.demand.making import LINE, making
from siac.indicators.demand.proof import plan_problems
from siac.indicators.figures.cube import count_all
from siac.indicators.models import DemandBasis, DemandPlan, DemandSheet, PastDemand, StaffingNeed
from siac.infra.longwork import run_long
from siac.kernel.errors import Refused
from tests.factories import NOW, answer, file
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HEADS = "Día o mes;Tipo de solicitud;Canal;Punto de atención;Cantidad\n"
NEED = {
    "name": "Teléfono", "arrivals": [["09:00", 30], ["09:30", 0]], "minutes": Decimal(8),
    "patience": Decimal(0), "percent": 80, "within": Decimal(10), "shrinkage": 30,
}  # fmt: skip


def base(house) -> str:
    return f"/{house.slug}/gestion/demanda/"


def brought(house, content: str, **changes):
    values = {"name": "antes.csv", "actor": house.user(Role.QUALITY_MANAGER), "now": NOW, **changes}
    return receive_past_demand(institution=house.institution, content=(HEADS + content).encode(), **values)


def two_years() -> str:
    """Every month of 2024-07 to 2026-06: 40 complaints on the web, 20 queries at the counter."""
    months = [f"{place % 12 + 1:02}-{2024 + place // 12}" for place in range(6, 30)]
    return "".join(f"{month};Reclamo;Sitio web;;40\n{month};Consulta;Presencial;;20\n" for month in months)


def made(house, *, year: int = 2027, now=NOW) -> DemandPlan:
    plan = ask_plan(institution=house.institution, year=year, actor=house.user(Role.QUALITY_MANAGER), now=now)
    run_long(LINE, plan.pk, making, clock=lambda: now)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def plan(house) -> DemandPlan:
    sheet, problems = brought(house, two_years())
    assert problems == [] and sheet is not None
    return made(house)


def test_a_year_is_foretold_by_month_and_by_part_that_add_up(house, plan):
    months = {line.month: line.count for line in plan.lines.filter(dimension="")}
    assert sorted(months) == [date(2027, place, 1) for place in range(1, 13)]
    assert all(50 <= count <= 70 for count in months.values())
    for dimension in ("kind", "channel"):
        parts = plan.lines.filter(dimension=dimension)
        for month, count in months.items():
            assert sum(line.count for line in parts if line.month == month) == count
        january = {line.name: line.count for line in parts if line.month == date(2027, 1, 1)}
        assert len(january) == 2 and abs(max(january.values()) - 2 * min(january.values())) <= 2
    before = dict(plan.lines.filter(dimension="").values_list("month", "before"))
    assert (before[date(2027, 6, 1)], before[date(2027, 9, 1)]) == (60, None)
    assert made(house, year=2026).lines.get(dimension="", month=date(2026, 12, 1)).before == 60


def test_months_that_are_over_are_not_planned(house, plan):
    first = made(house, year=2026).lines.filter(dimension="").order_by("month")[0]
    assert first.month == house.today().replace(day=1)


def test_the_register_counts_from_its_first_whole_month_and_sheets_before(house):
    brought(house, "20-08-2026;;;;7\n02-09-2026;;;;9\n")
    for place in range(3):
        file(house, now=NOW + place * DAY)
    count_all(house.institution, now=NOW + 40 * DAY)
    known = history(house.institution, today=date(2026, 10, 20))
    assert known.own_since == date(2026, 10, 1)
    assert known.series.on(date(2026, 8, 20)) == 7 and known.series.on(date(2026, 9, 2)) == 9
    assert known.series.on(date(2026, 10, 19)) == 0
    save_basis(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=NOW,
        own_since=date(2026, 9, 1), gaps=[(date(2026, 9, 20), date(2026, 9, 22))],
        breaks=[(date(2026, 7, 1), date(2026, 7, 15))],
    )  # fmt: skip
    known = history(house.institution, today=date(2026, 10, 20))
    assert known.series.on(date(2026, 9, 2)) == 0 and known.series.on(house.today()) == 1
    assert known.series.on(date(2026, 9, 21)) is None
    assert date(2026, 7, 10) in known.calendar.breaks and date(2026, 9, 18) in known.calendar.holidays


def test_with_nothing_known_the_plan_says_what_is_missing(house):
    empty = made(house)
    assert empty.told == {} and not empty.lines.exists()
    page = house.client(Role.QUALITY_MANAGER).get(f"{base(house)}{empty.pk}/").content.decode()
    assert "Faltan datos" in page and "Aprobar el plan" not in page
    with pytest.raises(Refused, match="plan_empty"):
        approved(house, empty)


def approved(house, row: DemandPlan, *, seen: str | None = None) -> DemandPlan:
    return approve_plan(
        institution=house.institution, plan_id=row.pk, actor=house.user(Role.AUTHORITY), now=NOW,
        seen=digest_of(row).hex() if seen is None else seen,
    )  # fmt: skip


def test_an_approved_plan_stays_as_it_is_and_the_next_is_an_edition(house, plan):
    save_staffing(institution=house.institution, plan_id=plan.pk, fields=NEED)
    approved(house, plan)
    with pytest.raises(Refused, match="plan_approved"):
        approved(house, plan)
    with pytest.raises(Refused, match="plan_approved"):
        save_staffing(institution=house.institution, plan_id=plan.pk, fields={**NEED, "name": "Mesón"})
    again = made(house)
    assert again.edition == 2 and DemandPlan.objects.filter(pk=plan.pk).exists()


@pytest.mark.parametrize(("of", "altered"), [("lines", {"before": 7}), ("staffing", {"percent": 79})])
def test_an_approved_plan_that_was_altered_beside_the_product_is_named(house, plan, of, altered):
    save_staffing(institution=house.institution, plan_id=plan.pk, fields=NEED)
    approved(house, plan)
    assert list(plan_problems(house.institution.pk)) == []
    getattr(plan, of).update(**altered)
    [said] = plan_problems(house.institution.pk)
    assert said.endswith("no es el que se aprobó")


def test_an_approved_plan_that_is_gone_is_named(house, plan):
    approved(house, plan)
    DemandPlan.objects.filter(pk=plan.pk).delete()
    [said] = plan_problems(house.institution.pk)
    assert said.endswith("la bitácora lo conoce y ya no está")


def test_what_changed_under_the_eyes_of_who_approves_is_not_approved(house, plan):
    seen = digest_of(plan).hex()
    save_staffing(institution=house.institution, plan_id=plan.pk, fields=NEED)
    with pytest.raises(Refused, match="plan_changed"):
        approved(house, plan, seen=seen)


def test_a_draft_is_made_anew_and_keeps_its_staffing(house, plan):
    save_staffing(institution=house.institution, plan_id=plan.pk, fields=NEED)
    again = made(house)
    assert again.edition == 1 and again.pk == plan.pk
    assert [each.name for each in again.staffing.all()] == ["Teléfono"]


def test_a_plan_that_is_being_made_is_not_asked_for_twice(house):
    ask_plan(institution=house.institution, year=2027, actor=house.user(Role.QUALITY_MANAGER), now=NOW)
    with pytest.raises(Refused, match="plan_moving"):
        ask_plan(institution=house.institution, year=2027, actor=house.user(Role.QUALITY_MANAGER), now=NOW)
    for year in (2025, 2028):
        with pytest.raises(Refused, match="plan_year"):
            ask_plan(
                institution=house.institution, year=year, actor=house.user(Role.QUALITY_MANAGER), now=NOW
            )


def test_what_came_stands_beside_what_was_expected(house, plan):
    for place in range(3):
        case = file(house, now=NOW + (150 + place) * DAY)
        answer(house, case, now=NOW + (151 + place) * DAY)
    march = date(2027, 4, 2)
    count_all(house.institution, now=NOW + 230 * DAY)
    came = pages.came_in(house.institution, plan, today=march)
    assert sum(came.values()) == 3 and sorted(came) == [date(2027, place, 1) for place in (1, 2, 3)]
    months = {each.line.month: each for each in pages.months_of(plan, came)}
    assert months[date(2027, 4, 1)].came is None and months[date(2027, 4, 1)].off_words == "—"
    assert months[date(2027, 1, 1)].off_words.endswith("menos")
    chart = pages.chart_of(plan, list(months.values()))
    assert chart.title.startswith("Llegaron 3 y se esperaban")
    kinds = next(each for each in pages.parts_of(house.institution, plan, today=march) if each.rows)
    assert sum(row.so_far for row in kinds.rows) == sum(
        each.line.count for each in months.values() if each.came is not None
    )


def test_half_hours_are_worked_out_with_their_people(house, plan):
    row = save_staffing(institution=house.institution, plan_id=plan.pk, fields=NEED)
    assert [need[:2] for need in row.needs] == [[9, 13], [0, 0]]
    with pytest.raises(Refused, match="need_taken"):
        save_staffing(institution=house.institution, plan_id=plan.pk, fields=NEED)


def test_who_keeps_quality_plans_and_the_authority_approves_on_the_pages(house):
    keeper, chief = house.client(Role.QUALITY_MANAGER), house.client(Role.AUTHORITY)
    sheet = SimpleUploadedFile("antes.csv", (HEADS + two_years()).encode())
    assert keeper.post(f"{base(house)}planilla/", {"sheet": sheet}).status_code == 302
    asked = keeper.post(f"{base(house)}hacer/", {"year": str(house.today().year + 1)})
    plan = DemandPlan.objects.get()
    assert asked["Location"] == f"{base(house)}{plan.pk}/"
    assert "En cola" in keeper.get(f"{base(house)}{plan.pk}/").content.decode()
    run_long(LINE, plan.pk, making, clock=lambda: NOW)
    typed = {
        "name": "Mesón", "arrivals-0-at": "9:00", "arrivals-0-count": "12", "minutes": "7,5", "patience": "0",
        "percent": "80", "within": "10", "shrinkage": "30",
    }  # fmt: skip
    more = keeper.post(f"{base(house)}{plan.pk}/dotacion/", {**typed, "_fila": "arrivals add"})
    assert more.status_code == 200 and "Media hora 2" in more.content.decode()
    assert keeper.post(f"{base(house)}{plan.pk}/dotacion/", typed).status_code == 302
    assert StaffingNeed.objects.get().arrivals == [["09:00", 12]]
    page = chief.get(f"{base(house)}{plan.pk}/")
    assert "Mesón" in page.content.decode() and "Calcular un puesto" not in page.content.decode()
    chief.post(f"{base(house)}{plan.pk}/aprobar/", {"visto": page.context["seen"]})
    plan.refresh_from_db()
    assert plan.approved_at is not None
    handed = b"".join(keeper.get(f"{base(house)}{plan.pk}/?formato=csv").streaming_content).decode()
    assert handed.count("\n") > 36 and "Reclamo" in handed
    refused = keeper.post(f"{base(house)}{plan.pk}/dotacion/", typed)
    assert refused.status_code == 422 and "aprobado" in refused.content.decode()


def test_the_problems_of_a_sheet_are_listed_and_nothing_is_kept(house):
    sheet = SimpleUploadedFile("antes.csv", (HEADS + "31-02-2024;;;;4\n03-2024;Nada;;;x\n").encode())
    page = house.client(Role.QUALITY_MANAGER).post(f"{base(house)}planilla/", {"sheet": sheet})
    body = page.content.decode()
    assert page.status_code == 422 and "3 filas por corregir" in body
    assert "el día o el mes no se entiende («31-02-2024»)" in body
    assert not DemandSheet.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"a;b\n1;2\n", HEADS.encode()])
def test_what_is_no_such_sheet_is_refused_in_words(house, content):
    sheet = SimpleUploadedFile("antes.csv", content or b" ")
    page = house.client(Role.QUALITY_MANAGER).post(f"{base(house)}planilla/", {"sheet": sheet})
    assert page.status_code == 422 and "govuk-error-summary" in page.content.decode()


def test_a_sheet_goes_with_its_rows_and_not_that_of_another_body(house, other_house):
    sheet, _ = brought(house, "03-2024;;;;5\n")
    with pytest.raises(Refused, match="past_unknown"):
        drop_past_demand(
            institution=other_house.institution, sheet_id=sheet.pk,
            actor=other_house.user(Role.QUALITY_MANAGER), now=NOW,
        )  # fmt: skip
    drop_past_demand(
        institution=house.institution, sheet_id=sheet.pk, actor=house.user(Role.QUALITY_MANAGER), now=NOW
    )
    assert not PastDemand.objects.exists()


def test_gaps_and_breaks_are_rows_that_say_what_is_wrong_with_them(house):
    keeper, url = house.client(Role.QUALITY_MANAGER), f"{base(house)}base/"
    rows = {"gaps-0-first": "2026-03-10"}
    wrong = keeper.post(url, {**rows, "gaps-0-last": "2026-03-01"})
    assert wrong.status_code == 422 and "Termina antes de empezar." in wrong.content.decode()
    for first, last, said in (
        ("0001-01-01", "9999-12-31", "Escriba un día entre 1900 y 8999."),
        ("2026-03-10", "2031-01-01", "Los períodos van de 1990 a"),
    ):
        far = keeper.post(url, {"gaps-0-first": first, "gaps-0-last": last})
        assert far.status_code == 422 and said in far.content.decode()
    assert keeper.post(url, rows).status_code == 302
    assert DemandBasis.objects.get().gaps == [["2026-03-10", "2026-03-10"]]


def test_the_page_of_a_plan_costs_few_statements(house, plan):
    keeper = house.client(Role.QUALITY_MANAGER)
    keeper.get(f"{base(house)}{plan.pk}/")
    with at_most(14):
        assert keeper.get(f"{base(house)}{plan.pk}/").status_code == 200
    with at_most(12):
        assert keeper.get(base(house)).status_code == 200


def test_neither_a_register_of_the_year_one_nor_a_sheet_of_billions_is_taken(house):
    keeper = house.user(Role.QUALITY_MANAGER)
    with pytest.raises(Refused, match="days_far"):
        save_basis(
            institution=house.institution, actor=keeper, now=NOW, own_since=date(1, 1, 1), gaps=[], breaks=[]
        )
    with pytest.raises(Refused, match="past_much"):
        brought(house, "03-2024;;;;1000000\n" * 101)


# What would count twice


def test_a_sheet_that_was_brought_before_is_not_counted_again(house):
    first, _ = brought(house, two_years())
    again, problems = brought(house, two_years())
    assert first is not None and again is None
    assert {each.code for each in problems} == {"past_again"} and problems[0].line == 2
    assert DemandSheet.objects.get() == first


def test_of_a_month_that_the_register_begins_in_the_sheet_gives_only_the_rest(house):
    brought(house, "10-2026;;;;20\n", now=NOW + 60 * DAY)
    for place in range(3):
        file(house, now=NOW.replace(month=10, day=21 + place))
    count_all(house.institution, now=NOW + 60 * DAY)
    save_basis(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=NOW + 60 * DAY,
        own_since=date(2026, 10, 20), gaps=[], breaks=[],
    )  # fmt: skip
    known = history(house.institution, today=date(2026, 11, 2))
    days = [known.series.on(date(2026, 10, place)) or 0 for place in range(1, 32)]
    assert (sum(days[:19]), sum(days[19:])) == (17, 3)


def test_days_of_one_kind_leave_the_month_of_another(house):
    complaint, praise = (house.kinds[code].name for code in ("reclamo", "consulta"))
    brought(house, f"05-2026;{complaint};;;22\n06-05-2026;{praise};;;4\n06-2026;;;;30\n08-06-2026;;;;7\n")
    known = history(house.institution, today=house.today())
    may = [known.series.on(date(2026, 5, place)) or 0 for place in range(1, 32)]
    june = [known.series.on(date(2026, 6, place)) or 0 for place in range(1, 31)]
    assert (sum(may), sum(june)) == (26, 7)


def test_what_only_sums_kinds_is_no_part_of_a_plan(house):
    brought(house, two_years())
    for place in range(4):
        file(house, now=NOW + place * DAY)
    save_basis(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=NOW + 40 * DAY,
        own_since=date(2026, 9, 1), gaps=[], breaks=[],
    )  # fmt: skip
    count_all(house.institution, now=NOW + 40 * DAY)
    known = history(house.institution, today=date(2026, 10, 20))
    assert set(known.recent["kind"]) <= {str(kind.pk) for kind in house.kinds.values()}
    assert known.recent["kind"]


def test_a_kind_that_is_newer_than_the_plan_has_its_line(house, plan):
    plan.lines.filter(dimension="kind", member=str(house.kinds["reclamo"].pk)).delete()
    file(house, now=NOW + 150 * DAY)
    count_all(house.institution, now=NOW + 230 * DAY)
    found = pages.parts_of(house.institution, plan, today=date(2027, 4, 2))
    (of_kinds,) = [each for each in found if any("no estaba" in row.name for row in each.rows)]
    assert [(row.count, row.came) for row in of_kinds.rows if "no estaba" in row.name] == [(0, 1)]


def test_a_plan_has_no_more_than_fifty_phones_and_counters(house, plan, monkeypatch):
    monkeypatch.setattr("siac.indicators.demand.commands.MOST_STAFFING", 1)
    save_staffing(institution=house.institution, plan_id=plan.pk, fields=NEED)
    with pytest.raises(Refused, match="need_many"):
        save_staffing(institution=house.institution, plan_id=plan.pk, fields={**NEED, "name": "Mesón"})
