# SPDX-License-Identifier: EUPL-1.2
"""What is signed is what was answered or approved; what changes meanwhile, or later, is noticed."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.letters.signing import _taken_back
from siac.cases.models import Case, CaseMessage, MessageKind
from siac.infra.jobs import SIGNING
from siac.policy.models import PolicyEdition
from siac.signing.commands.asking import line_of
from siac.signing.commands.certificates import withdraw_certificate
from siac.signing.commands.going_on import LINE
from siac.signing.commands.reminding import look_after_certificates
from siac.signing.domain.signables import signable
from siac.signing.models import Signature, SigningCertificate
from siac.signing.pdf import signing as pdf_signing
from siac.signing.proof import signature_problems
from tests.factories import NOW
from tests.signing.conftest import LATER, certify
from tests.signing.credentials import PASSWORD, issued
from tests.signing.test_other_acts import policy
from tests.words import words

pytestmark = pytest.mark.django_db


def unproved(house, role):
    """Somebody with a password who signed in long ago."""
    user = house.user(role)
    user.set_password("una clave larga 8841")
    user.save()
    client = house.client(role)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()
    return client


def test_a_letter_whose_case_went_on_is_not_signed(signing):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    Case.objects.filter(pk=signing.case.pk).update(state="assigned")
    row = signing.run()
    assert (row.state, row.trouble, row.signed_id) == ("failed", "document_moved", None)
    assert "ya no diría lo que se respondió" in words(signing.client().get(signing.url()))


def test_an_answer_that_another_one_followed_is_not_taken_out(signing):
    first = CaseMessage.objects.get(pk=signing.message)
    first.pk, first.at = None, NOW + timedelta(hours=1)
    first.save()
    page = signing.client().post(signing.url("preparar/"), follow=True)
    assert "ya no diría lo que se respondió" in words(page) and not Signature.objects.exists()


def test_an_answer_taken_back_is_forgotten_though_it_was_signed_already(signing):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    assert signing.run().state == "done"
    CaseMessage.objects.filter(pk=signing.message).update(kind=MessageKind.TAKEN_BACK)
    _taken_back(signing.house.institution, signing.case, LATER)
    assert (signing.row().state, signing.row().signed_id) == ("stopped", None)
    assert list(signature_problems(signing.house.institution.pk)) == []


def test_a_policy_is_signed_as_of_its_approval_whenever_that_is_asked(house, monkeypatch):
    subject, _ = policy(house)
    asked = []
    real = PolicyEdition.phase
    monkeypatch.setattr(PolicyEdition, "phase", lambda row, today: asked.append(today) or real(row, today))
    assert signable("politica").render(house.institution, subject, "línea").startswith(b"%PDF")
    days = {each["on"] for each in PolicyEdition.objects.get(pk=subject).approvals}
    assert {day.isoformat() for day in asked} == {max(days)}


def test_a_long_name_never_cuts_the_code():
    body = SimpleNamespace(name="Servicio " * 40, slug="x" * 50, local_date=lambda now: now.date())
    actor = SimpleNamespace(name="Nombre " * 40)
    line = line_of(body, "ABCD2345WXYZ", actor, NOW)
    page = reverse("portal:signing:check", args=["x" * 50])
    assert len(line) <= 300 and "Código ABCD-2345-WXYZ" in line and line.endswith(page)


def test_a_certificate_withdrawn_while_a_document_is_signed_signs_nothing(signing, monkeypatch):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    real = pdf_signing.signed_pdf

    def meanwhile(*args, **kwargs):
        actor = signing.house.user(Role.ADMINISTRATOR)
        withdraw_certificate(institution=signing.house.institution, actor=actor, now=LATER)
        return real(*args, **kwargs)

    monkeypatch.setattr("siac.signing.commands.making.signed_pdf", meanwhile)
    row = signing.run()
    assert (row.state, row.trouble, row.signed_id) == ("held", "certificate_missing", None)


def test_a_signature_that_does_not_fit_says_so(signing, monkeypatch):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    monkeypatch.setattr(pdf_signing, "_RESERVED", 512)
    assert signing.run().trouble == "signature_large"
    assert "no caben en la firma" in words(signing.client().get(signing.url()))


def test_signatures_wait_in_a_lane_of_their_own():
    assert LINE.queue == SIGNING


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "ZZZZ2345ZZZZ"}, "el código"),
        ({"signers": [{"name": "Otra persona"}]}, "quién firmó"),
        ({"certificate": None}, "el certificado"),
        ({"state": "stopped"}, "figura de otra forma"),
    ],
)
def test_verifying_finds_whatever_was_changed_of_a_signature(signing, change, said):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    row = signing.run()
    assert list(signature_problems(row.institution_id)) == []
    Signature.objects.filter(pk=row.pk).update(**change)
    assert [said in each for each in signature_problems(row.institution_id)] == [True]


def test_the_end_is_told_once_it_is_over_and_days_are_those_of_the_body(house):
    ends = datetime(2027, 3, 2, 2, 0, tzinfo=UTC)  # the evening of the first of March in Chile
    certify(house, issued(until=ends))
    SigningCertificate.objects.update(told_days=7)
    assert look_after_certificates(now=ends - timedelta(hours=3)) == 0
    page = words(house.client(Role.ADMINISTRATOR).get(f"/{house.slug}/gestion/configuracion/firma/"))
    assert "al 1 de marzo de 2027" in page
    assert look_after_certificates(now=ends + timedelta(minutes=1)) == 1


def test_withdrawing_is_asked_first(house):
    certify(house)
    client = house.client(Role.ADMINISTRATOR)
    url = f"/{house.slug}/gestion/configuracion/firma/certificado/retirar/"
    assert "no se puede deshacer" in words(client.get(url))
    assert SigningCertificate.objects.get().ended_at is None
    client.post(url)
    assert SigningCertificate.objects.get().ended_at is not None


def test_no_secret_waits_in_a_session(house):
    client = unproved(house, Role.ADMINISTRATOR)
    url = f"/{house.slug}/gestion/configuracion/firma/con/firmagob/"
    client.post(url, {"secret": PASSWORD, "token_key": "app-1"})
    assert "held_act" not in client.session
    client.post(f"/{house.slug}/gestion/configuracion/firma/certificado/", {"password": PASSWORD})
    assert "held_act" not in client.session


@pytest.mark.parametrize("act", ["firmar/", "preparar/", "otra-vez/", "autofirma/", "firmaperu/"])
def test_every_act_that_signs_asks_again_who_somebody_is(signing, act):
    asked = unproved(signing.house, Role.AUTHORITY).post(signing.url(act))
    assert asked.status_code == 302 and "/reauthenticate/" in asked["Location"]
    assert not Signature.objects.exists()


def test_the_check_of_a_document_is_linked_from_every_page_of_the_portal(house, client):
    assert f'href="/{house.slug}/firma/"' in client.get(f"/{house.slug}/").content.decode()
