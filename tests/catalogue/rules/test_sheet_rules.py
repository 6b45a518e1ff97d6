# SPDX-License-Identifier: EUPL-1.2
"""Amounts in least parts, and what a sheet lacks; without a database."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.catalogue.domain.gaps import blocking, gaps_of
from siac.catalogue.domain.money import amount_words, read_amount

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "digits", "amount"),
    [
        ("3500", 0, 3500), ("3.500", 0, 3500), ("1.234.567", 0, 1_234_567), ("4,50", 2, 450), ("4,5", 2, 450),
        ("4.5", 2, 450), ("0,25", 2, 25), ("0.0138", 4, 138), ("12", 2, 1200), ("0", 0, 0),
        (" 10 ", 0, 10),
        ("3,5", 0, None), ("4,505", 2, None), ("-1", 0, None), ("1e5", 0, None), ("", 0, None),
        ("²", 0, None),
        ("٣", 0, None), ("1,2,3", 2, None), ("9" * 13, 0, None), ("1.23.4", 0, None), ("$100", 0, None),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text, digits, amount):
    assert read_amount(text, digits) == amount


@pytest.mark.parametrize(
    ("amount", "digits", "said"),
    [
        (3500, 0, "3.500"),
        (450, 2, "4,50"),
        (400, 2, "4"),
        (25, 2, "0,25"),
        (138, 4, "0,0138"),
        (5000, 4, "0,5"),
    ],
)
def test_amounts_are_said_as_people_read_them(amount, digits, said):
    assert amount_words(amount, digits) == said


@given(st.integers(0, 10**12 - 1), st.sampled_from([0, 2, 4]))
def test_what_is_said_is_read_as_the_same_amount(amount, digits):
    assert read_amount(amount_words(amount, digits), digits) == amount


@dataclass
class Written:
    """A sheet that says everything."""

    summary: str = "Qué es"
    entitled: str = "Todas"
    requirements: list[dict[str, Any]] = field(default_factory=lambda: [{"text": "Cédula"}])
    steps: list[dict[str, Any]] = field(default_factory=lambda: [{"text": "Pida"}])
    channels: list[dict[str, Any]] = field(default_factory=lambda: [{"channel": "web", "how": "Aquí"}])
    fee: int | None = 0
    cost: str = ""
    legal: list[dict[str, Any]] = field(default_factory=lambda: [{"norm": "Ley"}])
    questions: list[dict[str, Any]] = field(default_factory=lambda: [{"question": "¿?", "answer": "Sí"}])
    amount: int | None = 5
    starts_at: str = "que se pide"
    ends_at: str = "que se da"
    responsible_id: int | None = 1
    in_charge: str = "Jefatura"
    topic_id: int | None = 1
    review_on: date | None = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("changes", "fields", "required"),
    [
        ({}, [], 0),
        ({"summary": "  "}, ["summary"], 1),
        ({"steps": []}, ["steps"], 1),
        ({"channels": []}, ["channels"], 1),
        ({"channels": [{"channel": "web", "how": ""}]}, ["channels"], 0),
        ({"fee": None}, ["fee_unit"], 1),
        ({"fee": None, "cost": "Depende del tamaño"}, [], 0),
        ({"responsible_id": None}, ["responsible_id"], 1),
        ({"review_on": None}, ["review_on"], 1),
        ({"review_on": TODAY}, ["review_on"], 1),
        ({"amount": None, "starts_at": "", "ends_at": ""}, ["amount"], 0),
        ({"ends_at": ""}, ["starts_at"], 0),
        ({"entitled": "", "requirements": [], "legal": []}, ["entitled", "requirements", "legal"], 0),
        ({"questions": [], "in_charge": "", "topic_id": None}, ["questions", "in_charge", "topic_id"], 0),
    ],
)
def test_a_sheet_says_what_it_lacks_and_what_keeps_it_from_being_published(changes, fields, required):
    sheet = replace(Written(), **changes)
    assert [gap.field for gap in gaps_of(sheet, TODAY)] == fields
    assert len(blocking(sheet, TODAY)) == required
