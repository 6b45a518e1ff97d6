# SPDX-License-Identifier: EUPL-1.2
"""How programs outside are spoken to, without a database."""

from datetime import UTC, datetime

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.infra.outside_http import Answer
from siac.signing.domain.ports import Port, is_token, new_token
from siac.signing.domain.states import Trouble
from siac.signing.ports import firmagob
from siac.signing.ports.autofirma import Fault, NotSigned, ciphered, deciphered, key_of, signed_in
from siac.signing.texts import PORT_HINTS, PORTS, REFUSALS, TROUBLES, trouble_text

TOKEN = "a1" * 10


def test_des_is_that_of_openssl():
    """`printf abcdefgh | openssl enc -des-ecb -K 3132333435363738 -nopad -provider legacy`."""
    assert ciphered(b"abcdefgh", "12345678") == "0.lNRDa8O1tpM="


@given(st.binary(max_size=64))
def test_what_travels_comes_back(content):
    told = ciphered(content, key_of(TOKEN))
    assert deciphered(told, key_of(TOKEN)) == content
    assert int(told[0]) == -len(content) % 8


RESULTS = {
    "CANCEL": Fault.CANCELLED,
    "err-11:=AF400001 - Cancelada": Fault.CANCELLED,
    "ERR-02:=No se han proporcionado los datos": Fault.FAILED,
    "SAF_09: La firma falló": Fault.FAILED,
    "": Fault.GARBAGE,
    "#WAIT": Fault.GARBAGE,
    "una cosa": Fault.GARBAGE,
    "0.AAAA": Fault.GARBAGE,
    "0.AAAAAAAAAAA=": Fault.GARBAGE,
    "0.AAAA|0.AAA": Fault.GARBAGE,
    "0.AAAA|0.AAAA": Fault.GARBAGE,
    "0.AAAA|0.AAAA|0.AAAA|0.AAAA": Fault.GARBAGE,
    "9.AAAA|9.AAAAAAAAAAA=": Fault.GARBAGE,
}


@pytest.mark.parametrize("result", RESULTS)
def test_what_is_no_signature_says_why(result):
    with pytest.raises(NotSigned) as told:
        signed_in(result, TOKEN)
    assert told.value.fault == RESULTS[result]


@given(st.text(max_size=80))
def test_anything_else_is_none_either(text):
    with pytest.raises(NotSigned):
        signed_in(text, TOKEN)


def test_a_signature_is_the_second_part():
    parts = [ciphered(part, key_of(TOKEN)) for part in (b"cert", b"%PDF-firmado")]
    assert signed_in("|".join(parts), TOKEN) == b"%PDF-firmado"


def test_each_token_is_another_and_fits_the_program():
    made = {new_token() for _ in range(200)}
    assert len(made) == 200 and all(is_token(token) for token in made)


def test_every_port_and_trouble_has_its_words():
    assert set(PORTS) == set(PORT_HINTS) == set(Port)
    assert set(TROUBLES) == set(Trouble)
    assert {fault.value for fault in Fault} <= set(TROUBLES)
    uploads = [code for code in REFUSALS if code.startswith("upload_")]
    assert all(trouble_text(code) and "{" not in trouble_text(code) and len(code) <= 20 for code in uploads)
    assert trouble_text("") == ""


ACCOUNT = firmagob.Account("https://firma.ejemplo.cl", "Puerto", "22222222", "Desatendido", "app", "s" * 32)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        (datetime(2026, 1, 15, 12, 0, tzinfo=UTC), "2026-01-15T09:05:00"),
        (datetime(2026, 7, 15, 12, 0, tzinfo=UTC), "2026-07-15T08:05:00"),
        (datetime(2026, 7, 1, 3, 57, tzinfo=UTC), "2026-07-01T00:02:00"),
    ],
)
def test_a_token_ends_in_five_minutes_by_the_clock_of_santiago(now, ends):
    told = jwt.decode(firmagob.token(ACCOUNT, now), ACCOUNT.secret, algorithms=["HS256"])
    assert told == {"entity": "Puerto", "run": "22222222", "purpose": "Desatendido", "expiration": ends}


ANSWERS = {
    "away": (Answer(500, b""), firmagob.ServiceAway),
    "busy": (Answer(429, b""), firmagob.ServiceAway),
    "refuses": (Answer(401, b"{}"), firmagob.ServiceRefused),
    "moved": (Answer(302, b""), firmagob.ServiceRefused),
    "too large": (Answer(200, None), firmagob.ServiceGarbage),
    "no JSON": (Answer(200, b"hola"), firmagob.ServiceGarbage),
    "a list": (Answer(200, b"[]"), firmagob.ServiceGarbage),
    "none": (Answer(200, b'{"files": []}'), firmagob.ServiceGarbage),
    "two": (Answer(200, b'{"files": [{}, {}]}'), firmagob.ServiceGarbage),
    "words": (Answer(200, b'{"files": ["a"]}'), firmagob.ServiceGarbage),
    "no Base64": (Answer(200, b'{"files": [{"content": "\xc3\xb1"}]}'), firmagob.ServiceGarbage),
    "a number": (Answer(200, b'{"files": [{"content": 7}]}'), firmagob.ServiceGarbage),
    "deep": (Answer(200, b"[" * 100_000), firmagob.ServiceGarbage),
    "without": (Answer(200, b'{"files": [{"status": "OK"}]}'), firmagob.ServiceRefused),
    "failed": (Answer(200, b'{"files": [{"status": "ERROR", "content": "QQ=="}]}'), firmagob.ServiceRefused),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_odd_answer_of_the_service_is_named(name, monkeypatch):
    answer, expected = ANSWERS[name]
    monkeypatch.setattr(firmagob, "post", lambda *args, **kwargs: answer)
    with pytest.raises(expected):
        firmagob.signed_there(b"%PDF", ACCOUNT, title="Acta", now=datetime(2026, 1, 1, tzinfo=UTC), most=9)
