# SPDX-License-Identifier: EUPL-1.2
"""Which requests are those of somebody whose document a server of identity told."""

from collections.abc import Iterable

from django.db.models import QuerySet

from siac.cases.models import Case, Nature
from siac.cases.queries import kinds
from siac.organizations.public import Institution
from siac.people.public import PersonData, known_people, reveal
from siac.signin.public import Identified

AT_MOST = 5000
"""Entries of one document that are looked through, the newest first."""


def own_cases(institution: Institution, known: Identified) -> QuerySet[Case]:
    """Return the requests made with the document of `known` that their own page shows, unordered (1 SQL at
    once, once warm; the rest when it is read).

    Never what is restricted (nor of a kind that is, whatever became of the request), nor a report of
    wrongdoing: who reads over somebody's shoulder must not learn that they made one. What is anonymous has no
    document, and what was erased has none any more.
    """
    data = PersonData(document_type=known.document_type, document_number=known.document_number)
    people = known_people(institution.pk, data, limit=AT_MOST)
    shown = [
        pk
        for pk, kind in kinds(institution).items()
        if kind.nature != Nature.WRONGDOING and not kind.is_restricted and not kind.is_closed
    ]
    return Case.objects.filter(
        institution=institution, person__in=people, kind__in=shown, is_restricted=False, erased_at=None
    )


def really_own(institution: Institution, known: Identified, cases: Iterable[Case]) -> list[Case]:
    """Return those of some cases whose person has that very document (1 SQL): blind words know its number,
    not of which sort it is.
    """
    found = list(cases)
    ids = [case.person_id for case in found if case.person_id is not None]
    people = reveal(institution.pk, ids, actor_id=None, reason="", now=known.at)
    wanted = (known.document_type, known.document_number)
    same = {pk for pk, data in people.items() if (data.document_type, data.document_number) == wanted}
    return [case for case in found if case.person_id in same]
