# SPDX-License-Identifier: EUPL-1.2
"""Noting that somebody is away, and who does their work meanwhile."""

from datetime import date, datetime, timedelta

from django.db import transaction

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.organizations.absences import absences, workers, working_units
from siac.organizations.commands.setup import note_configuration
from siac.organizations.models import Absence, Institution
from siac.organizations.queries import holders

KEPT_FOR = timedelta(days=30)
LONGEST = 366  # days


@transaction.atomic
def note_absence(
    *,
    institution: Institution,
    user_id: int,
    substitute_id: int | None,
    starts_on: date,
    ends_on: date,
    actor: User,
    now: datetime,
) -> Absence:
    """Note that a person is away from one local day to another; a substitute
    sees what is theirs as their own meanwhile.

    The substitute gets no right by it: they must already work in the same units.

    Raises:
        Refused: the days are past, upside down or more than a year (absence_days), they overlap another
            absence of the person (absence_twice), or the substitute is the same person, away as well
            (absence_substitute_away) or without the right (absence_substitute_right).
    """
    today = institution.local_date(now)
    if ends_on < today or ends_on < starts_on or (ends_on - starts_on).days > LONGEST:
        raise Refused("absence_days")
    known = dict(workers(institution))
    if user_id not in known or (substitute_id is not None and substitute_id not in known):
        raise Refused("assignee_unknown")
    overlapping = [
        row for row in absences(institution) if row.starts_on <= ends_on and starts_on <= row.ends_on
    ]
    if any(row.user_id == user_id for row in overlapping):
        raise Refused("absence_twice", name=known[user_id])
    if substitute_id is not None:
        _check_substitute(institution, user_id, substitute_id, known[substitute_id], overlapping)
    row = Absence.objects.create(
        institution=institution,
        user_id=user_id,
        substitute_id=substitute_id,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    data = {
        "absence": row.pk,
        "user": user_id,
        "substitute": substitute_id,
        "from": starts_on.isoformat(),
        "to": ends_on.isoformat(),
    }
    note_configuration(institution.pk, "cases.absence_noted", actor=actor, now=now, data=data)
    return row


def _check_substitute(
    institution: Institution, user_id: int, substitute_id: int, name: str, overlapping: list[Absence]
) -> None:
    if substitute_id == user_id or any(row.user_id == substitute_id for row in overlapping):
        raise Refused("absence_substitute_away", name=name)
    known = holders(institution)
    theirs, own = working_units(known, user_id), working_units(known, substitute_id)
    if own is not None and (theirs is None or not theirs <= own):
        raise Refused("absence_substitute_right", name=name)


@transaction.atomic
def end_absence(*, institution: Institution, absence: Absence, actor: User, now: datetime) -> None:
    """Take an absence back: the person is here, or will be."""
    pk, user_id = absence.pk, absence.user_id
    Absence.objects.filter(institution=institution, pk=pk).delete()
    data = {"absence": pk, "user": user_id}
    note_configuration(institution.pk, "cases.absence_ended", actor=actor, now=now, data=data)


def forget_old_absences(*, today: date) -> int:
    """Delete absences that ended a month ago; return how many.

    Caches may keep them: nothing asks about past days.
    """
    deleted, _ = Absence.objects.filter(ends_on__lt=today - KEPT_FOR).delete()
    return deleted
