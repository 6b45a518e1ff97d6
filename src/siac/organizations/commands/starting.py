# SPDX-License-Identifier: EUPL-1.2
"""What a person says about the start of a body."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.organizations.commands.setup import note_configuration
from siac.organizations.models import Institution, StartMark
from siac.organizations.start_steps import HIDDEN, confirmable, start_lines, start_marks


@transaction.atomic
def mark_start(*, institution: Institution, code: str, on: bool, actor: User, now: datetime) -> None:
    """Say of a step that it is done (`on`) or take that back; `hidden` puts the whole list away.

    Twice is once.

    Raises:
        Refused: nobody can say that of this step (start_unknown), or the list is put
            away while something is left (start_left).
    """
    Institution.objects.select_for_update(of=("self",), no_key=True).get(pk=institution.pk)
    if not confirmable(code):
        raise Refused("start_unknown")
    marks = start_marks(institution)
    if on == (code in marks):
        return
    if code == HIDDEN and on and not all(line.is_done for line in start_lines(institution, marks)):
        raise Refused("start_left")
    if on:
        StartMark.objects.create(institution=institution, code=code, marked_by=actor, marked_at=now)
    else:
        StartMark.objects.filter(institution=institution, code=code).delete()
    note_configuration(
        institution.pk, "organizations.start_marked", actor=actor, now=now, data={"step": code, "on": on}
    )
