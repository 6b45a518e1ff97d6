# SPDX-License-Identifier: EUPL-1.2
"""Complaints are coded by cause, and what comes back is seen with the cases behind it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.causes.queries import PERIOD, lessons
from siac.cases.models import Cause
from siac.cases.public import code_cause, save_cause
from siac.kernel.errors import Refused
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
    with at_most(1):
        found = lessons(access, today=house.today(timezone.now()))
    assert [(item.cause.name, item.count, item.before, item.is_recurrent) for item in found.causes] == [
        ("Demora", 3, 1, True), ("Trato", 1, 2, False),
    ]  # fmt: skip
    assert (found.causes[0].more, found.causes[1].fewer, found.uncoded) == (2, 1, 1)


def test_each_number_opens_its_cases(house, delay):
    cases = [complaint(house, delay) for _ in range(2)]
    other = complaint(house, None)
    browser = house.client(Role.QUALITY_MANAGER)
    page = browser.get(f"/{house.slug}/gestion/causas/").content.decode()
    assert "Sin causa indicada: 1." in page
    link = page.split('cell--numeric"><a class="govuk-link" href="')[1].split('"')[0].replace("&amp;", "&")
    listed = browser.get(link).content.decode()
    assert all(case.folio in listed for case in cases) and other.folio not in listed
    assert "Causa: Demora" in listed
    assert (
        f"causa={delay.pk}" in listed.split(">Exportar<")[0].rsplit("href", 1)[1]
    )  # what is exported is what is seen


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
