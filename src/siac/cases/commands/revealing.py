# SPDX-License-Identifier: EUPL-1.2
"""Showing a tracking code to somebody of the house, who hands it to its person:
the code is that person's key.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.domain.numbers import parse_code, places_of_codes
from siac.cases.locking import cases_to_lock
from siac.cases.models import Case
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


def is_revealable(case: Case) -> bool:
    """Return whether staff may be shown the code of a case: never of an anonymous, restricted or
    erased one.
    """
    return case.person_id is not None and not case.is_restricted and case.erased_at is None


@transaction.atomic
def reveal_code(*, institution: Institution, case_id: int, on_paper: bool, actor: User, now: datetime) -> str:
    """Return the tracking code of a case as it is read aloud; who saw it, and
    whether to print it, is journaled.

    Raises:
        Refused: whoever holds the code of this case might be found by it, or read what only its person may
            (code_not_shown).
    """
    case = cases_to_lock().get(institution=institution, pk=case_id)
    if not is_revealable(case):
        raise Refused("code_not_shown")
    record(institution.pk, case.stream, "cases.code_shown", now, actor.pk, {"on_paper": on_paper})
    return case.code


@transaction.atomic
def reveal_quoted(*, institution: Institution, texts: Iterable[str], actor: User, now: datetime) -> None:
    """Let somebody of the house have texts as they came: each code of a case
    that stands in them is journaled as shown.

    What looks like a code and is no case's of the body counts for nothing (1
    SQL, and what one entry costs per case).

    Raises:
        Refused: one of them is of a case whose code staff are not shown
            (code_not_shown); nothing is journaled then.
    """
    codes = {parse_code(text[start:end]) for text in texts for start, end in places_of_codes(text)}
    wanted = [code for code in codes if code]
    if not wanted:
        return
    quoted = list(cases_to_lock().filter(institution=institution, tracking_code__in=wanted).order_by("pk"))
    if not all(is_revealable(case) for case in quoted):
        raise Refused("code_not_shown")
    for case in quoted:
        record(institution.pk, case.stream, "cases.code_shown", now, actor.pk, {"on_paper": False})
