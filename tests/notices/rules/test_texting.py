# SPDX-License-Identifier: EUPL-1.2
"""How many parts a text message takes, whose telephone takes any, and what gateways call its fate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.notices.domain.phones import mobile_number
from siac.notices.domain.reports import Report, report_of
from siac.notices.domain.texting import is_gsm, parts, thrifty

GSM = "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./09:;<=>?¡AZÄÖÑÜ§¿azäöñüà"
TWICE = "^{}\\[~]|€"
gsm_texts = st.text(alphabet=GSM + TWICE, max_size=700)
any_texts = st.text(alphabet="aáñ€😀中[", max_size=400)


def septets(text: str) -> int:
    """Cut a text of the alphabet of telephones as a telephone does: an escape never ends a part."""
    line = "".join(f"\x1b{sign}" if sign in TWICE else sign for sign in text)
    if len(line) <= 160:
        return 1
    count = 0
    while line:
        cut = 152 if len(line) > 153 and line[152] == "\x1b" else 153
        line, count = line[cut:], count + 1
    return count


def utf16(text: str) -> int:
    """Cut any other text: a pair of UTF-16 units never ends one part and begins the next."""
    line = text.encode("utf-16-be")
    if len(line) <= 140:
        return 1
    count = 0
    while line:
        cut = 132 if 0xD8 <= line[132:133].ljust(1, b"\0")[0] <= 0xDB and len(line) > 134 else 134
        line, count = line[cut:], count + 1
    return count


@given(gsm_texts)
def test_texts_of_the_alphabet_of_telephones(text):
    assert is_gsm(text)
    assert parts(text) == septets(text)


@given(any_texts)
def test_all_other_texts(text):
    assert parts(text) == (septets(text) if is_gsm(text) else utf16(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("€" * 80, 1), ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 151, 2), ("a" * 152 + "€" + "a" * 152, 3), ("á" * 70, 1), ("á" * 71, 2),
        ("á" * 134, 2), ("á" * 135, 3), ("😀" * 35, 1), ("😀" * 36, 2), ("😀" * 66, 2), ("😀" * 67, 3),
    ],
)  # fmt: skip
def test_where_a_part_more_begins(text, count):
    assert parts(text) == count


@given(st.text(max_size=200))
def test_a_thrifty_text_never_costs_more_and_what_cannot_be_spared_stays(text):
    saved = thrifty(text)
    assert parts(saved) <= parts(text) or is_gsm(saved)
    assert saved == text or is_gsm(saved)
    assert thrifty(saved) == saved


def test_accents_that_telephones_lack_are_left_out():
    assert thrifty("Código «á» de María, mañana é") == 'Codigo "a" de Maria, mañana é'
    assert thrifty("Código 李") == "Código 李"


@pytest.mark.parametrize(
    ("written", "country", "dialled"),
    [
        ("9 8765 4321", "CL", "+56987654321"),
        ("+56 9 8765 4321", "ES", "+56987654321"),
        ("(56) 987654321", "CL", "+56987654321"),
        ("987 654 321", "PE", "+51987654321"),
        ("612 34 56 78", "ES", "+34612345678"),
        ("0034 612345678", "ES", "+34612345678"),
        ("910 123 456", "ES", ""),  # a telephone on a wall
        ("12345", "CL", ""),
        ("llámeme", "CL", ""),
        ("", "CL", ""),
        ("612345678", "XX", ""),
        ("+999 123 456 789", "CL", ""),
        ("9" * 400, "CL", ""),
    ],
)
def test_numbers_as_the_world_dials_them(written, country, dialled):
    assert mobile_number(written, country) == dialled


@pytest.mark.parametrize("country", ["CL", "PE", "ES"])
@given(st.text(max_size=60))
def test_any_text_is_a_number_or_none(country, written):
    dialled = mobile_number(written, country)
    assert dialled == "" or (dialled.startswith("+") and dialled[1:].isdigit() and len(dialled) <= 16)


@pytest.mark.parametrize(
    ("word", "report"),
    [
        ("delivered", Report.DELIVERED), (" DELIVRD ", Report.DELIVERED), ("undelivered", Report.FAILED),
        ("EXPIRED", Report.FAILED), ("sent", None), ("", None), ("not delivered", None),
    ],
)  # fmt: skip
def test_only_what_is_final_counts(word, report):
    assert report_of(word) is report
