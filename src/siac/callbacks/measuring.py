# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of calls to return: how many, whether in time, whether anybody was reached."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from siac.callbacks.domain.states import State
from siac.callbacks.models import CallBack, CallFact
from siac.callbacks.queries import visible_calls
from siac.callbacks.texts import STATES
from siac.cases.public import TOPIC, UNIT
from siac.infra.metrics import Better, Family, Measure, Metric, Source, Thing, Things
from siac.organizations.public import Access, Institution, institution_of

_COLUMNS = [field.attname for field in CallFact._meta.concrete_fields if not field.primary_key]


def refresh_facts(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these calls of a body as they are now (2 SQL, however many)."""
    institution = institution_of(institution_id)
    rows = CallBack.objects.filter(institution_id=institution_id, pk__in=ids).select_related("interaction")
    CallFact.objects.bulk_create(
        [_fact(institution, row) for row in rows.order_by("pk")],
        update_conflicts=True, unique_fields=["call_back"], update_fields=_COLUMNS, batch_size=500,
    )  # fmt: skip


def _fact(institution: Institution, row: CallBack) -> CallFact:
    ended_on = institution.local_date(row.ended_at) if row.ended_at else None
    is_void = row.first_call_at is None and row.ended_at is not None and row.ended_at <= row.due_at
    return CallFact(
        call_back=row,
        institution_id=institution.pk,
        promised_on=institution.local_date(row.promised_at),
        due_on=row.due_on,
        is_kept=None if is_void else row.first_call_at is not None and row.first_call_at <= row.due_at,
        ended_on=ended_on,
        is_reached=None if row.state in (State.OPEN, State.WITHDRAWN) else row.state == State.DONE,
        unit_id=row.unit_id,
        topic_id=row.interaction.topic_id or 0,
    )


def calls_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next calls of a body by id, after one (1 SQL)."""
    rows = CallBack.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def _all(institution: Institution) -> QuerySet[CallBack]:
    return CallBack.objects.filter(institution=institution)


def _told(access: Access, rows: Sequence[CallBack]) -> list[Thing]:
    """Return a page of calls, as far as whoever looks may know of them (1 SQL)."""
    hidden = _hidden(access, [row.pk for row in rows])
    return [
        Thing(f"Llamada {row.pk}")
        if row.pk in hidden
        else Thing(
            f"Llamada {row.pk}",
            reverse("workspace:callbacks:call", args=[access.institution.slug, row.pk]),
            (f"{row.due_on:%d-%m-%Y}", STATES[State(row.state)]),
        )
        for row in rows
    ]


def _hidden(access: Access, ids: Sequence[int]) -> set[int]:
    """Return the calls of attentions that are not for whoever looks (1 SQL)."""
    return set(ids) - set(visible_calls(access).filter(pk__in=ids).values_list("pk", flat=True))


SOURCE = Source(
    key="callbacks",
    table="callbacks_callfact",
    subject="call_back_id",
    stream="call_back",
    refresh=refresh_facts,
    after=calls_after,
    dimensions=(UNIT, TOPIC),
    families=((), ("unit",), ("topic",)),
    things=Things(
        one="llamada por devolver",
        many="llamadas por devolver",
        heads=("Llamada", "Plazo", "Estado"),
        rows=_all,
        tell=_told,
        hidden=_hidden,
    ),
    rests_on=lambda institution: str(institution.zone),
)


def _measure(name: str, day: str, where: str = "true") -> Measure:
    return Measure(f"callbacks.{name}", SOURCE.key, day, where)


METRICS = (
    Metric(
        key="callbacks.promised",
        title="Llamadas prometidas",
        definition="Llamadas que se prometió devolver en el período.",
        family=Family.COVERAGE,
        unit="calls",
        better=Better.NEITHER,
        of=_measure("promised", "promised_on"),
    ),
    Metric(
        key="callbacks.kept",
        title="Llamadas devueltas a tiempo",
        definition=(
            "De las llamadas cuyo plazo terminó en el período, sin las que dejaron de hacer falta antes, "
            "aquellas en que se llamó a más tardar en el plazo prometido, contestaran o no."
        ),
        family=Family.TIMELINESS,
        unit="percent",
        better=Better.HIGHER,
        of=_measure("called_in_time", "due_on", "is_kept"),
        per=_measure("due", "due_on", "is_kept IS NOT NULL"),
    ),
    Metric(
        key="callbacks.reached",
        title="Llamadas en que se habló",
        definition=(
            "De las llamadas prometidas que terminaron en el período, aquellas en que se habló con la "
            "persona."
        ),
        family=Family.EFFICIENCY,
        unit="percent",
        better=Better.HIGHER,
        of=_measure("spoken", "ended_on", "is_reached"),
        per=_measure("ended", "ended_on", "is_reached IS NOT NULL"),
    ),
)
