# SPDX-License-Identifier: EUPL-1.2
"""Archiving a request that repeats one already answered."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.access import seen_by_folio
from siac.cases.commands.endings import end_without_reply
from siac.cases.commands.handling import locked
from siac.cases.commands.terms import legal_rule
from siac.cases.domain.endings import Ending
from siac.cases.domain.states import Move
from siac.cases.locking import lock_with_joined
from siac.cases.models import Case, MessageKind
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.people.public import same_people


@transaction.atomic
def archive_duplicate(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    of: str,
    reason: str = "",
    actor: User,
    now: datetime,
) -> Case:
    """Archive a complaint that repeats one already resolved (its folio is `of`), and
    tell its person at once (DS 007-2020-PCM).

    Raises:
        Refused: there is no such case that the actor sees (merge_target_unknown), it is the same one
            (merge_itself), it is not resolved yet: then it is joined (duplicate_unresolved), it is of another
            person (duplicate_other_person) or restricted, which this one is not (merge_restricted), or the
            rule of this one knows no such archive (duplicate_not_here); changed meanwhile.
    """
    first = seen_by_folio(institution, actor, of)
    if first.pk == case_id:
        raise Refused("merge_itself")
    lock_with_joined(case_id)
    case, state = locked(institution, case_id, version, Move.DUPLICATE)
    rule = legal_rule(case)
    if rule is None or "duplicate" not in rule.related:
        raise Refused("duplicate_not_here")
    if first.is_restricted and not case.is_restricted:  # the text would tell of it to whoever reads this one
        raise Refused("merge_restricted")
    if first.answered_at is None or first.is_open:
        raise Refused("duplicate_unresolved", folio=first.folio)
    own = {case.person_id, *(same_people(institution.pk, case.person_id) if case.person_id else ())}
    if first.person_id not in own:
        raise Refused("duplicate_other_person", folio=first.folio)
    text = (
        f"Repite la solicitud {first.folio}, que ya se respondió "
        f"el {institution.local_date(first.answered_at):%d-%m-%Y}."
    )
    body = f"{text}\n\n{reason.strip()}" if reason.strip() else text
    return end_without_reply(
        institution,
        case,
        state,
        Ending.DUPLICATE,
        kind=MessageKind.DUPLICATE,
        body=body,
        actor=actor,
        now=now,
    )
