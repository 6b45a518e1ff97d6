# SPDX-License-Identifier: EUPL-1.2
"""Telling whoever administers a body that its certificate ends, and letting go on what was held."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db import transaction

from siac.accounts.public import Role
from siac.infra.turns import Step, each_in_turn
from siac.notices.public import NewNotice, queue_many
from siac.organizations.public import institution_of, roles_held
from siac.signing.commands.going_on import go_on_held
from siac.signing.domain.states import reminder_due
from siac.signing.models import SigningCertificate
from siac.signing.notices import ENDS
from siac.signing.queries import trouble_with


def look_after_certificates(*, now: datetime) -> int:
    """Look at the certificate of every body: remind of its end 60, 30, 7 and 0 days before, and put in line
    what waited for it (1 SQL, and 4 for each body). Return how many were told or put in line.
    """
    rows = SigningCertificate.objects.filter(ended_at=None).order_by("institution_id")
    known = list(rows.defer("certificate", "sealed"))
    return sum(
        each_in_turn("signing.certificates", row.institution_id, _of(row, now), now=now) for row in known
    )


def _of(row: SigningCertificate, now: datetime) -> Iterator[Step]:
    yield f"certificate:{row.pk}", partial(_remind, row, now)
    if trouble_with(row, now) is None:
        yield f"certificate:{row.pk}:held", partial(_let_go_on, row, now)


@transaction.atomic
def _let_go_on(row: SigningCertificate, now: datetime) -> int:
    return go_on_held(institution_of(row.institution_id), now=now)


@transaction.atomic
def _remind(row: SigningCertificate, now: datetime) -> int:
    body = institution_of(row.institution_id)
    due = reminder_due(body.local_date(row.until), body.local_date(now), row.told_days)
    rows = SigningCertificate.objects.filter(pk=row.pk, told_days=row.told_days)
    if due is None or (due == 0 and now < row.until) or not rows.update(told_days=due):
        return 0
    people = {user for role, _, user in roles_held(body.pk) if role == Role.ADMINISTRATOR}
    queue_many(
        body.pk,
        [
            NewNotice(ENDS, f"user:{user}", "email", "certificate", row.pk, {"days": due})
            for user in sorted(people)
        ],
        now,
    )
    return len(people)
