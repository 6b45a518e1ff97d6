# SPDX-License-Identifier: EUPL-1.2
"""A broken promise opens a breach, and a breach owes a remedy: nobody has to remember to do it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.charters.models import Breach, Commitment, Remedy, RemedyState
from siac.charters.texts import RemedyKind
from siac.clocks.public import Clock, calendar_for
from siac.journal.public import NewEntry, record, record_many
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


@transaction.atomic
def open_breaches(clocks: Sequence[Clock], *, now: datetime) -> int:
    """Open a breach and its remedy for each missed clock of a commitment; return how many are new.

    Set-based and idempotent: a promise is broken once on a case, also where a change
    of kind and back started its clock twice.
    """
    missed = {
        (clock.subject_id, _commitment_id(clock)): clock
        for clock in clocks
        if clock.source.startswith("commitment:")
    }
    cases = Breach.objects.filter(case_id__in={case for case, _ in missed})
    known = set(cases.values_list("case_id", "commitment_id"))
    fresh = [clock for pair, clock in sorted(missed.items()) if pair not in known]
    if not fresh:
        return 0
    promised = Commitment.objects.select_related("institution").in_bulk(
        {_commitment_id(clock) for clock in fresh}
    )
    breaches = Breach.objects.bulk_create(
        Breach(
            institution_id=clock.institution_id,
            commitment=promised[_commitment_id(clock)],
            case_id=clock.subject_id,
            clock_id=clock.pk,
            due_on=clock.due_on,
            found_at=now,
        )
        for clock in fresh
    )
    owe_remedies(breaches, now=now)
    for institution_id in sorted({breach.institution_id for breach in breaches}):
        entries = [
            NewEntry(
                stream=f"case:{breach.case_id}",
                kind="charters.breach_opened",
                data={
                    "breach": breach.pk,
                    "commitment": breach.commitment_id,
                    "due_on": breach.due_on.isoformat(),
                },
            )
            for breach in breaches
            if breach.institution_id == institution_id
        ]
        record_many(institution_id, entries, at=now)
    return len(breaches)


def owe_remedies(breaches: Sequence[Breach], *, now: datetime) -> list[Remedy]:
    """Owe what each broken promise says is owed; one that says there is none owes nothing (1 SQL, and what
    calendars cost).
    """
    owing = [breach for breach in breaches if breach.commitment.remedy_kind != RemedyKind.NONE]
    return Remedy.objects.bulk_create(_remedy(breach, now=now) for breach in owing)


def _commitment_id(clock: Clock) -> int:
    return int(clock.source.partition(":")[2])


def _remedy(breach: Breach, *, now: datetime) -> Remedy:
    commitment = breach.commitment
    institution = commitment.institution
    calendar = calendar_for(institution.place, institution_id=institution.pk)
    return Remedy(
        institution_id=breach.institution_id,
        breach=breach,
        text=commitment.remedy,
        kind=commitment.remedy_kind,
        due_on=calendar.add_business(institution.local_date(now), commitment.remedy_days),
    )


@transaction.atomic
def settle_remedy(
    *, institution: Institution, remedy_id: int, delivered: bool, proof: str, actor: User, now: datetime
) -> Remedy:
    """Note that a remedy was delivered, or has no effect, and how that can be proved.

    Raises:
        Refused: it is settled already, or there is no proof.
    """
    remedy = (
        Remedy.objects.select_for_update(of=("self",))
        .select_related("breach")
        .get(institution=institution, pk=remedy_id)
    )
    if remedy.state != RemedyState.OWED:
        raise Refused("remedy_settled")
    if not proof.strip():
        raise Refused("proof_missing")
    remedy.state = RemedyState.DELIVERED if delivered else RemedyState.WAIVED
    remedy.settled_at, remedy.settled_by, remedy.proof = now, actor, proof.strip()[:500]
    remedy.save(update_fields=["state", "settled_at", "settled_by", "proof"])
    record(
        institution_id=institution.pk,
        stream=f"case:{remedy.breach.case_id}",
        kind="charters.remedy_settled",
        at=now,
        actor_id=actor.pk,
        data={"remedy": remedy.pk, "state": remedy.state},
    )
    return remedy
