# SPDX-License-Identifier: EUPL-1.2
"""Keeping the register of processing activities."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.organizations.commands.setup import note_configuration
from siac.organizations.models import Institution, ProcessingActivity
from siac.organizations.versioned import check_basis


@transaction.atomic
def save_activity(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    activity_id: int | None = None,
    based_on: int = 0,
    **fields: Any,
) -> ProcessingActivity:
    """Add an activity to the register, or change one; `based_on` is the version
    that whoever edits had before them.

    Raises:
        Refused: no such activity (activity_unknown), somebody saved it meanwhile (saved_meanwhile),
            or another has its name (activity_taken).
    """
    row = ProcessingActivity(institution=institution, version=0)
    if activity_id is not None:
        rows = ProcessingActivity.objects.select_for_update(of=("self",))
        found = rows.filter(institution=institution, pk=activity_id).first()
        if found is None:
            raise Refused("activity_unknown")
        row = found
    check_basis(based_on, row.version)
    for name, value in fields.items():
        setattr(row, name, value)
    row.version, row.saved_by, row.saved_at = row.version + 1, actor, now
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("activity_taken", name=row.name) from error
    data = {"activity": row.pk, "version": row.version}
    note_configuration(institution.pk, "organizations.activity_saved", actor=actor, now=now, data=data)
    return row
