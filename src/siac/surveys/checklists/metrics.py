# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of visits."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from siac.cases.public import POINT, UNIT
from siac.infra.metrics import Better, Dimension, Family, Measure, Metric, Source, Thing, Things
from siac.organizations.public import Access, Institution
from siac.surveys.checklists.facts import refresh_facts, visits_after
from siac.surveys.checklists.models import ProtocolKind, Visit
from siac.surveys.checklists.queries import protocols, visible_visits


def _all(institution: Institution) -> QuerySet[Visit]:
    """Return every visit of a body. Lazy: no SQL until it is read."""
    return Visit.objects.filter(institution=institution).select_related("protocol", "unit", "point")


def _hidden(access: Access, ids: Sequence[int]) -> set[int]:
    """Return the visits that somebody may not see (1 SQL)."""
    seen = visible_visits(access).filter(pk__in=list(ids)).values_list("pk", flat=True)
    return set(ids) - set(seen)


def _told(access: Access, rows: Sequence[Visit]) -> list[Thing]:
    """Return visits in words, of those they may not see only that they are (1 SQL)."""
    unseen = _hidden(access, [row.pk for row in rows])
    slug = access.institution.slug
    return [
        Thing("Visita reservada")
        if row.pk in unseen
        else Thing(
            row.protocol.name,
            reverse("workspace:surveys:visit", args=[slug, row.pk]),
            (
                row.point.name if row.point else row.unit.name,
                row.visited_on.isoformat() if row.visited_on else "",
                "Sin nota" if row.score is None else str(row.score).replace(".", ","),
            ),
        )
        for row in rows
    ]


def _protocols(institution: Institution) -> Mapping[str, str]:
    return {str(row.pk): row.name for row in protocols(institution)}


def _kinds(_: Institution) -> Mapping[str, str]:
    return {code: str(label) for code, label in ProtocolKind.choices}


SOURCE = Source(
    key="visits",
    table="surveys_visitfact",
    subject="visit_id",
    stream="visit",
    refresh=refresh_facts,
    after=visits_after,
    dimensions=(
        Dimension("protocol", "Protocolo", "protocol_id", _protocols),
        Dimension("look", "Tipo de visita", "kind", _kinds),
        UNIT,
        POINT,
    ),
    families=(
        (),
        ("protocol",),
        ("look",),
        ("unit",),
        ("point",),
        ("protocol", "unit"),
        ("point", "protocol"),
    ),
    things=Things(
        one="visita",
        many="visitas",
        heads=("Visita", "Dónde", "Día", "Nota"),
        rows=_all,
        tell=_told,
        hidden=_hidden,
    ),
)


def _measure(name: str, where: str = "true", value: str = "") -> Measure:
    return Measure(f"checklists.{name}", SOURCE.key, "visited_on", where, value)


_SENT = _measure("visits")
METRICS = (
    Metric(
        key="checklists.visits",
        title="Visitas y auditorías hechas",
        definition="Visitas de cliente incógnito, auditorías internas y autoevaluaciones del período.",
        family=Family.COVERAGE,
        unit="visits",
        better=Better.NEITHER,
        of=_SENT,
    ),
    Metric(
        key="checklists.score",
        title="Nota de las visitas, de 0 a 100",
        definition=(
            "Puntos ponderados de cada cien que podían obtenerse en lo que aplicaba. De cada visita entra la "
            "nota redondeada al entero; las visitas en que nada aplicaba no se cuentan."
        ),
        family=Family.SATISFACTION,
        unit="of_hundred",
        better=Better.HIGHER,
        of=_measure("score", value="score"),
    ),
    Metric(
        key="checklists.critical",
        title="Visitas con una falla crítica",
        definition="De las visitas del período, aquellas en que falló al menos un punto crítico.",
        family=Family.SATISFACTION,
        unit="percent",
        better=Better.LOWER,
        of=_measure("critical", "is_critical"),
        per=_SENT,
    ),
)
