# SPDX-License-Identifier: EUPL-1.2
"""Rules a body gives itself: what they may say, and that they count like every other rule."""

from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from siac.clocks.domain.amounts import Amount, Unit, parse_amount
from siac.clocks.domain.computing import Event, compute
from siac.clocks.domain.explaining import explain
from siac.clocks.domain.own import OwnTerm, build, check, ends, fits
from siac.clocks.domain.packs import rule_book
from siac.clocks.domain.rules import RuleBook
from siac.clocks.factory import shipped_calendar
from siac.kernel.errors import Refused

BOOK = rule_book()
DAY = date(2026, 11, 25)
DOCS = Path(__file__).parents[3] / "docs" / "rules" / "propias.md"
ZONES = {"CL": "America/Santiago", "PE": "America/Lima", "ES": "Europe/Madrid"}
PLACES = {"CL": "CL-CO", "PE": "PE-LIM", "ES": "ES-MD"}


def term(amount: str, extended: str = "", **changes):
    longer = parse_amount(extended) if extended else None
    return OwnTerm(
        **{
            "code": "x",
            "version": 1,
            "name": "Plazo",
            "document": "Ordenanza 1",
            "amount": parse_amount(amount),
            "extended": longer,
            **changes,
        }
    )


def rule(own, *, country="CL", base=None, ends_on=None):
    return build(
        own, institution_id=7, country=country, general=BOOK.general[country], base=base, ends_on=ends_on
    )


@pytest.mark.parametrize(
    ("amount", "limit", "does"),
    [
        ("30bd", "30bd", True),
        ("31bd", "30bd", False),
        ("6m", "6m", True),
        ("168cd", "6m", True),
        ("169cd", "6m", False),
        ("20bd", "6m", False),
        ("1m", "30bd", False),
        ("10cd", "30bd", False),
    ],
)
def test_what_surely_ends_no_later(amount, limit, does):
    assert fits(parse_amount(amount), parse_amount(limit)) is does


@pytest.mark.parametrize(
    ("own", "base", "code"),
    [
        (term("15bd"), None, ""),
        (term("15bd"), "CL.MUNI", ""),
        (term("31bd"), "CL.MUNI", "own_rule_too_long"),
        (term("30cd"), "CL.MUNI", "own_rule_too_long"),
        (term("6m"), "ES.PROC", ""),
        (term("7m"), "ES.PROC", "own_rule_too_long"),
        (term("24h"), None, "bad_amount"),
        (term("20mi"), None, "bad_amount"),
        (term("15bd", "20bd"), None, "own_rule_extension_forbidden"),
        (term("15bd", "20bd"), "CL.MUNI", "own_rule_extension_forbidden"),
        (term("15bd", "25bd"), "CL.SAIP", ""),
        (term("15bd", "31bd"), "CL.SAIP", "own_rule_extension_too_long"),
        (term("15bd", "15bd"), "CL.SAIP", "own_rule_extension"),
        (term("15bd", "20cd"), "CL.SAIP", "own_rule_extension"),
        (term("15bd", name=""), None, "own_rule_nameless"),
        (term("15bd", document=""), None, "own_rule_nameless"),
        (term("3bd"), "CL.PROC.FIX", "own_rule_base"),
    ],
)
def test_an_own_rule_stays_within_the_law(own, base, code):
    on = BOOK.in_force(base, DAY) if base else None
    if not code:
        check(own, on)
        return
    with pytest.raises(Refused) as refused:
        check(own, on)
    assert refused.value.code == code


def test_with_a_law_behind_only_the_length_is_the_bodys():
    law = BOOK.in_force("CL.SAIP", DAY)
    own = rule(term("12bd", "18bd"), base=law)
    assert (own.id, own.basis, own.law) == ("PROPIA.7.x", "own", "Ordenanza 1")
    assert (own.appeals, own.silence, own.correction, own.related) == (
        law.appeals, law.silence, law.correction, law.related,
    )  # fmt: skip
    assert own.extension and own.extension.total == Amount(18, Unit.BUSINESS_DAYS)
    assert law.law in own.note and own.law_behind


def test_a_new_law_is_not_held_up_by_an_older_rule_of_the_body():
    law = next(old for old in BOOK.rules if old.succeeded_by and old.valid_to and old.amount)
    own = rule(term(str(law.amount)), country=law.country, base=law)
    book = RuleBook([*BOOK.rules, own], BOOK.general)
    assert book.in_force(own.id, law.valid_to).id == own.id
    assert book.in_force(own.id, law.valid_to + timedelta(days=1)).id == law.succeeded_by


def test_each_version_ends_the_day_before_the_next_begins():
    first, second = term("10bd"), term("8bd", version=2, valid_from=date(2027, 1, 1))
    assert ends([first, second]) == [date(2026, 12, 31), None]


@settings(max_examples=150, deadline=None)
@given(
    country=st.sampled_from(["CL", "PE", "ES"]),
    number=st.integers(1, 60),
    unit=st.sampled_from(["bd", "cd"]),
    on=st.dates(date(2014, 1, 1), date(2027, 1, 1)),
    hour=st.integers(0, 23),
    wait=st.none() | st.tuples(st.integers(1, 15), st.integers(0, 30)),
)
def test_an_own_rule_counts_like_every_other(country, number, unit, on, hour, wait):
    own = rule(term(f"{number}{unit}"), country=country)
    calendar = shipped_calendar(PLACES[country])
    event = Event(on, ZoneInfo(ZONES[country]), time(hour, 5), "web")
    waits = [(on + timedelta(days=wait[0]), on + timedelta(days=wait[0] + wait[1]))] if wait else []
    try:
        found = compute(
            RuleBook([own], BOOK.general), calendar, what=own.id, country=country, event=event, pauses=waits
        )
    except Refused:
        assume(False)
    told = explain(found, calendar)
    if not any(pause.asked_on >= found.unsuspended for pause in found.pauses):
        assert sum(day.counted for day in told) == number
    assert told[-1].date == found.due_on
    if unit == "bd":
        assert calendar.is_business(found.due_on)


@pytest.mark.parametrize(
    ("amount", "base", "country", "place", "due_on"),
    [
        ("15bd", "CL.MUNI", "CL", "CL-CO", date(2026, 12, 17)),
        ("5m", "ES.PROC", "ES", "ES-MD", date(2027, 4, 26)),
        ("8bd", None, "CL", "CL-CO", date(2026, 12, 7)),
    ],
)
def test_the_examples_of_the_documentation(amount, base, country, place, due_on):
    own = rule(term(amount), country=country, base=BOOK.in_force(base, DAY) if base else None)
    event = Event(DAY, ZoneInfo(ZONES[country]), time(12), "web")
    found = compute(
        RuleBook([own], BOOK.general), shipped_calendar(place), what=own.id, country=country, event=event
    )
    assert found.due_on == due_on
    line = next(row for row in DOCS.read_text(encoding="utf-8").splitlines() if row.endswith(f"| {due_on} |"))
    assert not base or f"`{base}`" in line


def test_without_shift_it_counts_from_the_day_itself_and_without_waiting_it_never_stops():
    saturday = Event(date(2026, 11, 21), ZoneInfo(ZONES["CL"]), time(20), "web")
    calendar = shipped_calendar("CL-CO")

    def due(own, **more):
        found = rule(own)
        book = RuleBook([found], BOOK.general)
        return compute(book, calendar, what=found.id, country="CL", event=saturday, **more)

    assert due(term("5cd", shifts=False)).due_on == date(2026, 11, 26)
    asked = [(date(2026, 11, 24), date(2026, 11, 30))]
    with pytest.raises(Refused, match="not_suspended_by_rule"):
        due(term("5bd", waits=False), pauses=asked)
    assert due(term("5bd"), pauses=asked).due_on > due(term("5bd")).due_on
