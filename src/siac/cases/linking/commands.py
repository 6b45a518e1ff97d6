# SPDX-License-Identifier: EUPL-1.2
"""Cases that belong together: linked, or one split from another.

Each keeps its own clocks and gets its own answer.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from siac.accounts.public import User
from siac.cases.access import hidden_from, seen_by_folio
from siac.cases.commands.filing import Filing, file_case
from siac.cases.commands.handling import keep, locked
from siac.cases.domain.states import Move
from siac.cases.locking import cases_to_lock, lock_cases
from siac.cases.models import Case, CaseLink, Channel, LinkKind
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, access_in, unit_tree


@transaction.atomic
def link_cases(
    *, institution: Institution, case_id: int, version: int | None, other: str, actor: User, now: datetime
) -> Case:
    """Link a case with another that the actor sees (its folio is `other`).

    Raises:
        Refused: there is none (merge_target_unknown), it is the same (link_itself), they are linked
            (link_twice) or of different confidentiality (link_restricted); changed meanwhile.
    """
    target = seen_by_folio(institution, actor, other)
    if target.pk == case_id:
        raise Refused("link_itself")
    # Always in the same order, so that two officers linking the same two cases
    # cannot wait for each other for ever.
    lock_cases((case_id, target.pk))
    case, _ = locked(institution, case_id, version, Move.LINK)
    if target.is_restricted != case.is_restricted:
        raise Refused("link_restricted")
    _, made = _link(case, target, LinkKind.RELATED, actor=actor, now=now)
    if not made:
        raise Refused("link_twice", folio=target.folio)
    record(institution.pk, target.stream, "cases.linked", now, actor.pk, {"with": case.pk})
    return keep(case, "cases.linked", actor=actor, now=now, fields=(), data={"with": target.pk})


def _link(case: Case, other: Case, kind: LinkKind, *, actor: User, now: datetime) -> tuple[CaseLink, bool]:
    first, second = sorted((case.pk, other.pk))
    return CaseLink.objects.get_or_create(
        first_id=first,
        second_id=second,
        defaults={"institution_id": case.institution_id, "kind": kind, "linked_by": actor, "linked_at": now},
    )


@transaction.atomic
def unlink_cases(*, institution: Institution, case_id: int, link_id: int, actor: User, now: datetime) -> None:
    """Take back a link that should not be; a case split from another stays linked with it.

    Raises:
        Refused: there is no such link, one was split from the other, or the other is restricted and `actor`
            does not see it (link_stays: the three look alike on purpose).
    """
    found = (
        CaseLink.objects.filter(Q(first_id=case_id) | Q(second_id=case_id))
        .filter(institution=institution, pk=link_id, kind=LinkKind.RELATED)
        .first()
    )
    if found is None:
        raise Refused("link_stays")
    pair = (found.first_id, found.second_id)
    if hidden_from(access_in(actor, institution.slug), pair):
        raise Refused("link_stays")
    for case in cases_to_lock().filter(pk__in=pair):
        other = pair[1] if case.pk == pair[0] else pair[0]
        record(institution.pk, case.stream, "cases.unlinked", now, actor.pk, {"with": other})
    found.delete()


@transaction.atomic
def split_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    subject: str,
    body: str,
    kind_id: int,
    topic_id: int | None,
    actor: User,
    now: datetime,
) -> Case:
    """Make a case of its own from part of what another asks: same person, same day of
    filing, so that its clocks count from the day on which the body received it. Return the
    case it was taken from, which stays as it is.

    Raises:
        Refused: as `file_case`; changed meanwhile, or no longer open.
    """
    case, _ = locked(institution, case_id, version, Move.SPLIT)
    filing = Filing(
        kind_id=kind_id,
        channel=Channel(case.channel),
        subject=subject,
        body=body,
        place=case.text.place,
        person_id=case.person_id,
        topic_id=topic_id,
        unit_id=unit_tree(institution).current(case.unit_id),
        service_point_id=case.service_point_id,
        service_id=case.service_id,
        received_at=case.filed_at,
        is_restricted=case.is_restricted,
        partial=True,
    )
    fresh = file_case(institution=institution, filing=filing, actor=actor, now=now)
    _link(case, fresh, LinkKind.SPLIT, actor=actor, now=now)
    record(institution.pk, fresh.stream, "cases.split_from", now, actor.pk, {"from": case.pk})
    data: dict[str, Any] = {"into": fresh.pk}
    return keep(case, "cases.split", actor=actor, now=now, fields=(), data=data)
