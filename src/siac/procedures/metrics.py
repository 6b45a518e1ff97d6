# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of procedures, from the records of the body."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from siac.infra.metrics import (
    Better,
    Dimension,
    Family,
    Measure,
    Metric,
    Source,
    Thing,
    Things,
)
from siac.organizations.public import Access, Institution, StaffRight
from siac.procedures.facts import records_after, refresh_facts
from siac.procedures.models import ProcedureRecord, Reason, TimeUnitLabel


def _all(institution: Institution) -> QuerySet[ProcedureRecord]:
    """Return every record of a body. Lazy: no SQL until it is read."""
    return ProcedureRecord.objects.filter(institution=institution)


def _told(access: Access, rows: Sequence[ProcedureRecord]) -> list[Thing]:
    """Return records in words. No SQL."""
    slug, opens = access.institution.slug, access.has(StaffRight.FIGURES)
    return [
        Thing(
            row.name,
            reverse("workspace:procedures:procedure", args=[slug, row.key]) if opens else "",
            (str(row.year), str(row.handled), "" if row.beyond is None else str(row.beyond)),
        )
        for row in rows
    ]


def _hidden(access: Access, ids: Sequence[int]) -> set[int]:
    """Return none: records tell of procedures, not of people. No SQL."""
    return set()


def _reasons(_: Institution) -> Mapping[str, str]:
    return {**{code: str(label) for code, label in Reason.choices}, "": "Sin decir"}


def _time_units(_: Institution) -> Mapping[str, str]:
    return {code: str(label) for code, label in TimeUnitLabel.choices}


SOURCE = Source(
    key="procedures",
    table="procedures_procedurefact",
    subject="record_id",
    stream="procedure",
    refresh=refresh_facts,
    after=records_after,
    dimensions=(
        Dimension("reason", "Por qué se informa", "reason", _reasons),
        Dimension("time_unit", "Se mide en", "time_unit", _time_units),
    ),
    families=((), ("reason",), ("time_unit",)),
    things=Things(
        one="trámite",
        many="trámites",
        heads=("Trámite o producto", "Año", "Gestionados", "En más tiempo"),
        rows=_all,
        tell=_told,
        hidden=_hidden,
    ),
)
_YEARLY = "Cuenta el último día del año del registro, o el día en que se cargó si todavía no termina."


def _measure(name: str, where: str = "true", value: str = "") -> Measure:
    return Measure(f"procedures.{name}", SOURCE.key, "counted_on", where, value)


METRICS = (
    Metric(
        key="procedures.told",
        title="Trámites con registro del año",
        definition=f"Trámites y productos de los que la institución cargó su registro de un año. {_YEARLY}",
        family=Family.COVERAGE,
        unit="procedures",
        better=Better.NEITHER,
        of=_measure("told"),
    ),
    Metric(
        key="procedures.kept",
        title="Trámites que cumplen el tiempo comprometido",
        definition=(
            "De los trámites con tiempo comprometido y mediana, aquellos en que la mitad de lo gestionado en "
            f"el año no tardó más que lo comprometido. {_YEARLY}"
        ),
        family=Family.TIMELINESS,
        unit="percent",
        better=Better.HIGHER,
        of=_measure("kept", "is_kept"),
        per=_measure("judged", "is_kept IS NOT NULL"),
    ),
    Metric(
        key="procedures.within",
        title="Gestionados dentro del tiempo comprometido, por trámite",
        definition=(
            "De cada trámite con tiempo comprometido, cuántos de cada cien gestionados en el año no tardaron "
            f"más. Todos los trámites pesan igual. {_YEARLY}"
        ),
        family=Family.TIMELINESS,
        unit="of_hundred",
        better=Better.HIGHER,
        of=_measure("within", value="percent_within"),
    ),
    Metric(
        key="procedures.mean_days",
        title="Días hábiles por trámite, en promedio",
        definition=(
            "Media de días hábiles que tardó cada trámite en el año, de los que se miden en días hábiles. "
            f"Todos los trámites pesan igual. {_YEARLY}"
        ),
        family=Family.TIMELINESS,
        unit="business_days",
        better=Better.LOWER,
        of=_measure("mean_days", value="mean_days"),
    ),
)
