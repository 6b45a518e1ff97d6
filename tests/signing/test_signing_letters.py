# SPDX-License-Identifier: EUPL-1.2
"""An answer signed with the certificate of its body: asked for, made by the job, judged from outside."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from siac.accounts.public import Role
from siac.cases.commands.undoing import undo
from siac.cases.letters.signing import forget
from siac.documents.models import Attachment
from siac.infra.longwork import queue_lost
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from siac.signing.commands.asking import ask_signature
from siac.signing.commands.certificates import save_setup, withdraw_certificate
from siac.signing.commands.going_on import LINE
from siac.signing.commands.making import sign
from siac.signing.commands.reminding import look_after_certificates
from siac.signing.domain.codes import new_code
from siac.signing.models import Signature
from siac.signing.proof import signature_problems
from tests.factories import NOW, answer, file
from tests.longwork import some_steps
from tests.signing.conftest import LATER, certify
from tests.signing.credentials import issued
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_it_is_asked_on_its_page_made_by_the_job_and_pdfsig_takes_it(signing, judged):
    certify(signing.house)
    client = signing.client()
    case_page = words(client.get(f"/{signing.house.slug}/gestion/solicitudes/{signing.case.folio}/"))
    assert "Firma de esta respuesta" in case_page
    assert client.post(signing.url("firmar/")).status_code == 302
    assert "Por firmar" in words(client.get(signing.url()))
    row = signing.run()
    assert (row.state, row.trouble) == ("done", "")
    told = judged(signing.content())
    assert "Signature is Valid." in told and "Total document signed" in told
    assert "Signer Certificate Common Name: Servicio de Puerto" in told and "ETSI.CAdES.detached" in told
    page = words(client.get(signing.url()))
    assert "Firmado" in page and "Servicio de Puerto" in page and row.signed_sha256 in page
    assert client.get(signing.url("firmado/")).getvalue() == signing.content()
    assert list(verify_institution(signing.house.institution.pk).problems) == []


def test_every_page_says_who_signed_when_and_how_it_is_checked(signing):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    row = signing.run()
    said = PdfReader(BytesIO(signing.content())).pages[0].extract_text().replace("\n", " ")
    code = "-".join(row.code[at : at + 4] for at in (0, 4, 8))
    assert "Documento con firma electrónica" in said and code in said and "/firma/" in said
    assert signing.house.user(Role.AUTHORITY).name in said


def test_a_changed_one_is_seen(signing, judged):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    signing.run()
    content = signing.content()
    assert "Signature is Valid." in judged(content)
    at = content.index(b"stream") + 40
    changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    assert "Digest Mismatch" in judged(changed)


def test_its_person_finds_it_beside_the_answer(signing):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    signing.run()
    client = signing.house.client()
    given = {"code": signing.case.code, "second_factor": "6785"}
    page = client.post(f"/{signing.house.slug}/seguimiento/", given, follow=True)
    assert f"Respuesta {signing.case.folio} - firmado.pdf" in words(page)
    file = re.search(r'href="([^"]*archivo/\d+/[^"]*)"', page.content.decode())
    assert file is not None and client.get(file[1]).getvalue() == signing.content()


def test_two_who_sign_at_once_end_with_one_signature(signing):
    certify(signing.house)
    first, second = signing.client(Role.AUTHORITY), signing.client(Role.QUALITY_MANAGER)
    first.post(signing.url("firmar/"))
    page = second.post(signing.url("firmar/"), follow=True)
    assert "Alguien ya pidió la firma" in words(page)
    assert Signature.objects.count() == 1


def test_a_worker_that_dies_leaves_nothing_half_done_and_the_next_one_goes_on(signing, judged):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    row = signing.row()
    some_steps(LINE, row.pk, sign, now=LATER, most=0)  # after signing, before it is kept
    row.refresh_from_db()
    assert row.signed_id is None and row.state == "running"
    signing.run(row)
    assert row.state == "done" and "Signature is Valid." in judged(signing.content())


def test_one_whose_job_was_lost_is_queued_again(signing):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    jobs = ProcrastinateJob.objects.filter(task_name="signing.sign")
    assert jobs.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    Signature.objects.update(begun_at=NOW - DAY)
    assert queue_lost(now=NOW) == 1 and jobs.count() == 1


@pytest.mark.parametrize("manner", ["none", "ended", "early", "unreadable"])
def test_without_a_certificate_that_may_sign_the_document_waits_and_goes_on_by_itself(signing, manner):
    house, said = signing.house, "no tiene un certificado"
    if manner == "ended":
        certify(house, issued(until=NOW - DAY), now=NOW - 2 * DAY)
        said = "venció"
    if manner == "early":
        certify(house, issued(since=NOW + DAY))
        said = "todavía no vale"
    if manner == "unreadable":
        row = certify(house)
        type(row).objects.filter(pk=row.pk).update(sealed=b"x" * 60)
        said = "no se puede leer"
    signing.client().post(signing.url("firmar/"))
    row = signing.run()
    assert row.state == "held" and said in words(signing.client().get(signing.url()))
    if manner == "early":
        assert look_after_certificates(now=NOW + 2 * DAY) == 1
    else:
        certify(house, issued(serial=7))
    row.refresh_from_db()
    assert row.state == "waiting"
    assert signing.run(row, now=NOW + 2 * DAY).state == "done"


def test_one_that_waits_can_be_given_up_and_asked_again(signing):
    signing.client().post(signing.url("firmar/"))
    signing.run()
    page = signing.client().post(signing.url("cancelar/"), follow=True)
    assert "Firma cancelada" in words(page)
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    assert signing.run().state == "done"
    assert "ya no se puede" in words(signing.client().post(signing.url("cancelar/"), follow=True))


def test_a_certificate_that_is_withdrawn_signs_no_more(signing):
    house = signing.house
    certify(house)
    withdraw_certificate(institution=house.institution, actor=house.user(Role.ADMINISTRATOR), now=NOW)
    signing.client().post(signing.url("firmar/"))
    assert signing.run().trouble == "certificate_missing"


@pytest.mark.parametrize("role", [Role.UNIT_OFFICER, Role.FRONT_DESK, Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_may_not_sign_does_not(signing, role):
    certify(signing.house)
    assert signing.client(role).post(signing.url("firmar/")).status_code in (403, 404)
    assert Signature.objects.count() == 0


def test_of_another_body_nobody_hears(signing, other_house):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    stranger = other_house.client(Role.AUTHORITY)
    assert stranger.get(signing.url()).status_code in (403, 404)
    own = f"/{other_house.slug}/gestion/firmas/respuesta/{signing.message}/"
    assert stranger.get(own).status_code == 404
    assert stranger.post(f"{own}firmar/").status_code == 404


def test_where_the_body_wants_it_every_answer_is_signed_but_not_before_it_stands(house, signing):
    certify(house)
    save_setup(institution=house.institution, stamps="", signs_answers=True, actor=None, now=NOW)
    house.institution.refresh_from_db()
    case = file(house, now=NOW - DAY, unit_id=house.units["obras"])
    answer(house, case, now=NOW)
    row = signing.row()
    assert row.requested_by is None and row.title == f"Respuesta {case.folio}"
    assert signing.run(row, now=NOW + timedelta(seconds=5)).state == "running"
    assert signing.run(row).state == "done"


def test_an_answer_that_is_taken_back_is_not_signed(house, signing):
    certify(house)
    save_setup(institution=house.institution, stamps="", signs_answers=True, actor=None, now=NOW)
    house.institution.refresh_from_db()
    case = file(house, now=NOW - DAY, unit_id=house.units["obras"])
    answered = answer(house, case, now=NOW)
    undo(
        institution=house.institution, case_id=case.pk, version=answered.version,
        actor=house.user(Role.UNIT_OFFICER), now=NOW + timedelta(seconds=3),
    )  # fmt: skip
    row = signing.row()
    assert (row.state, row.title) == ("stopped", "")
    assert signing.run(row).signed_id is None


def test_a_practice_body_signs_nothing(signing):
    body = signing.house.institution
    body.practice_of_id = body.pk
    with pytest.raises(Refused) as refused:
        ask_signature(
            institution=body, kind="respuesta", subject_id=1, title="x", actor=None, now=NOW,
        )  # fmt: skip
    assert refused.value.code == "signing_key_practice"


def test_what_is_erased_of_a_case_is_forgotten_here_too(signing):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    row = signing.run()
    signed = row.signed_id
    forget(signing.house.institution.pk, [signing.case.pk], LATER)
    row.refresh_from_db()
    assert Attachment.objects.get(pk=signed).erased_at is not None
    assert (row.state, row.title, row.signers, row.signed_id) == ("stopped", "", [], None)
    assert list(verify_institution(signing.house.institution.pk).problems) == []


def test_the_list_tells_of_all_in_one_statement_however_many(signing):
    body, client = signing.house.institution, signing.client(Role.AUDITOR)
    url = f"/{signing.house.slug}/gestion/firmas/"
    counts = []
    for number in (1, 30):
        Signature.objects.bulk_create(
            Signature(
                institution=body, kind="respuesta", subject_id=signing.message, title=f"Respuesta {each}",
                state="stopped", code=new_code(), created_at=NOW,
            )
            for each in range(number)
        )  # fmt: skip
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            assert "Respuesta 0" in words(client.get(url))
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert "Nada coincide" in words(client.get(f"{url}?estado=done"))


def test_verifying_finds_a_signature_that_somebody_changed(signing):
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    row = signing.run()
    Signature.objects.filter(pk=row.pk).update(signed_sha256="0" * 64)
    assert [f"signature:{row.pk}" in each for each in signature_problems(row.institution_id)] == [True]
    Signature.objects.all().delete()
    assert ["ya no está" in each for each in signature_problems(row.institution_id)] == [True]
