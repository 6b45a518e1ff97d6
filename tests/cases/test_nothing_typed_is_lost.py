# SPDX-License-Identifier: EUPL-1.2
"""Two officers at once, a form sent twice, a form sent again after going back."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.models import CaseMessage
from siac.cases.public import Case, add_information, add_note
from siac.documents.public import check_uploads
from tests.factories import NOW, PDF, answer, file, upload

pytestmark = [pytest.mark.django_db]


def counter_form(house, body: str) -> dict[str, str]:
    return {
        "envio": "una-clave", "kind": str(house.kinds["consulta"].pk), "channel": "counter", "body": body,
        "given_names": "Ana", "family_names": "Pérez", "email": "ana@ejemplo.org",
    }  # fmt: skip


def test_whoever_answers_second_sees_why_and_keeps_the_text(house):
    case = file(house, unit_id=house.units["obras"])
    address = f"/{house.slug}/gestion/solicitudes/{case.folio}/responder/"
    answer(house, case, now=NOW)
    sent = {"version": str(case.version), "outcome": "upheld", "body": "Mi respuesta, escrita con cuidado."}
    page = house.client(Role.HEAD_OF_UNIT).post(address, sent)
    assert page.status_code == 422
    assert "cambió esta solicitud mientras usted escribía" in page.content.decode()
    assert "Mi respuesta, escrita con cuidado." in page.content.decode()


def test_a_citizen_who_completes_too_late_keeps_the_text(house):
    case = file(house, unit_id=house.units["obras"])
    browser = house.client()
    browser.post(f"/{house.slug}/seguimiento/", {"code": case.code, "second_factor": "6785"})
    answer(house, case, now=NOW)
    page = browser.post(f"/{house.slug}/seguimiento/solicitud/antecedentes/", {"body": "Va el plano."})
    assert page.status_code == 422
    assert "Va el plano." in page.content.decode()


def test_one_form_sent_twice_is_one_case_and_changed_after_going_back_is_another(house):
    browser, address = house.client(Role.FRONT_DESK), f"/{house.slug}/gestion/solicitudes/nueva/"
    first = browser.post(address, counter_form(house, "Un pedido"))
    again = browser.post(address, counter_form(house, "Un pedido"))
    other = browser.post(
        address, counter_form(house, "El pedido de la persona siguiente") | {"distinta": "1"}
    )
    assert first.url == again.url != other.url
    assert Case.objects.count() == 2


def test_a_letter_stamped_today_is_taken_before_noon(house, monkeypatch):
    morning = NOW.replace(hour=12)  # eight or nine in Chile
    monkeypatch.setattr("siac.cases.desk.workspace.current_time", lambda: morning)
    today = house.today(morning)
    stamped = {"received_on_day": today.day, "received_on_month": today.month, "received_on_year": today.year}
    sent = house.client(Role.FRONT_DESK).post(
        f"/{house.slug}/gestion/solicitudes/nueva/", {**counter_form(house, "Carta"), **stamped}
    )
    assert sent.status_code == 302
    assert Case.objects.get().filed_at == morning


@pytest.mark.parametrize("address", ["?tipo={}", "?unidad={}", "?responsable={}", "nueva/?kind={}"])
def test_a_number_of_six_thousand_digits_is_no_fault(house, address):
    page = house.client(Role.QUALITY_MANAGER).get(
        f"/{house.slug}/gestion/solicitudes/{address.format('9' * 6000)}"
    )
    assert page.status_code == 200


def test_a_second_press_on_the_button_adds_nothing_and_another_file_does(house):
    case = file(house, unit_id=house.units["obras"])
    base = {"institution": house.institution, "case_id": case.pk, "now": NOW, "body": "Va el plano."}
    for content in (PDF, PDF, PDF + b"%2\n"):
        add_information(**base, files=check_uploads([upload("plano.pdf", content)]))
    for _ in range(2):
        add_note(**base, actor=house.user(Role.UNIT_OFFICER))
    add_information(**{**base, "now": NOW + timedelta(minutes=2)}, files=[])
    kinds = CaseMessage.objects.filter(case=case).values_list("kind", flat=True)
    assert sorted(kinds) == ["information", "information", "information", "note"]
