# SPDX-License-Identifier: EUPL-1.2
"""Who is known already by the document, mail or phone that somebody gives at
the desk, and what else they asked.
"""

from dataclasses import dataclass, field
from datetime import datetime

from siac.cases.access import configured, people_hidden_from, visible_to
from siac.cases.models import Case
from siac.organizations.public import Access
from siac.people.public import PeopleRight, PersonData, known_people, reveal

_LOOKED_AT = 30
PEOPLE_SHOWN, CASES_SHOWN = 3, 5


@dataclass(slots=True)
class Known:
    """Somebody who gave this document, mail or phone before: the latest entry,
    all their entries, and their latest cases.
    """

    pk: int
    data: PersonData
    ids: set[int] = field(default_factory=set)
    cases: list[Case] = field(default_factory=list)


def known(access: Access, given: PersonData, *, now: datetime) -> list[Known]:
    """Return who is known by the contact that is `given`, the latest first,
    each with the cases that `access` sees.

    Nobody for whoever may not read identities, nor who is named only by what `access` does not see. What is
    shown is told in the access stream. At most 10 SQL; 1 where nobody is known.
    """
    institution = access.institution
    if not access.has(PeopleRight.IDENTITY):
        return []
    ids = known_people(institution.pk, given, limit=_LOOKED_AT)
    hidden = people_hidden_from(access, ids)
    seen = [pk for pk in ids if pk not in hidden]
    if not seen:
        return []
    read = reveal(institution.pk, seen, actor_id=access.user.pk, reason="filing", now=now)
    groups: dict[str, Known] = {}
    for pk in seen:
        data = read.get(pk)
        if data is not None:
            mark = data.document_number or data.email.casefold() or data.display_name.casefold()
            groups.setdefault(mark, Known(pk, data)).ids.add(pk)
    found = list(groups.values())[:PEOPLE_SHOWN]
    rows = (
        visible_to(access).filter(person__in=[pk for one in found for pk in one.ids]).select_related("text")
    )
    for case in rows.defer("text__body", "text__search").order_by("-pk")[:_LOOKED_AT]:
        own = next(one for one in found if case.person_id in one.ids)
        if len(own.cases) < CASES_SHOWN:
            own.cases.append(configured(institution, case))
    return found
