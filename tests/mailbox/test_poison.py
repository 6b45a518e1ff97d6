# SPDX-License-Identifier: EUPL-1.2
"""Mails that stopped a mailbox or lost a person's words: each ends alone, is
kept and shown, and those behind it go on.
"""

import time
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.db import DataError, OperationalError

from siac.accounts.public import Role
from siac.cases.public import Case
from siac.documents import inspection
from siac.documents.models import Attachment
from siac.infra.confined import CannotRead
from siac.integrations.mailbox import opening
from siac.integrations.mailbox.commands import receiving, settling
from siac.integrations.mailbox.commands.receiving import keep_mail
from siac.integrations.mailbox.commands.settling import settle_due
from siac.integrations.mailbox.models import IncomingMail
from siac.integrations.mailbox.server import Listed
from siac.notices.public import Notice, send_due
from siac.people.public import reveal
from tests.factories import NOW
from tests.mailbox.conftest import connect
from tests.mailbox.mails import PDF, mail

POISON = b"From: Ana <ana@ejemplo.org>\r\nSubject: veneno\r\n\r\nveneno"


@pytest.fixture
def box(house):
    """A mailbox whose server nobody asks: the mails of these tests have been fetched."""
    return connect(house, 143)


def arrive(box, *raws: bytes) -> list[IncomingMail]:
    """Keep mails as the job does, then settle them; return them in order."""
    first = IncomingMail.objects.count() + 1
    for uid, raw in enumerate(raws, start=first):
        keep_mail(
            mailbox=box, listed=Listed(uid, NOW, len(raw)), uid_validity=1, raw=raw, is_cut=False, now=NOW
        )
    settle_due(lambda: NOW)
    return list(IncomingMail.objects.order_by("pk"))


def states(rows) -> list[tuple[str, str]]:
    return [(str(row.state), row.reason) for row in rows]


@pytest.fixture
def poison(monkeypatch):
    """Make the reading of one mail take too long, as its process would tell."""
    real = opening.read

    def read(function, raw, *rest, **options):
        if b"veneno" in raw:
            raise CannotRead("time")
        return real(function, raw, *rest, **options)

    monkeypatch.setattr(opening, "read", read)


def test_a_mail_that_cannot_be_read_is_kept_shown_and_counted_and_holds_up_nobody(house, box, poison):
    bad, good = arrive(box, POISON, mail())
    assert states([bad, good]) == [("review", "unreadable"), ("filed", "")]
    client = house.client(Role.FRONT_DESK)
    page = client.get(f"/{house.slug}/gestion/correo/", {"vista": "no-leido"})
    assert [row["mail"].pk for row in page.context["rows"]] == [bad.pk]
    shown = client.get(f"/{house.slug}/gestion/correo/{bad.pk}/").content.decode()
    assert "no se pudo leer" in shown
    original = client.get(f"/{house.slug}/gestion/correo/{bad.pk}/original/")
    assert b"".join(original.streaming_content) == POISON
    health = client.get("/salud").json()
    assert health["mail_unread"] == "1 mails could not be read"


def test_an_unread_mail_is_filed_by_an_officer_with_its_original(house, box, poison):
    (bad,) = arrive(box, POISON)
    client = house.client(Role.FRONT_DESK)
    address = f"/{house.slug}/gestion/correo/{bad.pk}/ingresar/"
    form = {"kind_id": house.kinds["reclamo"].pk, "unit_id": "", "email": "ana(@"}
    wrong = client.post(address, form)
    assert wrong.status_code == 422
    assert "ana(@" in wrong.content.decode()
    assert client.post(address, {**form, "email": "Ana@ejemplo.org"}).status_code == 302
    case = Case.objects.get()
    assert "no se pudo leer" in case.text.body
    assert Attachment.objects.get(subject_type="case").name == "correo-original.eml"
    who = reveal(house.institution.pk, [case.person_id], actor_id=None, reason="", now=NOW)[case.person_id]
    assert who.email == "ana@ejemplo.org"
    assert client.get("/salud").json()["mail_unread"] == "well"


@pytest.mark.parametrize(
    "raw",
    [
        b"From: " + b"(" * 600 + b"\r\nSubject: x\r\n\r\nhola",
        b"From: a@b.cl\r\nSubject: x\r\nContent-Type: text/plain; charset=punycode\r\n\r\naaa-"
        + b"z9" * 30_000,
        b"From: a@b.cl\r\nSubject: x\r\n\r\n" + b">\n" * 20_000,
        b"From: a@b.cl\r\nSubject: x\r\n\r\n" + b"9" * 20_000,
        "From: a\u200b@b.cl\r\nSubject: x\u202e\x00\r\n\r\nhola".encode(),
        b"From: a@b.cl\r\nSubject: =?utf-16?b?2AA=?=\r\nMessage-ID: <"
        + b"\xff\xfe" * 50
        + b">\r\n\r\n\x00\x01",
    ],
)
def test_hostile_mails_pass_and_the_next_is_filed(house, box, raw):
    rows = arrive(box, raw, mail())
    assert len(rows) == 2
    assert str(rows[1].state) == "filed"
    assert "new" not in {str(row.state) for row in rows}


def test_an_envelope_that_the_database_will_not_hold_is_kept_bare(house, box, monkeypatch, caplog):
    real, calls = receiving._inserted, []

    def insert(mailbox, listed, found, raw, **options):
        calls.append(found)
        if not found.is_unread:
            raise DataError("value too long")
        return real(mailbox, listed, found, raw, **options)

    monkeypatch.setattr(receiving, "_inserted", insert)
    (row,) = arrive(box, mail())
    assert len(calls) == 2
    assert row.message_key.startswith("digest:")
    assert row.state == "filed"


def test_a_mail_that_breaks_the_connection_lets_those_behind_it_pass(house, box, monkeypatch):
    real = settling.content_of

    def broken(row):
        if row.subject == "roto":
            raise OperationalError("canceling statement due to statement timeout")
        return real(row)

    monkeypatch.setattr(settling, "content_of", broken)
    with pytest.raises(OperationalError):
        arrive(box, mail(subject="roto"), mail(), mail())
    with pytest.raises(OperationalError):
        settle_due(lambda: NOW)
    assert Case.objects.count() == 2
    assert IncomingMail.objects.get(state="new").tries == 2


def sent(smtp) -> list:
    send_due(lambda: NOW + timedelta(hours=1))
    return [message_from_bytes(raw) for raw in smtp.taken]


@pytest.mark.parametrize(
    "header", [{"X_Auto_Response_Suppress": "DR, OOF, AutoReply"}, {"Precedence": "bulk"}]
)
def test_a_mail_that_wants_no_automatic_reply_is_filed_without_one(house, box, smtp, header):
    (row,) = arrive(box, mail(**header))
    assert row.state == "filed"
    assert sent(smtp) == []


def test_the_form_of_a_web_page_writes_for_the_person_where_the_mailbox_says_so(house, box, smtp):
    form = {
        "sender": "Formulario <no-responder@web.example>",
        "Reply_To": "Ana Vidal <Ana.Vidal@ejemplo.org>",
    }
    (row,) = arrive(box, mail(**form))
    plain = Case.objects.get(pk=row.case_id)
    box.relaying_senders = "no-responder@web.example"
    box.save()
    raws = [mail(f"número {n}", **{**form, "Reply_To": f"p{n}@ejemplo.org"}) for n in range(25)]
    rows = arrive(box, *raws, mail("otra cosa", Auto_Submitted="no", **form))[1:]
    assert {str(each.state) for each in rows} == {"filed"}
    cases = {case.pk: case for case in Case.objects.all()}
    people = reveal(
        house.institution.pk, [case.person_id for case in cases.values()], actor_id=None, reason="", now=NOW
    )
    assert people[plain.person_id].email == "no-responder@web.example"
    last = people[cases[rows[-1].case_id].person_id]
    assert (last.display_name, last.email) == ("Ana Vidal", "ana.vidal@ejemplo.org")
    assert "ana.vidal@ejemplo.org" in {message["To"].split("<")[-1].strip(">") for message in sent(smtp)}


@pytest.mark.parametrize(
    ("sender", "kept"),
    [
        ("Muñoz <muñoz@correo.example.org>", "muñoz@correo.example.org"),
        ("Juan <juan@oñate.example.org>", "juan@oñate.example.org"),
        ("Keiko <k..tanaka.@docomo.example.org>", "k..tanaka.@docomo.example.org"),
        ("Perez Soto, Juan <juan@ejemplo.org>", "juan@ejemplo.org"),
    ],
)
def test_an_address_is_kept_as_it_was_written_and_written_to(house, box, smtp, sender, kept):
    raw = mail(sender="x@y.cl").replace(b"From: x@y.cl", f"From: {sender}".encode())
    (row,) = arrive(box, raw)
    assert row.state == "filed"
    case = Case.objects.get()
    who = reveal(house.institution.pk, [case.person_id], actor_id=None, reason="", now=NOW)[case.person_id]
    assert who.email == kept
    assert len(sent(smtp)) == 1
    assert Notice.objects.get().state == "sent"


def test_an_address_nobody_can_write_to_does_not_hold_a_mail_back(house, box):
    raw = mail(sender="x@y.cl").replace(b"From: x@y.cl", b"From: Ana <a[b@ejemplo.org>")
    (row,) = arrive(box, raw)
    assert row.state == "filed"
    assert (
        "a[b@ejemplo.org, una dirección a la que este sistema no puede escribir"
        in Case.objects.get().text.body
    )


def test_files_that_take_long_hold_a_mail_no_longer_than_all_of_them_may(house, box, monkeypatch):
    asked = []

    def slow(function, payload, options, *, seconds):
        asked.append(seconds)
        time.sleep(seconds)
        raise CannotRead("time")

    monkeypatch.setattr(inspection, "read", slow)
    monkeypatch.setattr(inspection, "SECONDS", 0.2)
    monkeypatch.setattr(inspection, "ALL_SECONDS", 0.5)
    (row,) = arrive(box, mail(files=[(f"{n}.pdf", PDF) for n in range(60)]))
    assert sum(asked) <= 0.6
    assert (row.state, len(row.left_out)) == ("filed", 60)
    assert "no se alcanzó a revisar" in row.left_out[-1]


def test_a_mail_that_could_not_be_read_is_read_by_nobody_again(house, box, monkeypatch):
    asked = []

    def late(function, raw, *rest, **options):
        asked.append(function)
        raise CannotRead("time")

    monkeypatch.setattr(opening, "read", late)
    (bad,) = arrive(box, POISON)
    assert asked == [opening._HEAD, opening._READ]
    client, address = house.client(Role.FRONT_DESK), f"/{house.slug}/gestion/correo/{bad.pk}/"
    assert "no se pudo leer" in client.get(address).content.decode()
    assert b"".join(client.get(f"{address}original/").streaming_content) == POISON
    form = {"kind_id": house.kinds["reclamo"].pk, "unit_id": "", "email": "ana@ejemplo.org"}
    assert client.post(f"{address}ingresar/", form).status_code == 302
    assert asked == [opening._HEAD, opening._READ]
    assert Attachment.objects.get(subject_type="case").name == "correo-original.eml"


def test_a_flood_of_one_sender_is_read_after_the_mail_of_others(house, box, monkeypatch):
    read, real = [], settling.content_of

    def noted(row):
        read.append(row.subject)
        return real(row)

    monkeypatch.setattr(settling, "content_of", noted)
    flood = [mail(f"n {n}", subject=f"f{n}", sender="malo@ejemplo.net") for n in range(23)]
    arrive(box, *flood, mail(subject="Sin luz"), mail("otro", subject="Sin agua"))
    assert read[-5:] == ["Sin luz", "Sin agua", "f20", "f21", "f22"]
    assert len(read) == 25


def answers_of_a_machine(house, box, smtp, *, subject: str, text: str, rounds: int) -> list[IncomingMail]:
    """Answer every mail of ours with the same words, unmarked, as some programs do; return the mails."""
    (first,) = arrive(box, mail())
    for number in range(rounds):
        ours = len(smtp.taken)
        news = sent(smtp)[ours:]
        if not news:
            break
        about = {"folio": first.case.folio} if "{folio}" in subject else {}
        arrive(box, mail(text.format(number=number), subject=subject.format(**about)))
    return list(IncomingMail.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("subject", "text", "state"),
    [
        ("Re: Recibimos su solicitud [{folio}]", "Su mensaje fue recibido. Ticket {number}.", "added"),
        ("Recibido", "Su mensaje fue recibido.", "filed"),
    ],
)
def test_a_machine_that_does_not_say_it_is_one_is_answered_a_few_times_and_loses_nothing(
    house, box, smtp, subject, text, state
):
    rows = answers_of_a_machine(house, box, smtp, subject=subject, text=text, rounds=15)
    assert states(rows) == [("filed", ""), *[(state, "")] * 3, (state, "same_text")]
    assert len(smtp.taken) == 4
    client = house.client(Role.FRONT_DESK)
    page = client.get(f"/{house.slug}/gestion/correo/", {"vista": "ingresado"}).content.decode()
    assert "no se le respondió" in page


def test_other_words_or_another_file_are_answered_however_many_come(house, box, smtp):
    raws = [mail("Adjunto.", files=[(f"{n}.pdf", PDF + b"%" * n)]) for n in range(6)]
    raws += [mail(word) for word in ("uno", "dos", "tres", "cuatro", "cinco")]
    raws += [mail(f"Pido copia de la factura {n}.") for n in range(6)]
    assert set(states(arrive(box, *raws))) == {("filed", "")}
    assert len(sent(smtp)) == 17
