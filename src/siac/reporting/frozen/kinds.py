# SPDX-License-Identifier: EUPL-1.2
"""The kinds of reports that can be frozen: what each says, how it is printed, when it is made, for whom."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from siac.indicators.public import Length, Window, containing
from siac.organizations.public import Institution
from siac.reporting.models import FrozenReport, OwnReport

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often a report is frozen by itself; empty `every`: never. None is that ended before `since`."""

    every: str
    since: date
    report: OwnReport | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of reports.

    `title_of`: what one is called. `content_of` and `paper_of`: what it says as JSON values, and that as a
    PDF. `sentences_of`: what the notice says of it; `told`: to whom, by their keys. `schedules`: when it is
    made by itself. `template`: its page, with what `shown_of` adds of what it says, and `up` what that leads
    back to, as (words, address).
    """

    title_of: Callable[[FrozenReport], str]
    content_of: Callable[[FrozenReport, datetime], dict[str, Any]]
    paper_of: Callable[[FrozenReport, Content, datetime], bytes]
    sentences_of: Callable[[Content], list[str]]
    told: Callable[[FrozenReport], Iterable[int]]
    schedules: Callable[[Institution], Iterable[Schedule]]
    template: str
    shown_of: Callable[[Content], dict[str, Any]]
    up: Callable[[FrozenReport, str], tuple[str, str]]


SUMMARY, OWN, LETTER = "summary", "own_copy", "letter_copy"
"""The codes of the kinds, as the names of their addresses begin."""
_PAGES = "workspace:reporting:"
_KINDS: dict[str, Kind] = {}


def register_frozen_kind(code: str, kind: Kind) -> None:
    """Make a kind known, `SUMMARY`, `OWN` or `LETTER`; called once, when the context is ready."""
    _KINDS[code] = kind


def code_of(row: FrozenReport) -> str:
    """Return the code of the kind of a frozen report. No SQL."""
    if row.letter_id:
        return LETTER
    return OWN if row.report_id else SUMMARY


def kind_of(row: FrozenReport) -> Kind:
    """Return the kind of a frozen report. No SQL."""
    return _KINDS[code_of(row)]


def address_of(row: FrozenReport, slug: str, part: str = "") -> str:
    """Return the address of a frozen report, or of a `part` of it: "go_on", "paper". No SQL."""
    name = f"{code_of(row)}_{part}" if part else code_of(row)
    return reverse(f"{_PAGES}{name}", args=[slug, row.pk])


def frozen_kinds() -> list[Kind]:
    """Return every kind."""
    return list(_KINDS.values())


def periods_due(schedule: Schedule, *, today: date, settles: int) -> list[Window]:
    """Return the period that is to be frozen on `today`: the last one that is over since so many days, if it
    ended since the schedule is kept. No SQL.
    """
    if not schedule.every:
        return []
    over = containing(Length(schedule.every), today, today=today).moved(-1, today=today)
    settled = (today - over.end).days > settles
    return [over] if settled and over.end >= schedule.since else []
