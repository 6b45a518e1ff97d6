# SPDX-License-Identifier: EUPL-1.2
"""What pages say of a demand plan: its months, its parts, what came, and how far it can be trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from siac.indicators.demand.history import measure_of_demand, own_members
from siac.indicators.domain.forecasting import months_after
from siac.indicators.figures.reading import Reading, read
from siac.indicators.figures.wording import number_words
from siac.indicators.models import DemandLine, DemandPlan, StaffingNeed
from siac.infra.metrics import Dimension
from siac.infra.tables.rows import Column
from siac.organizations.public import Institution
from siac.ui.charts import Chart, Mark, Row, Shape
from siac.ui.domain.due import MONTHS

_ONE = timedelta(days=1)
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a plan: what was expected and, once it is over, what came (None before)."""

    line: DemandLine
    name: str
    came: int | None
    url: str = ""

    @property
    def range_words(self) -> str:
        """Between what it is to lie, in words."""
        if self.line.low is None or self.line.high is None:
            return NOTHING
        return f"{number_words(self.line.low)} a {number_words(self.line.high)}"

    @property
    def is_inside(self) -> bool | None:
        """Whether what came lies within the range; None while it is not over, or without a range."""
        if self.came is None or self.line.low is None or self.line.high is None:
            return None
        return self.line.low <= self.came <= self.line.high

    @property
    def off_words(self) -> str:
        """By how much what came differs from what was expected, in words."""
        if self.came is None:
            return NOTHING
        off = self.came - self.line.count
        if not off:
            return "lo esperado"
        return f"{number_words(abs(off))} {'más' if off > 0 else 'menos'}"


@dataclass(frozen=True, slots=True)
class Part:
    """A member of a dimension: what the whole plan expects of it, what of that was expected of the months
    that are over, and what came in them.
    """

    name: str
    count: int
    so_far: int
    came: int


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a plan by one dimension."""

    title: str
    rows: Sequence[Part]


def month_name(month: date) -> str:
    """Return the name of a month: «marzo»."""
    return MONTHS[month.month - 1]


def months_of(plan: DemandPlan, came: Mapping[date, int]) -> list[Month]:
    """Return the months of a plan with what came in those that are over (1 SQL)."""
    lines = plan.lines.filter(dimension="").order_by("month")
    return [Month(line, month_name(line.month), came.get(line.month)) for line in lines]


def came_in(institution: Institution, plan: DemandPlan, *, today: date) -> dict[date, int]:
    """Return what came in each month of the year of a plan that is over (1 SQL)."""
    _, measure = measure_of_demand()
    over = _over(plan.year, today)
    if not over:
        return {}
    ranges = [(month, months_after(month, 1) - _ONE) for month in over]
    reading = read(institution, measure, ranges, today=today)
    return {month: reading.of(column).n for column, month in enumerate(over)}


def parts_of(institution: Institution, plan: DemandPlan, *, today: date) -> list[Parts]:
    """Return the parts of a plan by each dimension that has more than one (1 SQL, and 1 for each dimension
    once a planned month is over).
    """
    of, measure = measure_of_demand()
    found = []
    lines: dict[str, dict[tuple[str, str], list[DemandLine]]] = {}
    for line in plan.lines.exclude(dimension="").order_by("pk"):
        lines.setdefault(line.dimension, {}).setdefault((line.member, line.name), []).append(line)
    for key, members in lines.items():
        planned = sorted({line.month for each in members.values() for line in each})
        over = [month for month in planned if months_after(month, 1) <= today]
        ranges = [(over[0], months_after(over[-1], 1) - _ONE)] if over else []
        reading = read(institution, measure, ranges, today=today, by=key) if over else None
        rows = [
            Part(
                name,
                sum(line.count for line in of_member),
                sum(line.count for line in of_member if line.month in over),
                reading.of(0, member).n if reading else 0,
            )
            for (member, name), of_member in members.items()
        ]
        rows += _unplanned(of.dimension(key), institution, members, reading)
        if len(rows) > 1:
            found.append(Parts(of.dimension(key).title, sorted(rows, key=lambda each: -each.count)))
    return found


def _unplanned(
    of: Dimension,
    institution: Institution,
    members: Mapping[tuple[str, str], Sequence[DemandLine]],
    reading: Reading | None,
) -> list[Part]:
    """Return what came of members that the plan does not know: they are newer than it. No SQL but names."""
    planned = {member for member, _ in members}
    if reading is None:
        return []
    return [
        Part(f"{name} (no estaba en el plan)", 0, 0, n)
        for member, name in own_members(of, institution).items()
        if member not in planned and (n := reading.of(0, member).n)
    ]


def _over(year: int, today: date) -> list[date]:
    months = [date(year, place, 1) for place in range(1, 13)]
    return [month for month in months if months_after(month, 1) <= today]


def chart_of(plan: DemandPlan, months: Sequence[Month]) -> Chart:
    """Return the drawing of a plan: what came is filled, what is expected hollow, with a line where it was
    expected.
    """
    rows = [
        Row(
            each.name,
            each.line.count if each.came is None else each.came,
            number_words(each.line.count if each.came is None else each.came),
            detail="" if each.came is not None else "se esperan",
            target=None if each.came is None else each.line.count,
            mark=Mark.MISSED if each.came is None else Mark.REACHED,
            tick=each.name[:3],
            brief=number_words(each.line.count if each.came is None else each.came),
        )
        for each in months
    ]
    return Chart(
        finding(plan, months),
        "Solicitudes por mes. Hueco: lo que se espera. Lleno: lo que llegó; la línea es lo que se esperaba. "
        "Desde 0.",
        rows,
        ("Mes", "Solicitudes", "", "Se esperaban"),
        shape=Shape.COLUMNS,
        has_table=False,
        target_word="se esperaban",
    )


def finding(plan: DemandPlan, months: Sequence[Month]) -> str:
    """Return what a plan says, in a sentence."""
    over = [each for each in months if each.came is not None]
    if not over:
        most = max(months, key=lambda each: each.line.count)
        whole = sum(each.line.count for each in months)
        return f"Se esperan {number_words(whole)} solicitudes; el mes con más es {most.name}."
    came = sum(each.came or 0 for each in over)
    expected = sum(each.line.count for each in over)
    ranged = [each.is_inside for each in over if each.is_inside is not None]
    inside = f"; {sum(ranged)} de {len(ranged)} meses dentro de lo previsto" if ranged else ""
    return f"Llegaron {number_words(came)} y se esperaban {number_words(expected)}{inside}."


def percent_words(thousandths: int | None) -> str:
    """Return a share in words: «12,5 %»."""
    return NOTHING if thousandths is None else f"{number_words(Decimal(thousandths) / 10)} %"


def trust_facts(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return how a plan was worked out and how well the past was foretold, as terms and what they say."""
    first, last = date.fromisoformat(told["first"]), date.fromisoformat(told["last"])
    days = f"{first:%d-%m-%Y} a {last:%d-%m-%Y}: {number_words(told['days'])} días con dato"
    if told["missing"]:
        days += f", {number_words(told['missing'])} sin dato (no son cero)"
    own = told["own_since"]
    facts = [
        ("Historia", days),
        ("De su propio registro", f"desde el {date.fromisoformat(own):%d-%m-%Y}" if own else "nada"),
        ("Método", _METHODS[bool(told["is_own"])]),
        ("Error del modelo", _error(told["own"])),
        ("Error de repetir el año anterior", _error(told["naive"])),
        ("Rango", _range(told)),
        ("Meses distintos entre sí", "sí" if told["has_months"] else _SAME[bool(told["is_own"])]),
        ("Feriados", _holidays(told)),
        ("Vacaciones escolares", "las anotadas" if told["has_breaks"] else "ninguna anotada"),
    ]
    return [(term, said) for term, said in facts if said]


_METHODS = {
    True: "Nivel reciente por día de la semana, feriados y mes: en el pasado se equivocó menos.",
    False: "El mismo mes del año anterior, o las últimas cuatro semanas: el modelo no se equivocó menos.",
}
_SAME = {True: "no: hacen falta dos años enteros", False: ""}


def _error(thousandths: int | None) -> str:
    return f"{percent_words(thousandths)} de lo que llegó" if thousandths is not None else "no se pudo probar"


def _range(told: Mapping[str, Any]) -> str:
    if not told["tried"]:
        return "no se da: hay menos de cinco meses con que probarlo"
    wider = (
        "" if told["wider"] == 1000 else f", ensanchado {number_words(Decimal(told['wider']) / 1000)} veces"
    )
    return (
        f"8 de cada 10 veces. En el pasado acertó {percent_words(told['covered'])} "
        f"de {number_words(told['tried'])} pruebas{wider}"
    )


def _holidays(told: Mapping[str, Any]) -> str:
    if not told["calendar_to"]:
        return "su lugar no tiene calendario: ningún día cuenta como feriado"
    if told["is_calendar_whole"]:
        return "los del calendario del organismo"
    return f"el calendario llega hasta el {date.fromisoformat(told['calendar_to']):%d-%m-%Y}"


TRIAL_HEADS = ("Meses antes", "Pruebas", "Error del modelo", "Error del año anterior")


def trial_rows(told: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Return how well the past was foretold, by how many months before."""
    return [
        (str(ahead), str(n), percent_words(own), percent_words(naive))
        for ahead, n, own, naive in told["by_ahead"]
    ]


@dataclass(frozen=True, slots=True)
class HalfHour:
    """What a half hour needs, in words."""

    at: str
    arrivals: int
    desks: str
    people: str
    within: str
    wait: str
    leave: str


def half_hours(row: StaffingNeed) -> list[HalfHour]:
    """Return what each half hour of a phone or counter needs."""
    found = []
    for (at, arrivals), need in zip(row.arrivals, row.needs, strict=True):
        if need is None:
            found.append(HalfHour(at, arrivals, "más de 500", NOTHING, NOTHING, NOTHING, NOTHING))
            continue
        desks, people, within, wait, leave = need
        found.append(
            HalfHour(
                at,
                arrivals,
                str(desks),
                str(people),
                percent_words(within),
                f"{number_words(Decimal(wait) / 10)} min",
                percent_words(leave) if row.patience else "nadie",
            )
        )
    return found


def most_people(row: StaffingNeed) -> int:
    """Return how many people the busiest half hour needs."""
    return max((need[1] for need in row.needs if need), default=0)


TABLE = (
    Column("Parte", 22), Column("Cuál", 40), Column("Mes", 12), Column("Esperadas", 12),
    Column("Al menos", 12), Column("A lo más", 12), Column("Mismo mes del año anterior", 26),
    Column("Llegaron", 12),
)  # fmt: skip


def table_rows(plan: DemandPlan, came: Mapping[date, int]) -> list[tuple[Any, ...]]:
    """Return all lines of a plan as a table (1 SQL); what came stands beside the whole only."""
    of, _ = measure_of_demand()
    return [
        (
            of.dimension(line.dimension).title if line.dimension else "Todas",
            line.name or "Todas las solicitudes",
            f"{line.month:%Y-%m}",
            line.count,
            line.low,
            line.high,
            line.before,
            None if line.dimension else came.get(line.month),
        )
        for line in plan.lines.order_by("dimension", "pk")
    ]
