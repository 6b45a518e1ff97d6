# SPDX-License-Identifier: EUPL-1.2
"""Of which periods a body renders account, and what may be done with its letter."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from siac.kernel.approvals import Approval, ApprovalStep

GREETING = (
    "Rendimos cuenta de lo que prometimos a las personas, de lo que cumplimos y de lo que no, de lo que "
    "reparamos y de lo que mejoramos. Las cifras son las mismas que se publican."
)
CLOSING = (
    "Lo que no cumplimos es lo primero que nos toca corregir. Quien quiera revisar una cifra la encuentra en "
    "el registro público."
)
"""What a letter says until somebody writes it otherwise."""
LONGEST_WORDS = 4000
YEARS_BACK = 3


class Span(StrEnum):
    """How long a period of account is."""

    YEAR = "anio"
    HALF = "semestre"


class Stage(StrEnum):
    """Where a letter stands: its newest figures and its words held against what was approved."""

    DRAFT = "draft"
    """Nothing was prepared, or its words were changed since."""
    PREPARED = "prepared"
    APPROVED = "approved"


APPROVAL = Approval(
    after={(Stage.PREPARED, ApprovalStep.APPROVE): Stage.APPROVED},
    closed={ApprovalStep.APPROVE: "letter_moment"},
)


@dataclass(frozen=True, slots=True)
class Period:
    """A year or half of it, by its local days, both included."""

    span: Span
    first: date
    last: date

    @property
    def code(self) -> str:
        """How a form names it: «anio:2025-01-01»."""
        return f"{self.span}:{self.first}"

    @property
    def words(self) -> str:
        """What people call it."""
        if self.span is Span.YEAR:
            return f"año {self.first.year}"
        return f"{'primer' if self.first.month == 1 else 'segundo'} semestre de {self.first.year}"


def year_of(year: int) -> Period:
    """Return a whole year."""
    return Period(Span.YEAR, date(year, 1, 1), date(year, 12, 31))


def halves_of(year: int) -> tuple[Period, Period]:
    """Return the halves of a year."""
    return (
        Period(Span.HALF, date(year, 1, 1), date(year, 6, 30)),
        Period(Span.HALF, date(year, 7, 1), date(year, 12, 31)),
    )


def periods_over(today: date) -> list[Period]:
    """Return the periods that are over on a local day, the newest first."""
    found = [
        each
        for year in range(today.year - YEARS_BACK, today.year + 1)
        for each in (year_of(year), *halves_of(year))
        if each.last < today
    ]
    return sorted(found, key=lambda each: (each.last, each.first), reverse=True)


def period_coded(code: str, *, today: date) -> Period | None:
    """Return the period that a form names, if it is over; None where it means nothing."""
    return next((each for each in periods_over(today) if each.code == code), None)


def stage(*, is_prepared: bool, is_same_words: bool, is_approved: bool) -> Stage:
    """Return where a letter stands: `is_same_words`: what was prepared says what its words are now;
    `is_approved`: just that was approved.
    """
    if not is_prepared or not is_same_words:
        return Stage.DRAFT
    return Stage.APPROVED if is_approved else Stage.PREPARED
