# SPDX-License-Identifier: EUPL-1.2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.kernel.errors import Refused
from siac.people.domain.documents import documents
from siac.people.domain.person import (
    Code,
    PersonData,
    asked_terms,
    forgiving_terms,
    terms,
)
from siac.people.identifiers import clean_document, format_document
from siac.people.texts import REFUSALS

GOOD = [
    ("rut", "12345678-5", "123456785", "12.345.678-5"),
    ("rut", "12.345.678-5", "123456785", "12.345.678-5"),
    ("rut", "11111111-1", "111111111", "11.111.111-1"),
    ("rut", "7654321-6", "76543216", "7.654.321-6"),
    ("rut", "20347878-k", "20347878K", "20.347.878-K"),
    ("rut", "1000013-0", "10000130", "1.000.013-0"),
    ("rut", "6-K", "6K", "6-K"),
    ("dni_es", "12345678Z", "12345678Z", "12345678-Z"),
    ("dni_es", "12.345.678-z", "12345678Z", "12345678-Z"),
    ("dni_es", "00000000T", "00000000T", "00000000-T"),
    ("dni_es", "99999999R", "99999999R", "99999999-R"),
    ("nie", "X1234567L", "X1234567L", "X1234567-L"),
    ("nie", "Y1234567X", "Y1234567X", "Y1234567-X"),
    ("nie", "Z1234567R", "Z1234567R", "Z1234567-R"),
    ("dni_pe", "10117410", "10117410", "10117410"),
    ("dni_pe", "10117410-2", "10117410", "10117410"),
    ("dni_pe", "10117410-G", "10117410", "10117410"),
    ("dni_pe", "12345678-1", "12345678", "12345678"),
    ("dni_pe", "12345678-E", "12345678", "12345678"),
    ("ruc", "20512333258", "20512333258", "20512333258"),
    ("ruc", "20131373971", "20131373971", "20131373971"),
    ("ce", "001234567", "001234567", "001234567"),
    ("passport", "ab 123-456", "AB123456", "AB123456"),
    ("rut", "", "", ""),
    ("", "  ", "", ""),
]


@pytest.mark.parametrize(("kind", "written", "kept", "shown"), GOOD)
def test_numbers_of_the_three_countries(kind, written, kept, shown) -> None:
    assert clean_document(kind, written) == kept
    assert format_document(kind, kept) == shown


BAD = [
    ("rut", "12345678-4", Code.DOCUMENT_CHECK_DIGIT),
    ("rut", "20347878-1", Code.DOCUMENT_CHECK_DIGIT),
    ("rut", "123456789012", Code.DOCUMENT_FORM),
    ("rut", "ABCDEFGH-1", Code.DOCUMENT_FORM),
    ("dni_es", "12345678A", Code.DOCUMENT_CHECK_DIGIT),
    ("nie", "X1234567A", Code.DOCUMENT_CHECK_DIGIT),
    ("nie", "A1234567L", Code.DOCUMENT_FORM),
    ("dni_pe", "10117410-3", Code.DOCUMENT_CHECK_DIGIT),
    ("dni_pe", "1234", Code.DOCUMENT_FORM),
    ("ruc", "20512333250", Code.DOCUMENT_CHECK_DIGIT),
    ("passport", "A" * 31, Code.DOCUMENT_FORM),
    ("", "12345678-5", Code.DOCUMENT_TYPE_MISSING),
    ("nonsense", "12345678-5", Code.DOCUMENT_TYPE_MISSING),
    ("rut", "¿?", Code.DOCUMENT_FORM),
]


@pytest.mark.parametrize(("kind", "written", "code"), BAD)
def test_wrong_numbers_are_refused_in_spanish(kind, written, code) -> None:
    with pytest.raises(Refused) as refused:
        clean_document(kind, written)
    assert refused.value.code == code
    assert REFUSALS[code].format(**refused.value.context)


@given(st.sampled_from(sorted(documents())), st.text(max_size=40))
def test_any_text_is_kept_or_refused(kind, written) -> None:
    try:
        kept = clean_document(kind, written)
    except Refused:
        return
    assert clean_document(kind, kept) == kept
    assert clean_document(kind, format_document(kind, kept)) == kept


def test_every_code_has_words() -> None:
    assert set(REFUSALS) == set(Code)


ANA = PersonData(
    given_names="Ana María",
    family_names="Núñez Álvarez",
    document_type="rut",
    document_number="123456785",
    email="Ana@Ejemplo.org",
    phone="+56 9 1234 5678",
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ana", True),
        ("NÚÑ", True),
        ("nun", False),
        ("alvarez mar", True),
        ("ana pérez", False),
        ("an", False),
        ("12.345.678-5", True),
        ("12345678-5", True),
        ("912345678", True),
        ("56912345678", True),
        ("ana@ejemplo.org", True),
        ("ana@ejemplo", False),
        ("87654321", False),
        ("12345678", True),
        ("234 56 78", True),
        ("+56 9 1234-5678", True),
        ("(9) 1234 5678", True),
        ("0912345678", True),
        ("fono 912345678", True),
        ("ana 912345678", True),
        ("pedro 912345678", False),
        ("RUT 12.345.678-5", True),
        ("n​uñez", True),
        ("﻿912345678‬", True),
    ],
)
def test_what_finds_a_person(asked, found) -> None:
    known = terms(ANA)
    assert all(known & set(alternatives) for alternatives in asked_terms(asked)) is found


def test_nothing_asked_finds_nothing() -> None:
    assert asked_terms("  ¿? ") == []


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Jens Ørsted", ["Ørsted", "orsted", "ørs"]),
        ("Łukasz Wałęsa", ["Łukasz", "lukasz", "walesa"]),
        ("李小明", ["李小明", "李"]),
        ("محمد علي", ["محمد", "محم"]),
        ("Pia D'Angelo", ["D'Angelo", "D’Angelo", "dangelo", "d angelo", "angelo"]),
        ("Pia Dangelo", ["D'Angelo", "d angelo"]),
        ("Bernardo O Higgins", ["O'Higgins", "ohiggins", "o higgins"]),
        ("Ana Pérez-Soto", ["perez soto", "Pérez-Soto", "perezsoto"]),
        ("Björn Groß", ["bjorn gross"]),
        ("A­na Sæther", ["ana saether"]),
    ],
)
def test_a_name_is_found_as_it_is_written_and_as_people_type_it(name, asked) -> None:
    known = terms(PersonData(given_names=name))
    for query in asked:
        assert all(known & set(alternatives) for alternatives in asked_terms(query)), query


@pytest.mark.parametrize("typed", ["Gonzales", "Gonzlez", "Gonzaleez", "Gnozalez", "gomzalez"])
def test_one_wrong_letter_is_forgiven_and_two_are_not(typed) -> None:
    known = terms(PersonData(family_names="González"))
    assert not all(known & set(alternatives) for alternatives in asked_terms(typed))
    assert all(known & set(alternatives) for alternatives in forgiving_terms(typed))
    (alternatives,) = forgiving_terms("Gomsales")
    assert not known & set(alternatives)


@given(st.text(max_size=400))
def test_any_text_can_be_asked_for_within_bounds(text) -> None:
    assert len(asked_terms(text)) <= 200
    assert sum(len(alternatives) for alternatives in forgiving_terms(text)) < 4_000
