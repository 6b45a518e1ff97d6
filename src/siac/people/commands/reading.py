# SPDX-License-Identifier: EUPL-1.2
"""Reading identities with a line in the access trail."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from siac.journal.public import record, record_access
from siac.kernel.errors import Refused
from siac.people.domain.person import Code, PersonData
from siac.people.models import TRAITS, Characteristics, Person
from siac.people.queries import identities


def reveal(
    institution_id: int,
    person_ids: Sequence[int],
    *,
    actor_id: int | None,
    reason: str,
    now: datetime,
    also: Sequence[str] = (),
    by: str = "",
) -> dict[int, PersonData]:
    """Return the identities of `person_ids`, erased and unknown ones left out: 1 SQL.

    With an actor and a reason (a short code: `case:12`, `identity_page`) one line goes to the access stream
    of that user; without them the reader is the system itself. `also` names restricted subjects read on the
    same page, so that one line tells of all; `by`: what reads in the name of the actor (`token:12`).
    """
    found = identities(institution_id, person_ids)
    subjects = [*(f"person:{pk}" for pk in sorted(found)), *also]
    if actor_id is not None and reason and subjects:
        record_access(institution_id, actor_id, subjects, now, reason, by=by)
    return found


@transaction.atomic
def export_person(
    institution_id: int, person_id: int, *, actor_id: int | None, now: datetime
) -> dict[str, Any]:
    """Return all that is kept of a person, as JSON values, for the person who asks for it.

    Raises:
        Refused: the person is unknown or erased.
    """
    person = Person.objects.filter(institution_id=institution_id, pk=person_id).first()
    if person is None:
        raise Refused(Code.UNKNOWN)
    found = identities(institution_id, [person_id])
    if person_id not in found:
        raise Refused(Code.ERASED)
    coarse = Characteristics.objects.filter(pk=person_id).values(*TRAITS)
    record(institution_id, f"person:{person_id}", "people.exported", now, actor_id)
    return {
        "id": person_id,
        "created_at": person.created_at.isoformat(),
        "is_internal": person.is_internal,
        "identity": asdict(found[person_id]),
        "characteristics": coarse.first() or {},
    }
