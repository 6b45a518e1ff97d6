# SPDX-License-Identifier: EUPL-1.2
"""The periodic reports of a charter: what each norm calls them, asks of them and when it wants them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median_low

from siac.charters.domain.parts import Norm


class Span(StrEnum):
    """How long a report looks back."""

    YEAR = "year"
    HALF = "half"


class Told(StrEnum):
    """What a section of a report tells."""

    KEPT = "kept"
    DEVIATIONS = "deviations"
    CORRECTIONS = "corrections"
    REMEDIES = "remedies"
    CLAIMS = "claims"
    PARTICIPATION = "participation"
    EDITIONS = "editions"
    ANSWERERS = "answerers"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a report, with the article that asks for it; empty: no norm does, the house tells it."""

    told: Told
    title: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class ReportKind:
    """The report that a norm asks for.

    `goes_to`: to whom it is sent, in words; `due`: (month, day) of the year after by which it is made, None
    where the norm fixes none; `decides`: who says whether a remedy is due, in words.
    """

    title: str
    basis: str
    spans: tuple[Span, ...]
    sections: tuple[Section, ...]
    goes_to: str = ""
    due: tuple[int, int] | None = None
    decides: str = ""


_RD = "RD 951/2005, art. 12.2"
_GUIDE = "Guía RSG 061-2015-TR/SG, fase 9"
KINDS: dict[Norm, ReportKind] = {
    Norm.RD951: ReportKind(
        "Informe del año anterior", _RD, (Span.YEAR,),
        (
            Section(Told.KEPT, "Grado de cumplimiento de los compromisos", _RD),
            Section(Told.DEVIATIONS, "Desviaciones", _RD),
            Section(Told.CORRECTIONS, "Medidas correctoras", _RD),
            Section(Told.REMEDIES, "Medidas de subsanación", _RD),
            Section(Told.CLAIMS, "Reclamaciones por incumplimiento", "RD 951/2005, art. 10.3"),
            Section(Told.EDITIONS, "Actualización de la carta", "RD 951/2005, art. 11"),
            Section(Told.PARTICIPATION, "Participación"),
            Section(Told.ANSWERERS, "Unidad responsable", "RD 951/2005, art. 9.1.d)"),
        ),
        goes_to="Se remite a la unidad que coordina los programas de calidad, en el primer trimestre.",
        due=(3, 31),
        decides="Quien dirige el organismo decide si se debe una medida (RD 951/2005, arts. 9.c y 10.3).",
    ),
    Norm.MTPE: ReportKind(
        "Informe de seguimiento", _GUIDE, (Span.YEAR, Span.HALF),
        (
            Section(Told.KEPT, "Cumplimiento de los compromisos", _GUIDE),
            Section(Told.DEVIATIONS, "Desvíos", _GUIDE),
            Section(Told.CORRECTIONS, "Acciones de mejora", _GUIDE),
            Section(Told.REMEDIES, "Compensaciones"),
            Section(Told.CLAIMS, "Compensaciones pedidas"),
            Section(Told.PARTICIPATION, "Participación"),
            Section(Told.EDITIONS, "Revisión y actualización", "Guía RSG 061-2015-TR/SG, fase 10"),
            Section(Told.ANSWERERS, "Responsables"),
        ),
    ),
    Norm.PLEDGE: ReportKind(
        "Informe de seguimiento", "", (Span.YEAR,),
        (
            Section(Told.KEPT, "Cómo cumplimos"),
            Section(Told.DEVIATIONS, "Dónde no llegamos"),
            Section(Told.CORRECTIONS, "Qué se hace para corregirlo"),
            Section(Told.REMEDIES, "Qué se dio a quienes no se les cumplió"),
            Section(Told.CLAIMS, "Qué pidieron las personas"),
            Section(
                Told.PARTICIPATION, "Participación", "Requisitos técnicos SIAC, carta de compromisos"
            ),
            Section(Told.EDITIONS, "Ediciones"),
            Section(Told.ANSWERERS, "Quién responde"),
        ),
    ),
    Norm.UNE: ReportKind(
        "Informe de seguimiento", "UNE 93200:2008, seguimiento", (Span.YEAR,),
        (
            Section(Told.KEPT, "Cumplimiento de los compromisos", "UNE 93200:2008, seguimiento"),
            Section(Told.DEVIATIONS, "Desviaciones", "UNE 93200:2008, seguimiento"),
            Section(Told.CORRECTIONS, "Acciones correctivas"),
            Section(Told.REMEDIES, "Medidas de subsanación", "UNE 93200:2008, medidas de subsanación"),
            Section(Told.CLAIMS, "Medidas pedidas"),
            Section(Told.EDITIONS, "Revisión y actualización", "UNE 93200:2008, revisión"),
            Section(Told.PARTICIPATION, "Participación"),
            Section(Told.ANSWERERS, "Quién responde"),
        ),
    ),
}  # fmt: skip
"""By the norm that a charter follows."""
REMINDED_UNTIL = 3
"""The last month in which somebody is reminded of a report whose norm fixes no day."""


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """Whole local days, from the first to the last, that a report tells of."""

    span: Span
    first: date
    last: date

    @property
    def code(self) -> str:
        """How addresses and forms name it: "2026", "2026-2"."""
        year = str(self.first.year)
        return year if self.span is Span.YEAR else f"{year}-{1 if self.first.month == 1 else 2}"

    @property
    def words(self) -> str:
        """How people call it."""
        year = str(self.first.year)
        if self.span is Span.YEAR:
            return year
        return f"{'1.er' if self.first.month == 1 else '2.º'} semestre de {year}"

    def is_over(self, today: date) -> bool:
        """Return whether its last day has passed."""
        return self.last < today


def year_of(year: int) -> ReportPeriod:
    """Return a calendar year."""
    return ReportPeriod(Span.YEAR, date(year, 1, 1), date(year, 12, 31))


def half_of(year: int, number: int) -> ReportPeriod:
    """Return the first or second half of a calendar year."""
    if number == 1:
        return ReportPeriod(Span.HALF, date(year, 1, 1), date(year, 6, 30))
    return ReportPeriod(Span.HALF, date(year, 7, 1), date(year, 12, 31))


def periods_over(kind: ReportKind, *, since: date, today: date) -> list[ReportPeriod]:
    """Return the periods of a kind that are over on `today` and had a day from `since` on, the newest
    first, a year before its halves.
    """
    found = []
    for year in range(today.year, since.year - 1, -1):
        spans = [year_of(year)] if Span.YEAR in kind.spans else []
        spans += [half_of(year, 2), half_of(year, 1)] if Span.HALF in kind.spans else []
        found += [each for each in spans if each.is_over(today) and each.last >= since]
    return found


def period_named(code: str, kind: ReportKind) -> ReportPeriod | None:
    """Return the period of a kind that a code names; None where it names none."""
    year, _, number = code.partition("-")
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and int(year) >= 1990):
        return None
    found = year_of(int(year)) if not number else half_of(int(year), 1 if number == "1" else 2)
    return found if found.span in kind.spans and found.code == code else None


def due_on(kind: ReportKind, today: date) -> date | None:
    """Return the local day of this year by which the report of the year before is made; None where its norm
    fixes none (RD 951/2005, art. 12.2: the first quarter).
    """
    return date(today.year, *kind.due) if kind.due else None


def reminds(kind: ReportKind, today: date) -> bool:
    """Return whether somebody is reminded on `today` of a report of the year before that is not made: until
    it is where the norm fixes a day, else in the first quarter.
    """
    return kind.due is not None or today.month <= REMINDED_UNTIL


def days_words(days: Sequence[int]) -> str:
    """Return how many calendar days things took: the (lower) median and the longest; empty of none."""
    if not days:
        return ""
    middle, most = median_low(days), max(days)
    return f"mediana de {_days(middle)}, a lo más {_days(most)}"


def _days(count: int) -> str:
    return f"{count} día{'' if count == 1 else 's'}"


def day_after(day: date) -> date:
    """Return the next day."""
    return day + timedelta(days=1)
