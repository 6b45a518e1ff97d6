# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of the forms of the portal: how many were begun, and how many never sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet

from siac.cases.models import FormFact
from siac.cases.queries import kinds
from siac.infra.metrics import Better, Dimension, Family, Measure, Metric, Source, Thing, Things
from siac.organizations.public import Institution


def refresh_facts(institution_id: int, ids: Sequence[int]) -> None:
    """Count these forms of a body on the day on which they were begun (1 SQL)."""
    FormFact.objects.filter(institution_id=institution_id, pk__in=ids).update(counted_on=F("begun_on"))


def forms_of(institution_id: int, _: Sequence[int]) -> Sequence[int]:
    """Return the forms of a body that are not counted yet (1 SQL)."""
    rows = FormFact.objects.filter(institution_id=institution_id, counted_on__isnull=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def forms_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next forms of a body by id, after one (1 SQL)."""
    rows = FormFact.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def _all(institution: Institution) -> QuerySet[FormFact]:
    return FormFact.objects.filter(institution=institution)


def _told(access: Any, rows: Sequence[FormFact]) -> list[Thing]:
    """Return forms as what they are: nobody knows whose. No SQL."""
    return [Thing("Formulario") for _ in rows]


def _hidden(access: Any, ids: Sequence[int]) -> set[int]:
    """Return all of them: of none may anybody know more than that it was begun."""
    return set(ids)


def _kinds(institution: Institution) -> Mapping[str, str]:
    return {str(pk): kind.name for pk, kind in kinds(institution).items()}


SOURCE = Source(
    key="forms",
    table="cases_formfact",
    subject="id",
    stream="form",
    refresh=refresh_facts,
    after=forms_after,
    dimensions=(Dimension("form", "Formulario de", "kind_id", _kinds),),
    families=((), ("form",)),
    things=Things(
        one="formulario",
        many="formularios",
        heads=("Formulario",),
        rows=_all,
        tell=_told,
        hidden=_hidden,
    ),
    through={"forms": forms_of},
)
_BEGUN = Measure("cases.forms_begun", SOURCE.key, "counted_on")
METRICS = (
    Metric(
        key="cases.forms_begun",
        title="Formularios llenados en el portal",
        definition=(
            "Formularios del portal que alguien llenó hasta la página en que se revisan, los haya enviado o "
            "no. Se cuentan un día después."
        ),
        family=Family.COVERAGE,
        unit="forms",
        better=Better.NEITHER,
        of=_BEGUN,
    ),
    Metric(
        key="cases.forms_abandoned",
        title="Formularios abandonados",
        definition="De los formularios llenados en el período hasta la página en que se revisan, los que no "
        "se enviaron en un día.",
        family=Family.EFFICIENCY,
        unit="percent",
        better=Better.LOWER,
        of=Measure("cases.forms_abandoned", SOURCE.key, "counted_on", "NOT is_sent"),
        per=_BEGUN,
    ),
)
