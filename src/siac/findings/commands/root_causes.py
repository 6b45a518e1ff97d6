# SPDX-License-Identifier: EUPL-1.2
"""Writing down why a finding came about."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.findings.commands.findings import locked_finding
from siac.findings.domain.root_causes import MOST_WHYS, Category, asked
from siac.findings.domain.states import State
from siac.findings.models import RootCause
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, check_basis


@transaction.atomic
def write_root_cause(
    *,
    institution: Institution,
    finding_id: int,
    category: str,
    whys: Sequence[str],
    actor: User,
    now: datetime,
    based_on: int | None = None,
) -> RootCause:
    """Write down why a finding came about, by up to five answers to «why?»; what was written before stays as
    an earlier version (5 SQL). `based_on`: the number of the version that was looked at, 0 for none.

    Raises:
        Refused: there is no such finding (finding_unknown), it was dismissed (finding_dismissed), no why is
            answered (root_cause_whys) or more than five are (root_cause_many), the sort is none
            (root_cause_category), or somebody wrote meanwhile (saved_meanwhile).
    """
    said = asked(whys)
    if not said:
        raise Refused("root_cause_whys")
    if len(said) > MOST_WHYS:
        raise Refused("root_cause_many")
    if category not in list(Category):
        raise Refused("root_cause_category")
    finding = locked_finding(institution, finding_id)
    if finding.state == State.DISMISSED:
        raise Refused("finding_dismissed")
    last = finding.root_causes.first()
    check_basis(based_on, last.number if last else 0)
    if last is not None and (last.category, last.whys) == (category, said):
        return last
    row = RootCause.objects.create(
        institution=institution, finding=finding, number=last.number + 1 if last else 1, category=category,
        whys=said, written_by=actor, written_at=now,
    )  # fmt: skip
    data = {"finding": finding.pk, "number": row.number, "category": category, "whys": len(said)}
    record(institution.pk, finding.stream, "findings.root_cause", now, actor_id=actor.pk, data=data)
    return row
