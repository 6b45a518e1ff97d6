# SPDX-License-Identifier: EUPL-1.2
"""Reminders, codes and addresses, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siac.signing.commands.certificates import is_address
from siac.signing.domain.codes import new_code, shown, typed
from siac.signing.domain.signables import signable, title_of
from siac.signing.domain.states import REMINDERS, reminder_due

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("left", "told", "due"),
    [
        (61, None, None), (60, None, 60), (60, 60, None), (59, None, 60), (31, 60, None), (30, 60, 30),
        (12, 60, 30), (8, 30, None), (7, 30, 7), (1, 7, None), (0, 7, 0), (0, 0, None), (-90, None, 0),
        (3, None, 7),
    ],
)  # fmt: skip
def test_one_reminder_is_due_the_nearest_and_none_twice(left, told, due):
    assert reminder_due(TODAY + timedelta(days=left), TODAY, told) == due


@settings(max_examples=40)
@given(st.integers(1, 200))
def test_whoever_is_looked_at_every_day_is_told_at_every_step_once(days):
    told, heard = None, []
    for left in range(days, -5, -1):
        due = reminder_due(TODAY + timedelta(days=left), TODAY, told)
        if due is not None:
            heard.append(due)
            told = due
    assert heard == [step for step in REMINDERS if step <= days] or heard[0] == min(
        step for step in REMINDERS if days <= step
    )


@settings(max_examples=40)
@given(st.sampled_from(["-", " ", "", " - ", "–"]), st.booleans())
def test_a_code_is_known_however_it_is_typed(between, small):
    code = new_code()
    written = between.join((code[:4], code[4:8], code[8:]))
    assert typed(written.lower() if small else written) == code
    assert typed(shown(code)) == code


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_codes(text):
    assert len(typed(text)) in (0, 12)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://sello.cl/tsa", True), ("http://10.0.0.4:8080/", True), ("https://", False),
        ("sello.cl", False), ("file:///etc/passwd", False),
        ("https://a@b.cl", False), ("https://b.cl:puerto", False),
        ("http://[", False),
    ],
)  # fmt: skip
def test_addresses(text, is_one):
    assert is_address(text) is is_one


def test_a_kind_nobody_registered_has_no_document_and_its_code_for_a_name():
    assert signable("nada") is None and title_of("nada") == "nada"
    assert title_of("respuesta") == "Respuesta"
