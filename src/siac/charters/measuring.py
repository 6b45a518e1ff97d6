# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of remedies: how many are owed, how many delivered in time, how long it takes."""

from collections.abc import Sequence

from django.db.models import QuerySet

from siac.cases.public import CASES, KIND, UNIT
from siac.charters.models import Breach, Remedy, RemedyFact, RemedyState
from siac.charters.subjects import BREACH_OF, told, unit_of
from siac.infra.metrics import Better, Family, Measure, Metric, Source, Statistic, Thing, Things
from siac.organizations.public import Access, Institution, institution_of

_COLUMNS = [field.attname for field in RemedyFact._meta.concrete_fields if not field.primary_key]


def refresh_facts(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these remedies of a body as they are now (3 SQL, however many); what a corrected
    calendar undid was never owed, and has none.
    """
    institution = institution_of(institution_id)
    rows = Remedy.objects.filter(institution_id=institution_id, pk__in=ids)
    rows = rows.select_related("breach__commitment", *BREACH_OF)
    undone = rows.filter(state=RemedyState.UNDONE).values("pk")
    RemedyFact.objects.filter(institution_id=institution_id, remedy__in=undone).delete()
    rows = rows.exclude(state=RemedyState.UNDONE)
    RemedyFact.objects.bulk_create(
        [_fact(institution, row) for row in rows.order_by("pk")],
        update_conflicts=True, unique_fields=["remedy"], update_fields=_COLUMNS, batch_size=500,
    )  # fmt: skip


def _fact(institution: Institution, row: Remedy) -> RemedyFact:
    case, owed_on = row.breach.case, institution.local_date(row.breach.found_at)
    unit_id = unit_of(row.breach)
    decided_on = institution.local_date(row.decided_at) if row.decided_at else None
    settled_on = institution.local_date(row.settled_at) if row.settled_at else None
    delivered_on = settled_on if row.state == RemedyState.DELIVERED else None
    return RemedyFact(
        remedy=row,
        institution_id=institution.pk,
        owed_on=owed_on,
        due_on=row.due_on,
        settled_on=settled_on,
        is_in_time=None
        if row.state == RemedyState.REFUSED
        else delivered_on is not None and delivered_on <= row.due_on,
        days=(delivered_on - owed_on).days if delivered_on else None,
        decided_on=decided_on,
        decision_days=(decided_on - owed_on).days if decided_on else None,
        is_refused=row.state == RemedyState.REFUSED,
        kind_id=case.kind_id if case is not None else 0,
        unit_id=unit_id or 0,
    )


def remedies_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next remedies of a body by id, after one (1 SQL)."""
    rows = Remedy.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def remedies_of(institution_id: int, case_ids: Sequence[int]) -> Sequence[int]:
    """Return the remedies owed for some requests (1 SQL)."""
    rows = Remedy.objects.filter(institution_id=institution_id, breach__case__in=list(case_ids))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def remedies_of_attentions(institution_id: int, ids: Sequence[int]) -> Sequence[int]:
    """Return the remedies owed for some attentions (1 SQL)."""
    rows = Remedy.objects.filter(institution_id=institution_id, breach__interaction__in=list(ids))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def remedies_of_charters(institution_id: int, ids: Sequence[int]) -> Sequence[int]:
    """Return the remedies owed to everybody for figures of some charters (1 SQL)."""
    rows = Remedy.objects.filter(institution_id=institution_id, breach__result__charter__in=list(ids))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _all(institution: Institution) -> QuerySet[Remedy]:
    return Remedy.objects.filter(institution=institution)


def _told(access: Access, rows: Sequence[Remedy]) -> list[Thing]:
    """Return a page of remedies, each by what it is owed for, as far as whoever looks may know of it (5
    SQL).
    """
    breaches = _breaches(access, [row.pk for row in rows])
    hidden = _hidden(access, [row.pk for row in rows])
    of = told(access, list(breaches.values()))
    return [
        Thing(
            of[row.breach_id].name,
            of[row.breach_id].url,
            () if row.pk in hidden else (f"{row.due_on:%d-%m-%Y}", RemedyState(row.state).label),
        )
        for row in rows
    ]


def _breaches(access: Access, ids: Sequence[int]) -> dict[int, Breach]:
    """Return what remedies are owed for, by their primary key (1 SQL)."""
    rows = _all(access.institution).filter(pk__in=ids).select_related("breach__commitment", *BREACH_OF)
    return {row.pk: row.breach for row in rows}


def _hidden(access: Access, ids: Sequence[int]) -> set[int]:
    """Return the remedies of requests, or of attentions that became one, not for whoever looks (2 SQL)."""
    breaches = _breaches(access, ids)
    of = {pk: row.interaction.case_id if row.interaction else row.case_id for pk, row in breaches.items()}
    hidden = CASES.hidden(access, [case_id for case_id in of.values() if case_id is not None])
    return {pk for pk, case_id in of.items() if case_id in hidden}


SOURCE = Source(
    key="remedies",
    table="charters_remedyfact",
    subject="remedy_id",
    stream="remedy",
    refresh=refresh_facts,
    after=remedies_after,
    dimensions=(UNIT, KIND),
    families=((), ("unit",), ("kind",)),
    things=Things(
        one="medida",
        many="medidas",
        heads=("Solicitud", "Plazo", "Estado"),
        rows=_all,
        tell=_told,
        hidden=_hidden,
    ),
    through={
        "case": remedies_of,
        "interaction": remedies_of_attentions,
        "charter": remedies_of_charters,
    },
    rests_on=lambda institution: str(institution.zone),
)


def _measure(name: str, day: str, where: str = "true", value: str = "") -> Measure:
    return Measure(f"charters.{name}", SOURCE.key, day, where, value)


_OWED = _measure("remedies_begun", "owed_on")
METRICS = (
    Metric(
        key="charters.remedies",
        title="Medidas de subsanación debidas",
        definition="Compromisos de la carta que se incumplieron en el período, cada uno con su medida.",
        family=Family.SATISFACTION,
        unit="remedies",
        better=Better.LOWER,
        of=_OWED,
    ),
    Metric(
        key="charters.remedies_owed",
        title="Medidas de subsanación pendientes",
        definition="Medidas debidas hasta ese día y que no se habían entregado ni quedado sin efecto.",
        family=Family.SATISFACTION,
        unit="remedies",
        better=Better.LOWER,
        of=_OWED,
        less=_measure("remedies_ended", "settled_on", "settled_on IS NOT NULL"),
    ),
    Metric(
        key="charters.remedies_in_time",
        title="Medidas de subsanación entregadas a tiempo",
        definition=(
            "De las medidas cuyo plazo terminó en el período, sin las que quedaron sin efecto, las que se "
            "entregaron a más tardar el último día."
        ),
        family=Family.TIMELINESS,
        unit="percent",
        better=Better.HIGHER,
        of=_measure("remedies_kept", "due_on", "is_in_time"),
        per=_measure("remedies_due", "due_on", "is_in_time IS NOT NULL"),
    ),
    Metric(
        key="charters.remedies_refused",
        title="Medidas de subsanación que no procedían",
        definition="De las medidas resueltas en el período, las que se negaron con su razón.",
        family=Family.SATISFACTION,
        unit="percent",
        better=Better.NEITHER,
        of=_measure("remedies_denied", "settled_on", "is_refused"),
        per=_measure("remedies_settled", "settled_on", "settled_on IS NOT NULL"),
    ),
    Metric(
        key="charters.remedy_decision_days",
        title="Días hasta decidir la medida",
        definition="De las medidas decididas en el período, días corridos desde el incumplimiento.",
        family=Family.TIMELINESS,
        unit="calendar_days",
        better=Better.LOWER,
        of=_measure("remedy_decision_days", "decided_on", "decision_days IS NOT NULL", "decision_days"),
        told=(Statistic.MEDIAN, Statistic.P90, Statistic.MEAN, Statistic.MAXIMUM, Statistic.MINIMUM),
    ),
    Metric(
        key="charters.remedy_days",
        title="Días hasta entregar la medida",
        definition="De las medidas entregadas en el período, días corridos desde el incumplimiento.",
        family=Family.TIMELINESS,
        unit="calendar_days",
        better=Better.LOWER,
        of=_measure("remedy_days", "settled_on", "days IS NOT NULL", "days"),
        told=(
            Statistic.MEDIAN,
            Statistic.P90,
            Statistic.MEAN,
            Statistic.MAXIMUM,
            Statistic.MINIMUM,
            Statistic.WITHIN,
            Statistic.BEYOND,
        ),
    ),
)
