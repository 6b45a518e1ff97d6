# SPDX-License-Identifier: EUPL-1.2
"""A request begins at a service or procedure and carries it: to its page, the list, exports and figures."""

import pytest

from siac.accounts.public import Role
from siac.cases.measuring.commands import refresh_facts
from siac.cases.models import Case, CaseFact
from siac.catalogue.public import Service, save_service
from siac.kernel.errors import Refused
from tests.factories import NOW, House, file
from tests.words import words

pytestmark = pytest.mark.django_db


def offered(house: House, name: str = "Matrícula", **more) -> Service:
    made = save_service(
        institution=house.institution, actor=None, now=NOW, name=name, offering="procedure",
        topic_id=house.topics["Transparencia"], **more,
    )  # fmt: skip
    house.institution.refresh_from_db()
    return made


def filed(house: House, service: Service | None) -> Case:
    return file(house, service_id=service.pk if service else None)


def anonymous_kind(house: House) -> str:
    return next(code for code, kind in house.kinds.items() if kind.allows_anonymous and kind.on_portal)


def test_from_the_page_of_a_procedure_to_a_request_that_is_about_it(house):
    service, client = offered(house), house.client()
    page = client.get(f"/{house.slug}/servicios/matricula/").content.decode()
    assert "Hacer una solicitud sobre este trámite" in page
    assert f'href="/{house.slug}/solicitud/?servicio=matricula"' in page
    kind = anonymous_kind(house)
    choose = client.get(f"/{house.slug}/solicitud/?servicio=matricula").content.decode()
    assert f"/{house.slug}/solicitud/{kind}/?servicio=matricula" in choose
    url = f"/{house.slug}/solicitud/{kind}/"
    form = client.get(f"{url}?servicio=matricula")
    assert 'name="servicio" value="matricula"' in form.content.decode()
    assert form.context["ask"]["topic"].value() == house.topics["Transparencia"]
    sent = {
        "servicio": "matricula", "subject": "La hora", "body": "No me dan hora desde marzo.", "anonima": "si",
        "borrador": form.context["draft_key"],
    }  # fmt: skip
    checked = client.post(url, sent)
    assert checked.status_code == 302, words(checked)
    assert "Sobre Matrícula" in words(client.get(checked.url))
    assert client.post(checked.url).status_code == 302
    case = Case.objects.get()
    assert case.service == service
    staff = words(house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/solicitudes/{case.folio}/"))
    assert "Servicio o trámite Matrícula" in staff


def test_what_ended_while_it_was_written_is_taken_all_the_same_and_said(house):
    service, client = offered(house), house.client()
    url = f"/{house.slug}/solicitud/{anonymous_kind(house)}/"
    key = client.get(f"{url}?servicio=matricula").context["draft_key"]
    save_service(institution=house.institution, actor=None, now=NOW, service=service, name="Matrícula",
                 is_active=False)  # fmt: skip
    sent = {
        "servicio": "matricula", "subject": "Hora", "body": "Pido hora.", "anonima": "si", "borrador": key
    }  # fmt: skip
    checked = client.post(url, sent)
    assert "ya no se presta" in words(client.get(checked.url))
    client.post(checked.url)
    assert Case.objects.get().service == service


@pytest.mark.parametrize("typed", ["", "no-hay", "<script>", "x" * 5000, "\x00"])
def test_an_address_that_names_no_service_opens_the_usual_form(house, typed):
    page = house.client().get(f"/{house.slug}/solicitud/{anonymous_kind(house)}/", {"servicio": typed})
    assert page.status_code == 200 and 'name="servicio"' not in page.content.decode()


def test_a_service_of_another_body_is_refused(house, other_house):
    with pytest.raises(Refused, match="about_unknown"):
        filed(house, offered(other_house))


def test_the_list_narrows_by_it_and_what_is_taken_out_tells_it(house):
    case, other = filed(house, offered(house)), filed(house, None)
    client, url = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/solicitudes/"
    listed = client.get(url, {"vista": "todas", "servicio": str(case.service_id)}).content.decode()
    assert case.folio in listed and other.folio not in listed and "Servicio: Matrícula" in listed
    odd = client.get(url, {"vista": "todas", "servicio": "999999"}).content.decode()
    assert case.folio in odd and other.folio in odd
    taken = client.get(f"{url}exportar/", {"vista": "todas", "formato": "csv"})
    text = b"".join(taken.streaming_content).decode()
    assert "Servicio o trámite" in text and "Matrícula" in text


def test_figures_tell_requests_apart_by_it(house):
    case = filed(house, offered(house))
    refresh_facts(house.institution.pk, [case.pk])
    assert CaseFact.objects.get().service_id == case.service_id


def test_the_seal_of_a_case_holds_what_it_is_about_and_old_seals_stand(house):
    case, plain = filed(house, offered(house)), filed(house, None)
    sealed, old = case.row_seal, plain.row_seal
    case.service_id = None
    assert case.row_seal != sealed
    plain.ground = "x"
    with_ground = plain.row_seal
    assert with_ground != old


def test_an_officer_files_about_what_was_just_explained(house):
    service = offered(house)
    client = house.client(Role.FRONT_DESK)
    explained = client.get(f"/{house.slug}/gestion/servicios/{service.pk}/que-decir/").content.decode()
    opened = f"/{house.slug}/gestion/solicitudes/nueva/?servicio={service.pk}"
    assert f'href="{opened}" data-key="i"' in explained
    form = client.get(opened).context["form"]
    assert (form["service"].value(), form["topic"].value()) == (service.pk, service.topic_id)
