# SPDX-License-Identifier: EUPL-1.2
"""Preparing a session that reviews how the house serves."""

from datetime import date, datetime

from django.db import transaction

from siac.accounts.public import User
from siac.governance.public import Point, Sitting, change_sitting, points_of, sitting_to_prepare
from siac.improvement.models import Review
from siac.improvement.reviewing import review_of
from siac.journal.public import record
from siac.kernel.approvals import digest_of
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

POINTS = (
    "Acuerdos de la revisión anterior", "Solicitudes, plazos y satisfacción del período",
    "Indicadores bajo su meta", "Compromisos incumplidos", "Hallazgos y acciones de mejora atrasadas",
    "Decisiones de mejora y recursos",
)  # fmt: skip
"""What such a session speaks of, in this order (ISO 9001:2015, 9.3.2 and 9.3.3)."""


@transaction.atomic
def prepare_review(
    *, institution: Institution, sitting_id: int, first: date, last: date, actor: User, now: datetime
) -> Review:
    """Put what a review speaks of on the agenda of a session that was not opened, and freeze the figures of a
    period for it (25 SQL). Done again the points stay once, and the figures before stay too.

    Raises:
        Refused: there is no such session or it was opened (review_moment), or the period ends before it
            begins or begins after today (review_days).
    """
    today = institution.local_date(now)
    if not first <= last or first > today:
        raise Refused("review_days")
    sitting = sitting_to_prepare(institution, sitting_id)
    if sitting is None:
        raise Refused("review_moment")
    _fill_agenda(institution, sitting, actor, now)
    content = review_of(institution, sitting, first=first, last=min(last, today), today=today)
    newest = Review.objects.filter(sitting=sitting).first()
    row = Review.objects.create(
        institution=institution, sitting=sitting, number=newest.number + 1 if newest else 1, first=first,
        last=min(last, today), content=content, digest=digest_of(content), prepared_by=actor,
        prepared_at=now,
    )  # fmt: skip
    data = {"sitting": sitting.pk, "number": row.number, "digest": row.digest}
    record(institution.pk, sitting.stream, "improvement.review_prepared", now, actor_id=actor.pk, data=data)
    return row


def _fill_agenda(institution: Institution, sitting: Sitting, actor: User, now: datetime) -> None:
    standing = points_of(sitting)
    known = {point.title for point in standing}
    missing = [Point(title) for title in POINTS if title not in known]
    if missing:
        change_sitting(
            institution=institution, sitting_id=sitting.pk, starts_at=max(sitting.starts_at, now),
            place=sitting.place, points=[*standing, *missing], is_extraordinary=sitting.is_extraordinary,
            actor=actor, now=now,
        )  # fmt: skip
