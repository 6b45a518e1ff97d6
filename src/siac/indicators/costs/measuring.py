# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of costs: what it cost to attend each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from siac.indicators.costs.reading import channels, contacts
from siac.indicators.figures.wording import number_words
from siac.indicators.models import AttentionCost, CostFact
from siac.indicators.texts import NOTHING
from siac.infra.metrics import (
    Better,
    Dimension,
    Family,
    Measure,
    Metric,
    Source,
    Statistic,
    Thing,
    Things,
)
from siac.organizations.public import Institution, institution_of

_COLUMNS = [field.attname for field in CostFact._meta.concrete_fields if not field.primary_key]
ALL_CHANNELS = "Todos los canales"


def refresh_facts(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these costs of a body as they are now (5 SQL, however many)."""
    rows = AttentionCost.objects.filter(institution_id=institution_id, pk__in=ids, is_active=True)
    standing = list(rows.order_by("pk"))
    known = contacts(institution_of(institution_id), [row.year for row in standing])
    facts = [
        CostFact(
            cost=row,
            institution_id=institution_id,
            ended_on=date(row.year, 12, 31),
            channel=row.channel,
            amount=row.amount,
            contacts=known[row.year, row.channel],
        )
        for row in standing
        if known.get((row.year, row.channel))
    ]
    CostFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["cost"], update_fields=_COLUMNS, batch_size=500
    )
    gone = CostFact.objects.filter(institution_id=institution_id, cost__in=ids)
    gone.exclude(pk__in=[fact.pk for fact in facts]).delete()


def costs_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next costs of a body by id, after one (1 SQL)."""
    rows = AttentionCost.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def rests_on(institution: Institution) -> str:
    """Return how many were attended in each year that a cost is told of: where that is another number, costs
    are spread anew (3 SQL; 1 where none is told).
    """
    rows = AttentionCost.objects.filter(institution=institution, is_active=True).order_by("year", "channel")
    told = list(rows.values_list("year", "channel"))
    known = contacts(institution, [year for year, _ in told])
    return repr([(*each, known.get(each, 0)) for each in told])


def _all(institution: Institution) -> QuerySet[AttentionCost]:
    return AttentionCost.objects.filter(institution=institution)


def _told(access: Any, rows: Sequence[AttentionCost]) -> list[Thing]:
    """Return costs with how many were attended for each (1 SQL)."""
    facts = CostFact.objects.filter(institution=access.institution).in_bulk([row.pk for row in rows])
    names = _channels(access.institution)
    return [
        Thing(
            f"Costo de {row.year}",
            cells=(
                names.get(row.channel, row.channel),
                number_words(row.amount),
                number_words(facts[row.pk].contacts) if row.pk in facts else NOTHING,
                row.source,
            ),
        )
        for row in rows
    ]


def _hidden(access: Any, ids: Sequence[int]) -> set[int]:
    """Return none: whoever sees figures sees what they cost. No SQL."""
    return set()


def _channels(institution: Any) -> Mapping[str, str]:
    return {**channels(institution), "": ALL_CHANNELS}


SOURCE = Source(
    key="costs",
    table="indicators_costfact",
    subject="cost_id",
    stream="cost",
    refresh=refresh_facts,
    after=costs_after,
    dimensions=(Dimension("channel", "Canal", "channel", _channels),),
    families=((), ("channel",)),
    things=Things(
        one="costo declarado",
        many="costos declarados",
        heads=("Costo", "Canal", "Monto", "Solicitudes y atenciones", "De dónde sale"),
        rows=_all,
        tell=_told,
        hidden=_hidden,
    ),
    rests_on=rests_on,
)
METRICS = (
    Metric(
        key="costs.per_attention",
        title="Costo por atención",
        definition=(
            "Lo que la institución declaró que costó atender en un año terminado, en moneda del país, entre "
            "las solicitudes recibidas y las atenciones dadas ese año por los mismos canales. Solo se dice "
            "de años enteros; de uno sin costo declarado no se dice nada."
        ),
        family=Family.EFFICIENCY,
        unit="per_attention",
        better=Better.LOWER,
        of=Measure("costs.amount", SOURCE.key, "ended_on", value="amount"),
        per=Measure("costs.contacts", SOURCE.key, "ended_on", value="contacts"),
        told=(Statistic.QUOTIENT,),
        is_yearly=True,
    ),
)
