# SPDX-License-Identifier: EUPL-1.2
"""The vectors through the rules alone: no database."""

from argparse import ArgumentParser
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from siac.clocks.domain.amounts import parse_amount
from siac.clocks.domain.computing import Event, compute
from siac.clocks.domain.explaining import explain
from siac.clocks.domain.packs import rule_book
from siac.clocks.domain.places import parse_place
from siac.clocks.factory import shipped_calendar
from tests.clocks.vectors import VECTORS

_DAY = date.fromisoformat


def _read(line):
    parser = ArgumentParser()
    for name in ("rule", "days", "from", "place", "channel", "at", "closes", "asked", "answered"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--extended", action="store_true")
    parser.add_argument("--holidays-only", action="store_true")
    return vars(parser.parse_args(line.split()))


def _term(line):
    options = _read(line)
    calendar = shipped_calendar(options["place"], decreed=not options["holidays_only"])
    at = time.fromisoformat(options["at"]) if options["at"] else None
    event = Event(_DAY(options["from"]), ZoneInfo("UTC"), at, options["channel"])
    pauses = [(_DAY(options["asked"]), _DAY(options["answered"]))] if options["asked"] else []
    term = compute(
        rule_book(),
        calendar,
        what=options["rule"] or parse_amount(options["days"]),
        country=parse_place(options["place"]).country,
        event=event,
        extended=options["extended"],
        pauses=pauses,
    )
    return term, calendar


def test_there_are_sixty_one():
    assert len({name for name, _, _ in VECTORS}) == len(VECTORS) == 61


@pytest.mark.parametrize(("name", "line", "due_on"), VECTORS, ids=[v[0] for v in VECTORS])
def test_vector(name, line, due_on):
    term, calendar = _term(line)
    assert term.due_on.isoformat() == due_on
    days = explain(term, calendar)
    assert days[-1].date == term.due_on
    if term.total.unit in ("bd", "cd"):
        assert [day.number for day in days if day.counted] == list(range(1, term.total.number + 1))


@pytest.mark.parametrize(
    ("line", "day0", "unsuspended"),
    [
        ("--rule CL.SAIP --from 2025-04-12 --place CL", "2025-04-14", "2025-05-14"),
        ("--rule PE.SAIP --from 2025-07-16 --at 20:15 --place PE", "2025-07-17", "2025-08-05"),
        ("--rule PE.SAIP --from 2025-07-16 --at 16:30 --place PE", "2025-07-16", "2025-08-04"),
        ("--rule PE.PROC --from 2026-06-27 --channel mesa --place PE", "2026-06-27", "2026-08-14"),
        ("--rule PE.PROC --from 2025-07-26 --channel mesa --place PE", "2025-07-30", "2025-09-11"),
        (
            "--rule PE.LR --from 2026-09-28 --asked 2026-09-30 --answered 2026-10-02 --place PE",
            "2026-09-28",
            "2026-11-10",
        ),
        (
            "--rule ES.QYS --from 2025-10-06 --asked 2025-10-17 --answered 2025-10-27 --place ES-MD",
            "2025-10-06",
            "2025-11-03",
        ),
    ],
)
def test_day_zero_and_what_it_would_be_without_the_pause(line, day0, unsuspended):
    term, _ = _term(line)
    assert (term.start.day0.isoformat(), term.unsuspended.isoformat()) == (day0, unsuspended)
