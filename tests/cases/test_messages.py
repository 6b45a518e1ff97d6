# SPDX-License-Identifier: EUPL-1.2
"""Officer and citizen write to each other, and no clock notices."""

import pytest
from django.test import Client
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.commands.messaging import write_to_person
from siac.cases.models import CaseMessage
from siac.cases.public import ask_for_information
from siac.clocks.models import Clock
from siac.notices.models import Notice
from siac.notices.public import send_due
from tests.cases.test_answer_drafts import events, page, post
from tests.cases.test_handling import do, refusal
from tests.factories import ANONYMOUS, answer, file, upload

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def follower(house, case) -> Client:
    browser = Client()
    found = {"code": case.code, "second_factor": "12345678-5"[-6:].replace("-", "")[-4:]}
    assert browser.post(f"/{house.slug}/seguimiento/", found).status_code == 302
    return browser


def test_a_message_and_its_reply_leave_state_and_clocks_alone(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    clocks = list(Clock.objects.filter(subject_id=case.pk).order_by("pk").values())
    for _ in range(2):  # a second press on the button
        sent = post(house, case, "escribir", body="Mañana va la cuadrilla", attachments=[upload("mapa.pdf")])
        assert sent.status_code == 302
    assert CaseMessage.objects.filter(kind="message").count() == 1
    send_due(timezone.now)
    notice = Notice.objects.get(kind="cases.message")
    assert "Mañana va la cuadrilla" in notice.body
    assert case.code in notice.body
    browser = follower(house, case)
    shown = browser.get(f"/{house.slug}/seguimiento/solicitud/").content.decode()
    assert "Mañana va la cuadrilla" in shown
    assert "mapa.pdf" in shown
    reply = browser.post(
        f"/{house.slug}/seguimiento/solicitud/antecedentes/", {"body": "Gracias, los espero"}
    )
    assert reply.status_code == 302
    assert "Gracias, los espero" in page(house, case)
    case.refresh_from_db()
    assert case.state == "with_unit"
    assert list(Clock.objects.filter(subject_id=case.pk).order_by("pk").values()) == clocks
    assert events(case)[-2:] == ["cases.message", "cases.information_added"]


def test_writing_while_the_person_completes_does_not_wake_the_clock(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    do(ask_for_information, house, case, body="¿Cuándo?", now=timezone.now())
    assert post(house, case, "escribir", body="Tómese su tiempo").status_code == 302
    case.refresh_from_db()
    assert case.state == "waiting"


def test_empty_answered_or_by_somebody_else_it_is_refused(house):
    case = file(house, now=timezone.now(), unit_id=house.units["obras"])
    assert "Escriba el mensaje." in post(house, case, "escribir", body=" ").content.decode()
    assert post(house, case, "escribir", Role.FRONT_DESK, body="Hola").status_code == 403
    answer(house, case, now=timezone.now())
    late = post(house, case, "escribir", body="Una cosa más")
    assert late.status_code == 422
    assert "Una cosa más</textarea>" in late.content.decode()
    command = {"institution": house.institution, "case_id": case.pk, "actor": house.user(Role.UNIT_OFFICER)}
    assert refusal(lambda: write_to_person(**command, body="x", now=timezone.now())) == "move_not_allowed"


def test_an_anonymous_person_reads_it_where_the_case_is_followed(house):
    case = file(house, "sugerencia", who=ANONYMOUS, now=timezone.now(), unit_id=house.units["obras"])
    assert post(house, case, "escribir", body="Gracias por la idea").status_code == 302
    assert not Notice.objects.filter(kind="cases.message").exists()
    browser = Client()
    browser.post(f"/{house.slug}/seguimiento/", {"code": case.code, "second_factor": ""})
    assert "Gracias por la idea" in browser.get(f"/{house.slug}/seguimiento/solicitud/").content.decode()
