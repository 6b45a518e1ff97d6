# SPDX-License-Identifier: EUPL-1.2
"""A metric by what people told of themselves: small groups hidden, who did not tell beside, no rows."""

from datetime import date

import pytest

from siac.accounts.public import Role
from siac.cases.models import CaseFact
from siac.indicators.domain.windows import Length, containing
from siac.indicators.figures.facts import rows_behind
from siac.indicators.figures.profiles import profile, traits_of
from siac.indicators.models import Cell
from siac.indicators.public import save_indicator
from siac.infra.metrics import metric, source
from siac.kernel.errors import Refused
from tests.factories import NOW, file
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)
SEPTEMBER = containing(Length.MONTH, date(2026, 9, 1), today=TODAY)


def tell(house, day=date(2026, 9, 7), **values: tuple[str, int]) -> None:
    """Make cases of a day; by trait, so many that told each value."""
    for trait, groups in values.items():
        for value, count in groups:
            for _ in range(count):
                case = file(house)
                CaseFact.objects.create(
                    case=case, institution=house.institution, filed_on=day, kind_id=case.kind_id,
                    channel="web", person="natural", audience="citizen", **{trait: value},
                )  # fmt: skip


def lines(house, key="cases.received", trait="sex", period=SEPTEMBER) -> dict[str, str]:
    of = metric(key)
    found = profile(house.institution, of, source("cases").dimension(trait), period, today=TODAY)
    return {line.name: "" if line.is_hidden else line.value for line in found.lines}


def test_groups_are_counted_and_who_did_not_tell_stands_beside(house):
    tell(house, sex=[("female", 6), ("male", 5), ("", 9)])
    of = metric("cases.received")
    with at_most(1):
        found = profile(house.institution, of, source("cases").dimension("sex"), SEPTEMBER, today=TODAY)
    assert {line.name: line.value for line in found.lines} == {"Mujer": "6", "Hombre": "5"}
    assert (found.unsaid.met, found.unsaid.total, str(found.unsaid.percent)) == (9, 20, "45.0")
    assert not found.has_hidden


def test_a_small_group_is_hidden_and_the_next_with_it(house):
    tell(house, sex=[("female", 12), ("male", 6), ("other", 2)])
    assert lines(house) == {"Mujer": "12", "Hombre": "", "Otro": ""}


def test_a_year_less_its_months_tells_of_no_small_group(house):
    told = {1: (1, 6, 7), 2: (2, 6, 7), 3: (0, 12, 7)}
    for number, sizes in told.items():
        tell(house, date(2025, number, 7), sex=list(zip(("other", "female", "male"), sizes, strict=True)))
    months = [lines(house, period=containing(Length.MONTH, date(2025, n, 1), today=TODAY)) for n in told]
    assert months == [{"Mujer": "", "Hombre": "7", "Otro": ""}] * 2 + [{"Mujer": "12", "Hombre": "7"}]
    # With 24 women in the year, 12 would be those of the two months that hide them, and 3 the others.
    year = lines(house, period=containing(Length.YEAR, date(2025, 1, 1), today=TODAY))
    assert year == {"Mujer": "", "Hombre": "21", "Otro": ""}


def test_where_too_few_told_no_group_is_named(house):
    tell(house, sex=[("female", 3), ("", 9)])
    assert lines(house) == {}
    house.institution.smallest_group = 3
    assert lines(house) == {"Mujer": "3"}


def test_a_share_that_tells_of_few_in_a_group_is_hidden(house):
    """Of twelve women one filed through an officer: the share would say it of her."""
    tell(house, sex=[("female", 12), ("male", 12)])
    women = CaseFact.objects.filter(sex="female").order_by("pk").values_list("pk", flat=True)
    assert lines(house, "cases.by_staff") == {"Mujer": "0,0 %", "Hombre": "0,0 %"}
    CaseFact.objects.filter(pk=women[0]).update(is_by_staff=True)
    assert lines(house, "cases.by_staff") == {}


def test_a_commune_counts_above_and_is_hidden_below(house):
    tell(house, commune=[("04102", 9), ("04101", 2), ("04103", 7), ("05101", 8)])
    of = metric("cases.received")
    found = profile(house.institution, of, source("cases").dimension("commune"), SEPTEMBER, today=TODAY)
    assert [(line.depth, line.name, line.value or "-") for line in found.lines] == [
        (0, "Coquimbo", "18"), (1, "Provincia de Elqui", "18"), (2, "La Serena", "-"), (2, "Coquimbo", "9"),
        (2, "Andacollo", "-"), (0, "Valparaíso", "8"), (1, "Provincia de Valparaíso", "8"),
        (2, "Valparaíso", "8"),
    ]  # fmt: skip


def test_the_page_is_of_one_month_that_is_over_and_opens_no_rows(house):
    tell(house, sex=[("female", 6), ("male", 5)])
    browser = house.client(Role.QUALITY_MANAGER)
    page = browser.get(f"/{house.slug}/gestion/cifras/cases.received/personas/?rasgo=sexo&en=2026-09")
    text = page.content.decode()
    assert page.status_code == 200 and "Mujer" in text and "sin respuesta" in text
    assert "/solicitudes/?" not in text.split("<table")[-1]
    months = [code for code, _, _ in page.context["periods"] if "-" in code]
    assert months == sorted(months, reverse=True) and months[0] < date.today().isoformat()[:7]
    years = [code for code, _, _ in page.context["periods"] if "-" not in code]
    assert years[0] == str(date.today().year - 1) and len(years) == 5
    for odd in ("?en=nada", "?rasgo=nada", "?en=2999-01"):
        assert browser.get(f"/{house.slug}/gestion/cifras/cases.received/personas/{odd}").status_code == 200
    assert browser.get(f"/{house.slug}/gestion/cifras/cases.pending/personas/").status_code == 404
    assert browser.get(f"/{house.slug}/gestion/cifras/attentions.given/personas/").status_code == 404


def test_traits_are_no_filter_no_row_and_no_cell(house):
    tell(house, sex=[("female", 6)])
    of = metric("cases.received")
    assert len(traits_of(of)) == 8
    [row, *_] = rows_behind(house.institution, of, *SEPTEMBER.days)
    assert not {key for key, _ in row.codes} & {each.key for each in traits_of(of)}
    figure = house.client(Role.QUALITY_MANAGER).get(
        f"/{house.slug}/gestion/cifras/cases.received/?sexo=female&por=sexo"
    )
    assert "sexo" not in figure.context["form"].fields
    with pytest.raises(Refused, match="indicator_filter"):
        save_indicator(
            institution=house.institution, actor=None, now=NOW, code="x", name="X", definition="X.",
            metric_key="cases.received", statistic="count", target=1, since=date(2026, 1, 1),
            filters={"sex": ["female"]},
        )  # fmt: skip
    assert not Cell.objects.filter(family__contains="sex").exists()
