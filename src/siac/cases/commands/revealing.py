# SPDX-License-Identifier: EUPL-1.2
"""Showing a tracking code to somebody of the house, who hands it to its person: the code is that person's key."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.models import Case
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


def is_revealable(case: Case) -> bool:
    """Return whether staff may be shown the code of a case: never of an anonymous, restricted or erased one."""
    return case.person_id is not None and not case.is_restricted and case.erased_at is None


@transaction.atomic
def reveal_code(*, institution: Institution, case_id: int, on_paper: bool, actor: User, now: datetime) -> str:
    """Return the tracking code of a case as it is read aloud; who saw it, and whether to print it, is journaled.

    Raises:
        Refused: whoever holds the code of this case might be found by it, or read what only its person may
            (code_not_shown).
    """
    case = Case.objects.select_for_update().get(institution=institution, pk=case_id)
    if not is_revealable(case):
        raise Refused("code_not_shown")
    record(institution.pk, case.stream, "cases.code_shown", now, actor.pk, {"on_paper": on_paper})
    return case.code
