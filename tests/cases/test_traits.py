# SPDX-License-Identifier: EUPL-1.2
"""After sending, people may tell of themselves: not asked before, read by nobody, erased with them."""

import pytest
from django.test import Client
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.measuring.commands import refresh_facts
from siac.cases.models import Case, CaseFact, FilingDraft
from siac.cases.territory import territory_above, territory_names, territory_options
from siac.cases.traits.commands import tell_traits
from siac.journal.public import history
from siac.kernel.errors import Refused
from siac.organizations.models import ProcessingActivity
from siac.organizations.public import update_institution
from siac.people.models import Characteristics
from siac.people.public import TRAITS, erase_person
from tests.cases.test_portal_flow import send
from tests.factories import ANONYMOUS, NOW, file, make_house
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
TOLD = {
    "age_band": "30_44",
    "sex": "female",
    "income_band": "just",
    "schooling": "technical",
    "commune": "04102",
}


@pytest.fixture
def asking(house):
    return switch_on(house)


def switch_on(house):
    house.institution = update_institution(
        institution=house.institution, actor=None, now=NOW, asks_traits=True
    )
    return house


def ask_url(house) -> str:
    return f"/{house.slug}/comprobante/{FilingDraft.objects.latest('pk').key}/sobre-usted/"


def test_the_form_of_a_request_asks_nothing_of_it_and_the_receipt_leads_to_a_page_that_does(asking, client):
    form = client.get(f"/{asking.slug}/solicitud/reclamo/").content.decode()
    assert not [name for name in TRAITS if f'name="{name}"' in form]
    case = send(client, asking)
    url = ask_url(asking)
    assert url in client.get(url.removesuffix("sobre-usted/")).content.decode()
    page = client.get(url)
    text = page.content.decode()
    assert "todas las personas reciben el mismo trato" in text and "Prefiero no decir" in text
    assert "no ve lo que conteste" in text
    assert [name for name in TRAITS if f'name="{name}"' in text] == list(TRAITS)
    sent = client.post(url, TOLD, follow=True).content.decode()
    assert "Guardamos lo que contestó" in sent
    row = Characteristics.objects.get(pk=case.person_id)
    assert {name: getattr(row, name) for name in TRAITS if getattr(row, name)} == TOLD
    again = client.get(url).content.decode()
    assert "selected" not in again.replace('value="" selected', "")
    [entry] = history(asking.institution.pk, f"person:{case.person_id}")
    assert (entry.kind, entry.data) == ("people.characterised", {})


def test_who_answers_nothing_is_told_that_it_is_fine_and_nothing_is_kept(asking, client):
    send(client, asking)
    told = client.post(ask_url(asking), dict.fromkeys(TRAITS, ""), follow=True).content.decode()
    assert "No contestó nada: está bien" in told and not Characteristics.objects.exists()


def test_an_answer_that_is_none_is_refused_and_keeps_nothing(asking, client):
    send(client, asking)
    for wrong in ({"age_band": "37"}, {"commune": "99999"}, {"sex": "x" * 500}):
        assert client.post(ask_url(asking), wrong).status_code == 422
    assert not Characteristics.objects.exists()


def test_another_browser_an_anonymous_one_a_company_or_a_body_that_does_not_ask_has_no_such_page(
    house, client
):
    send(client, house)
    url = ask_url(house)
    assert client.get(url).status_code == 404
    assert "sobre-usted" not in client.get(url.removesuffix("sobre-usted/")).content.decode()
    switch_on(house)
    assert client.get(url).status_code == 200 and Client().get(url).status_code == 410
    send(client, house, legal_name="Áridos SpA", document_number="", document_type="")
    assert client.get(ask_url(house)).status_code == 404
    case = file(house, "sugerencia", who=ANONYMOUS)
    with pytest.raises(Refused, match="traits_not_asked"):
        tell_traits(institution=house.institution, case=case, told=TOLD, actor=None, now=NOW)


def test_the_officer_who_filed_it_asks_and_nobody_at_the_desk_reads_the_answer(asking):
    case = file(asking, actor=asking.user(Role.FRONT_DESK))
    url = f"/{asking.slug}/gestion/solicitudes/{case.folio}/sobre-la-persona/"
    desk = asking.client(Role.FRONT_DESK)
    filed = reverse("workspace:cases:filed", args=[asking.slug, case.folio])
    assert url in desk.get(filed).content.decode()
    assert desk.post(url, TOLD).status_code == 302
    assert Characteristics.objects.get().sex == "female"
    assert "selected" not in desk.get(url).content.decode().replace('value="" selected', "")
    assert asking.client(Role.QUALITY_MANAGER).get(url).status_code == 404
    page = asking.client(Role.QUALITY_MANAGER).get(f"/{asking.slug}/gestion/solicitudes/{case.folio}/")
    assert "Técnica" not in page.content.decode() and "30 a 44" not in page.content.decode()


def test_telling_costs_six_statements(asking):
    case = file(asking)
    with at_most(6):
        tell_traits(institution=asking.institution, case=case, told=TOLD, actor=None, now=NOW)


def test_facts_know_what_was_told_and_no_more_once_the_person_is_erased(asking):
    case = file(asking)
    tell_traits(institution=asking.institution, case=case, told=TOLD, actor=None, now=NOW)
    refresh_facts(asking.institution.pk, [case.pk])
    fact = CaseFact.objects.get(pk=case.pk)
    assert {name: getattr(fact, name) for name in TRAITS if getattr(fact, name)} == TOLD
    erase_person(asking.institution.pk, case.person_id, actor_id=None, now=NOW)
    refresh_facts(asking.institution.pk, [case.pk])
    fact = CaseFact.objects.get(pk=case.pk)
    assert [getattr(fact, name) for name in TRAITS] == [""] * len(TRAITS)
    assert not Characteristics.objects.exists()


def test_a_body_that_begins_to_ask_names_it_in_its_register_of_activities_once(house):
    for asks in (True, False, True):
        update_institution(institution=house.institution, actor=None, now=NOW, asks_traits=asks)
    [activity] = ProcessingActivity.objects.filter(institution=house.institution)
    for word in ("edad", "sexo", "discapacidad", "pueblo", "ingreso", "estudios", "comuna"):
        assert word in activity.data
    page = house.client(Role.ADMINISTRATOR).get(f"/{house.slug}/gestion/configuracion/actividades/")
    assert activity.name in page.content.decode()


def test_a_commune_counts_in_its_province_and_its_region(house):
    names, above = territory_names(house.institution), territory_above(house.institution)
    assert [names[code] for code in ("04102", above["04102"], above[above["04102"]])] == [
        "Coquimbo", "Provincia de Elqui", "Coquimbo",
    ]  # fmt: skip
    assert len([code for code in names if len(code) == 5]) == 346
    assert {above[code] for code in names if len(code) == 3} == set(house.institution.country.places.regions)
    assert all(
        above[code] in names
        for code in names
        if code and code not in house.institution.country.places.regions
    )
    assert ("04102", "Coquimbo (Coquimbo)") in territory_options(house.institution)


@pytest.mark.parametrize(("country", "local", "region"), [("ES", "28079", "MD"), ("PE", "1506", "LIM")])
def test_where_no_list_ships_there_is_what_calendars_know(country, local, region):
    house = make_house("otra", country)
    names, above = territory_names(house.institution), territory_above(house.institution)
    assert above[local] == region and local in names and names[""] == "Sin respuesta"
    assert region in dict(territory_options(house.institution))


def test_spain_is_not_asked_of_indigenous_peoples(client):
    house = switch_on(make_house("otra", "ES"))
    case = file(house, actor=house.user(Role.FRONT_DESK))
    url = f"/{house.slug}/gestion/solicitudes/{case.folio}/sobre-la-persona/"
    text = house.client(Role.FRONT_DESK).get(url).content.decode()
    assert "indigenous_people" not in text and "age_band" in text
    assert Case.objects.count() == 1
