# SPDX-License-Identifier: EUPL-1.2
"""What is read from files of exchange, and what hostile ones come to: no database."""

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.integrations.sicres.domain.layout import DIR3, FIELDS, MESSAGE, SEGMENTS
from siac.integrations.sicres.domain.parsing import MOST_BYTES, read
from siac.integrations.sicres.domain.reading import Exchange, Message, moment_of, request_of, told
from siac.integrations.sicres.domain.writing import (
    annex_values,
    exchange_xml,
    half_seconds,
    identifier_of,
    surnames,
)
from siac.integrations.sicres.opening import opened
from siac.integrations.sicres.texts import TROUBLES
from tests.sicres.samples import IDENTIFIER, PDF, annex, b64, exchange, message, zipped


def understood(payload: bytes) -> Exchange:
    value, contents = read(payload, {})
    assert "odd" not in value, value
    found = told(value, contents)
    assert isinstance(found, Exchange)
    return found


def test_an_entry_says_who_what_and_its_annexes():
    found = understood(exchange(annexes=[annex()]))
    assert found.troubles == []
    ((person, agent),) = found.people
    assert (person.name, person.document_number) == ("Elena Ñíguez Prado", "12345678Z")
    assert agent.name == ""
    assert found.identifier == IDENTIFIER
    assert [(each.name, each.content) for each in found.annexes] == [("plano.pdf", PDF)]
    assert request_of(found) == "Expone:\nLa farola lleva un mes apagada.\n\nSolicita:\nQue se repare."


def test_annexes_beside_the_entry_are_found_by_name_or_by_identifier():
    entry = exchange(annexes=[annex(embedded=False), annex("dos.pdf", PDF + b"2", embedded=False)])
    parts = {"x/entrada.xml": entry, f"x/{IDENTIFIER}_01_0001.pdf": PDF, "dos.pdf": PDF + b"2"}
    found = understood(zipped(parts))
    # Both name the same identifier, which is the first one's: the digest tells them apart.
    assert [each.content for each in found.annexes] == [PDF, None]
    alone = exchange(annexes=[annex("dos.pdf", PDF, embedded=False)])
    assert understood(zipped({"a.xml": alone, "dos.pdf": PDF})).annexes[0].content == PDF


@pytest.mark.parametrize("digest", ["sha1", "sha256", "sha384", "sha512"])
def test_a_digest_is_told_by_its_length(digest):
    value = b64(hashlib.new(digest, PDF).digest())
    assert understood(exchange(annexes=[annex(Hash=value)])).troubles == []


WRONG_ANNEXES = [
    (annex(Hash=b64(hashlib.sha256(b"otro").digest())), "annex_digest"),
    (annex(Hash=b64(b"corta")), "annex_digest_form"),
    (annex(Hash=""), "annex_digest_form"),
    (annex(Anexo="%%% no es base64"), "annex_base64"),
    (annex(Anexo="QUJ"), "annex_base64"),
    (annex(Hash="ñ"), "annex_base64"),
    (annex(embedded=False), "annex_missing"),
]


@pytest.mark.parametrize(("segment", "code"), WRONG_ANNEXES)
def test_an_annex_that_is_not_what_was_sent_keeps_the_entry_out(segment, code):
    found = understood(exchange(annexes=[segment]))
    assert [(each.code, each.where) for each in found.fatal] == [(code, "plano.pdf")]
    assert found.annexes[0].content is None


TROUBLED = [
    ({"without": "Numero_Registro_Entrada"}, "missing", "Numero_Registro_Entrada"),
    ({"without": "De_Interesado"}, "missing", "De_Interesado"),
    ({"Resumen": ""}, "missing", "Resumen"),
    ({"Resumen": "x" * 241}, "too_long", "Resumen"),
    ({"Identificador_Intercambio": "x" * 34}, "too_long", "Identificador_Intercambio"),
    ({"Fecha_Hora_Entrada": "20261301000000"}, "moment", "Fecha_Hora_Entrada"),
    ({"Fecha_Hora_Entrada": "01/09/2026"}, "moment", "Fecha_Hora_Entrada"),
    ({"Tipo_Anotacion": "01"}, "odd", "Tipo_Anotacion"),
    ({"Indicador_Prueba": "S"}, "odd", "Indicador_Prueba"),
    ({"Documentacion_Fisica": "9"}, "odd", "Documentacion_Fisica"),
]


@pytest.mark.parametrize(("changes", "code", "where"), TROUBLED)
def test_what_is_wrong_is_told_by_its_field(changes, code, where):
    found = understood(exchange(**changes))
    assert (code, where) in [(each.code, each.where) for each in found.fatal]


def test_a_type_of_file_longer_than_the_norm_keeps_nothing_out():
    found = understood(exchange(annexes=[annex(Tipo_MIME="application/vnd.oasis.opendocument.text")]))
    assert [each.code for each in found.troubles] == ["too_long"]
    assert found.fatal == []


LAUGHS = '<!DOCTYPE x [<!ENTITY a "jajajajaja">' + "".join(
    f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
NAME = "Fichero_Intercambio_SICRES_3"
HOSTILE = {
    "laughs": (exchange(head=LAUGHS + "]>", Resumen="x"), "doctype"),
    "outside": (exchange(head=OUTSIDE), "doctype"),
    "bare doctype": (exchange(head="<!DOCTYPE x>"), "doctype"),
    "deep": (b"<Fichero_Intercambio_SICRES_3>" + b"<De_Asunto>" * 1_000_000, "shape"),
    "wide": (f"<{NAME}>".encode() + b"<De_Anexo/>" * 1_000_000, "shape"),
    "endless text": (exchange(Resumen="x" * 100_000), "long"),
    "unknown field": (exchange().replace(b"Resumen>", b"Otro>"), "shape"),
    "twice a field": (exchange().replace(b"<Resumen>", b"<Resumen>x</Resumen><Resumen>"), "shape"),
    "other root": (b"<html/>", "root"),
    "cut": (exchange()[:-40], "xml"),
    "nothing": (b"", "xml"),
    "no xml": (b"\x00\xff\xfe" * 40, "xml"),
    "encoding that it is not": (exchange(encoding="latin-1"), "xml"),
    "encoding that nobody knows": (exchange(head='<?xml version="1.0" encoding="klingon"?>'), "xml"),
    "too large": (b" " * (MOST_BYTES + 1), "large"),
    "many annexes": (exchange(annexes=[annex()] * 21), "annexes"),
    "bomb": (zipped({"a.xml": exchange(), "b.pdf": b"\x00" * (MOST_BYTES + 1)}), "large"),
    "many parts": (zipped({f"{n}.txt": b"" for n in range(51)}), "package"),
    "two entries": (zipped({"a.xml": exchange(), "b.xml": exchange()}), "package_entries"),
    "no entry": (zipped({"a.txt": b"x"}), "package_entries"),
    "broken package": (zipped({"a.xml": exchange()})[:-30], "package"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_at_a_reason(name):
    payload, code = HOSTILE[name]
    assert read(payload, {}) == ({"odd": code}, [])
    assert code in TROUBLES


def test_encodings_that_are_what_they_say_are_read():
    for encoding in ("utf-16", "iso-8859-1"):
        found = understood(exchange(head=f'<?xml version="1.0" encoding="{encoding}"?>', encoding=encoding))
        assert found.people[0][0].name == "Elena Ñíguez Prado"


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail(noise):
    value, _ = read(noise, {})
    assert value["odd"] in TROUBLES


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=3))
def test_no_change_in_an_entry_makes_the_reader_fail(place, noise):
    payload = exchange(annexes=[annex()])
    value, contents = read(payload[:place] + noise + payload[place + len(noise) :], {})
    if "odd" not in value:
        told(value, contents)


def test_it_is_read_in_a_process_apart():
    assert isinstance(opened(exchange()), Exchange)
    assert opened(exchange(head=OUTSIDE)).code == "doctype"


def test_a_message_is_read():
    value, contents = read(message("03", IDENTIFIER), {})
    found = told(value, contents)
    assert isinstance(found, Message)
    assert found.troubles == []
    assert found.values["Numero_Registro_Entrada_Destino"] == "REGAGE26e0000777"


@given(st.text(max_size=5000), st.text(max_size=200), st.binary(max_size=200))
def test_what_is_written_is_read_again_and_within_the_norm(text, name, content):
    identifier = identifier_of("O00001234", 2026, 7)
    written = exchange_xml(
        origin={"Codigo_Entidad_Registral_Origen": "O00001234", "Numero_Registro_Entrada": "2026-000001",
                "Fecha_Hora_Entrada": "20260901093000"},
        destination={"Codigo_Entidad_Registral_Destino": "O00009876"},
        people=[{"Nombre_Interesado": name}],
        subject={"Resumen": f"a{text}"},
        annexes=[annex_values(name=f"a{name}.pdf", identifier=identifier, place=1,
                              media_type="application/pdf", content=content + b"x")],
        control={"Identificador_Intercambio": identifier, "Tipo_Anotacion": "02", "Tipo_Registro": "0",
                 "Documentacion_Fisica": "3", "Indicador_Prueba": "0",
                 "Codigo_Entidad_Registral_Inicio": "O00001234"},
        form={"Expone": text, "Solicita": ""},
    )  # fmt: skip
    found = understood(written)
    assert found.troubles == []
    assert found.annexes[0].content == content + b"x"
    assert len(found.annex_fields[0]["Identificador_Fichero"]) <= 50


SURNAMES = [
    ("García López", ("García", "López")),
    ("de la Cruz Pérez", ("de la Cruz Pérez", "")),
    ("", ("", "")),
]


@pytest.mark.parametrize(("whole", "parts"), SURNAMES)
def test_surnames_are_not_torn_apart(whole, parts):
    assert surnames(whole) == parts


@given(st.text(alphabet="abc ", max_size=200))
def test_no_surname_is_lost(whole):
    whole = " ".join(whole.split())
    assert "".join(surnames(whole)).replace(" ", "") == whole.replace(" ", "")


CODES = [("O00001234", True), ("L01280796", True), ("EA0008567", True), ("LA0001234", True),
         ("12345678Z", False), ("O0000123", False), ("O000012345", False), ("o00001234", False),
         ("O0000123٤", False)]  # fmt: skip


@pytest.mark.parametrize(("code", "is_one"), CODES)
def test_codes_of_the_directory(code, is_one):
    assert bool(DIR3.fullmatch(code)) is is_one


def test_an_identifier_has_room_for_the_longest_office():
    assert identifier_of("O00001234", 2026, 42) == "O00001234_26_00000042"
    assert len(identifier_of("x" * 21, 2026, 1)) == 33


@pytest.mark.parametrize(
    ("moment", "passed"),
    [
        (datetime(2028, 1, 1), 0),
        (datetime(2028, 1, 1, 0, 0, 0, 500_000), 1),
        (datetime(2028, 7, 1), (182 * 86_400 - 3_600) * 2),  # summer begins an hour earlier
        (datetime(2028, 12, 31, 23, 59, 59, 999_999), 366 * 86_400 * 2 - 1),
    ],
)
def test_a_year_has_no_more_half_seconds_than_eight_digits_hold(moment, passed):
    zone = ZoneInfo("Europe/Madrid")
    found = half_seconds(moment.replace(tzinfo=zone), datetime(2028, 1, 1, tzinfo=zone))
    assert found == passed < 10**8


def test_moments():
    assert str(moment_of("20260901093000")) == "2026-09-01 09:30:00"
    none = ("", "2026090109300", "20260230000000", "٢٠٢٦٠٩٠١٠٩٣٠٠٠")
    assert [moment_of(text) for text in none] == [None] * 4


def test_every_segment_has_its_fields():
    assert set(FIELDS) == {*SEGMENTS, MESSAGE}
