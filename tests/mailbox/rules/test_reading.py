# SPDX-License-Identifier: EUPL-1.2
"""What is read out of mails, well formed and not."""

import pytest

from siac.integrations.mailbox import opening
from siac.integrations.mailbox.domain.guard import Reason, loop_reason, spam_reason
from siac.integrations.mailbox.domain.html import html_to_text
from siac.integrations.mailbox.domain.quotes import split_reply
from siac.integrations.mailbox.domain.reading import envelope, read_mail
from siac.integrations.mailbox.domain.writing import LONGEST, names_of, request_text, whole_text
from tests.mailbox.mails import PDF, bounce, mail

HTML = """<html><head><style>p{color:red}</style><title>x</title></head><body><script>alert(1)</script>
<p>Señores:</p><p>No hay <b>luz</b> en mi calle.<br>Gracias</p><ul><li>uno</li><li>dos</li></ul>
<a href="https://ejemplo.org/foto">la foto</a><a href="javascript:alert(1)">mala</a>
<blockquote>Texto anterior<br>segunda</blockquote></body></html>"""


def test_html_becomes_the_words_a_person_reads():
    text = html_to_text(HTML).text
    assert text.split("\n") == [
        "Señores:", "", "No hay luz en mi calle.", "Gracias", "", "- uno", "- dos", "",
        "la foto (https://ejemplo.org/foto)mala", "", "> Texto anterior", "> segunda",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "source", ["", "<", "<p", "<p><p><blockquote>", "a" * 50_000, "<table><tr><td>1<td>2", "&#0;&#xD800;"]
)
def test_broken_html_breaks_nothing(source):
    assert isinstance(html_to_text(source).text, str)


def test_html_only_mail_and_the_html_of_an_empty_plain_part():
    raw = mail("").replace(b"text/plain", b"text/html", 1).rstrip() + b"\r\n<p>Hola</p>"
    assert read_mail(raw).text == "Hola"
    both = read_mail(mail(" ", html="<p>Hola desde HTML</p>"))
    assert both.text == "Hola desde HTML"
    assert read_mail(mail("Plano", html="<p>HTML</p>")).text == "Plano"


@pytest.mark.parametrize(
    ("declared", "encoded"),
    [
        ("iso-8859-1", "Ñandú sin luz".encode("latin-1")),
        ("us-ascii", "Ñandú sin luz".encode()),
        ("no-existe", "Ñandú sin luz".encode()),
        ("utf-8", "Ñandú sin luz, y además señales de tránsito caídas".encode("latin-1")),
    ],
)
def test_a_wrong_charset_leaves_something_readable(declared, encoded):
    raw = (
        b"From: a@b.cl\r\nSubject: x\r\nContent-Type: text/plain; charset="
        + declared.encode()
        + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + encoded
    )
    assert "Ñandú sin luz" in read_mail(raw).text


@pytest.mark.parametrize(
    "header",
    [
        b"From: =?utf-8?q?Jos=C3=A9?= <jose@b.cl>\r\nSubject: =?no-existe?q?Se=F1al?=",
        "From: José <jose@b.cl>\r\nSubject: Señal".encode(),
        "From: José <jose@b.cl>\r\nSubject: Señal".encode("latin-1"),
    ],
)
def test_headers_in_any_encoding(header):
    found = read_mail(header + b"\r\n\r\nhola")
    assert (found.sender, found.sender_name) == ("jose@b.cl", "José")
    assert found.subject.startswith("Se")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\x00",
        b"hola",
        b"From: \r\n\r\n",
        b"From: <>\r\n\r\nx",
        b"From: yo\r\nSubject:\r\n\r\n",
        b"\xff" * 3000,
    ],
)
def test_a_mail_that_is_none_is_read_all_the_same(raw):
    assert read_mail(raw).sender == ""
    assert envelope(raw).digest


def test_files_inline_pictures_and_forwarded_mails_are_files():
    inner = mail("dentro", subject="Lo anterior")
    raw = (
        b'From: a@b.cl\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/plain\r\n\r\nVa todo.\r\n--x\r\nContent-Type: image/png\r\nContent-ID: <1>\r\n"
        b"Content-Disposition: inline\r\n\r\n\x89PNG\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n"
        + inner
        + b"\r\n--x\r\n"
        b'Content-Type: application/pdf; name="=?utf-8?q?informe_=C3=B1.pdf?="\r\n\r\n'
        + PDF
        + b"\r\n--x--\r\n"
    )
    found = read_mail(raw)
    assert found.text == "Va todo."
    assert [file.name for file in found.files] == ["adjunto-1.png", "Lo anterior.eml", "informe ñ.pdf"]
    assert b"dentro" in found.files[1].content
    cut = read_mail(raw, is_cut=True)
    assert cut.cut_files == ("informe ñ.pdf",)
    assert len(cut.files) == 2


REPLY = "Sí, en la esquina.\n\n"


@pytest.mark.parametrize(
    ("text", "new"),
    [
        (
            REPLY + "El lun, 7 sept 2026 a las 10:00, OIRS (<a@b.cl>) escribió:\n> ¿Dónde?\n> Gracias",
            REPLY.strip(),
        ),
        (
            REPLY
            + (
                "El lun, 7 sept 2026 a las 10:00, Oficina de "
                "Informaciones de Puerto\n<a@b.cl> escribió:\n\n> ¿Dónde?"
            ),
            REPLY.strip(),
        ),
        (REPLY + "-----Mensaje original-----\nDe: OIRS\nhola", REPLY.strip()),
        (REPLY + "De: OIRS <a@b.cl>\nEnviado: lunes, 7\nPara: Ana\nAsunto: x\n\nhola", REPLY.strip()),
        (REPLY + "-- \nAna Pérez\nTel. 123", REPLY.strip()),
        ("> ¿Dónde?\nEn la esquina.\n> ¿Cuándo?\nAyer.", "> ¿Dónde?\nEn la esquina.\n> ¿Cuándo?\nAyer."),
        ("-----Mensaje original-----\nreenvío sin más", "-----Mensaje original-----\nreenvío sin más"),
        (
            "El lunes mi vecina escribió una carta y no contestaron.",
            "El lunes mi vecina escribió una carta y no contestaron.",
        ),
        ("", ""),
    ],
)
def test_what_is_new_in_a_reply_and_nothing_lost(text, new):
    found, rest = split_reply(text)
    assert found == new
    assert len("".join((found + rest).split())) == len("".join(text.split()))


def test_the_same_mail_is_known_by_id_and_content_whatever_servers_add():
    raw = mail(message_id="<uno@x>")
    again = b"Received: from mx by mx2; lunes\r\n" + raw
    assert envelope(raw) == envelope(again)
    other = envelope(mail("otro", message_id="<uno@x>"))
    assert other.message_id == envelope(raw).message_id
    assert other.digest != envelope(raw).digest


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (mail(), None),
        (mail(Auto_Submitted="no"), None),
        (mail(Auto_Submitted="auto-replied"), Reason.AUTOMATIC),
        (mail(Auto_Submitted="auto-generated; owner=x"), Reason.AUTOMATIC),
        (mail(Precedence="bulk"), None),
        (mail(Precedence="list"), Reason.BULK),
        (mail(Precedence="auto_reply"), Reason.AUTOMATIC),
        (mail(List_Id="<l.ejemplo.org>"), Reason.BULK),
        (mail(X_Auto_Response_Suppress="OOF, AutoReply"), None),
        (mail(X_Auto_Response_Suppress="All", subject="Respuesta automática: Sin luz"), Reason.AUTOMATIC),
        (mail(sender="contacto@puerto.example"), Reason.OWN_ADDRESS),
        (mail(sender="MAILER-DAEMON@mx.org"), Reason.AUTOMATIC),
        (mail(Return_Path="<>"), Reason.DELIVERY_REPORT),
        (bounce("<a@b>"), Reason.BOUNCE),
        (bounce("<a@b>", action="delayed"), Reason.DELIVERY_REPORT),
    ],
)
def test_a_machines_mail_is_told_from_a_persons(raw, reason):
    assert loop_reason(read_mail(raw), {"contacto@puerto.example"}) == reason


def test_a_report_names_the_mail_it_is_about():
    report = read_mail(bounce("<nuestro@puerto.example>")).report
    assert report is not None
    assert (report.about, report.failed) == (("<nuestro@puerto.example>",), True)
    assert "550 5.1.1 no such user" in report.reason


def test_unwanted_mail():
    def reason(raw: bytes, *, blocked: bool = False, proven: bool = False) -> Reason | None:
        return spam_reason(read_mail(raw), is_blocked=blocked, is_proven_reply=proven)

    assert reason(mail()) is None
    assert reason(mail(), blocked=True, proven=True) == Reason.BLOCKED
    assert reason(mail(X_Spam_Flag="YES")) == Reason.FLAGGED
    assert reason(mail(X_Spam_Status="Yes, score=9.1")) == Reason.FLAGGED
    assert reason(mail(X_Spam_Status="No, score=0.1")) is None
    assert reason(mail(X_Spam_Flag="YES"), proven=True) is None
    assert reason(mail("", files=[("factura.exe", b"MZ")])) == Reason.ONLY_PROGRAMS
    assert reason(mail("Vea esto", files=[("factura.exe", b"MZ")])) is None


def test_a_book_goes_along_as_a_file_and_the_text_fits():
    found = read_mail(mail("palabra " * 5_000))
    text = request_text(found, ["«x»: no"])
    assert len(text) < 20_000
    assert "- «x»: no" in text
    whole = whole_text(found)
    assert whole is not None
    assert len(whole.content) > LONGEST
    assert whole_text(read_mail(mail())) is None


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        ("Ana Pérez Soto", ("Ana", "Pérez Soto")),
        ("Pérez, Ana", ("Ana", "Pérez")),
        ("", ("ana.p", "")),
        ("ana.p@x.cl", ("ana.p", "")),
    ],
)
def test_names_as_mail_programs_show_them(shown, names):
    assert names_of(shown, "ana.p@x.cl") == names


HEAD = b"From: a@b.cl\r\nSubject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hola</p>"


@pytest.mark.parametrize(
    ("raw", "is_cut"),
    [
        (HEAD + b"<div>" * 100_000 + b"luz", False),
        (HEAD + b"<blockquote>" * 100_000, True),
        (HEAD + b"<table><tr>" + b"<td>a" * 400_000, True),
        (HEAD + b"<b><i><a></b></i>x" * 60_000, True),
        (HEAD + b"<a " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">luz</a>", True),
        (HEAD + b"<a href=http://x.cl/y></a>" * 40_000, True),
        (HEAD + b"&" * 2_000_000, True),
        (HEAD.replace(b"a@b.cl", b'"' + b'\\"' * 40_000), False),
        (HEAD.replace(b"a@b.cl", b"a" * 80_000), False),
        (b"From: a@b.cl\r\nSubject: x\r\n\r\n" + b"Hola\r\n" * 400_000, True),
        (
            b"From: a@b.cl\r\nContent-Type: text/plain\r\nContent-Disposition: inline"
            + b";a" * 500_000
            + b"\r\n\r\nHola",
            False,
        ),
        (b"From: a@b.cl\r\nContent-Type: text/plain" + b';"' * 300_000 + b"\r\n\r\nHola", False),
        (
            b"From: a@b.cl\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + (b"--b\r\nContent-Type: text/html\r\n\r\n<p>Hola</p>" + b"<li>x" * 150_000 + b"\r\n") * 20,
            True,
        ),
    ],
    ids=lambda value: f"{value[60:90]!r}" if isinstance(value, bytes) else "",
)
def test_no_shape_of_a_mail_takes_the_time_of_others_and_what_is_cut_keeps_its_original(
    raw, is_cut, monkeypatch
):
    monkeypatch.setattr(opening, "SECONDS", 15.0)  # most took more before; now one or less
    read = opening.open_mail(raw)
    assert not read.is_unread
    assert read.text.startswith("Hola")
    assert [file.content for file in read.files if file.name == "correo-original.eml"] == [raw] * is_cut


def test_what_hides_the_rest_of_html_leaves_the_original_beside_it():
    raw = HEAD + b'<a href="http://x.cl>No hay luz ' + b"en mi calle " * 500
    read = read_mail(raw)
    assert (read.text, read.unread_parts) == ("Hola", ("el final del texto, que es demasiado largo",))


def test_an_end_ends_what_is_inside_it():
    told = html_to_text("<div><blockquote>antes</div>ahora</blockquote><p>x<div>y</div>").text
    assert told.split("\n") == ["> antes", "ahora", "", "x", "y"]
