# SPDX-License-Identifier: EUPL-1.2
"""Keeping what people tell of themselves."""

from collections.abc import Mapping
from datetime import datetime

from siac.accounts.public import User
from siac.cases.models import Case
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.people.public import PersonKind, kind_of, save_characteristics


def may_be_asked(institution: Institution, case: Case) -> bool:
    """Return whether the person of a case is asked traits: the body does, and they are a natural person who
    said who they are (1 SQL at most).
    """
    if not institution.asks_traits or case.person_id is None:
        return False
    return kind_of(case.person_id) is PersonKind.NATURAL


def tell_traits(
    *, institution: Institution, case: Case, told: Mapping[str, str], actor: User | None, now: datetime
) -> None:
    """Keep what the person of a case told, in place of what they told before; nothing told keeps nothing
    (at most 6 SQL).

    Raises:
        Refused: the body does not ask, or there is nobody to ask (traits_not_asked); their data were erased.
    """
    if not may_be_asked(institution, case) or case.person_id is None:
        raise Refused("traits_not_asked")
    if told:
        actor_id = actor.pk if actor else None
        save_characteristics(institution.pk, case.person_id, actor_id=actor_id, now=now, **told)
