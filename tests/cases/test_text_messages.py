# SPDX-License-Identifier: EUPL-1.2
"""What people are told by text message, who is asked whether an answer goes that way, and who says no."""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.domain.delivery import Delivery
from siac.cases.portal.following import FOLLOWING, cookie_name
from siac.cases.public import ask_for_information
from siac.journal.public import history
from siac.notices.models import Notice
from siac.notices.public import send_due, switch_texts
from siac.organizations.public import Institution, touch_configuration
from siac.people.models import Person
from tests.cases.test_answer_drafts import page, post
from tests.factories import answer, file, person

pytestmark = [pytest.mark.django_db]
MOBILE = {"email": "", "phone": "9 8765 4321"}
SAME = {"email": "", "phone": "+56 987654321", "document_number": "", "document_type": ""}
CITIZEN = "/seguimiento/solicitud/"


@pytest.fixture
def texting(house, monkeypatch):
    """A body that sends text messages, in an installation that shows its post."""
    monkeypatch.setenv("SIAC_MAIL", "outbox")
    switch(house, is_on=True)
    return house


def switch(house, *, is_on: bool) -> None:
    switch_texts(house.institution.pk, is_on=is_on, actor_id=None, now=timezone.now())
    touch_configuration(house.institution.pk)
    house.institution = Institution.objects.get(pk=house.institution.pk)


def told(kind: str) -> Notice:
    send_due(lambda: timezone.now() + timedelta(hours=1))  # what can be taken back for some seconds too
    return Notice.objects.filter(kind=kind).latest("pk")


def citizen(house, case):
    client = house.client()
    client.cookies[cookie_name(house.institution)] = FOLLOWING.sign(str(case.pk))
    return client


def mobile(house, **changes):
    return file(house, who=person(**{**MOBILE, **changes}), now=timezone.now(), unit_id=house.units["obras"])


def test_the_receipt_says_where_to_look_and_nothing_personal(texting):
    case = mobile(texting)
    notice = told("cases.receipt")
    assert (notice.channel, notice.state) == ("sms", "shown")
    assert case.folio in notice.body and f"codigo={case.code}" in notice.body
    for personal in ("María", "Soto", "12345678", "98765", case.text.subject):
        assert personal not in notice.body


@pytest.mark.parametrize(("typed", "status"), [("4321", 302), ("9 8765 4321", 302), ("1234", 422), ("", 422)])
def test_who_gave_a_telephone_alone_follows_the_case_by_its_last_digits(texting, typed, status):
    case = mobile(texting, **SAME)
    told("cases.receipt")
    sent = {"code": case.code, "second_factor": typed}
    assert texting.client().post(f"/{texting.slug}/seguimiento/", sent).status_code == status


def test_an_answer_and_a_question_say_their_day_and_no_code(texting):
    case = mobile(texting)
    ask_for_information(
        institution=texting.institution,
        case_id=case.pk,
        version=None,
        body="¿En qué calle?",
        actor=texting.user(Role.UNIT_OFFICER),
        now=timezone.now(),
    )
    asked = told("cases.information_asked")
    assert asked.channel == "sms" and case.code not in asked.body and "calle" not in asked.body
    assert "hasta el" in asked.body
    other = mobile(texting)
    answer(texting, other, now=timezone.now(), channel=Delivery.SMS)
    answered = told("cases.answered")
    assert (answered.channel, answered.state) == ("sms", "shown")
    assert other.folio in answered.body and other.code not in answered.body


def test_what_is_longer_than_a_sentence_goes_by_no_text(texting):
    case = mobile(texting)
    Notice.objects.filter(subject_id=case.pk).update(kind="cases.message", context={"folio": case.folio})
    notice = told("cases.message")
    assert notice.channel == "email"


def test_an_answer_goes_by_text_only_to_whom_one_reaches(texting):
    option = '<option value="sms"'
    assert f"{option} selected>" in page(texting, mobile(texting))
    assert option not in page(texting, mobile(texting, phone="2 2345 6789"))
    assert option not in page(texting, mobile(texting, email="ana@ejemplo.org"))
    addressed = page(texting, mobile(texting, address="Calle Larga 12"))
    assert option in addressed and '<option value="letter" selected>' in addressed
    switch(texting, is_on=False)
    assert option not in page(texting, mobile(texting))


def test_an_answer_by_text_waits_for_nobody(texting):
    case = mobile(texting)
    assert (
        post(texting, case, "responder", body="Ya está", outcome="upheld", channel="sms").status_code == 302
    )
    assert "Por entregar" not in page(texting, case)
    assert Notice.objects.get(kind="cases.answered").channel == "sms"


def test_who_says_no_gets_none_with_any_request_of_that_telephone(texting):
    case = mobile(texting)
    address = f"/{texting.slug}{CITIZEN}mensajes/"
    client = citizen(texting, case)
    assert address in client.get(f"/{texting.slug}{CITIZEN}").text
    assert "No quiero mensajes de texto" in client.get(address).text
    assert "No le enviaremos más" in client.post(address, {"quiere": "no"}, follow=True).text
    assert history(texting.institution.pk, f"person:{case.person_id}")[-1].kind == "people.texts_refused"
    later = mobile(texting, **SAME)
    told("cases.receipt")
    assert set(Notice.objects.filter(kind="cases.receipt").values_list("channel", flat=True)) == {"email"}
    assert '<option value="sms"' not in page(texting, later)
    assert "Quiero mensajes de texto" in client.get(address).text
    client.post(address, {"quiere": "si"})
    assert not Person.objects.exclude(texts_refused_at=None).exists()
    again = mobile(texting, **SAME)
    send_due(timezone.now)
    assert Notice.objects.get(subject_id=again.pk).channel == "sms"


def test_nobody_is_asked_where_no_texts_are_sent_or_no_telephone_is_known(texting):
    mailed = file(texting, now=timezone.now(), unit_id=texting.units["obras"])
    address = f"/{texting.slug}{CITIZEN}mensajes/"
    assert citizen(texting, mailed).get(address).status_code == 404
    form = f"/{texting.slug}/solicitud/reclamo/"
    assert "mensajes de texto" in texting.client().get(form).text
    switch(texting, is_on=False)
    case = mobile(texting)
    assert citizen(texting, case).get(address).status_code == 404
    assert "mensajes/" not in citizen(texting, case).get(f"/{texting.slug}{CITIZEN}").text
    assert "mensajes de texto" not in texting.client().get(form).text
