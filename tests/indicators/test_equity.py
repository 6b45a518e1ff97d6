# SPDX-License-Identifier: EUPL-1.2
"""Equal treatment: groups beside the others, chance told apart, nobody given away by a year of months."""

from datetime import date

import pytest

from siac.accounts.public import Role
from siac.cases.models import CaseFact
from siac.indicators.domain.differences import Verdict
from siac.indicators.domain.windows import Length, containing
from siac.indicators.equity.comparing import compare, traits_watched
from siac.indicators.figures.profiles import profile
from siac.infra.metrics import metric, source, sources
from tests.factories import file
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 15)
YEAR = containing(Length.YEAR, date(2025, 1, 1), today=TODAY)
SEX = source("cases").dimension("sex")


@pytest.fixture
def tell(house):
    """Make facts of cases answered on a day: (sex, how many, how many of them late, days)."""
    case = file(house)

    def facts(day: date, *groups: tuple[str, int, int], days: int = 10, **more) -> None:
        for sex, count, late in groups:
            for place in range(count):
                CaseFact.objects.create(
                    case=file(house), institution=house.institution, filed_on=day, answered_on=day,
                    kind_id=case.kind_id, channel="web", person="natural", audience="citizen", sex=sex,
                    days_late=1 if place < late else 0, answer_days=days, **more,
                )  # fmt: skip

    return facts


def of(house, key, period=YEAR, trait=SEX):
    return next(
        each for each in compare(house.institution, trait, period, today=TODAY) if each.metric.key == key
    )


def test_a_difference_that_chance_does_not_explain_is_said_with_how_large_it_is(house, tell):
    tell(date(2025, 5, 6), ("female", 40, 20), ("male", 40, 6), ("", 7, 0))
    found = of(house, "cases.answered_in_term")
    assert [(g.name, g.verdict, str(g.difference.by)) for g in found.groups] == [
        ("Mujer", Verdict.BEYOND_CHANCE, "-35.0"), ("Hombre", Verdict.BEYOND_CHANCE, "35.0"),
    ]  # fmt: skip
    assert (found.answered, found.total, found.beyond) == (80, 87, 2)
    days = of(house, "cases.answer_days")
    assert {g.verdict for g in days.groups} == {Verdict.MAY_BE_CHANCE}


def test_a_small_difference_is_called_what_it_may_be(house, tell):
    tell(date(2025, 5, 6), ("female", 20, 6), ("male", 20, 5))
    assert {g.verdict for g in of(house, "cases.answered_in_term").groups} == {Verdict.MAY_BE_CHANCE}


def test_days_are_compared_by_their_ranks(house, tell):
    tell(date(2025, 5, 6), ("female", 12, 0), days=20)
    tell(date(2025, 5, 7), ("male", 15, 0), days=9)
    found = of(house, "cases.answer_days")
    assert [(g.name, str(g.difference.by), g.verdict) for g in found.groups] == [
        ("Mujer", "50.0", Verdict.BEYOND_CHANCE), ("Hombre", "-50.0", Verdict.BEYOND_CHANCE),
    ]  # fmt: skip


def test_hidden_groups_are_among_nobodys_others(house, tell):
    """Two others would be told of by the share of «the others» less that of women."""
    tell(date(2025, 5, 6), ("female", 50, 20), ("male", 40, 10), ("other", 2, 2))
    found = of(house, "cases.answered_in_term")
    assert [(g.name, g.told is None) for g in found.groups] == [
        ("Mujer", False), ("Hombre", True), ("Otro", True)
    ]  # fmt: skip
    assert not found.is_compared


def test_a_year_less_its_months_gives_nobody_away(house, tell):
    """In one month few women: the year less eleven months that show them would tell of these three."""
    received, shown = metric("cases.received"), {}
    for month in range(1, 13):
        few = month == 4
        tell(date(2025, month, 5), ("female", 3 if few else 6, 0), ("male", 9 if few else 6, 0))
    for month in (3, 4):
        period = containing(Length.MONTH, date(2025, month, 1), today=TODAY)
        shown[month] = profile(house.institution, received, SEX, period, today=TODAY).lines
    assert [line.is_hidden for line in shown[3]] == [False, False] and shown[4] == []
    assert profile(house.institution, received, SEX, YEAR, today=TODAY).lines == []
    CaseFact.objects.filter(filed_on=date(2025, 8, 5), sex="female")[:1].get().delete()
    CaseFact.objects.filter(filed_on=date(2025, 8, 5), sex="female")[:1].get().delete()
    year = profile(house.institution, received, SEX, YEAR, today=TODAY)
    assert [line.value for line in year.lines] == ["67", "75"], "two months hide seven together"


def test_the_page_reads_little_and_says_it_in_words(house, tell):
    tell(date(2025, 5, 6), ("female", 40, 20), ("male", 40, 6))
    browser = house.client(Role.QUALITY_MANAGER)
    address = f"/{house.slug}/gestion/igualdad/?rasgo=sexo&en=2025"
    browser.get(address)
    with at_most(12):
        page = browser.get(address)
    text = page.content.decode()
    assert "2 diferencias que el azar no explica" in text
    assert "Mujer: 50,0 %, 35,0 puntos menos que los demás, en su contra." in " ".join(text.split())
    table = browser.get(f"{address}&formato=csv")
    assert "Más de lo que explica el azar" in b"".join(table).decode("utf-8-sig")
    for odd in ("?rasgo=nada", "?en=2999", "?en=2026", "?formato=pdf"):
        assert browser.get(f"/{house.slug}/gestion/igualdad/{odd}").status_code == 200


def test_every_metric_of_treatment_is_registered_and_can_be_compared(db):
    for each in sources():
        for key in each.treatment:
            found = metric(key)
            assert found.of.source == each.key and not found.less and not found.least
            assert found.per or found.of.value
    assert {trait.key for trait in traits_watched()} >= {"sex", "age_band", "commune", "disability"}
