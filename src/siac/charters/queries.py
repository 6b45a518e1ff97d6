# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about charters, their commitments, breaches and remedies."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from siac.cases.public import Case, CaseKind, Promise
from siac.charters.models import Breach, Commitment, Remedy
from siac.indicators.public import Figure, figures
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Institution


def _load_commitments(institution_id: int) -> dict[int, Commitment]:
    rows = (
        Commitment.objects.filter(institution_id=institution_id)
        .select_related("edition", "edition__charter", "indicator", "kind")
        .order_by("edition__charter__title", "position", "pk")
    )
    return {commitment.pk: commitment for commitment in rows}


_COMMITMENTS: ConfigCache[dict[int, Commitment]] = ConfigCache(_load_commitments)


def commitments(institution: Institution) -> dict[int, Commitment]:
    """Return every commitment of a body, of past editions too, by primary key; no SQL when warm."""
    return _COMMITMENTS.get(institution)


def commitments_in_force(institution: Institution, today: date) -> list[Commitment]:
    """Return the commitments of the editions in force on the local day `today`."""
    return [c for c in commitments(institution).values() if _in_force(c, today)]


def _in_force(commitment: Commitment, today: date) -> bool:
    edition = commitment.edition
    return edition.valid_from <= today and (edition.valid_to is None or today <= edition.valid_to)


def promises_for(institution: Institution, kind: CaseKind, today: date) -> list[Promise]:
    """Return what a case of `kind` filed on `today` is promised, for its clocks."""
    return [
        Promise(source=c.source, label=c.text, days=c.days)
        for c in commitments_in_force(institution, today)
        if c.kind_id == kind.pk
    ]


PERIOD_DAYS = 365


def period(institution: Institution, now: datetime) -> tuple[date, date]:
    """Return the first and last local day of the year up to yesterday: days that are over."""
    last = institution.local_date(now) - timedelta(days=1)
    return last - timedelta(days=PERIOD_DAYS - 1), last


@dataclass(frozen=True, slots=True)
class Compliance:
    """How a commitment is kept: its figure over a period, and the remedies its breaches earned."""

    commitment: Commitment
    figure: Figure
    breaches: int
    remedies_owed: int


def compliance(institution: Institution, *, first: date, last: date) -> list[Compliance]:
    """Return how each commitment in force on `last` was kept from `first` to `last`, local days (5 SQL)."""
    current = commitments_in_force(institution, last)
    measured = figures([c.indicator for c in current], first=first, last=last)
    found = Breach.objects.filter(institution=institution, due_on__range=(first, last))
    breaches: dict[int, int] = {}
    for commitment_id in found.values_list("commitment_id", flat=True):
        breaches[commitment_id] = breaches.get(commitment_id, 0) + 1
    owed: dict[int, int] = {}
    remedies = Remedy.objects.filter(institution=institution, state="owed")
    for commitment_id in remedies.values_list("breach__commitment_id", flat=True):
        owed[commitment_id] = owed.get(commitment_id, 0) + 1
    return [
        Compliance(c, figure, breaches.get(c.pk, 0), owed.get(c.pk, 0))
        for c, figure in zip(current, measured, strict=True)
    ]


def cases_behind(commitment: Commitment, *, first: date, last: date) -> QuerySet[Case]:
    """Return the cases that the commitment's figure counts: first answered from `first` to `last`, local days."""
    institution = commitment.institution
    start, end = institution.day_bounds(first, last)
    return Case.objects.filter(
        institution=institution,
        kind=commitment.indicator.kind_id or commitment.kind_id,
        answered_at__gte=start,
        answered_at__lt=end,
        answer_days__isnull=False,
    )


def breaches_of(case: Case) -> list[Breach]:
    """Return the broken promises of a case with their remedies, oldest first (1 SQL)."""
    return list(
        Breach.objects.filter(institution_id=case.institution_id, case=case)
        .select_related("commitment", "remedy")
        .order_by("pk")
    )


def remedies(institution: Institution, state: str) -> QuerySet[Remedy]:
    """Return the remedies of a body in a state, with their case and commitment; order by due_on, pk."""
    return Remedy.objects.filter(institution=institution, state=state).select_related(
        "breach__commitment", "breach__case"
    )
