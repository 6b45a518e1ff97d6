# SPDX-License-Identifier: EUPL-1.2
"""Whoever lost their codes gets them again, at the address they gave: nobody
else learns whether there was anything.
"""

from datetime import datetime

from django.db import transaction

from siac.cases.models import Case
from siac.notices.public import queue
from siac.organizations.public import Institution
from siac.people.public import PersonData, known_people, reveal

AT_MOST = 10
"""Cases told of at once, the newest first."""


@transaction.atomic
def send_codes(*, institution: Institution, email: str, now: datetime) -> int:
    """Send a notice with its code for each of the latest cases whose person gave `email`; return how many."""
    wanted = email.strip().casefold()
    ids = known_people(institution.pk, PersonData(email=wanted), limit=200)
    people = reveal(institution.pk, ids, actor_id=None, reason="", now=now)
    same = [pk for pk, person in people.items() if person.email.casefold() == wanted]
    cases = Case.objects.filter(institution=institution, person__in=same, erased_at=None).order_by("-pk")
    told = list(cases[:AT_MOST])
    for case in told:
        context = {"folio": case.folio}
        queue(
            institution.pk,
            "cases.code_again",
            f"person:{case.person_id}",
            "email",
            "case",
            case.pk,
            context,
            now,
        )
    return len(told)
