# SPDX-License-Identifier: EUPL-1.2
"""Mails in wrappings, pasted pictures, character sets and addresses as programs really send them."""

import base64
import struct
import time

import pytest

from siac.integrations.mailbox.domain.quotes import split_reply
from siac.integrations.mailbox.domain.reading import ORIGINAL, Mail, envelope, read_mail
from siac.integrations.mailbox.domain.writing import ONLY_PICTURES, request_text
from tests.mailbox.mails import mail

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNg+M/AAAADAQEAGN2NsAAAAABJRU5ErkJggg=="
)


def raw_mail(
    body: bytes,
    kind: str = "text/plain; charset=utf-8",
    sender: str = "Ana <ana@ejemplo.org>",
    **headers: str,
) -> bytes:
    further = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"From: {sender}\r\nSubject: Caso\r\nContent-Type: {kind}\r\n{further}\r\n".encode() + body


def mixed(*parts: tuple[str, bytes], kind: str = "multipart/mixed") -> bytes:
    """Return a mail of parts, each with its headers."""
    body = b"".join(b"--mm\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n" for head, content in parts)
    return raw_mail(body + b"--mm--\r\n", f"{kind}; boundary=mm")


HOSTILE = {
    "a head of 600 parentheses": raw_mail(b"x", sender="(" * 600),
    "a head of a million parentheses": raw_mail(b"x", sender="(" * 1_000_000),
    "brackets without end": raw_mail(b"x", sender="<" * 50_000),
    "quotes without end": raw_mail(b"x", sender='"' * 50_000),
    "20,000 quoted lines": raw_mail(b">\n" * 20_000 + b"hola"),
    "20,000 heads of mails": raw_mail(b"De: x\nAsunto: y\n" * 20_000),
    "20,000 signatures": raw_mail(b"-- \n" * 20_000 + b"fin."),
    "a line of two million dashes": raw_mail(b"-" * 2_000_000),
    "a charset of punycode": raw_mail(b"aaaaaaaaaa-" + b"z9" * 30_000, "text/plain; charset=punycode"),
    "a charset that unpacks": raw_mail(b"x" * 1000, "text/plain; charset=zip"),
    "a charset of 20,000 letters": raw_mail(b"x", f"text/plain; charset={'a' * 20_000}"),
    "a subject of punycode": raw_mail(b"x", Subject="=?punycode?q?" + "z9" * 20_000 + "?="),
    "20,000 pictures": raw_mail(b"<img " * 20_000 + b"><img>" * 20_000, "text/html"),
    "20,000 links": raw_mail(b'<a href="https://a.b/c">x</a>' * 20_000, "text/html"),
    "5,000 nested quotes": raw_mail(b"<blockquote>" * 5_000 + b"x", "text/html"),
    "2,000 parts": mixed(*[("Content-Type: text/plain", b"x")] * 2_000),
    "20,000 digits": raw_mail(b"9" * 20_000),
    "an endless list of addresses": raw_mail(b"x", sender="a@b.cl, " * 200_000),
    "20,000 references": raw_mail(b"x", References="<a@b> " * 20_000),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_nothing_takes_long(case) -> None:
    started = time.process_time()
    read_mail(HOSTILE[case])
    envelope(HOSTILE[case])
    assert time.process_time() - started < 8


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        (
            "iso-8859-1",
            "300 € por “poda” – error… l’ordenanza".encode("cp1252"),
            "300 € por “poda” – error… l’ordenanza",
        ),
        ("punycode", "poda de árboles".encode(), "poda de árboles"),
        ("x-unknown", "poda de árboles".encode(), "poda de árboles"),
        ("utf-16", "poda de árboles".encode("utf-16"), "poda de árboles"),
        ("utf-16", "poda de árboles".encode(), "poda de árboles"),
        ("windows-1252", "poda de árboles".encode(), "poda de árboles"),
        ("ISO_8859-15", "5 €".encode("iso8859-15"), "5 €"),
        ("gb2312", "李小明".encode("gb18030"), "李小明"),
    ],
)
def test_characters_are_read_as_they_were_typed(charset, content, text) -> None:
    encoded = base64.encodebytes(content)
    raw = raw_mail(encoded, f"text/plain; charset={charset}", Content_Transfer_Encoding="base64")
    assert read_mail(raw).text == text


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("Muñoz <muñoz@correo.example.org>", "Muñoz", "muñoz@correo.example.org"),
        ("Juan <juan@oñate.example.org>", "Juan", "juan@oñate.example.org"),
        ("Keiko <k..tanaka.@docomo.example.org>", "Keiko", "k..tanaka.@docomo.example.org"),
        ("Perez Soto, Juan <juan@ejemplo.org>", "Perez Soto, Juan", "juan@ejemplo.org"),
        ('"Perez Soto, Juan" <juan@ejemplo.org>', "Perez Soto, Juan", "juan@ejemplo.org"),
        ('<"faxg3/+56912345678"@fax.example.org>', "", '"faxg3/+56912345678"@fax.example.org'),
        ("ana@ejemplo.org", "", "ana@ejemplo.org"),
        ("Ana <a\u200bna@ejemplo\ufeff.org>", "Ana", "ana@ejemplo.org"),
        ("(" * 600 + " <ana@ejemplo.org> x", "", "ana@ejemplo.org"),
        ("Ana", "", ""),
    ],
)
def test_the_sender_is_whom_the_head_names(written, name, address) -> None:
    found = read_mail(raw_mail(b"x", sender=written))
    assert found.sender == address
    assert name in (found.sender_name, "")


def test_a_picture_in_the_text_becomes_a_file_and_leaves_its_mark() -> None:
    html = (
        '<p>Vean:</p><img alt="" '
        f'src="data:image/png;base64,{base64.b64encode(PNG).decode()}"><p>Gracias.</p>'
    )
    found = read_mail(raw_mail(html.encode(), "text/html"))
    assert found.text == "Vean:\n\n[Imagen adjunta]\n\nGracias."
    assert [(file.name, file.content) for file in found.files] == [("imagen-1.png", PNG)]
    beside = mixed(
        ("Content-Type: text/html", b'<p>Vean <img src="cid:a1"></p>'),
        (
            "Content-Type: image/png\r\nContent-ID: <a1>\r\nContent-Transfer-Encoding: base64",
            base64.b64encode(PNG),
        ),
        kind="multipart/related",
    )
    found = read_mail(beside)
    assert found.text == "Vean [Imagen adjunta]"
    assert [file.content for file in found.files] == [PNG]
    assert (
        read_mail(raw_mail(b'<p>Hola<img src="https://espia.example/x.gif"></p>', "text/html")).text == "Hola"
    )


def test_a_mail_of_pictures_only_says_so() -> None:
    found = read_mail(
        mixed(("Content-Type: image/png\r\nContent-Transfer-Encoding: base64", base64.b64encode(PNG)))
    )
    assert request_text(found, []) == ONLY_PICTURES


def der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


INNER = "Content-Type: text/plain; charset=utf-8\r\n\r\nTexto firmado: pido copia del año.".encode()


def signed(kind: str = "2a864886f70d010702", octets: bytes | None = None) -> bytes:
    octets = der(0x04, INNER) if octets is None else octets
    encapsulated = der(0x30, der(0x06, bytes.fromhex("2a864886f70d010701")) + der(0xA0, octets))
    data = der(0x30, der(0x02, b"\x01") + der(0x31, b"") + encapsulated + der(0x31, b""))
    return der(0x30, der(0x06, bytes.fromhex(kind)) + der(0xA0, data))


SEALED = 'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'


@pytest.mark.parametrize(
    "octets", [der(0x04, INNER), der(0x24, der(0x04, INNER[:20]) + der(0x04, INNER[20:])),
               b"\x24\x80" + der(0x04, INNER[:20]) + der(0x04, INNER[20:]) + b"\x00\x00"]
)  # fmt: skip
def test_a_signed_mail_is_opened(octets) -> None:
    content = base64.encodebytes(signed(octets=octets))
    found = read_mail(raw_mail(content, SEALED, Content_Transfer_Encoding="base64"))
    assert found.text == "Texto firmado: pido copia del año."
    assert found.files == ()


@pytest.mark.parametrize(
    "content", [signed("2a864886f70d010703"), b"", b"\x30", signed()[:50], b"\x30\x80" * 5_000]
)
def test_of_an_encrypted_or_broken_one_the_original_stays_and_the_request_says_so(content) -> None:
    raw = raw_mail(base64.encodebytes(content), SEALED, Content_Transfer_Encoding="base64")
    found = read_mail(raw)
    assert [(file.name, file.content) for file in found.files] == [(ORIGINAL, raw)]
    assert "no se pudo leer: contenido cifrado" in request_text(found, [])


def test_a_detached_signature_is_no_file() -> None:
    found = read_mail(
        mixed(
            ("Content-Type: text/plain", b"Hola"),
            (
                (
                    "Content-Type: application/pkcs7-signature; "
                    'name="smime.p7s"\r\nContent-Transfer-Encoding: base64'
                ),
                b"MIIF",
            ),
            kind="multipart/signed",
        )
    )
    assert (found.text, found.files) == ("Hola", ())


def attribute(code: int, value: bytes) -> bytes:
    return struct.pack("<BII", 1, code, len(value)) + value + b"\0\0"


def test_a_winmail_gives_its_text_and_files() -> None:
    content = struct.pack("<IH", 0x223E9F78, 1) + b"".join(
        [attribute(0x2800C, "Pido poda de un árbol\0".encode("cp1252")), attribute(0x69002, b"\0" * 14),
         attribute(0x18010, b"plano.pdf\0"), attribute(0x6800F, b"%PDF-1.4 x")]
    )  # fmt: skip
    raw = raw_mail(
        base64.encodebytes(content),
        "application/ms-tnef; name=winmail.dat",
        Content_Transfer_Encoding="base64",
    )
    found = read_mail(raw)
    assert found.text == "Pido poda de un árbol"
    assert [(file.name, file.content) for file in found.files] == [("plano.pdf", b"%PDF-1.4 x")]
    broken = read_mail(
        raw_mail(
            base64.encodebytes(content[:6] + b"\0" * 300),
            "application/ms-tnef",
            Content_Transfer_Encoding="base64",
        )
    )
    assert [file.name for file in broken.files] == [ORIGINAL]
    assert "Outlook" in request_text(broken, [])


def test_an_invitation_tells_what_when_and_where() -> None:
    event = (
        b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nDTSTART:20250801T150000Z\r\n"
        b"SUMMARY:Reunion por la\r\n  poda\r\n"
        b"LOCATION:Plaza\\, lado norte\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    raw = mixed(
        ("Content-Type: text/plain", b" "),
        ("Content-Type: text/calendar; method=REQUEST", event),
        kind="multipart/alternative",
    )
    assert read_mail(raw).text.split("\n") == [
        "Invitación de calendario", "Asunto: Reunion por la poda", "Desde: 01-08-2025 15:00 (hora universal)",
        "Lugar: Plaza, lado norte",
    ]  # fmt: skip


OWN_WORDS = [
    "Solicito:\nDe: Juan Perez, vecino\nPara: Alcaldia\nAsunto: poda\nPido la poda del arbol.",
    "Señores:\nPido dos cosas.\n-- \nPrimera: poda.\nSegunda: luz.",
    "El lunes mi vecina escribió:\nno voy a podar",
    "Fecha: 3 de mayo\nDe: Juan\nAsunto: poda\nPido la poda.",
]


@pytest.mark.parametrize("text", OWN_WORDS)
@pytest.mark.parametrize("is_reply", [True, False])
def test_a_persons_own_words_are_not_folded_away(text, is_reply) -> None:
    assert split_reply(text, is_reply=is_reply) == (text, "")


def test_lines_marked_like_quotes_are_own_in_a_mail_that_answers_none() -> None:
    text = "Pido:\n> poda\n> luz"
    assert read_mail(raw_mail(text.encode())).text == text
    assert read_mail(raw_mail(text.encode(), In_Reply_To="<a@b>")).text == "Pido:"


def test_a_signature_above_a_quote_is_one() -> None:
    text = (
        "Sí.\n-- \nAna Pérez\nTel. 123\n\nEl lun, 7 sept 2026 a "
        "las 10:00, OIRS <a@b.cl> escribió:\n> ¿Dónde?\n> Gracias."
    )
    assert split_reply(text)[0] == "Sí."


def test_a_text_of_invisible_signs_is_none() -> None:
    assert read_mail(raw_mail("\u200b\u200b \u00a0 ".encode())).text == ""


def test_a_file_without_ending_gets_that_of_its_kind() -> None:
    parts = [
        ('Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="escaneo"', b"%PDF-1.4"),
        ("Content-Type: image/heic\r\nContent-Disposition: inline", b"xx"),
    ]
    assert [file.name for file in read_mail(mixed(*parts)).files] == ["escaneo.pdf", "adjunto-2.heic"]


def test_where_answers_should_go_is_told() -> None:
    found: Mail = read_mail(mail(Reply_To="Ana Vidal <Ana.Vidal@ejemplo.org>"))
    assert (found.answer_address, found.answer_name) == ("ana.vidal@ejemplo.org", "Ana Vidal")
