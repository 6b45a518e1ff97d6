# SPDX-License-Identifier: EUPL-1.2
"""The pages of what is done now and then, for staff, citizen and third party."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.commands.undo_offers import UNDO_FOR
from siac.cases.hearing.commands import hear_third_party
from siac.cases.hearing.notices import third_party_token
from siac.cases.models import Case, ThirdParty
from siac.notices.models import Notice
from siac.notices.public import send_due
from tests.factories import House, answer, file, person

pytestmark = pytest.mark.django_db


def address(house: House, case: Case, code: str = "") -> str:
    return f"/{house.slug}/gestion/solicitudes/{case.folio}/{code}{'/' if code else ''}"


def follow(house: House, case: Case) -> Client:
    """Return a browser that has opened the case as its citizen."""
    browser = Client()
    opened = browser.post(f"/{house.slug}/seguimiento/", {"code": case.code, "second_factor": "8-5"[-3:]})
    if opened.status_code != 302:
        opened = browser.post(f"/{house.slug}/seguimiento/", {"code": case.code, "second_factor": "6785"})
    assert opened.status_code == 302
    return browser


def text(response) -> str:
    return response.content.decode()


def test_the_page_of_an_action_says_what_will_follow_and_does_it(house):
    case = file(house, "acceso", now=timezone.now())
    browser = house.client(Role.QUALITY_MANAGER)
    assert "Derivar a otro organismo" in text(browser.get(address(house, case)))
    page = text(browser.get(address(house, case, "transferir")))
    assert "La norma pide derivarla a más tardar el" in page
    wrong = browser.post(address(house, case, "transferir"), {"competent_body": "", "reason": "Es suyo."})
    assert wrong.status_code == 422
    assert "Escriba qué organismo es competente." in text(wrong) and "Es suyo." in text(wrong)
    done = browser.post(
        address(house, case, "transferir"),
        {"competent_body": "Municipalidad de Coquimbo", "reason": "Es suyo."},
    )
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.ending == "transferred"
    page = text(browser.get(address(house, case)))
    assert "Derivada a otro organismo" in page and "Municipalidad de Coquimbo" in page


def test_an_action_that_cannot_be_taken_now_says_so_and_refuses_the_post(house):
    case = file(house, "consulta", unit_id=house.units["obras"], now=timezone.now())
    answer(house, case, now=timezone.now())
    browser = house.client(Role.HEAD_OF_UNIT)
    assert "no corresponde ahora" in text(browser.get(address(house, case, "inadmitir")))
    refused = browser.post(address(house, case, "inadmitir"), {"reason": "No."})
    assert refused.status_code == 422
    assert "No se puede declarar inadmisible" in text(refused)


def test_an_action_of_the_case_page_leads_there_when_its_address_is_opened(house):
    case = file(house, "consulta", unit_id=house.units["obras"], now=timezone.now())
    opened = house.client(Role.HEAD_OF_UNIT).get(address(house, case, "responder"))
    assert opened["Location"] == f"{address(house, case)}#responder"


def test_joined_cases_show_each_other_and_the_answer_reaches_both(house):
    now = timezone.now()
    main, other = (file(house, "consulta", unit_id=house.units["obras"], now=now) for _ in range(2))
    browser = house.client(Role.HEAD_OF_UNIT)
    assert (
        browser.post(address(house, other, "acumular"), {"into": main.folio, "reason": ""}).status_code == 302
    )
    assert other.folio in text(browser.get(address(house, main)))
    assert main.folio in text(browser.get(address(house, other)))
    answer(house, main, now=now, body="Se limpió el canal.")
    send_due(lambda: timezone.now() + UNDO_FOR)
    mails = Notice.objects.filter(kind="cases.answered").order_by("subject_id")
    assert [notice.subject_id for notice in mails] == [main.pk, other.pk]
    assert all("Se limpió el canal." in notice.body for notice in mails)
    assert other.code in mails[1].body and main.code not in mails[1].body
    assert "Se responderá junto con otra solicitud" in text(
        follow(house, other).get(f"/{house.slug}/seguimiento/solicitud/")
    )


def test_the_citizen_withdraws_only_when_sure(house):
    case = file(house, "consulta", now=timezone.now())
    browser, where = follow(house, case), f"/{house.slug}/seguimiento/solicitud/desistimiento/"
    unsure = browser.post(where, {"body": "Ya está."})
    assert unsure.status_code == 422 and "Marque la casilla" in text(unsure) and "Ya está." in text(unsure)
    assert browser.post(where, {"body": "Ya está.", "sure": "on"}).status_code == 302
    case.refresh_from_db()
    assert case.ending == "withdrawn"
    again = browser.post(where, {"sure": "on"})
    assert again.status_code == 422
    assert "Usted desistió de esta solicitud" in text(browser.get(f"/{house.slug}/seguimiento/solicitud/"))


def test_the_citizen_asks_for_the_certificate_when_the_term_has_ended(house):
    now = timezone.now()
    fresh, late = file(house, "consulta", now=now), file(house, "consulta", now=now - timedelta(days=60))
    where = f"/{house.slug}/seguimiento/solicitud/certificado/"
    early = follow(house, fresh)
    assert "No respondimos a tiempo" not in text(early.get(f"/{house.slug}/seguimiento/solicitud/"))
    assert early.post(where).status_code == 422
    assert early.get(where).status_code == 404
    browser = follow(house, late)
    assert "No respondimos a tiempo" in text(browser.get(f"/{house.slug}/seguimiento/solicitud/"))
    assert browser.get(where).status_code == 404
    assert browser.post(where).status_code == 302
    paper = browser.get(where)
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    assert "Certificado (PDF)" in text(house.client(Role.FRONT_DESK).get(address(house, late)))


def told_third_party(house: House) -> ThirdParty:
    case = file(house, "acceso", unit_id=house.units["obras"], now=timezone.now())
    hear_third_party(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        body="Piden el contrato que firmó.",
        person=person(email="empresa@ejemplo.org", document_number=""),
        actor=house.user(Role.HEAD_OF_UNIT),
        now=timezone.now(),
    )
    return ThirdParty.objects.get(case=case)


def test_a_third_party_reads_what_is_asked_but_not_who_asks(house):
    third = told_third_party(house)
    send_due(timezone.now)
    mail = Notice.objects.get(kind="cases.third_party")
    assert third.case.code not in mail.body and "Ñancupil" not in mail.body
    where = f"/{house.slug}/tercero/{third_party_token(third)}/"
    assert where.rsplit(":", 2)[0] in mail.body  # a token carries the second in which it was made
    page = text(Client().get(where))
    assert "En mi calle hubo una inundación" in page and "Ñancupil" not in page


def test_a_third_party_objects_with_reasons_and_once(house):
    third = told_third_party(house)
    where, browser = f"/{house.slug}/tercero/{third_party_token(third)}/", Client()
    empty = browser.post(where, {"objects": "si", "body": ""})
    assert empty.status_code == 422 and "Escriba las razones" in text(empty)
    assert browser.post(where, {"objects": "si", "body": "Es secreto."}).status_code == 302
    assert "Recibimos su oposición" in text(browser.get(where))
    assert browser.post(where, {"objects": "no", "body": ""}).status_code == 422
    third.refresh_from_db()
    assert third.stand == "objected"
    requester = text(follow(house, third.case).get(f"/{house.slug}/seguimiento/solicitud/"))
    assert "Es secreto." not in requester and "Piden el contrato" not in requester


def test_a_link_that_was_tampered_with_opens_nothing(house, other_house):
    token = third_party_token(told_third_party(house))
    assert Client().get(f"/{house.slug}/tercero/{token}x/").status_code == 404
    assert Client().get(f"/{other_house.slug}/tercero/{token}/").status_code == 404


def test_an_officer_writes_down_what_a_third_party_answered(house):
    third = told_third_party(house)
    browser, where = house.client(Role.HEAD_OF_UNIT), address(house, third.case, f"terceros/{third.pk}")
    assert "Puede oponerse hasta" in text(browser.get(address(house, third.case)))
    assert browser.post(where, {"objects": "no", "body": "Llamó por teléfono."}).status_code == 302
    third.refresh_from_db()
    assert (third.stand, third.recorded_by) == ("consented", house.user(Role.HEAD_OF_UNIT))
    assert "Llamó por teléfono." in text(browser.get(address(house, third.case)))
