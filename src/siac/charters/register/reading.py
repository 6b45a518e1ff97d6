# SPDX-License-Identifier: EUPL-1.2
"""The register of a charter: each promise with its last periods, its breaches and what was given for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from siac.charters.commands.freezing import newest
from siac.charters.models import WAITING, Breach, Charter, Commitment, PeriodResult
from siac.charters.queries import commitments_in_force
from siac.indicators.public import period_words
from siac.organizations.public import Institution
from siac.ui.charts import Chart, Mark, Row, Shape

SHOWN = 8
"""Periods of each promise that are drawn."""
FEW = 10
"""Cases under which a figure is to be read with care."""
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Given:
    """What became of the breaches of a promise in twelve months."""

    breaches: int = 0
    delivered: int = 0
    owed: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise in the register."""

    number: int
    commitment: Commitment
    results: Sequence[PeriodResult]
    """The last periods, the oldest first."""
    given: Given
    chart: Chart | None

    @property
    def last(self) -> PeriodResult | None:
        """The newest period."""
        return self.results[-1] if self.results else None

    @property
    def is_few(self) -> bool:
        """Whether the newest period rests on few cases."""
        return self.last is not None and 0 < self.last.total < FEW

    @property
    def period(self) -> str:
        """The newest period in words."""
        return period_words(self.commitment.moment, self.last.first) if self.last else ""


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a charter."""

    charter: Charter
    lines: Sequence[Kept]

    @property
    def kept(self) -> int:
        """How many promises reached their target in their newest period."""
        return sum(bool(each.last and each.last.is_reached) for each in self.lines)

    @property
    def measured(self) -> int:
        """How many have a newest period with something to tell."""
        return sum(each.last is not None and each.last.is_reached is not None for each in self.lines)

    @property
    def verdict(self) -> str:
        """What the register says, in a sentence."""
        if not self.measured:
            return "Todavía no hay un período cerrado"
        return f"Cumplimos {self.kept} de {self.measured} compromisos"


def register_of(institution: Institution, charter: Charter, *, today: date) -> Register:
    """Return the register of a charter (2 SQL)."""
    current = [c for c in commitments_in_force(institution, today) if c.edition.charter_id == charter.pk]
    rows = PeriodResult.objects.filter(institution=institution, charter=charter)
    by_code = newest(rows.order_by("-last", "pk")[: SHOWN * 60])
    given = _given(institution, charter, today)
    return Register(
        charter,
        [
            Kept(
                number, each, results, given.get(each.code, Given()),
                _chart(each, results) if results else None,
            )
            for number, each in enumerate(current, start=1)
            for results in [by_code.get(each.code, [])[-SHOWN:]]
        ],
    )  # fmt: skip


def _given(institution: Institution, charter: Charter, today: date) -> dict[str, Given]:
    rows = Breach.objects.filter(
        institution=institution, commitment__edition__charter=charter, due_on__gt=today - YEAR
    )
    states = {
        name: Count("pk", filter=Q(remedy__state__in=among))
        for name, among in (("delivered", ["delivered"]), ("owed", WAITING), ("refused", ["refused"]))
    }
    counted = rows.order_by().values("commitment__code").annotate(breaches=Count("pk"), **states)
    columns = ("commitment__code", "breaches", "delivered", "owed", "refused")
    return {code: Given(*counts) for code, *counts in counted.values_list(*columns)}


def _chart(of: Commitment, results: Sequence[PeriodResult]) -> Chart:
    reached = sum(bool(row.is_reached) for row in results)
    return Chart(
        title=f"{reached} de {len(results)} períodos sobre la meta.",
        note=f"Meta: {results[-1].target_words}. Lleno: se cumplió; vacío: no; rayado: sin casos.",
        rows=[_row(of, row) for row in results],
        heads=("Período", "Resultado", "De cuántas", "Meta"),
        shape=Shape.COLUMNS,
        top=100 if results[-1].target <= 100 and results[-1].words.endswith("%") else None,
        has_table=False,
    )


def _row(of: Commitment, row: PeriodResult) -> Row:
    marks = {True: Mark.REACHED, False: Mark.MISSED, None: Mark.NONE}
    brief = row.words.replace(",0", "").removesuffix("\N{NO-BREAK SPACE}%") if row.value is not None else "–"
    named, _, under = period_words(of.moment, row.first).partition(" de ")
    tick = named[:3] if of.moment == "month" else named.partition(" ")[0]
    return Row(
        period_words(of.moment, row.first), row.value, row.words, row.of_words, target=row.target,
        mark=marks[row.is_reached], tick=tick, under=under, brief=brief[:6],
    )  # fmt: skip
