# SPDX-License-Identifier: EUPL-1.2
"""What attending cost, as the body says it, and what that is for each who was attended."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.models import CaseFact, InteractionFact
from siac.indicators.costs.commands import save_cost
from siac.indicators.costs.measuring import SOURCE, refresh_facts, rests_on
from siac.indicators.domain.results import packed, unpacked, worth
from siac.indicators.figures.cube import recount
from siac.indicators.figures.facts import rows_behind
from siac.indicators.figures.measuring import measure
from siac.indicators.models import AttentionCost, CostFact
from siac.indicators.public import save_indicator
from siac.infra.metrics import Statistic, metric, source
from siac.kernel.errors import Refused
from tests.factories import NOW, attend, file
from tests.words import words

pytestmark = pytest.mark.django_db
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
PER_ATTENTION = Statistic.QUOTIENT


def tell(house, channel="", amount=1000, **changes):
    said = {"year": 2025, "source": "Presupuesto", "actor": None, "now": NOW, **changes}
    return save_cost(institution=house.institution, channel=channel, amount=amount, **said)


def contact(house, channel: str, on: date = date(2025, 6, 3)) -> None:
    case = file(house)
    CaseFact.objects.update_or_create(
        case=case,
        defaults={
            "institution": house.institution,
            "filed_on": on,
            "channel": channel,
            "kind_id": case.kind_id,
        },
    )


def count(house) -> None:
    for key in ("cases", "attentions"):
        for _ in recount(house.institution, source(key), now=NOW):
            continue
    refresh_facts(house.institution.pk, list(AttentionCost.objects.values_list("pk", flat=True)))
    for _ in recount(house.institution, SOURCE, now=NOW):
        continue


def told(house, period=YEAR, **how):
    return measure(house.institution, metric("costs.per_attention"), [period], today=house.today(NOW), **how)


def test_a_year_costs_its_sum_for_each_request_and_attention(house):
    contact(house, "web")
    contact(house, "counter")
    contact(house, "web", date(2024, 12, 31))
    row = attend(house)
    InteractionFact.objects.create(
        interaction=row, institution=house.institution, begun_on=date(2025, 2, 1), channel="counter",
        registered_on=date(2025, 2, 1), reporting_days=0, person="anonymous",
        is_resolved=True, is_filed=False, unit_id=row.unit_id,
    )  # fmt: skip
    tell(house, amount=1000)
    count(house)
    assert CostFact.objects.get().contacts == 3
    assert told(house).told().value(PER_ATTENTION) == Decimal("333.3")


def test_each_channel_is_told_by_its_own(house):
    for channel in ("web", "web", "counter"):
        contact(house, channel)
    tell(house, "web", 100)
    tell(house, "counter", 101)
    tell(house, "phone", 7)  # nobody came by it: nothing to spread that over
    count(house)
    found = told(house, by="channel")
    assert {each: found.told(0, each).value(PER_ATTENTION) for each in found.groups} == {
        "web": Decimal("50.0"),
        "counter": Decimal("101.0"),
    }
    assert told(house).told().value(PER_ATTENTION) == Decimal("67.0")


@pytest.mark.parametrize(
    "period",
    [
        (date(2025, 12, 1), date(2025, 12, 31)),
        (date(2025, 1, 1), date(2025, 6, 30)),
        (date(2024, 7, 1), date(2025, 12, 31)),
    ],
)
def test_of_a_part_of_a_year_nothing_is_told(house, period):
    contact(house, "web")
    tell(house)
    count(house)
    assert told(house, period).told().value(PER_ATTENTION) is None
    assert told(house).told().value(PER_ATTENTION) == 1000


def test_its_page_begins_at_the_last_year_and_says_why_a_month_tells_nothing(house, monkeypatch):
    monkeypatch.setattr("siac.indicators.figures.workspace.current_time", lambda: NOW)
    contact(house, "web")
    tell(house)
    count(house)
    reader = house.client(Role.QUALITY_MANAGER)
    url = reverse("workspace:indicators:figure", args=[house.slug, "costs.per_attention"])
    page = reader.get(url)
    assert page.context["line"].value == "1\xa0000,0 por atención"
    month = words(reader.get(url, {"periodo": "mes", "en": "2026-08-01"}))
    assert "Solo por años enteros" in month and "elija un año terminado" in month


def test_each_channel_opens_as_many_costs_as_it_says(house, monkeypatch):
    monkeypatch.setattr("siac.indicators.figures.workspace.current_time", lambda: NOW)
    for channel in ("web", "counter"):
        contact(house, channel)
        tell(house, channel, amount=2000)
    count(house)
    reader = house.client(Role.QUALITY_MANAGER)
    url = reverse("workspace:indicators:figure", args=[house.slug, "costs.per_attention"])
    page = reader.get(url, {"por": "canal"})
    assert [len(reader.get(part.url).context["listing"].rows) for part in page.context["parts"]] == [2]
    opened = [reader.get(row.url) for row in page.context["charts"][1].rows]
    assert [len(each.context["listing"].rows) for each in opened] == [1, 1]


def test_without_a_cost_nothing_is_told(house):
    contact(house, "web")
    count(house)
    assert told(house).told().value(PER_ATTENTION) is None
    page = house.client(Role.QUALITY_MANAGER).get(reverse("workspace:indicators:costs", args=[house.slug]))
    assert "Todavía no se ha dicho cuánto costó atender" in page.content.decode()


def test_a_frozen_result_says_the_same_from_its_rows(house):
    for _ in range(3):
        contact(house, "web")
    tell(house, amount=100)
    count(house)
    rows = rows_behind(house.institution, metric("costs.per_attention"), *YEAR)
    assert worth(unpacked(packed(rows)), PER_ATTENTION).value == Decimal("33.3")


def test_costs_are_spread_anew_where_another_contact_comes_to_light(house):
    contact(house, "web")
    tell(house)
    count(house)
    before = rests_on(house.institution)
    contact(house, "web")
    count(house)
    assert rests_on(house.institution) != before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"year": 2026}, "cost_year"),
        ({"year": 1989}, "cost_year"),
        ({"amount": 0}, "cost_amount"),
        ({"amount": 2_000_000_001}, "cost_amount"),
        ({"channel": "paloma"}, "cost_channel"),
    ],
)
def test_what_cannot_be_is_refused(house, changes, code):
    with pytest.raises(Refused, match=code):
        tell(house, **changes)


def test_a_year_is_told_of_all_or_by_channel_and_once(house):
    tell(house)
    with pytest.raises(Refused, match="cost_taken"):
        tell(house)
    with pytest.raises(Refused, match="cost_mixed"):
        tell(house, "web")
    tell(house, is_active=False, cost=AttentionCost.objects.get())
    web = tell(house, "web")
    with pytest.raises(Refused, match="cost_mixed"):
        tell(house, cost=AttentionCost.objects.get(channel=""))
    assert web.version == 1


def test_the_page_keeps_each_save_and_refuses_the_late_one(house):
    row, keeper = tell(house), house.client(Role.QUALITY_MANAGER)
    url = reverse("workspace:indicators:cost", args=[house.slug, row.pk])
    typed = {"year": "2025", "channel": "", "amount": "1500", "source": "Balance", "is_active": "on"}
    assert keeper.post(url, {**typed, "based_on": "1"}).status_code == 302
    page = words(keeper.get(url))
    assert "Costo del año: 1000 → cambió a 1500" in page
    late = keeper.post(url, {**typed, "amount": "9", "based_on": "1"})
    assert late.status_code == 422
    assert "Lo que se guardó mientras usted editaba" in late.content.decode()
    row.refresh_from_db()
    assert (row.amount, row.version) == (1500, 2)
    version = row.versions.get(number=1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_attentioncostversion SET number = 9 WHERE id = %s", [version.pk])


@pytest.mark.parametrize("year", ["²", "0", "99999", "-1", ""])
def test_odd_years_are_refused_in_words(house, year):
    typed = {"year": year, "channel": "", "amount": "1500", "source": "Balance", "is_active": "on"}
    answered = house.client(Role.QUALITY_MANAGER).post(
        reverse("workspace:indicators:cost_new", args=[house.slug]), typed
    )
    assert answered.status_code == 422
    assert not AttentionCost.objects.exists()


def test_an_indicator_of_costs_is_measured_each_year(house):
    fields = {
        "institution": house.institution, "actor": None, "now": NOW, "code": "costo", "name": "Costo",
        "definition": "Costo.", "metric_key": "costs.per_attention", "statistic": "quotient",
        "target": Decimal(5000),
    }  # fmt: skip
    with pytest.raises(Refused, match="indicator_yearly"):
        save_indicator(**fields, frequency="month")
    assert save_indicator(**fields, frequency="year").pk


@pytest.mark.parametrize("since", [date(1900, 1, 1), date(1989, 12, 31), date(2031, 1, 1)])
def test_an_indicator_is_measured_from_a_year_that_somebody_can_mean(house, since):
    fields = {
        "institution": house.institution, "actor": None, "now": NOW, "code": "x", "name": "X",
        "definition": "X.", "metric_key": "cases.received", "statistic": "count", "target": Decimal(5),
    }  # fmt: skip
    with pytest.raises(Refused, match="indicator_since"):
        save_indicator(**fields, since=since)
    assert save_indicator(**fields, since=date(2020, 1, 1)).pk
