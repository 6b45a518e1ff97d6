# SPDX-License-Identifier: EUPL-1.2
"""A request under thirty promises costs as many statements as one under a single promise: half of the
twelve that it may, whichever way it comes in.
"""

from decimal import Decimal

import pytest
from django.test import Client

from siac.accounts.public import Role
from siac.cases.public import Case
from siac.charters.public import NewCommitment, publish_edition
from siac.clocks.models import Clock
from tests.factories import NOW, file
from tests.sql_counts import exactly

pytestmark = pytest.mark.django_db


def promise(house, count: int) -> None:
    publish_edition(
        institution=house.institution, actor=None, now=NOW, code="amplia", title="Carta amplia",
        valid_from=house.today(), approved_by="Acta 2",
        commitments=[
            NewCommitment(f"promesa-{days}", f"Respondemos en {days} días", house.kinds["reclamo"].pk, days,
                          Decimal("90.0"), "Disculpa")
            for days in range(1, count + 1)
        ],
    )  # fmt: skip
    house.institution.refresh_from_db()


def by_form(house, number: int, sends: int) -> None:
    browser, typed = Client(), {"body": "En mi calle hubo una inundación.", "q_donde": "Calle Larga 12"}
    who = {"given_names": "María", "family_names": "Soto", "email": f"maria{number}@ejemplo.org"}
    filled = browser.post(
        f"/{house.slug}/solicitud/reclamo/", {**typed, **who, "subject": "Agua en la calle"}
    )
    assert filled.status_code == 302, filled.content.decode()
    with exactly(sends):
        assert browser.post(filled.url).status_code == 302


def by_staff(house, number: int, sends: int) -> None:
    typed = {"kind": house.kinds["reclamo"].pk, "channel": "phone", "body": "Llama por una inundación."}
    who = {"given_names": "María", "email": f"maria{number}@ejemplo.org"}
    browser, address = house.client(Role.FRONT_DESK), f"/{house.slug}/gestion/solicitudes/nueva/"
    browser.get(address)  # what the form offers is warm
    with exactly(sends):
        assert browser.post(address, {**typed, **who}).status_code == 302


def by_command(house, number: int, sends: int) -> None:
    with exactly(sends):
        file(house, unit_id=house.units["obras"])


@pytest.mark.parametrize(("way", "sends"), [(by_form, 6), (by_staff, 6), (by_command, 3)])
@pytest.mark.parametrize("count", [1, 30])
def test_filing_costs_as_much_under_thirty_promises_as_under_one(house, count, way, sends):
    promise(house, count)
    file(house, unit_id=house.units["obras"])  # configuration is warm
    Client().get(f"/{house.slug}/solicitud/reclamo/")
    way(house, 1, sends)
    case = Case.objects.latest("pk")
    promised = Clock.objects.filter(subject_type="case", subject_id=case.pk, kind="commitment")
    assert promised.count() == count + 1  # with the one of the house's own charter
