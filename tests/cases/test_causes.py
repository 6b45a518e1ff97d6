# SPDX-License-Identifier: EUPL-1.2
"""Complaints are coded by cause, and what comes back is seen with the cases behind it."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.causes.queries import PERIOD, lessons
from siac.cases.models import Case, Cause
from siac.cases.public import code_cause, save_cause
from siac.infra.counting import COUNT_CAP
from siac.kernel.errors import Refused
from tests.cases.registers import fill
from tests.factories import House, answer, file
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db


@pytest.fixture
def delay(house: House) -> Cause:
    cause = save_cause(institution=house.institution, name="Demora", actor=None, now=timezone.now())
    house.institution.refresh_from_db()
    return cause


def complaint(house: House, cause: Cause | None, *, days_ago: int = 5):
    at = timezone.now() - timedelta(days=days_ago)
    case = file(house, "reclamo", now=at, unit_id=house.units["obras"])
    answer(house, case, now=at)
    if cause is not None:
        code_cause(
            institution=house.institution, case_id=case.pk, version=None, cause_id=cause.pk,
            actor=house.user(Role.HEAD_OF_UNIT), now=timezone.now(),
        )  # fmt: skip
    return case


def test_causes_are_counted_and_compared_with_the_period_before(house, delay):
    manner = save_cause(institution=house.institution, name="Trato", actor=None, now=timezone.now())
    house.institution.refresh_from_db()
    for _ in range(3):
        complaint(house, delay)
    complaint(house, delay, days_ago=PERIOD + 10)
    for _ in range(2):
        complaint(house, manner, days_ago=PERIOD + 10)
    complaint(house, manner)
    complaint(house, None)
    file(house, "reclamo", now=timezone.now())  # open: its cause is not known yet
    answer(house, file(house, "consulta", now=timezone.now()), now=timezone.now())  # no complaint
    access = house.access(Role.QUALITY_MANAGER)
    with at_most(2):
        found = lessons(access, today=house.today(timezone.now()))
    assert [(item.cause.name, item.count, item.before, item.is_recurrent) for item in found.causes] == [
        ("Demora", 3, 1, True), ("Trato", 1, 2, False),
    ]  # fmt: skip
    assert (found.causes[0].more, found.causes[1].fewer, found.uncoded) == (2, 1, 1)


def test_each_number_opens_its_cases(house, delay):
    cases = [complaint(house, delay) for _ in range(2)]
    other = complaint(house, None)
    # An enquiry has a cause too, and is no complaint; one was filed long ago; one is open again.
    enquiry = file(house, "consulta", now=timezone.now(), unit_id=house.units["obras"])
    answer(house, enquiry, now=timezone.now())
    long_ago = complaint(house, delay, days_ago=PERIOD + 10)
    Case.objects.filter(pk=enquiry.pk).update(cause=delay)
    browser = house.client(Role.QUALITY_MANAGER)
    page = browser.get(f"/{house.slug}/gestion/causas/")
    [row] = page.context["chart"].rows
    listed = browser.get(row.url)
    text = listed.content.decode()
    assert [case.folio in text for case in (*cases, other, enquiry, long_ago)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert len(listed.context["rows"]) == row.value == 2
    assert "Causa: Demora" in text and "Naturaleza: Reclamo o queja" in text
    assert (
        f"causa={delay.pk}" in text.split(">Exportar<")[0].rsplit("href", 1)[1]
    )  # what is exported is what is seen
    assert page.context["uncoded"] == "1"
    uncoded = browser.get(page.context["uncoded_url"])
    assert len(uncoded.context["rows"]) == 1 and "Sin causa" in uncoded.content.decode()
    assert other.folio in uncoded.content.decode()


@pytest.fixture
def long_register(house, delay):
    """20,000 complaints, 19,000 of them closed, forty with a cause."""
    complaint = house.kinds["reclamo"].pk
    fill({
        "body": house.institution.pk, "rare": complaint, "usual": complaint,
        "topic": next(iter(house.topics.values())), "unit": house.units["obras"],
        "officer": house.user(Role.UNIT_OFFICER).pk, "cause": delay.pk,
    })  # fmt: skip


def read(sql: str) -> tuple[str, int]:
    """Return the plan of a statement, and how many rows of cases its scans touched."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF) {sql}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    found = re.findall(r"(?:Index|Seq|Heap).* Scan.*rows=([\d.]+) loops=(\d+)", plan)
    removed = re.findall(r"Rows Removed by (?:Filter|Index Recheck): (\d+)", plan)
    return plan, sum(round(float(rows)) * int(loops) for rows, loops in found) + sum(map(int, removed))


def test_a_long_register_is_not_walked_through_for_the_few_with_a_cause(house, delay, long_register):
    access = house.access(Role.QUALITY_MANAGER)
    with CaptureQueriesContext(connection) as captured:
        found = lessons(access, today=date(2026, 4, 8))  # the period begins on 9 January
    assert found.uncoded == COUNT_CAP
    [item] = found.causes
    assert item.count + item.before == 40 and item.count and item.before
    asked = [query["sql"] for query in captured if 'FROM "cases_case" ' in query["sql"]]
    for sql, index, most in zip(asked, ("cases_by_cause", "cases_uncoded"), (40, COUNT_CAP), strict=True):
        plan, touched = read(sql)
        assert "Seq Scan" not in plan and f"using {index} " in plan and 0 < touched <= most, plan


def test_the_cause_is_coded_on_the_page_of_an_answered_case(house, delay):
    case = complaint(house, None)
    where = f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    browser = house.client(Role.HEAD_OF_UNIT)
    assert "Indicar la causa" in browser.get(where).content.decode()
    assert browser.post(f"{where}causa/", {"cause_id": delay.pk}).status_code == 302
    assert "<dt>Causa</dt><dd>Demora</dd>" in browser.get(where).content.decode()


def code(house: House, case, cause_id: int) -> str:
    with pytest.raises(Refused) as caught:
        code_cause(
            institution=house.institution, case_id=case.pk, version=None, cause_id=cause_id,
            actor=house.user(Role.HEAD_OF_UNIT), now=timezone.now(),
        )  # fmt: skip
    return caught.value.code


def test_a_cause_out_of_use_of_another_body_or_of_an_open_case_is_refused(house, other_house, delay):
    case = complaint(house, None)
    foreign = save_cause(institution=other_house.institution, name="Ajena", actor=None, now=timezone.now())
    assert code(house, case, foreign.pk) == "cause_unknown"
    save_cause(
        institution=house.institution,
        name="Demora",
        is_active=False,
        cause=delay,
        actor=None,
        now=timezone.now(),
    )
    house.institution.refresh_from_db()
    assert code(house, case, delay.pk) == "cause_unknown"
    assert code(house, file(house, "reclamo", now=timezone.now()), delay.pk) == "move_not_allowed"


def test_two_causes_of_one_name_are_refused_on_the_page(house, delay):
    browser = house.client(Role.ADMINISTRATOR)
    again = browser.post(
        f"/{house.slug}/gestion/configuracion/causas/nueva/", {"name": "demora", "is_active": "on"}
    )
    assert again.status_code == 422 and "Ya hay una causa" in again.content.decode()
    assert (
        browser.post(
            f"/{house.slug}/gestion/configuracion/causas/nueva/", {"name": "Trato", "is_active": "on"}
        ).status_code
        == 302
    )
    assert "Trato" in browser.get(f"/{house.slug}/gestion/configuracion/causas/").content.decode()
