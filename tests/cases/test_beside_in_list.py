# SPDX-License-Identifier: EUPL-1.2
"""From a case to the next and the previous one of the list it was opened from, and on after an answer."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.public import Case, assign_case
from tests.cases.test_handling import do
from tests.factories import House, file
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
R = Role


@pytest.fixture
def three(house: House) -> list[Case]:
    """Three open complaints of the unit, by their last day, and an enquiry between them."""
    now = timezone.now()
    obras = house.units["obras"]
    found = [file(house, now=now - timedelta(days=days), unit_id=obras) for days in (5, 3, 1)]
    file(house, "consulta", now=now - timedelta(days=4), unit_id=obras)
    return found


def suffix(**params: str) -> str:
    return f"?{urlencode({'lista': urlencode(params)})}"


def where(house: House, case: Case, side: str, **params: str) -> str:
    own = f"/{house.slug}/gestion/solicitudes/"
    return (
        house.client(R.UNIT_OFFICER)
        .get(f"{own}{case.folio}/{side}/{suffix(**params)}")["Location"]
        .removeprefix(own)
    )


def test_next_and_previous_keep_order_and_filters_of_the_list(house, three):
    first, second, third = three
    kind = str(house.kinds["reclamo"].pk)
    params = {"vista": "abiertas", "tipo": kind}
    assert where(house, first, "siguiente", **params) == f"{second.folio}/{suffix(**params)}"
    assert where(house, second, "siguiente", **params) == f"{third.folio}/{suffix(**params)}"
    assert where(house, second, "anterior", **params) == f"{first.folio}/{suffix(**params)}"


def test_at_the_end_of_the_list_one_stays_and_is_told(house, three):
    client, own = house.client(R.UNIT_OFFICER), f"/{house.slug}/gestion/solicitudes/"
    page = client.get(f"{own}{three[0].folio}/anterior/{suffix(vista='abiertas')}", follow=True)
    assert three[0].text.subject in page.content.decode()
    assert "Es la primera de la lista." in page.content.decode()


def test_rows_of_the_list_carry_it_and_the_page_leads_back_and_on(house, three):
    client, own = house.client(R.UNIT_OFFICER), f"/{house.slug}/gestion/solicitudes/"
    row = f"{own}{three[0].folio}/{suffix(vista='abiertas', canal='web')}"
    assert row in client.get(f"{own}?vista=abiertas&canal=web").content.decode()
    page = client.get(row).content.decode()
    assert f'href="{own}?vista=abiertas&amp;canal=web"' in page
    assert 'rel="next"' in page and 'rel="prev"' in page
    assert 'rel="next"' not in client.get(f"{own}{three[0].folio}/").content.decode()
    assert 'rel="next"' not in client.get(f"{own}{three[0].folio}/?lista=vista%3Dnada").content.decode()


def test_each_step_is_one_statement_beside_the_case(house, three):
    client, own = house.client(R.UNIT_OFFICER), f"/{house.slug}/gestion/solicitudes/"
    address = f"{own}{three[0].folio}/siguiente/{suffix(vista='abiertas')}"
    client.get(address)
    with at_most(5):  # session, user, body, case, the next one
        client.get(address)


def test_an_answer_leads_to_the_next_of_the_list_and_without_one_to_the_next_of_mine(house, three):
    first, second, third = three
    client, own = house.client(R.UNIT_OFFICER), f"/{house.slug}/gestion/solicitudes/"
    typed, kind = (
        {"body": "Se limpió el desagüe.", "outcome": "upheld", "siguiente": "1"},
        str(house.kinds["reclamo"].pk),
    )
    sent = client.post(f"{own}{first.folio}/responder/{suffix(vista='unidad', tipo=kind)}", typed)
    assert sent["Location"] == f"{own}{second.folio}/{suffix(vista='unidad', tipo=kind)}"
    do(assign_case, house, third, assignee_id=house.user(R.UNIT_OFFICER).pk)
    sent = client.post(f"{own}{second.folio}/responder/", typed)
    assert sent["Location"] == f"{own}{third.folio}/"
    sent = client.post(f"{own}{third.folio}/responder/", typed)
    assert sent["Location"] == own
    assert f"{third.folio}: Respuesta enviada. Era la última de la lista." in client.get(own).content.decode()
    assert set(Case.objects.filter(pk__in=[case.pk for case in three]).values_list("state", flat=True)) == {
        "answered"
    }


def test_a_case_of_somebody_else_is_no_next_one(house, three):
    theirs = file(house, now=timezone.now() - timedelta(days=4), unit_id=house.units["juridico"])
    assert theirs.folio not in where(house, three[0], "siguiente", vista="abiertas")
