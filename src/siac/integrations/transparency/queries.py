# SPDX-License-Identifier: EUPL-1.2
"""The requests for information of a month, as the law wants them recorded, without anybody's data."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet

from siac.cases.public import Case, Channel, Nature, StateLabel, ground_words, visible_to
from siac.integrations.transparency.domain import next_month
from siac.integrations.transparency.models import AnswerPackage
from siac.organizations.public import Access, Institution

HEADERS = (
    "Código", "Folio", "Fecha de ingreso", "Vía", "Materia", "Unidad", "Estado", "Vence",
    "Fecha de respuesta", "Días hábiles usados", "Resultado", "Causal", "Reclamos",
)  # fmt: skip
"""What the register of requests says of each: art. 14 and 16 Ley 20.285, DS 13/2009."""


def _bounds(institution: Institution, first: date) -> tuple[datetime, datetime]:
    zone = institution.zone
    return datetime.combine(first, time(), zone), datetime.combine(next_month(first), time(), zone)


def _requests(access: Access) -> QuerySet[Case]:
    return visible_to(access).filter(kind__nature=Nature.INFORMATION_REQUEST, erased_at=None)


def requests_of(access: Access, first: date) -> QuerySet[Case]:
    """Return the requests for information that came or were answered in the month that begins on `first`, of
    those that the holder of `access` reads; the oldest first. Lazy: no SQL until it is read.
    """
    begins, ends = _bounds(access.institution, first)
    came, told = Q(filed_at__gte=begins, filed_at__lt=ends), Q(answered_at__gte=begins, answered_at__lt=ends)
    found = _requests(access).filter(came | told).select_related("kind", "topic", "unit")
    return found.order_by("filed_at", "pk")


def answered_from_portal(access: Access, first: date) -> QuerySet[Case]:
    """Return those that came by the Portal and were answered in the month, or joined to one that was: the
    Portal waits for an answer to each of its codes. Lazy: no SQL until it is read.
    """
    begins, ends = _bounds(access.institution, first)
    own = Q(merged_into=None, answered_at__gte=begins, answered_at__lt=ends)
    joined = Q(merged_into__answered_at__gte=begins, merged_into__answered_at__lt=ends)
    joined &= Q(merged_into__in=visible_to(access).order_by())
    answered = _requests(access).filter(own | joined)
    answered = answered.select_related("institution", "kind", "merged_into__kind")
    return answered.filter(channel=Channel.PLATFORM).exclude(original_number="").order_by("answered_at", "pk")


def register_rows(institution: Institution, cases: Iterator[Case]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `HEADERS`; days are local. No SQL but that of `cases`."""
    for case in cases:
        yield (
            case.original_number,
            case.folio,
            institution.local_date(case.filed_at),
            Channel(case.channel).label,
            case.topic.name if case.topic else "",
            case.unit.name if case.unit else "",
            StateLabel(case.state).label,
            case.legal_due_on or "",
            institution.local_date(case.answered_at) if case.answered_at else "",
            "" if case.answer_days is None else case.answer_days,
            case.outcome_words,
            ground_words(case.ground),
            case.reviews,
        )


def package_of(access: Access, package_id: int) -> AnswerPackage | None:
    """Return a package that the holder of `access` asked for; None for those of others (1 SQL)."""
    rows = AnswerPackage.objects.filter(institution=access.institution, requested_by=access.user)
    return rows.filter(pk=package_id).first()
