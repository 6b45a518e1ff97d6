# SPDX-License-Identifier: EUPL-1.2
"""Each country has ready indicators; adopted with one press they are like any other."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from siac.accounts.public import Role
from siac.cases.public import Nature, save_kind
from siac.countries.public import COUNTRIES
from siac.indicators.figures.cube import count_all
from siac.indicators.figures.facts import facts_behind
from siac.indicators.figures.measuring import measure
from siac.indicators.models import Indicator
from siac.indicators.results.commands import counted_rows, worth_of
from siac.indicators.results.library import adopt_ready, library_of, members_of, shelves
from siac.infra.metrics import Statistic, metric
from siac.kernel.errors import Refused
from tests.factories import NOW, answer, file, make_house

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
CSEU_COMPLAINTS = {
    "cseu-reclamos-respondidos", "cseu-reclamos-promedio", "cseu-reclamos-mediana", "cseu-reclamos-minimo",
    "cseu-reclamos-maximo", "cseu-reclamos-mas-de-20",
}  # fmt: skip


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_every_entry_names_a_figure_that_is_counted_and_can_be_told_so(country):
    entries = [each for group in library_of(country) for each in group.indicators]
    assert len({each.code for each in entries}) == len(entries) > 5
    for each in entries:
        assert each.statistic in metric(each.metric).statistics, each.code
        assert (each.within is not None) == (each.statistic in (Statistic.WITHIN, Statistic.BEYOND)), (
            each.code
        )
        assert each.definition.endswith((".", ").")) and each.source, each.code
        assert len(each.name) <= 150 and len(each.definition) <= 400 and len(each.code) <= 40


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_all_that_a_body_has_kinds_for_is_adopted_at_once_and_stays_adopted(country):
    house = make_house(f"casa-{country.lower()}", country)
    body, keeper = house.institution, house.user(Role.QUALITY_MANAGER)
    codes = [
        each.code
        for group in library_of(country)
        for each in group.indicators
        if members_of(body, each) is not None
    ]
    assert len(codes) > 3
    new = adopt_ready(institution=body, codes=codes, actor=keeper, now=NOW)
    assert [row.code for row in new] == codes
    assert {row.since for row in new} == {date(2026, 1, 1)}
    assert adopt_ready(institution=body, codes=codes, actor=keeper, now=NOW) == []
    taken = {each.code for shelf in shelves(body) for each, row in shelf.rows if row}
    assert taken == set(codes)


def adopted(house) -> dict[str, Indicator]:
    rows = adopt_ready(
        institution=house.institution, codes=CSEU_COMPLAINTS, actor=house.user(Role.QUALITY_MANAGER), now=NOW
    )
    return {row.code: row for row in rows}


def test_the_report_of_complaints_counts_those_left_of_earlier_years_and_only_complaints(house):
    """Two of last year (one answered then), three of this: answered in 2 and in 25 business days, one not."""
    last_year = NOW - 290 * DAY
    done, left = (file(house, now=last_year) for _ in range(2))
    answer(house, done, now=last_year + 5 * DAY)
    answer(house, left, now=NOW + 2 * DAY)
    soon, late, _ = (file(house, now=NOW) for _ in range(3))
    answer(house, soon, now=NOW + 2 * DAY)
    answer(house, late, now=NOW + 37 * DAY)
    answer(house, file(house, kind="consulta", now=NOW), now=NOW + DAY)
    count_all(house.institution, now=NOW + 60 * DAY)
    rows = adopted(house)
    said = {}
    for code, row in rows.items():
        found = worth_of(row, counted_rows(house.institution, row, *YEAR))
        of = metric(row.metric)
        live = measure(
            house.institution, of, [YEAR], today=date(2027, 1, 4), where=row.filters, within=row.within or 0
        ).told()
        assert live.value(Statistic(row.statistic)) == found.value, code
        behind = facts_behind(house.institution, of, *YEAR, where=row.filters)
        assert len(behind) == found.total == live.total, code
        said[code.removeprefix("cseu-reclamos-")] = (found.value, found.met, found.total)
    assert said["respondidos"] == (Decimal("75.0"), 3, 4)
    assert said["minimo"][0] == 2 and said["mediana"][0] == 25
    assert said["mas-de-20"] == (Decimal("66.7"), 2, 3)
    assert said["maximo"][0] == 200


def test_a_kind_of_complaint_that_is_added_later_counts_by_itself(house):
    rows = adopted(house)
    house.kinds["queja"] = save_kind(
        institution=house.institution, actor=None, now=NOW, position=90, code="queja", name="Queja",
        need="Quiero quejarme", nature=Nature.COMPLAINT, rule_id="CL.OIRS",
    )  # fmt: skip
    house.institution.refresh_from_db()
    file(house, kind="queja", now=NOW)
    count_all(house.institution, now=NOW + DAY)
    row = rows["cseu-reclamos-respondidos"]
    assert worth_of(row, counted_rows(house.institution, row, *YEAR)).total == 1


def test_what_the_country_does_not_have_and_what_the_body_has_no_kind_for_is_refused():
    house = make_house("lima", "PE")
    for codes, code in ((["no-hay"], "library_unknown"), (["quejas-hasta-3"], "library_nothing")):
        with pytest.raises(Refused) as refused:
            adopt_ready(institution=house.institution, codes=codes, actor=None, now=NOW)
        assert refused.value.code == code
    assert not Indicator.objects.filter(institution=house.institution, since__isnull=False).exists()


def test_the_page_tells_what_is_adopted_and_adopts_with_one_press(house):
    url = f"/{house.slug}/gestion/indicadores/biblioteca/"
    keeper = house.client(Role.QUALITY_MANAGER)
    page = keeper.get(url).content.decode()
    assert "Adoptar los 6 que faltan" in page and "Informe anual del Sistema de Calidad" in page
    assert keeper.post(url, {"codigo": "cseu-reclamos-mediana"}).status_code == 302
    page = keeper.get(url).content.decode()
    assert "Adoptar los 5 que faltan" in page and "Indicador adoptado: 1." in page
    assert house.client(Role.AUTHORITY).post(url, {"codigo": "cseu-reclamos-minimo"}).status_code == 403
    assert "Adoptar los" not in house.client(Role.AUTHORITY).get(url).content.decode()


def test_several_kinds_at_once_stay_when_the_indicator_is_changed(house):
    row = adopted(house)["cseu-reclamos-mediana"]
    kinds = sorted(str(house.kinds[code].pk) for code in ("reclamo", "consulta"))
    Indicator.objects.filter(pk=row.pk).update(filters={"kind": kinds})
    url = f"/{house.slug}/gestion/indicadores/{row.pk}/cambiar/"
    keeper = house.client(Role.QUALITY_MANAGER)
    form = keeper.get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert keeper.post(url, {**typed, "name": "Otra mediana", "is_active": "on"}).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.filters) == ("Otra mediana", {"kind": kinds})
