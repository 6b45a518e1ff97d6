# SPDX-License-Identifier: EUPL-1.2
"""What is typed in the box of every page: services, offices, people and requests in one list, to each what is
theirs, at a known cost.
"""

import re
from datetime import UTC, datetime, time

import pytest
from django.test import Client

from siac.accounts.public import Role
from siac.catalogue.public import save_service
from siac.journal.public import JournalEntry
from siac.people.public import PersonData
from siac.servicepoints.public import Hours, Window, save_service_point
from siac.ui.searching import FEW
from tests.factories import NOW, file
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
R = Role
ANA = PersonData(given_names="Ana", family_names="Farol", email="ana@ejemplo.org")


@pytest.fixture
def clock(monkeypatch):
    """Let the page be read on Monday the 8th of January of 2024, at 10 in Santiago, or later."""

    def at(hour: int) -> None:
        moment = datetime(2024, 1, 8, hour + 3, tzinfo=UTC)
        monkeypatch.setattr("siac.workspace.views.current_time", lambda: moment)

    at(10)
    return at


@pytest.fixture
def filled(house):
    """Two services, a place that gives one of them, and one of a commune that gives none."""
    here = {"institution": house.institution, "actor": None, "now": NOW}
    service = save_service(
        **here, name="Matrícula y traslados", summary="Un lugar en una escuela.", amount=5, unit="bd",
        cost="Gratis", is_active=True,
    )  # fmt: skip
    save_service(**here, name="Retiro de escombros", is_active=True)
    morning = Hours(dict.fromkeys(range(5), (Window(time(9), time(14)),)))
    save_service_point(
        **here, code="escuelas", name="Oficina de escuelas", kind="office", commune="Ovalle", hours=morning,
        service_ids=[service.pk],
    )  # fmt: skip
    save_service_point(**here, code="plaza", name="Módulo central", kind="office", commune="Vicuña")
    return house


def groups(page) -> dict[str, list[str]]:
    """The titles that a page shows, by the heading that they stand under."""
    sections = page.content.decode().split('<section class="siac-found"')[1:]
    return {
        re.search(r"<h2[^>]*>([^<]*)", each)[1]: re.findall(r"data-row><div><a [^>]*>([^<]*)", each)
        for each in sections
    }


def asked(house, text: str, role: Role = R.QUALITY_MANAGER, **more: str):
    return house.client(role).get(f"/{house.slug}/gestion/buscar/", {"q": text, **more})


OFFICES = "Oficinas y otros puntos de atención"


def test_a_question_finds_the_service_and_the_office_that_gives_it_open_or_not(filled, clock):
    page = asked(filled, "cómo matriculo a mi hija")
    assert groups(page) == {"Servicios": ["Matrícula y traslados"], OFFICES: ["Oficina de escuelas"]}
    said = words(page)
    for each in ("5 días hábiles", "Costo: Gratis", "Da: Matrícula y traslados", "Abierto hasta las 14:00"):
        assert each in said, each
    clock(15)
    assert "Cerrado, abre mañana a las 9:00" in words(asked(filled, "cómo matriculo a mi hija"))


def test_a_commune_or_a_name_finds_offices_and_the_one_that_also_gives_the_service_first(filled, clock):
    assert groups(asked(filled, "vicuna"))[OFFICES] == ["Módulo central"]
    assert "Sin horario publicado" in words(asked(filled, "vicuna"))
    assert groups(asked(filled, "escombros vicuña")) == {
        "Servicios": ["Retiro de escombros"], OFFICES: ["Módulo central"],
    }  # fmt: skip
    assert groups(asked(filled, "matrícula vicuña"))[OFFICES] == ["Módulo central", "Oficina de escuelas"]


def test_a_place_out_of_use_and_a_service_no_longer_given_are_not_found(filled, clock):
    here = {"institution": filled.institution, "actor": None, "now": NOW}
    save_service(**here, name="Patente de perros", is_active=False)
    save_service_point(**here, code="perrera", name="Perrera", kind="office", is_active=False)
    assert groups(asked(filled, "perros")) == groups(asked(filled, "perrera")) == {}


def test_one_list_from_services_to_requests_in_that_order(filled, clock):
    case = file(filled, subject="Matrícula negada", who=ANA)
    page = asked(filled, "matrícula")
    assert list(groups(page)) == ["Servicios", OFFICES, "Solicitudes"]
    assert groups(page)["Solicitudes"] == ["Matrícula negada"]
    opened = re.search(rf"/solicitudes/{case.folio}/\?lista=[^\"]*", page.content.decode())[0]
    assert "Resultados" in words(filled.client(R.QUALITY_MANAGER).get(f"/{filled.slug}/gestion{opened}"))


def test_a_whole_folio_opens_its_case_and_a_code_stands_first_but_nobody_elses(house, other_house):
    case, hidden = file(house), file(house, "denuncia", unit_id=house.units["juridico"])
    for typed in (case.folio, f" {case.folio} ", case.folio.replace("-", "–"), f"Folio {case.folio}"):
        found = asked(house, typed, R.FRONT_DESK)
        assert (found.status_code, found["Location"]) == (
            302, f"/{house.slug}/gestion/solicitudes/{case.folio}/",
        ), typed  # fmt: skip
    assert list(groups(asked(house, case.code, R.FRONT_DESK))) == ["Ese folio o código"]
    assert case.folio in words(asked(house, case.code.lower(), R.FRONT_DESK))
    for typed in (hidden.folio, hidden.code):
        assert groups(asked(house, typed, R.FRONT_DESK)) == {}, typed
    for typed in (case.folio, case.code):
        assert groups(asked(other_house, typed, R.FRONT_DESK)) == {}, typed


def test_a_person_stands_once_and_leads_to_all_they_wrote_and_reading_is_noted(house):
    first, second = file(house, subject="Uno", who=ANA), file(house, subject="Dos", who=ANA)
    namesake = PersonData(given_names="Ana", family_names="Farol", email="o@ejemplo.org")
    file(house, subject="Tres", who=namesake)
    page = asked(house, "ana farol", R.FRONT_DESK)
    assert groups(page)["Personas"] == ["Ana Farol", "Ana Farol"]
    assert set(groups(page)["Solicitudes"]) == {"Uno", "Dos", "Tres"}
    entry = JournalEntry.objects.get(stream=f"access:{house.user(R.FRONT_DESK).pk}")
    assert entry.data["reason"] == "search"
    assert entry.data["subjects"][-1] == f"person:{second.person_id}"
    listed = house.client(R.FRONT_DESK).get(
        f"/{house.slug}/gestion/solicitudes/", {"vista": "todas", "persona": str(first.person_id)}
    )
    assert first.folio in words(listed) and second.folio in words(listed)
    assert "De la persona encontrada" in words(listed)
    assert "Tres" not in words(listed)


def test_who_may_not_read_identities_finds_nobody_and_no_filter_tells_who_wrote(house):
    case = file(house, subject="Uno", who=ANA)
    assert groups(asked(house, "farol", R.AUTHORITY)) == {}
    listed = house.client(R.AUTHORITY).get(
        f"/{house.slug}/gestion/solicitudes/", {"vista": "todas", "persona": str(case.person_id)}
    )
    assert "De la persona encontrada" not in words(listed)
    assert not JournalEntry.objects.filter(stream__startswith="access:").exists()


def test_who_is_named_only_by_what_the_reader_does_not_see_is_not_found(house):
    file(house, "denuncia", unit_id=house.units["juridico"], who=ANA)
    assert groups(asked(house, "ana farol", R.FRONT_DESK)) == {}
    assert groups(asked(house, "ana farol", R.UNIT_OFFICER)) == {}
    assert not JournalEntry.objects.filter(stream__startswith="access:").exists()


@pytest.mark.parametrize("role", [R.COMMITTEE_MEMBER, R.ADMINISTRATOR])
def test_who_reads_no_requests_finds_services_and_offices(filled, clock, role):
    file(filled, subject="Matrícula negada")
    page = asked(filled, "matrícula", role)
    assert list(groups(page)) == ["Servicios", OFFICES]
    assert 'action="/' + filled.slug + '/gestion/buscar/"' in page.content.decode()


def test_another_body_finds_nothing_of_this_one_and_a_visitor_signs_in(filled, other_house, clock):
    file(filled, subject="Matrícula negada", who=ANA)
    for text in ("matrícula", "farol", "ovalle"):
        assert groups(asked(other_house, text)) == {}
    foreign = other_house.client(R.QUALITY_MANAGER).get(f"/{filled.slug}/gestion/buscar/", {"q": "matrícula"})
    assert foreign.status_code in (403, 404)
    assert Client().get(f"/{filled.slug}/gestion/buscar/?q=farol").status_code == 302


def test_of_each_group_a_handful_stands_with_the_way_to_all(filled, clock):
    here = {"institution": filled.institution, "actor": None, "now": NOW}
    for number in range(FEW + 1):
        save_service(**here, name=f"Permiso {number}", is_active=True)
        file(filled, subject=f"Permiso negado {number}")
    page = asked(filled, "permiso")
    assert [len(each) for each in groups(page).values()] == [FEW, FEW]
    links = re.findall(r'href="([^"]*)">Ver todos', page.content.decode())
    assert [link.partition("?")[0].rpartition("gestion/")[2] for link in links] == ["buscar/", "solicitudes/"]
    assert len(groups(asked(filled, "permiso", grupo="servicios"))["Servicios"]) == FEW + 1
    assert list(groups(asked(filled, "permiso", grupo="solicitudes"))) == ["Solicitudes"]
    assert groups(asked(filled, "permiso", grupo="nada")) == {}


def test_nothing_typed_asks_and_nothing_found_says_so(house):
    assert "Escriba arriba" in words(asked(house, ""))
    said = asked(house, "<b>dinosaurio").content.decode()
    assert "Nada con «&lt;b&gt;dinosaurio»" in said and "<b>dino" not in said


@pytest.mark.parametrize("text", ["matrícula", "ana farol", "matricula farol", "anna farrol", "12", "zzz"])
@pytest.mark.parametrize("count", [1, 30])
def test_a_search_costs_twelve_statements_however_much_is_found(filled, clock, text, count):
    for number in range(count):
        who = PersonData(given_names="Ana", family_names="Farol", email=f"a{number}@ejemplo.org")
        file(filled, subject="Matrícula negada", who=who)
    client = filled.client(R.FRONT_DESK)
    address = f"/{filled.slug}/gestion/buscar/"
    client.get(address, {"q": text})  # warm
    with at_most(12):
        client.get(address, {"q": text})


def test_a_frequent_question_is_found_with_its_answer_and_leads_to_what_to_say(house):
    save_service(
        institution=house.institution, actor=None, now=NOW, name="Matrícula y traslados", is_active=True,
        questions=[{"question": "¿Sirve el pasaporte?", "answer": "Sí, también vencido."}],
    )  # fmt: skip
    page = asked(house, "sirve un pasaporte vencido")
    assert groups(page)["Preguntas frecuentes"] == ["¿Sirve el pasaporte?"]
    assert "Sí, también vencido." in words(page) and "De «Matrícula y traslados»" in words(page)
    [address] = re.findall(r'href="([^"]*)"[^>]*>¿Sirve el pasaporte', page.content.decode())
    assert "Lo que más preguntan" in words(house.client(R.FRONT_DESK).get(address.replace("&amp;", "&")))
