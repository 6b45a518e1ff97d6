# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of counters, by the day of the ticket: sums of the intervals of each visit."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from siac.counter.domain.queueing import minutes_of
from siac.counter.domain.states import WAITS, State
from siac.counter.models import Stage, TurnFact, Visit
from siac.counter.queries import lines
from siac.counter.texts import STATE_NAMES
from siac.infra.metrics import Better, Dimension, Family, Measure, Metric, Source, Statistic, Thing, Things
from siac.organizations.public import Access, Institution
from siac.servicepoints.public import service_points

_COLUMNS = [field.attname for field in TurnFact._meta.concrete_fields if not field.primary_key]
ARRIVAL, APPOINTMENT = "arrival", "appointment"


def refresh_facts(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these visits of a body as they are now (3 SQL, however many)."""
    rows = Stage.objects.filter(institution_id=institution_id, visit__in=ids).select_related("visit")
    spans = rows.order_by("visit", "begun_at", "pk")
    facts = [_fact(list(stages)) for _, stages in groupby(spans, key=lambda row: row.visit_id)]
    TurnFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["visit"], update_fields=_COLUMNS, batch_size=500
    )
    TurnFact.objects.filter(institution_id=institution_id, visit__in=ids).exclude(
        pk__in=[fact.pk for fact in facts]
    ).delete()


def _fact(stages: Sequence[Stage]) -> TurnFact:
    """Return what the intervals of a visit say, in the order in which they were."""
    visit, last = stages[0].visit, stages[-1]
    is_called = any(each.calls for each in stages) and last.state not in WAITS
    is_attended = last.state == State.ENDED
    return TurnFact(
        visit=visit,
        institution_id=visit.institution_id,
        came_on=visit.taken_on,
        point_id=visit.point_id,
        line_id=visit.line_id,
        turn=visit.priority or (APPOINTMENT if visit.hour else ARRIVAL),
        outcome=last.state,
        waited=_minutes(stages, *WAITS) if is_called else None,
        served=_minutes(stages, State.SERVING) if is_attended else None,
        held=_minutes(stages, State.HELD),
        is_transferred=any(each.state == State.TRANSFERRED for each in stages),
    )


def _minutes(stages: Sequence[Stage], *states: State) -> int | None:
    """Return how long a visit was in some states, in minutes of which one that began counts; None: it never
    was, or is still.
    """
    found = [each for each in stages if each.state in states]
    ended = [(each.begun_at, each.ended_at) for each in found if each.ended_at is not None]
    return minutes_of(ended) if ended and len(ended) == len(found) else None


def visits_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next visits of a body by id, after one (1 SQL)."""
    rows = Visit.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def _all(institution: Any) -> QuerySet[Visit]:
    return Visit.objects.filter(institution=institution)


def _told(access: Access, rows: Sequence[Visit]) -> list[Thing]:
    """Return visits by day, point, line and where they are: nobody is asked who they are (1 SQL)."""
    points, known = service_points(access.institution), lines(access.institution)
    now = Stage.objects.filter(visit__in=[row.pk for row in rows], ended_at=None)
    state = dict(now.values_list("visit", "state"))
    return [
        Thing(
            row.code,
            cells=(
                f"{row.taken_on:%d-%m-%Y}",
                points[row.point_id].name,
                known[row.line_id].name,
                STATE_NAMES[State(state[row.pk])],
            ),
        )
        for row in rows
    ]


def _hidden(access: Access, ids: Sequence[int]) -> set[int]:
    """Return none: a row tells of nobody. No SQL."""
    return set()


def _points(institution: Institution) -> Mapping[str, str]:
    return {str(pk): point.name for pk, point in service_points(institution).items()}


def _lines(institution: Institution) -> Mapping[str, str]:
    points = service_points(institution)
    return {
        str(pk): f"{line.prefix} {line.name}, {points[line.point_id].name}"
        for pk, line in lines(institution).items()
    }


def _turns(institution: Institution) -> Mapping[str, str]:
    preferred = {each.code: each.words for each in institution.country.preferred}
    return {ARRIVAL: "Por hora de llegada", APPOINTMENT: "Con cita", **preferred}


SOURCE = Source(
    key="tickets",
    table="counter_turnfact",
    subject="visit_id",
    stream="ticket",
    refresh=refresh_facts,
    after=visits_after,
    dimensions=(
        Dimension("point", "Punto de atención", "point_id", _points),
        Dimension("line", "Fila", "line_id", _lines),
        Dimension("turn", "Cómo se da el turno", "turn", _turns),
    ),
    families=((), ("point",), ("line",), ("turn",)),
    things=Things(
        one="número",
        many="números",
        heads=("Número", "Día", "Punto", "Fila", "Estado"),
        rows=_all,
        tell=_told,
        hidden=_hidden,
    ),
)


def _measure(name: str, where: str = "true", value: str = "") -> Measure:
    return Measure(f"counter.{name}", SOURCE.key, "came_on", where, value)


_OVER = _measure("over", "outcome IN ('ended', 'no_show', 'closed')")
_TIMES = (Statistic.MEDIAN, Statistic.P90, Statistic.MEAN, Statistic.MAXIMUM, Statistic.WITHIN)
METRICS = (
    Metric(
        key="counter.tickets",
        title="Números dados en los puntos de atención",
        definition="Números que se sacaron en el período, en todas las filas.",
        family=Family.COVERAGE,
        unit="tickets",
        better=Better.NEITHER,
        of=_measure("tickets"),
    ),
    Metric(
        key="counter.waiting",
        title="Minutos de espera en el mesón",
        definition="Minutos desde el número hasta el último llamado, sin pausas ni atención en medio; de "
        "quienes fueron llamados. Un minuto empezado cuenta.",
        family=Family.TIMELINESS,
        unit="minutes",
        better=Better.LOWER,
        of=_measure("waiting", "waited IS NOT NULL", "waited"),
        told=_TIMES,
    ),
    Metric(
        key="counter.serving",
        title="Minutos de atención en el mesón",
        definition="Minutos en los módulos, de las visitas que se atendieron hasta el final.",
        family=Family.EFFICIENCY,
        unit="minutes",
        better=Better.NEITHER,
        of=_measure("serving", "served IS NOT NULL", "served"),
        told=_TIMES,
    ),
    Metric(
        key="counter.held",
        title="Minutos en pausa en el mesón",
        definition="Minutos en pausa de las visitas que la tuvieron: papeles y formularios que faltaban.",
        family=Family.EFFICIENCY,
        unit="minutes",
        better=Better.LOWER,
        of=_measure("held", "held IS NOT NULL", "held"),
        told=_TIMES,
    ),
    Metric(
        key="counter.no_shows",
        title="Personas llamadas que no se presentaron",
        definition="De los números del período que terminaron, los que se llamaron y nadie se presentó.",
        family=Family.EFFICIENCY,
        unit="percent",
        better=Better.LOWER,
        of=_measure("no_shows", "outcome = 'no_show'"),
        per=_OVER,
    ),
    Metric(
        key="counter.abandoned",
        title="Personas que el punto no alcanzó a atender",
        definition="De los números que terminaron, los que no se atendieron porque el punto cerró.",
        family=Family.COVERAGE,
        unit="percent",
        better=Better.LOWER,
        of=_measure("abandoned", "outcome = 'closed'"),
        per=_OVER,
    ),
    Metric(
        key="counter.transferred",
        title="Personas derivadas a otra fila",
        definition="De los números del período que terminaron, los que se derivaron de una fila a otra.",
        family=Family.EFFICIENCY,
        unit="percent",
        better=Better.LOWER,
        of=_measure("transferred", "is_transferred AND outcome IN ('ended', 'no_show', 'closed')"),
        per=_OVER,
    ),
)
