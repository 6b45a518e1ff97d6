# SPDX-License-Identifier: EUPL-1.2
"""Blacking out finds words however they are written and gives away nothing of what it hides."""

import pytest

from siac.cases.protection.detecting import NUMBER, detected, of_others
from siac.cases.protection.redaction_rules import BLACK, Span, black_out, joined, occurrences
from siac.people.public import PersonData

ANA = PersonData(
    given_names="Ana María", family_names="Ñáñez Soto", document_type="rut", document_number="123456785",
    email="ana@ejemplo.cl", phone="+56 9 8765 4321",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted", "left"),
    [
        ("Vi a Ana Rojas ayer.", ["ana rojas"], f"Vi a {BLACK} ayer."),
        (
            "Ñáñez y NÁÑEZ, no Ñañezcito",
            ["ñañez"],
            f"{BLACK} y {BLACK}, no Ñañezcito",
        ),
        ("Ana\n  Rojas", ["Ana Rojas"], BLACK),
        ("Anabel no es Ana", ["Ana"], f"Anabel no es {BLACK}"),
        ("a.b@c.cl y (22) 555", ["a.b@c.cl", "(22) 555"], f"{BLACK} y {BLACK}"),
        ("Juan Pérez Soto", ["Juan Pérez", "Pérez Soto"], BLACK),
        ("İstanbul Ana", ["Ana"], f"İstanbul {BLACK}"),
        ("Pérez y Pe\u0301rez", ["Pérez"], f"{BLACK} y {BLACK}"),
        ("Pérez", ["Pe\u0301rez"], BLACK),
        ("la _Rosa Pinto_ y Ro\u00adsa Pin\u200bto", ["Rosa Pinto"], f"la _{BLACK}_ y {BLACK}"),
    ],
)
def test_every_occurrence_goes(text, wanted, left):
    assert black_out(text, wanted)[0] == left


def test_what_does_not_occur_is_said():
    assert black_out("Nada aquí", ["Pedro", " ", "\u200b"]) == ("Nada aquí", 0, ["Pedro", " ", "\u200b"])


def test_long_and_short_words_leave_the_same_mark():
    assert black_out("Ana", ["Ana"])[0] == black_out("Maximiliano", ["Maximiliano"])[0]
    assert joined([Span(4, 9), Span(0, 4), Span(12, 13)]) == [Span(0, 9), Span(12, 13)]
    assert occurrences("", "x") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RUT 12.345.678-5 y 12.345.678-9", [("RUT", "12.345.678-5"), (NUMBER, "12.345.678-9")]),
        ("mi dni 12345678Z", [("DNI", "12345678Z")]),
        ("NIE X1234567L", [("NIE", "X1234567L")]),
        ("RUC 20512333797", [("RUC", "20512333797")]),
        ("DNI 45678912", [("DNI", "45678912")]),
        ("escriba a pedro.k@correo.com.pe hoy", [("Correo", "pedro.k@correo.com.pe")]),
        ("llame al +56 9 8765 4321", [(NUMBER, "+56 9 8765 4321")]),
        ("el 05-11-2026 a las 12:30, folio 2026-000123", []),
        ("fue Ñañez, Ana Maria", [("Nombre", "Ñañez"), ("Nombre", "Ana"), ("Nombre", "Maria")]),
    ],
)
def test_what_may_identify_somebody_is_suggested(text, found):
    assert [tuple(item) for item in detected(text, [ANA])] == found


def test_the_name_of_who_acts_for_somebody_is_suggested_too():
    person = PersonData(given_names="Ana", agent="Iker Sola 00000000T; iker@ejemplo.es")
    assert [tuple(item) for item in detected("Firma IKER SOLA", [person])] == [("Nombre", "IKER SOLA")]


def test_ones_own_numbers_stay_and_those_of_others_go():
    text = "Soy 12.345.678-5, ana@ejemplo.cl, 987654321; mi vecino es 7.654.321-6, v@ejemplo.cl"
    assert of_others(text, ANA) == ["7.654.321-6", "v@ejemplo.cl"]
