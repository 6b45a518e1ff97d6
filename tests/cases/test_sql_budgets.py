# SPDX-License-Identifier: EUPL-1.2
"""How many SQL statements a request may cost, whatever the number of rows and clocks.

Session, sign-in and rate limit are counted; BEGIN, SAVEPOINT and COMMIT are not; configuration is warm.
"""

from decimal import Decimal

import pytest
from django.test import Client

from siac.accounts.public import Role
from siac.cases.public import Case, add_information
from siac.charters.public import NewCommitment, publish_edition
from siac.clocks.public import Clock
from tests.factories import NOW, answer, file
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
COLD = 40
"""No budget: the first request after a change of configuration reads it."""
TYPED = {
    "subject": "Agua en la calle",
    "body": "En mi calle hubo una inundación y nadie ha venido.",
    "q_donde": "Calle Larga 12",
    "given_names": "María",
    "family_names": "Ñancupil",
    "email": "maria@ejemplo.org",
}


def send_form(house, budget: int = 6) -> Case:
    """Fill in the form and send it; return the case. Only what sending costs is held against `budget`."""
    browser = Client()
    filled = browser.post(f"/{house.slug}/solicitud/reclamo/", TYPED)
    assert filled.status_code == 302, filled.content.decode()
    with at_most(budget):
        sent = browser.post(filled.url)
    assert sent.status_code == 302
    with at_most(12):
        assert browser.get(sent.url).status_code == 200
    return Case.objects.latest("pk")


def promise(house, count: int) -> None:
    """Publish an edition with `count` commitments on complaints."""
    publish_edition(
        institution=house.institution,
        actor=None,
        now=NOW,
        code="amplia",
        title="Carta amplia",
        valid_from=house.today(),
        approved_by="Acta 2",
        commitments=[
            NewCommitment(
                f"promesa-{n}",
                f"Respondemos en {n} días",
                house.kinds["reclamo"].pk,
                n,
                Decimal("90.0"),
                "Disculpa",
            )
            for n in range(1, count + 1)
        ],
    )
    house.institution.refresh_from_db()


def test_filing_through_the_form_with_few_and_with_thirty_clocks(house):
    send_form(house, COLD)
    few = send_form(house)
    promise(house, 30)
    send_form(house, COLD)
    many = send_form(house)
    assert Clock.objects.filter(subject_id=few.pk).count() < 5
    assert Clock.objects.filter(subject_id=many.pk).count() > 30


def test_filing_by_staff(house):
    browser, address = house.client(Role.FRONT_DESK), f"/{house.slug}/gestion/solicitudes/nueva/"
    typed = {"kind": house.kinds["reclamo"].pk, "channel": "phone", "body": "Llama por una inundación."}
    for number, budget in ((1, COLD), (2, 7)):
        person = {"given_names": "María", "email": f"maria{number}@ejemplo.org"}
        with at_most(budget):
            assert browser.post(address, {**typed, **person}).status_code == 302


@pytest.mark.parametrize(
    "role", [Role.UNIT_OFFICER, Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER, Role.FRONT_DESK]
)
def test_work_list_with_one_and_with_fifty_rows(house, role):
    file(house)
    browser, address = house.client(role), f"/{house.slug}/gestion/solicitudes/?vista=todas"
    browser.get(address)
    with at_most(6):
        assert browser.get(address).status_code == 200
    for _ in range(50):
        file(house, unit_id=house.units["obras"])
    with at_most(6):
        assert browser.get(address).status_code == 200
    with at_most(6):
        assert browser.get(address + "&q=inundaciones&estado=with_unit").status_code == 200


def full_case(house) -> Case:
    """File a case of a citizen with a message and an answer."""
    case = file(house, unit_id=house.units["obras"])
    add_information(institution=house.institution, case_id=case.pk, body="Va la foto.", now=NOW)
    answer(house, case, now=NOW)
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("role", [Role.UNIT_OFFICER, Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER, Role.AUDITOR])
def test_case_page(house, role):
    address = f"/{house.slug}/gestion/solicitudes/{full_case(house).folio}/"
    browser = house.client(role)
    browser.get(address)
    with at_most(11):
        assert browser.get(address).status_code == 200


def test_tracking_page(house):
    case = full_case(house)
    browser = Client()
    opened = browser.post(
        f"/{house.slug}/seguimiento/",
        {"code": case.code, "second_factor": "12345678-5"[-6:].replace("-", "")[-4:]},
    )
    assert opened.status_code == 302, opened.content.decode()
    browser.get(opened.url)
    with at_most(12):
        assert browser.get(opened.url).status_code == 200


@pytest.mark.parametrize("path", ["", "solicitud/", "solicitud/reclamo/", "seguimiento/"])
def test_portal_pages(house, path):
    file(house)
    browser, address = Client(), f"/{house.slug}/{path}"
    assert browser.get(address).status_code == 200
    with at_most(12):
        assert browser.get(address).status_code == 200
