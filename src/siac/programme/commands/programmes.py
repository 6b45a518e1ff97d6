# SPDX-License-Identifier: EUPL-1.2
"""Opening the programme of a year, and letting it go on by the rules as they stand now."""

from datetime import datetime

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.processes.public import (
    Differences,
    Guide,
    adopt_guide,
    follow_newest,
    guides_for,
    shipped,
    start_process,
)
from siac.programme.domain.subjects import KIND
from siac.programme.models import Programme

EARLIEST, LATEST = 2000, 2100


@transaction.atomic
def open_programme(
    *, institution: Institution, guide_code: str, year: int, actor: User | None, now: datetime
) -> Programme:
    """Open the programme of a calendar year by a guide of the body, or by one that comes with the product,
    which is taken first (at most 20 SQL).

    Raises:
        Refused: the year is none (programme_year), there is no such guide (guide_unknown), or that year has
            its programme by it (programme_open).
    """
    if not EARLIEST <= year <= LATEST:
        raise Refused("programme_year")
    guide = _guide(institution, guide_code, actor, now)
    try:
        with transaction.atomic():
            row = Programme.objects.create(
                institution=institution, guide=guide, year=year, opened_by=actor, opened_at=now
            )
    except IntegrityError as error:
        raise Refused("programme_open") from error
    start_process(institution=institution, guide=guide, subject_id=row.pk, actor=actor, now=now)
    by = actor.pk if actor else None
    record(
        institution.pk, row.stream, "programme.opened", now, by,
        {"guide": guide.pk, "version": guide.version, "year": year},
    )  # fmt: skip
    return row


def _guide(institution: Institution, code: str, actor: User | None, now: datetime) -> Guide:
    ready = shipped().get(code)
    if ready is not None and ready.subject_kind == KIND:
        return adopt_guide(institution=institution, code=code, actor=actor, now=now)
    for own in guides_for(institution, KIND):
        if own.code == code:
            return own
    raise Refused("guide_unknown")


def follow_rules(
    *, programme: Programme, run_id: int, based_on: int, actor: User, now: datetime
) -> Differences:
    """Let a programme go on by its guide as it stands: stages that are over stay as they were signed (8 SQL).

    Raises:
        Refused: as `processes.follow_newest`.
    """
    with transaction.atomic():
        told = follow_newest(
            institution=programme.institution, run_id=run_id, based_on=based_on, actor=actor, now=now
        )
        record(
            programme.institution_id, programme.stream, "programme.rules_changed", now, actor.pk,
            {"added": len(told.added), "removed": len(told.removed), "changed": len(told.changed)},
        )  # fmt: skip
    return told
