# SPDX-License-Identifier: EUPL-1.2
"""A point stops giving numbers while people wait, or gives them again."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.counter.models import Halt
from siac.journal.public import record
from siac.organizations.public import Institution


@transaction.atomic
def halt(*, institution: Institution, point_id: int, actor: User | None, now: datetime) -> bool:
    """Give no more numbers at a point on the local day; who waits is attended (3 SQL). Return whether it gave
    them until now.
    """
    today = institution.local_date(now)
    _, is_new = Halt.objects.get_or_create(
        institution=institution, point_id=point_id, on=today, defaults={"at": now, "by": actor}
    )
    if is_new:
        _tell(institution, point_id, "counter.halted", actor, now)
    return is_new


@transaction.atomic
def go_on(*, institution: Institution, point_id: int, actor: User | None, now: datetime) -> bool:
    """Give numbers again at a point that stopped today (2 SQL). Return whether it had."""
    today = institution.local_date(now)
    gone, _ = Halt.objects.filter(institution=institution, point_id=point_id, on=today).delete()
    if gone:
        _tell(institution, point_id, "counter.gone_on", actor, now)
    return bool(gone)


def _tell(institution: Institution, point_id: int, kind: str, actor: User | None, now: datetime) -> None:
    record(institution.pk, f"counter:{point_id}", kind, now, actor.pk if actor else None, {"point": point_id})
