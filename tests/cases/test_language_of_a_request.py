# SPDX-License-Identifier: EUPL-1.2
"""A request in another language is never refused; its person is told in it, and staff see it."""

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.cases.notices import KINDS
from siac.notices.models import Notice
from siac.organizations.models import Institution
from tests.factories import House, make_house

KIND = {kind.code: kind for kind in KINDS}
TYPED = {
    "subject": "Yaku mana kanchu", "body": "Wasiypi yaku mana kanchu, qayna killamanta.",
    "q_donde": "Kalle 12", "given_names": "María", "family_names": "Quispe", "email": "maria@ejemplo.org",
}  # fmt: skip


def body(country: str, languages: str) -> House:
    house = make_house(f"lugar-{country.lower()}", country)
    Institution.objects.filter(pk=house.institution.pk).update(languages=languages)
    return house


def send(client, house: House, language: str) -> Case:
    if language:
        client.get(f"/{house.slug}/idioma/{language}/")
    check = client.post(f"/{house.slug}/solicitud/reclamo/", TYPED)
    assert check.status_code == 302, check.content.decode()
    assert client.post(check["Location"]).status_code == 302
    return Case.objects.order_by("-pk")[0]


def receipt(case: Case) -> tuple[str, str]:
    return KIND["cases.receipt"].render(Notice.objects.get(kind="cases.receipt", subject_id=case.pk))


@pytest.mark.django_db
def test_a_request_in_quechua_is_taken_marked_and_told_of(client):
    house = body("PE", "qu")
    case = send(client, house, "qu")
    assert case.language == "qu"
    subject, text = receipt(case)
    assert subject.startswith("Mañakuyniykita chaskiyku [")
    assert text.startswith("Kay willakuypa huk rakinqa castellano simillapim kachkan.")
    assert "Mañakuyniykita qatipay:" in text and "Le responderemos a más tardar" in text
    assert not set("\ue000\ue001\ue002") & set(subject + text)
    shown = house.client(Role.FRONT_DESK).get(f"/{house.slug}/gestion/solicitudes/{case.folio}/")
    assert "La persona hizo su solicitud en la página en" in shown.content.decode()


@pytest.mark.django_db
def test_in_catalan_all_of_the_receipt_but_what_the_law_says(client):
    case = send(client, body("ES", "ca"), "ca")
    subject, text = receipt(case)
    assert subject.startswith("Vam rebre la seva sol·licitud [")
    assert "Li respondrem com a molt tard el " in text and " de 20" in text
    assert "Recibimos" not in text and "Siga su" not in text


@pytest.mark.django_db
def test_in_spanish_nothing_changes(client):
    house = body("PE", "qu")
    case = send(client, house, "")
    assert case.language == ""
    subject, text = receipt(case)
    assert subject == f"Recibimos su solicitud [{case.folio}]"
    assert text.startswith("Recibimos su solicitud «Yaku mana kanchu»")
    shown = house.client(Role.FRONT_DESK).get(f"/{house.slug}/gestion/solicitudes/{case.folio}/")
    assert "La persona hizo su solicitud en la página" not in shown.content.decode()


@pytest.mark.django_db
def test_the_form_says_that_any_language_will_do(client, house):
    page = client.get(f"/{house.slug}/solicitud/reclamo/").content.decode()
    assert "Puede escribir en el idioma o la lengua que prefiera" in page
