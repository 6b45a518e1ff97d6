# SPDX-License-Identifier: EUPL-1.2
"""A person says that a promise was not kept; somebody decides, and says why."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.public import Case, lock_cases
from siac.charters.commands.breaches import break_on_claim
from siac.charters.commands.terms import CLAIM, begin, planned
from siac.charters.models import Breach, Claim, ClaimState
from siac.charters.queries import promised_to
from siac.charters.sealing import claim_digest, claim_words
from siac.clocks.public import finish
from siac.journal.public import digest_with, record, seal
from siac.kernel.errors import Refused
from siac.kernel.text import legible, says_something
from siac.organizations.public import Institution

DECIDED_WITHIN = 10
"""Business days within which a claim is decided: the term of a remedy where a charter says no other."""


@transaction.atomic
def file_claim(
    *, institution: Institution, case: Case, commitment_id: int, words: str, now: datetime
) -> Claim:
    """Keep that a person says a promise was not kept on their request; said twice, it is there once (6 SQL).

    Raises:
        Refused: that was not promised to them (claim_unknown), or its breach is known already, with what is
            owed for it (claim_known).
    """
    promise = next((each for each in promised_to(case) if each.pk == commitment_id), None)
    if promise is None:
        raise Refused("claim_unknown")
    if Breach.objects.filter(institution=institution, case=case, commitment=commitment_id).exists():
        raise Refused("claim_known")
    label = f"Medida pedida: {promise.text}"
    clock = planned(institution, CLAIM, label, DECIDED_WITHIN, now=now)
    row, is_new = Claim.objects.get_or_create(
        case=case,
        commitment_id=commitment_id,
        defaults={
            "institution": institution, "words": legible(words).strip()[:2000], "filed_at": now,
            "due_on": clock.due_on, "salt": seal("").salt,
        },
    )  # fmt: skip
    if is_new:
        begin([(clock, row.pk)])
        data = {
            "claim": row.pk, "commitment": commitment_id, "due_on": row.due_on.isoformat(),
            "digest": claim_digest(row), "sealed": digest_with(claim_words(row), row.salt),
        }  # fmt: skip
        record(institution.pk, f"case:{case.pk}", "charters.claim_filed", now, data=data)
    return row


@transaction.atomic
def decide_claim(
    *, institution: Institution, claim_id: int, is_upheld: bool, answer: str, actor: User, now: datetime
) -> Claim:
    """Say whether a claim is right and why; one that is opens a breach and owes its remedy (15 SQL).

    Raises:
        Refused: there is no such claim (claim_unknown), it is decided (claim_decided), or the answer says
            nothing (claim_answer), or the breach it is about is known, so that it is right (claim_broken).
    """
    rows = Claim.objects.filter(institution=institution, pk=claim_id)
    # the case first, as whoever announces its missed clocks does: the same promise is found broken once
    lock_cases(rows.values_list("case_id", flat=True))
    row = rows.select_for_update(of=("self",)).select_related("commitment__institution").first()
    if row is None:
        raise Refused("claim_unknown")
    if row.state != ClaimState.FILED:
        raise Refused("claim_decided")
    if not is_upheld and Breach.objects.filter(case=row.case_id, commitment=row.commitment_id).exists():
        raise Refused("claim_broken")
    said = legible(answer).strip()[:1000]
    if not says_something(said):
        raise Refused("claim_answer")
    row.state = ClaimState.UPHELD if is_upheld else ClaimState.REJECTED
    row.answer, row.decided_by, row.decided_at = said, actor, now
    row.salt = row.salt or seal("").salt  # those of before have none
    row.save(update_fields=["state", "answer", "decided_by", "decided_at", "salt"])
    data = {
        "claim": row.pk, "state": row.state, "digest": claim_digest(row),
        "sealed": digest_with(claim_words(row), row.salt),
    }  # fmt: skip
    record(institution.pk, f"case:{row.case_id}", "charters.claim_decided", now, actor.pk, data)
    today = institution.local_date(now)
    finish(institution_id=institution.pk, subject_type=CLAIM, subject_ids=[row.pk], on=today, now=now)
    if is_upheld:
        break_on_claim(row.commitment, row.case_id, claimed_at=row.filed_at, now=now)
    return row
