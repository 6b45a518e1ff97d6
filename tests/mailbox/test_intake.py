# SPDX-License-Identifier: EUPL-1.2
"""From a real mail server into the register: every mail once, with the day the server received it."""

import os
from datetime import timedelta
from email import message_from_bytes

import pytest

from siac.accounts.public import Role
from siac.cases.public import Case, CaseMessage, ask_for_information
from siac.documents.models import Attachment
from siac.integrations.mailbox.commands.settling import settle_due
from siac.integrations.mailbox.models import IncomingMail, Mailbox
from siac.integrations.mailbox.secrets import sender_of
from siac.notices.public import Notice, send_due
from siac.people.public import reveal
from tests.factories import NOW, PDF, answer, file, person
from tests.mailbox.conftest import take_in
from tests.mailbox.mails import bounce, mail

HOUR = timedelta(hours=1)


def states() -> list[tuple[str, str]]:
    return [(str(row.state), row.reason) for row in IncomingMail.objects.order_by("pk")]


def sent(smtp) -> list:
    send_due(lambda: NOW + HOUR)
    return [message_from_bytes(raw) for raw in smtp.taken]


def waiting_case(house, who):
    """File a case and ask its person for more."""
    case = file(house, who=who, unit_id=house.units["obras"], now=NOW - timedelta(days=3))
    ask_for_information(
        institution=house.institution, case_id=case.pk, version=None, body="¿En qué esquina?",
        actor=house.user(Role.UNIT_OFFICER), now=NOW - timedelta(days=2),
    )  # fmt: skip
    return case


def test_a_mail_becomes_a_request_and_is_acknowledged_in_its_own_thread(house, box, imap, smtp):
    imap.deliver(mail(message_id="<suya@ejemplo.org>", files=[("foto.pdf", PDF)]), at=NOW - HOUR)
    assert take_in(box) == 1
    case = Case.objects.get()
    assert (case.channel, case.kind_id, case.unit_id) == ("email", box.kind_id, box.unit_id)
    assert case.filed_at == NOW - HOUR
    assert (case.text.subject, case.text.body) == ("Sin luz", "En mi calle no hay luz desde el lunes.")
    who = reveal(house.institution.pk, [case.person_id], actor_id=None, reason="", now=NOW)[case.person_id]
    assert (who.display_name, who.email) == ("Ana Pérez", "ana@ejemplo.org")
    assert Attachment.objects.get(subject_type="case", subject_id=case.pk).name == "foto.pdf"
    assert states() == [("filed", "")]
    (receipt,) = sent(smtp)
    assert receipt["In-Reply-To"] == receipt["References"] == "<suya@ejemplo.org>"
    assert receipt["Reply-To"] == box.address
    assert receipt["Auto-Submitted"] == "auto-replied"
    assert case.folio in receipt["Subject"]
    assert imap.seen() == 1


def test_the_same_mail_twice_makes_one_request_and_two_mails_of_one_id_make_two(house, box, imap):
    raw = mail(message_id="<misma@x>")
    imap.deliver(raw, b"Received: from otro by aqui; lunes\r\n" + raw)
    assert take_in(box) == 1
    assert take_in(box) == 0
    imap.deliver(
        raw,
        mail("Otra cosa distinta", message_id="<misma@x>"),
        mail("Sin id", message_id=""),
        mail("Sin id", message_id=""),
    )
    assert take_in(box) == 2
    assert Case.objects.count() == 3


def test_a_renumbered_folder_is_read_again_without_doubles(house, box, imap):
    imap.deliver(mail("uno"), mail("dos"))
    take_in(box)
    Mailbox.objects.update(uid_validity=1)
    imap.deliver(mail("tres"))
    assert take_in(box) == 1
    assert Case.objects.count() == 3


def test_mail_from_before_the_agreed_day_stays_where_it_is(house, box, imap):
    imap.deliver(mail("viejo"), at=NOW - timedelta(days=40))
    imap.deliver(mail("nuevo"))
    assert take_in(box) == 1
    assert Case.objects.get().text.body == "nuevo"
    assert imap.seen() == 1


def test_kept_mail_is_moved_where_the_body_wants_it(house, box, imap):
    with imap.box() as server:
        server.folder.create("Procesados")
    Mailbox.objects.update(done_folder="Procesados")
    imap.deliver(mail("uno"), mail("dos"))
    assert take_in(box) == 2
    with imap.box() as server:
        assert server.uids() == []
        assert server.folder.status("Procesados")["MESSAGES"] == 2


def test_the_same_mail_to_two_mailboxes_of_a_body_is_one_request(house, box, imap):
    twin = Mailbox.objects.get()
    twin.pk, twin.name, twin.folder = None, "Otra", "Otra"
    twin.save()
    with imap.box() as server:
        server.folder.create("Otra")
        raw = mail()
        for folder in ("INBOX", "Otra"):
            server.append(raw, folder, dt=NOW)
    assert take_in(box) + take_in(twin) == 2
    assert Case.objects.count() == 1
    assert sorted(states()) == [("added", "repeated"), ("filed", "")]


def test_a_server_that_is_down_for_a_day_loses_nothing_and_says_what_is_wrong(house, box, imap):
    imap.deliver(mail("antes"))
    imap.stop()
    for hour in range(24):
        assert take_in(box, NOW + hour * HOUR) == 0
    box.refresh_from_db()
    assert (box.last_error, box.failures) == ("connection_refused", 24)
    assert box.next_fetch_at == NOW + 23 * HOUR + timedelta(minutes=30)
    page = (
        house.client(Role.ADMINISTRATOR).get(f"/{house.slug}/gestion/configuracion/correo/").content.decode()
    )
    assert "El servidor no acepta conexiones" in page
    imap.start()
    imap.deliver(mail("durante"), at=NOW + 5 * HOUR)
    assert take_in(box, NOW + 24 * HOUR) == 1
    box.refresh_from_db()
    assert (box.last_error, box.failures) == ("", 0)
    assert Case.objects.get().filed_at == NOW + 5 * HOUR


def test_a_reply_to_our_question_resumes_the_clock_on_the_day_it_was_received(house, box, imap, smtp):
    who = person(email="ana@ejemplo.org")
    case = waiting_case(house, who)
    case.refresh_from_db()
    assert case.state == "waiting"
    ask = Notice.objects.get(kind="cases.information_asked")
    reply = "En Larga con Corta.\n\nEl lun, 7 de sept de 2026, OIRS escribió:\n> ¿En qué esquina?"
    imap.deliver(
        mail(reply, subject="Re: complete", In_Reply_To=ask.message_id, message_id="<r@x>"),
        at=NOW - timedelta(days=1),
    )
    take_in(box, NOW)
    case.refresh_from_db()
    assert case.state == "with_unit"
    assert Case.objects.count() == 1
    added = CaseMessage.objects.get(case=case, kind="information")
    assert added.at == NOW - timedelta(days=1)
    assert added.body.startswith("En Larga con Corta.\n\n----- Firma y mensajes anteriores")
    assert states() == [("added", "")]
    told = sent(smtp)[-1]
    assert told["In-Reply-To"] == "<r@x>"
    assert "Agregamos su correo" in told["Subject"]


@pytest.mark.parametrize("quoted", ["folio", "code"])
def test_a_folio_or_code_in_the_subject_is_enough_from_the_persons_own_address(house, box, imap, quoted):
    case = waiting_case(house, person(email="ana@ejemplo.org"))
    imap.deliver(mail(subject=f"Sobre {getattr(case, quoted)}", sender="ANA@Ejemplo.org"))
    take_in(box)
    assert Case.objects.count() == 1
    assert CaseMessage.objects.filter(case=case, kind="information").count() == 1


def test_a_later_mail_of_the_citizens_own_thread_joins_it(house, box, imap):
    imap.deliver(mail(message_id="<a@x>"))
    take_in(box)
    imap.deliver(mail("Olvidé la foto", References="<a@x>"))
    take_in(box)
    assert Case.objects.count() == 1
    assert states() == [("filed", ""), ("added", "")]


@pytest.mark.parametrize("how", ["folio", "reply"])
def test_another_address_never_gets_into_a_case(house, box, imap, how):
    case = waiting_case(house, person(email="ana@ejemplo.org"))
    ask = Notice.objects.get(kind="cases.information_asked")
    headers = {"In_Reply_To": ask.message_id} if how == "reply" else {}
    imap.deliver(mail(subject=f"Re: [{case.folio}]", sender="otro@ejemplo.org", **headers))
    take_in(box)
    case.refresh_from_db()
    assert case.state == "waiting"
    new = Case.objects.exclude(pk=case.pk).get()
    note = CaseMessage.objects.get(case=new)
    assert note.is_internal
    assert case.folio in note.body
    assert states() == [("filed", "other_address")]
    assert not CaseMessage.objects.filter(case=case, kind="information").exists()


def test_a_reply_on_an_answered_case_waits_for_an_officer(house, box, imap, smtp):
    case = file(
        house, who=person(email="ana@ejemplo.org"), unit_id=house.units["obras"], now=NOW - timedelta(days=2)
    )
    answer(house, case, now=NOW - timedelta(days=1))
    imap.deliver(mail("No estoy de acuerdo", subject=f"Re: {case.folio}"))
    take_in(box)
    assert states() == [("review", "case_finished")]
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        (mail(Auto_Submitted="auto-replied"), ("loop", "automatic")),
        (mail(Precedence="list"), ("loop", "bulk")),
        (mail(sender="contacto@puerto.example"), ("loop", "own_address")),
        (mail(X_Spam_Flag="YES"), ("spam", "flagged")),
        (mail("", files=[("a.scr", b"MZ")]), ("spam", "only_programs")),
        (mail(sender=""), ("review", "no_sender")),
        (mail("", subject=""), ("review", "empty")),
    ],
)
def test_what_is_no_request_is_kept_and_never_answered(house, box, imap, smtp, raw, state):
    imap.deliver(raw)
    take_in(box)
    assert states() == [state]
    assert sent(smtp) == []
    assert Case.objects.count() == 0
    assert Attachment.objects.filter(subject_type="mail").count() == 1


def test_a_bounce_shows_on_the_notice_that_came_back(house, box, imap, smtp):
    imap.deliver(mail())
    take_in(box)
    sent(smtp)
    receipt = Notice.objects.get()
    imap.deliver(bounce(receipt.message_id, action="delayed"), bounce(receipt.message_id))
    take_in(box)
    receipt.refresh_from_db()
    assert (receipt.state, receipt.bounced_at) == ("failed", NOW)
    assert [reason for _, reason in states()] == ["", "delivery_report", "bounce"]
    outbox = house.client(Role.QUALITY_MANAGER)
    assert "Devuelto" in outbox.get(f"/{house.slug}/gestion/avisos/").content.decode()
    page = outbox.get(f"/{house.slug}/gestion/avisos/{receipt.pk}/").content.decode()
    assert "550 5.1.1 no such user" in page


def test_a_flood_from_one_sender_stops_being_answered(house, box, imap, smtp):
    imap.deliver(*(mail(f"número {n}") for n in range(23)))
    imap.deliver(mail("de otra persona", sender="luis@ejemplo.org"))
    take_in(box)
    assert [s for s, _ in states()].count("filed") == 21
    assert states()[20] == ("loop", "too_many")
    assert len(sent(smtp)) == 21


def test_unfit_files_never_hold_a_request_back_and_the_sender_is_told(house, box, imap, smtp):
    imap.deliver(mail(files=[("virus.exe", b"MZ"), ("bien.pdf", PDF), ("vacio.pdf", b"")]))
    take_in(box)
    case = Case.objects.get()
    assert "«virus.exe» no es de un tipo admitido" in case.text.body
    assert [a.name for a in Attachment.objects.filter(subject_type="case")] == ["bien.pdf"]
    texts = [part.get_payload(decode=True).decode() for part in (m.get_payload()[0] for m in sent(smtp))]
    assert any("virus.exe" in text and "vacio.pdf" in text for text in texts)


@pytest.mark.slow
def test_a_mail_of_thirty_megabytes_is_filed_without_what_is_too_large(house, box, imap, smtp):
    imap.deliver(mail(files=[("video.mp4", os.urandom(22 * 1024 * 1024)), ("bien.pdf", PDF)]))
    take_in(box)
    row, case = IncomingMail.objects.get(), Case.objects.get()
    assert row.size > 29_000_000
    assert [a.name for a in Attachment.objects.filter(subject_type="case")] == ["bien.pdf"]
    assert len(row.left_out) == 1
    assert "«video.mp4» pesa más de 10 MB" in row.left_out[0]
    assert "video.mp4" in case.text.body


@pytest.mark.slow
def test_a_mail_beyond_every_limit_is_filed_from_its_beginning(house, box, imap, monkeypatch):
    monkeypatch.setattr("siac.integrations.mailbox.server.WHOLE", 3_000_000)
    imap.deliver(mail(files=[("video.mp4", os.urandom(4_000_000)), ("bien.pdf", PDF)]))
    take_in(box)
    row = IncomingMail.objects.get()
    assert row.is_cut
    assert row.left_out == [
        "«video.mp4»: el correo es demasiado grande y el archivo no se pudo recibir completo."
    ]
    assert Case.objects.get().text.body.startswith("En mi calle no hay luz")


def test_a_kind_that_cannot_be_filed_by_mail_leaves_the_mail_to_an_officer(house, box, imap):
    house.kinds["reclamo"].is_active = False
    house.kinds["reclamo"].save()
    type(house.institution).objects.update(config_version=99)
    imap.deliver(mail())
    take_in(box)
    assert states() == [("review", "kind_unknown")]


def test_a_mail_that_cannot_be_read_goes_before_an_officer_and_holds_up_no_other(
    house, box, imap, monkeypatch, caplog
):
    imap.deliver(mail("malo", subject="roto"), mail("bueno"))
    from siac.integrations.mailbox.commands import settling

    real = settling.content_of

    def broken(row):
        if row.subject == "roto":
            raise ValueError("?")
        return real(row)

    monkeypatch.setattr(settling, "content_of", broken)
    take_in(box)
    assert states() == [("review", "unreadable"), ("filed", "")]


def test_the_sender_is_sealed_until_a_case_has_the_person(house, box, imap):
    imap.deliver(mail(), mail(X_Spam_Flag="YES"))
    take_in(box)
    filed, spam = IncomingMail.objects.order_by("pk")
    assert bytes(filed.sender) == b""
    assert b"ana@" not in bytes(spam.sender)
    assert sender_of(spam) == "ana@ejemplo.org"


def test_nothing_waits_where_nothing_came(house, box):
    assert take_in(box) == 0
    assert settle_due(lambda: NOW) == 0


@pytest.mark.parametrize(
    "checked", ["", "mx.puerto.example; dmarc=fail header.from=ejemplo.org", "mx.otro.example; dmarc=pass"]
)
def test_a_mail_that_only_says_it_is_the_persons_waits_for_an_officer_and_resumes_no_term(
    house, box, imap, checked
):
    case = waiting_case(house, person(email="ana@ejemplo.org"))
    imap.deliver(mail("El tercero.", subject=f"Re: [{case.folio}]", checked=checked))
    take_in(box)
    case.refresh_from_db()
    assert case.state == "waiting"
    waiting = IncomingMail.objects.get()
    assert (waiting.state, waiting.reason, waiting.case_id) == ("review", "not_proven", case.pk)
    client = house.client(Role.FRONT_DESK)
    page = client.get(f"/{house.slug}/gestion/correo/{waiting.pk}/").content.decode()
    assert "no lo comprobó" in page
    done = client.post(f"/{house.slug}/gestion/correo/{waiting.pk}/agregar/", {"folio": case.folio})
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.state == "with_unit"


def test_a_proven_mail_of_the_person_completes_the_request_by_itself(house, box, imap):
    case = waiting_case(house, person(email="ana@ejemplo.org"))
    imap.deliver(mail("El tercero.", subject=f"Re: [{case.folio}]"))
    take_in(box)
    case.refresh_from_db()
    assert case.state == "with_unit"
