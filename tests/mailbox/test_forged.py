# SPDX-License-Identifier: EUPL-1.2
"""Mails that pretend: whoever writes one can write any sender, id, report or proof into it."""

import struct
from datetime import UTC, datetime, timedelta

import pytest

from siac.cases.public import Case, CaseMessage
from siac.documents.models import Attachment
from siac.integrations.mailbox.foretelling import foretell
from siac.integrations.mailbox.server import _listed
from siac.notices.public import Notice, send_due
from tests.factories import NOW, PDF, person
from tests.mailbox.conftest import connect
from tests.mailbox.mails import CHECKING, bounce, mail, proven
from tests.mailbox.test_intake import waiting_case
from tests.mailbox.test_poison import arrive

ANA = "Ana Pérez <ana@ejemplo.org>"


@pytest.fixture
def box(house):
    """A mailbox whose server nobody asks: the mails of these tests have been fetched."""
    return connect(house, 143)


@pytest.fixture
def waiting(house, box):
    """A request that waits for what its person was asked."""
    return waiting_case(house, person(email="ana@ejemplo.org"))


def tampered(raw: bytes, old: bytes, new: bytes) -> bytes:
    assert old in raw
    return raw.replace(old, new, 1)


@pytest.mark.parametrize(
    "checked",
    [
        f'{CHECKING}; spf=pass smtp.mailfrom="a; dmarc=pass header.from=ejemplo.org"@malo.example',
        f"{CHECKING}; spf=pass (x) dmarc=pass header.from=ejemplo.org) smtp.mailfrom=malo.example",
        f"{CHECKING}; dkim=pass header.s=header.d=ejemplo.org header.d=malo.example",
        f"malo.example; dmarc=pass header.from=ejemplo.org\r\nAuthentication-Results: {CHECKING}; dmarc=fail",
        f"{CHECKING}; dmarc=fail header.from=ejemplo.org",
        "",
    ],
)
def test_a_forged_proof_neither_joins_a_request_nor_resumes_its_term(house, box, waiting, checked):
    subject = f"Re: {waiting.folio}"
    raw = mail("Retiro todo lo dicho.", subject=subject, sender=ANA, checked="")
    if checked:
        raw = f"Authentication-Results: {checked}\r\n".encode() + raw
    (row,) = arrive(box, raw)
    assert (row.state, row.reason, row.case_id) == ("review", "not_proven", waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == "waiting"
    assert "Retiro" not in "".join(CaseMessage.objects.filter(case=waiting).values_list("body", flat=True))


def test_a_proof_joins_and_resumes(house, box, waiting):
    (row,) = arrive(box, mail("En la esquina.", subject=f"Re: {waiting.folio}", sender=ANA))
    waiting.refresh_from_db()
    assert (row.state, waiting.state) == ("added", "with_unit")


@pytest.mark.parametrize(
    "authors",
    [
        f"From: {ANA}\r\nFrom: Malo <malo@malo.example>",
        f"From: {ANA}, Malo <malo@malo.example>",
        f"From: {ANA}\r\nFrom: Otra <otra@ejemplo.org>",
        f"From: {ANA},\r\n otra@ejemplo.org",
    ],
)
@pytest.mark.parametrize("checked", [f"{CHECKING}; dmarc=pass", proven("ana@ejemplo.org")])
def test_of_several_authors_none_counts_as_proven(house, box, waiting, authors, checked):
    raw = mail("Retiro todo.", subject=f"Re: {waiting.folio}", sender="x@y.cl", checked=checked)
    (row,) = arrive(box, tampered(raw, b"From: x@y.cl", authors.encode()))
    assert (row.state, row.reason) == ("review", "not_proven")
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


@pytest.mark.parametrize("shown", ["Pérez, Ana", '"ana@ejemplo.org"', "Ana (ana@ejemplo.org)", '"a, b@c.cl"'])
def test_a_name_that_looks_like_several_is_one_author(house, box, waiting, shown):
    raw = mail("Sí.", subject=f"Re: {waiting.folio}", sender="x@y.cl", checked=proven("ana@ejemplo.org"))
    (row,) = arrive(box, tampered(raw, b"From: x@y.cl", f"From: {shown} <ana@ejemplo.org>".encode()))
    assert row.state == "added"


def told(house, box, smtp) -> Notice:
    """File a mail of Ana and send her its receipt; return the notice."""
    arrive(box, mail())
    send_due(lambda: NOW + timedelta(hours=1))
    return Notice.objects.order_by("-pk")[0]


def test_a_report_on_another_address_marks_no_notice_and_is_seen(house, box, smtp):
    receipt = told(house, box, smtp)
    raw = tampered(bounce(receipt.message_id), b"rfc822; ana@ejemplo.org", b"rfc822; malo@malo.example")
    row = arrive(box, raw)[-1]
    receipt.refresh_from_db()
    assert (receipt.state, receipt.bounced_at) == ("sent", None)
    assert (row.state, row.reason, row.notice_id) == ("review", "other_recipient", receipt.pk)
    told_before = foretell(raw, box, now=NOW)
    assert (told_before.state, told_before.reason) == ("review", "other_recipient")


def test_a_report_of_an_address_that_passes_its_mail_on_marks_the_notice(house, box, smtp):
    receipt = told(house, box, smtp)
    passed = b"rfc822; otra@ejemplo.net\r\nOriginal-Recipient: rfc822; Ana@ejemplo.org"
    row = arrive(box, tampered(bounce(receipt.message_id), b"rfc822; ana@ejemplo.org", passed))[-1]
    receipt.refresh_from_db()
    assert (receipt.state, row.reason) == ("failed", "bounce")


def test_a_report_to_one_body_marks_no_notice_of_another(house, other_house, box, smtp):
    receipt = told(house, box, smtp)
    elsewhere = connect(other_house, 143, username="otra")
    row = arrive(elsewhere, bounce(receipt.message_id))[-1]
    receipt.refresh_from_db()
    assert (receipt.state, row.state, row.notice_id) == ("sent", "loop", None)


def test_an_answer_to_another_bodys_mail_is_a_request_of_its_own(house, other_house, box, smtp):
    receipt = told(house, box, smtp)
    first = Case.objects.get()
    elsewhere = connect(other_house, 143, username="otra")
    row = arrive(elsewhere, mail("sigo", In_Reply_To=receipt.message_id, subject=f"Re: {first.folio}"))[-1]
    assert row.state == "filed"
    assert row.case.institution_id == other_house.institution.pk
    assert CaseMessage.objects.filter(case=first).count() == 0


def test_an_id_that_another_mail_bears_already_loses_neither_and_draws_no_answer_to_itself(house, box):
    (first,) = arrive(box, mail(message_id="<suya@ejemplo.org>"))
    _, forged = arrive(box, mail("otra cosa", sender="malo@malo.example", message_id="<suya@ejemplo.org>"))
    assert forged.state == "filed" and forged.case_id != first.case_id
    reply = arrive(box, mail("Algo más.", subject="Re: Sin luz", In_Reply_To="<suya@ejemplo.org>"))[-1]
    assert (reply.state, reply.case_id) == ("added", first.case_id)


@pytest.mark.parametrize(
    "date", ["Fri, 31 Dec 9999 23:59:59 -2359", "Mon, 00 Jan 0000 00:00:00 +0000", "\x00", ""]
)
def test_the_day_of_a_request_is_that_of_the_server_whatever_its_mail_says(house, box, date):
    (row,) = arrive(box, tampered(mail(), b"Mon, 07 Sep 2026 10:00:00 -0300", date.encode()))
    assert (row.state, row.case.filed_at) == ("filed", NOW)


@pytest.mark.parametrize("day", ["31-Dec-9999 23:59:59 -2359", "31-Dec-1700 23:59:59 -0000", "x"])
def test_a_day_of_the_server_that_is_none_stops_no_mailbox_and_passes_no_mail_over(day):
    found = _listed(f'1 (UID 7 INTERNALDATE "{day}" RFC822.SIZE 10)'.encode())
    assert found is not None
    assert abs(found.received_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_day_of_the_server_without_a_zone_is_of_the_universal_one():
    found = _listed(b'1 (UID 7 INTERNALDATE "07-Sep-2026 10:00:00 -0000" RFC822.SIZE 10)')
    assert found is not None
    assert found.received_at == datetime(2026, 9, 7, 10, tzinfo=UTC)


def attribute(code: int, value: bytes) -> bytes:
    return struct.pack("<BII", 2, code, len(value)) + value + b"\0\0"


def outlook(*attributes: bytes) -> bytes:
    """Return a mail with a winmail.dat of these attributes."""
    content = struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)
    return mail("Adjunto.", files=[("winmail.dat", content)])


def test_a_letter_of_outlook_with_thousands_of_files_is_told_in_few_words(house, box):
    one = attribute(0x69002, b"\0") + attribute(0x18010, b"..\\..\\con.exe\0") + attribute(0x6800F, b"MZ")
    good = attribute(0x69002, b"\0") + attribute(0x18010, b"a.pdf\0") + attribute(0x6800F, PDF)
    (row,) = arrive(box, outlook(*[one] * 2_000, good))
    assert row.state == "filed"
    assert [kept.name for kept in Attachment.objects.filter(subject_type="case")] == ["a.pdf"]
    assert (len(row.left_out), row.left_out[-1]) == (101, "Y otros 1900 archivos.")
    assert "«con.exe» no es de un tipo admitido" in row.left_out[0]


def test_an_invitation_says_its_words_and_runs_nothing(house, box):
    calendar = (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:<script>alert(1)</script>\r\n"
        "ORGANIZER:mailto:malo@malo.example\r\nATTACH:http://malo.example/x\r\nDTSTART:99999999T999999Z\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    raw = tampered(mail(calendar), b"text/plain", b"text/calendar")
    (row,) = arrive(box, raw)
    body = Case.objects.get().text.body
    assert row.state == "filed"
    assert "Asunto: <script>alert(1)</script>" in body
    assert "malo.example" not in body
