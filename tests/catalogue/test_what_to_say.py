# SPDX-License-Identifier: EUPL-1.2
"""What is read aloud of a service, and the attention that is registered after."""

from datetime import UTC, datetime, time

import pytest

from siac.accounts.public import Role
from siac.cases.models import Channel, Interaction
from siac.catalogue.public import save_service
from siac.servicepoints.public import Hours, Window, hours_words, save_service_point
from tests.factories import NOW
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
MONDAY = datetime(2024, 1, 8, 13, tzinfo=UTC)


def given(house, **changes):
    fields = {
        "name": "Matrícula y traslados", "summary": "Un lugar en una escuela.", "amount": 5, "unit": "bd",
        "cost": "Gratis", "entitled": "Quien vive en la comuna.", "is_active": True,
        "requirements": [{"text": "Cédula", "where": ""}],
        "topic_id": house.topics["Transparencia"],
    }  # fmt: skip
    return save_service(institution=house.institution, actor=None, now=NOW, **{**fields, **changes})


def place(house, service):
    hours = Hours(dict.fromkeys(range(5), (Window(time(9), time(14)),)))
    return save_service_point(
        institution=house.institution, actor=None, now=NOW, code="escuelas", name="Oficina de escuelas",
        kind="office", address="Plaza 1", commune="Ovalle", phone="53 200 0000", hours=hours,
        service_ids=[service.pk],
    )  # fmt: skip


def page_of(house, service, role=Role.FRONT_DESK, **params):
    return house.client(role).get(f"/{house.slug}/gestion/servicios/{service.pk}/que-decir/", params)


def test_all_that_is_asked_is_said_in_order(house, monkeypatch):
    monkeypatch.setattr("siac.servicepoints.panels.current_time", lambda: MONDAY)
    service = given(house)
    point = place(house, service)
    said = words(page_of(house, service))
    parts = (
        "Un lugar en una escuela.", "Quien vive en la comuna.", "Cédula", "Oficina de escuelas",
        "Abierto hasta las 14:00", "Plaza 1",
        "Ovalle", "53 200 0000", hours_words(point), "Gratis", "5 días hábiles",
    )  # fmt: skip
    places = [said.index(each) for each in parts]
    assert places == sorted(places)


def test_what_nobody_wrote_is_told_and_a_service_no_longer_given_has_no_page(house, other_house):
    bare = given(house, name="Retiro", summary="", cost="", entitled="", amount=None, requirements=[])
    assert words(page_of(house, bare)).count("No está escrito") == 4
    assert "No hay un plazo comprometido" in words(page_of(house, bare))
    gone = given(house, name="Patente", is_active=False)
    assert page_of(house, gone).status_code == 404
    assert page_of(house, given(other_house)).status_code == 404


def test_it_leads_back_to_what_was_found(house):
    page = page_of(house, given(house), q='matrícula "x"').content.decode()
    assert f'href="/{house.slug}/gestion/buscar/?q=matr%C3%ADcula+%22x%22"' in page


def test_an_attention_about_it_is_registered_as_the_form_opens(house):
    service, client = given(house), house.client(Role.FRONT_DESK)
    opened = f"/{house.slug}/gestion/atenciones/nueva/?servicio={service.pk}"
    assert f'href="{opened}" data-key="r"' in page_of(house, service).content.decode()
    form = client.get(opened).context["form"]
    values = {name: form[name].value() for name in ("subject", "channel", "topic", "unit")}
    assert values == {
        "subject": service.name, "channel": Channel.PHONE, "topic": service.topic_id,
        "unit": house.units["oirs"],
    }  # fmt: skip
    client.post(opened, {**values, "is_resolved": "on"})
    row = Interaction.objects.get()
    assert (row.channel, row.topic_id, row.subject) == (Channel.PHONE, service.topic_id, service.name)


@pytest.mark.parametrize("typed", ["", "x", "²", "-1", "9" * 30, "999999"])
def test_an_address_with_no_such_service_opens_the_usual_form(house, typed):
    form = house.client(Role.FRONT_DESK).get(f"/{house.slug}/gestion/atenciones/nueva/", {"servicio": typed})
    assert form.status_code == 200
    assert not form.context["form"]["subject"].value()


def test_the_form_of_a_service_no_longer_given_or_of_another_body_is_the_usual_one(house, other_house):
    for service in (given(house, is_active=False), given(other_house)):
        page = house.client(Role.FRONT_DESK).get(
            f"/{house.slug}/gestion/atenciones/nueva/", {"servicio": str(service.pk)}
        )
        assert not page.context["form"]["subject"].value()


def test_who_registers_no_attention_reads_it_all_the_same(house):
    page = page_of(house, given(house), Role.AUTHORITY)
    assert page.status_code == 200
    assert 'data-key="r"' not in page.content.decode()


def test_it_costs_what_finding_out_who_asks_the_menu_and_days_off_cost(house):
    service, client = given(house), house.client(Role.FRONT_DESK)
    place(house, service)
    url = f"/{house.slug}/gestion/servicios/{service.pk}/que-decir/"
    client.get(url)  # warm
    with at_most(6):
        client.get(url)
