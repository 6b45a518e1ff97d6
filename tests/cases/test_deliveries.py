# SPDX-License-Identifier: EUPL-1.2
"""Answers that do not go by mail: the letter to print, what waits at a counter
or by the phone, and the proof of each.
"""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from siac.accounts.public import Role
from siac.cases.commands.endings import merge_case
from siac.cases.domain.delivery import Delivery
from siac.cases.models import AnswerDraft, Case
from siac.cases.public import Outcome
from siac.notices.models import Notice
from siac.notices.public import send_due
from tests.cases.test_answer_drafts import ask_approval, events, page, post, url
from tests.factories import ANONYMOUS, House, answer, file, person
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
POSTAL = {"email": "", "address": "Calle Larga 12, Coquimbo"}


def by_letter(house: House, channel: str = "letter", **changes):
    case = file(house, who=person(**POSTAL), now=timezone.now(), unit_id=house.units["obras"])
    answer(house, case, now=timezone.now() - timedelta(minutes=1), channel=Delivery(channel), **changes)
    return case, Notice.objects.get(kind="cases.answered", subject_id=case.pk)


def test_whoever_left_an_address_and_no_mail_is_answered_by_letter(house):
    mail = file(house, now=timezone.now(), unit_id=house.units["obras"])
    letter = file(house, who=person(**POSTAL), now=timezone.now(), unit_id=house.units["obras"])
    nobody = file(house, "sugerencia", who=ANONYMOUS, now=timezone.now(), unit_id=house.units["obras"])
    assert '<option value="email" selected>' in page(house, mail)
    assert '<option value="letter" selected>' in page(house, letter)
    assert "Cómo se envía" not in page(house, nobody)
    assert (
        post(house, letter, "responder", body="Ya está", outcome="upheld", channel="letter").status_code
        == 302
    )
    notice = Notice.objects.get(kind="cases.answered")
    assert (notice.channel, notice.state) == ("letter", "pending")
    assert (
        post(house, mail, "responder", body="Ya está", outcome="upheld", channel="paloma").status_code == 422
    )


def test_a_letter_waits_until_its_post_receipt_is_noted(house):
    case, notice = by_letter(house)
    send_due(lambda: timezone.now() + timedelta(days=9))
    notice.refresh_from_db()
    assert notice.state == "pending"  # no machine sends a letter
    shown = page(house, case)
    assert "Por entregar" in shown
    assert f"envios/{notice.pk}/carta/" in shown
    desk = house.client(Role.FRONT_DESK)
    address = url(house, case, f"envios/{notice.pk}")
    assert "Comprobante del correo" in desk.get(address).content.decode()
    empty = desk.post(address, {"proof": " "})
    assert empty.status_code == 422
    assert "Escriba qué prueba la entrega" in empty.content.decode()
    assert desk.post(address, {"proof": "RR123456785CL, 3 de mayo"}).status_code == 302
    notice.refresh_from_db()
    assert (notice.state, notice.proof) == ("sent", "RR123456785CL, 3 de mayo")
    assert events(case)[-1] == "cases.delivered"
    assert "Por entregar" not in page(house, case)
    assert desk.post(address, {"proof": "otra vez"}).status_code == 404


@pytest.mark.parametrize(
    ("channel", "asks"), [("pickup", "Quién la retiró y cuándo"), ("phone", "A quién se le dijo y cuándo")]
)
def test_what_is_collected_or_told_asks_for_its_own_proof(house, channel, asks):
    case, notice = by_letter(house, channel)
    browser = house.client(Role.UNIT_OFFICER)
    assert asks in browser.get(url(house, case, f"envios/{notice.pk}")).content.decode()
    assert browser.get(url(house, case, f"envios/{notice.pk}/carta")).status_code == 404
    assert browser.post(url(house, case, f"envios/{notice.pk}"), {"proof": "María Soto"}).status_code == 302


def test_the_letter_says_to_whom_what_how_to_appeal_and_who_signs(house):
    case, notice = by_letter(house, outcome=Outcome.DENIED, body="No se puede.\n\nFalta el permiso.")
    made = house.client(Role.UNIT_OFFICER).get(url(house, case, f"envios/{notice.pk}/carta"))
    assert made["Content-Type"] == "application/pdf"
    paper = PdfReader(io.BytesIO(made.content))
    text = " ".join(" ".join(shown.extract_text() for shown in paper.pages).split())
    for part in (
        "María Ñancupil Soto",
        "Calle Larga 12, Coquimbo",
        case.folio,
        "Falta el permiso.",
        "hasta el",
        "Unit Officer",
        "Obras y mantención",
        house.institution.name,
    ):
        assert part in text
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]  # tagged, for those who do not see it


def test_the_way_chosen_goes_through_draft_approval_and_undo(house):
    ask_approval(house)
    case = file(house, who=person(**POSTAL), now=timezone.now(), unit_id=house.units["obras"])
    post(house, case, "borrador", body="A medias", channel="pickup")
    assert '<option value="pickup" selected>' in page(house, case)
    post(house, case, "enviar-a-aprobacion", body="Ya está", outcome="upheld", channel="pickup")
    post(house, case, "aprobar", Role.HEAD_OF_UNIT)
    assert Notice.objects.get(kind="cases.answered").channel == "pickup"
    post(house, case, "deshacer", Role.HEAD_OF_UNIT)
    assert AnswerDraft.objects.get().channel == "pickup"
    assert "Por entregar" not in page(house, case)


def test_the_delivery_of_one_case_is_not_noted_on_another(house):
    case, notice = by_letter(house)
    other = file(house, now=timezone.now(), unit_id=house.units["obras"])
    assert case != other
    for part in ("", "/carta"):
        assert (
            house.client(Role.UNIT_OFFICER).get(url(house, other, f"envios/{notice.pk}{part}")).status_code
            == 404
        )


def test_the_main_case_lists_the_letters_of_those_joined_with_their_proof(house):
    now = timezone.now()
    main = file(house, who=person(**POSTAL), now=now, unit_id=house.units["obras"])
    for _ in range(2):
        twin = file(house, who=person(**POSTAL), now=now, unit_id=house.units["obras"])
        merge_case(
            institution=house.institution,
            case_id=twin.pk,
            version=None,
            into=main.folio,
            reason="",
            actor=house.user(Role.HEAD_OF_UNIT),
            now=now,
        )
    assert "Respuesta a las acumuladas" not in page(house, main)
    answer(house, main, now=now - timedelta(minutes=1), channel=Delivery.LETTER)
    first, second = (
        Notice.objects.filter(kind="cases.answered").exclude(subject_id=main.pk).order_by("subject_id")
    )
    shown = page(house, main)
    assert shown.count("envios/") == 6  # the letter and its proof: of the main case and of both joined
    twin = Case.objects.get(pk=first.subject_id)
    address = url(house, twin, f"envios/{first.pk}")
    assert house.client(Role.FRONT_DESK).get(f"{address}carta/").status_code == 200
    house.client(Role.FRONT_DESK).post(address, {"proof": "RR1CL"})
    shown = page(house, main)
    assert "carta, enviado el" in shown and "RR1CL" in shown and f"envios/{first.pk}/" not in shown
    assert f"envios/{second.pk}/" in shown
    browser = house.client(Role.HEAD_OF_UNIT)
    browser.get(url(house, main))
    with at_most(12):
        browser.get(url(house, main))


def test_a_case_page_with_deliveries_costs_no_more(house):
    case, _ = by_letter(house)
    browser = house.client(Role.HEAD_OF_UNIT)
    browser.get(url(house, case))
    with at_most(12):
        assert "Por entregar" in browser.get(url(house, case)).content.decode()
