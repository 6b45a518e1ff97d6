# SPDX-License-Identifier: EUPL-1.2
"""An edition on its way: proposed to its councils, returned, and approved as it stands."""

from datetime import date, datetime, timedelta

from django.db import transaction

from siac.accounts.public import User
from siac.governance.public import Decided, Result, council_names
from siac.kernel.approvals import ApprovalStep
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution
from siac.policy.commands.policies import held_edition, tell
from siac.policy.domain.rounds import Ending, Verdict
from siac.policy.domain.sections import missing
from siac.policy.domain.states import APPROVAL, EditionState
from siac.policy.models import PolicyEdition, PolicyRound
from siac.policy.queries import RoundTold, contents, round_told, sections_of
from siac.policy.sealing import content_digest, sealed


@transaction.atomic
def propose(
    *, institution: Institution, number: int, seen: str | None = None, actor: User, now: datetime
) -> PolicyRound:
    """Propose a draft to the councils of the policy as whoever does looked at it; nobody writes in it
    meanwhile (9 SQL).

    Raises:
        Refused: it is not in writing (policy_moment), no council is named (policy_councils), an office is
            missing (policy_offices), sections are empty (policy_empty), or it is not what was looked at
            (approval_overtaken).
    """
    row = held_edition(institution, number, ApprovalStep.SUBMIT)
    councils = list(council_names(institution, row.policy.council_ids))
    if not councils:
        raise Refused("policy_councils")
    if not (row.author and row.validator):
        raise Refused("policy_offices")
    sections = sections_of(row)
    empty = missing(contents(sections))
    if empty:
        raise Refused("policy_empty", sections=", ".join(f"«{each.title}»" for each in empty))
    digest = content_digest(row, sections)
    if seen is not None and seen != digest:
        raise Refused("approval_overtaken")
    made = PolicyRound.objects.create(
        institution=institution, edition=row, number=row.rounds.count() + 1, council_ids=sorted(councils),
        digest=digest, proposed_at=now, proposed_by=actor,
    )  # fmt: skip
    _move(row, ApprovalStep.SUBMIT)
    data = {"edition": row.pk, "round": made.pk, "councils": made.council_ids, "digest": digest}
    tell(row.policy, "proposed", actor, now, data)
    return made


@transaction.atomic
def call_back(*, institution: Institution, number: int, actor: User, now: datetime) -> None:
    """Take a proposed edition back to change it; the councils are asked again when it is proposed again (7
    SQL).

    Raises:
        Refused: it is not in review (policy_moment).
    """
    row = held_edition(institution, number, ApprovalStep.CALL_BACK)
    ended = _end_round(row, Ending.CALLED_BACK, now)
    _move(row, ApprovalStep.CALL_BACK)
    tell(row.policy, "called_back", actor, now, {"edition": row.pk, "round": ended.pk})


def council_decided(news: Decided) -> None:
    """Return an edition to its writers where a council of its running round rejects it, in the transaction of
    the vote (8 SQL, 1 where nothing follows). Whatever else a council decides changes nothing by itself.
    """
    found = PolicyRound.objects.filter(institution=news.institution, pk=news.number).select_related("edition")
    row = found.first()
    if row is None or news.result is not Result.REJECTED or news.council not in row.council_ids:
        return
    # Locked before its round is looked at: another council may be rejecting it at the same time.
    edition = PolicyEdition.objects.select_for_update(of=("self",)).select_related("policy").get(
        pk=row.edition_id
    )  # fmt: skip
    running = PolicyRound.objects.filter(pk=row.pk, ended_at=None).first()
    if running is None or edition.state != EditionState.REVIEW:
        return
    _end_round(edition, Ending.REJECTED, news.at)
    _move(edition, ApprovalStep.RETURN)
    data = {"edition": edition.pk, "round": row.pk, "council": news.council}
    tell(edition.policy, "rejected", news.actor, news.at, data)


@transaction.atomic
def approve_edition(
    *,
    institution: Institution,
    number: int,
    valid_from: date,
    review_by: date,
    act: str = "",
    seen: str | None = None,
    actor: User,
    now: datetime,
) -> PolicyEdition:
    """Approve an edition that all its councils approved, in force from a local day on; it is sealed, and the
    one before ends the day before (11 SQL).

    Raises:
        Refused: it is not in review (policy_moment), a council has not decided (policy_waiting) or rejected
            (policy_rejected), the day is not after the one before began or the review not after it
            (policy_days), or it is not what was looked at or proposed (approval_overtaken).
    """
    row = held_edition(institution, number, ApprovalStep.APPROVE)
    running = row.rounds.get(ended_at=None)
    told, sections = round_told(institution, running), sections_of(row)
    _check_verdict(told)
    stands = content_digest(row, sections)
    row.state = APPROVAL.approve(row.state, stands=stands, seen=seen)
    if stands != running.digest:
        raise Refused("approval_overtaken")
    before = _before(row, valid_from, review_by)
    row.valid_from, row.review_by, row.act = valid_from, review_by, squeeze(act)[:200]
    row.approvals, row.approved_at, row.approved_by = _approvals(institution, told), now, actor
    row.digest = sealed(row, sections)
    row.save()
    if before is not None:
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    running.ended_at, running.ending = now, Ending.APPROVED
    running.save(update_fields=["ended_at", "ending"])
    tell(row.policy, "edition_approved", actor, now, {"edition": row.pk, "digest": row.digest})
    return row


def _check_verdict(told: RoundTold) -> None:
    if told.rejecting:
        raise Refused("policy_rejected", councils=", ".join(told.rejecting))
    if told.verdict is not Verdict.APPROVED:
        raise Refused("policy_waiting", councils=", ".join(told.waiting))


def _before(row: PolicyEdition, valid_from: date, review_by: date) -> PolicyEdition | None:
    """Return the edition that this one follows."""
    before = row.policy.editions.filter(state=EditionState.APPROVED).order_by("-number").first()
    begun = before.valid_from if before else None
    if review_by <= valid_from or (begun is not None and valid_from <= begun):
        raise Refused("policy_days")
    return before


def _approvals(institution: Institution, told: RoundTold) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for each in told.heard:
        last = [decision for decision in each.decisions if decision.result is Result.APPROVED][-1]
        closed = last.motion.closed_at
        on = institution.local_date(closed).isoformat() if closed else ""
        found.append({"council": each.name, "sitting": last.sitting.number, "on": on})
    return found


def _end_round(row: PolicyEdition, ending: Ending, now: datetime) -> PolicyRound:
    running: PolicyRound = row.rounds.get(ended_at=None)
    running.ended_at, running.ending = now, ending
    running.save(update_fields=["ended_at", "ending"])
    return running


def _move(row: PolicyEdition, step: ApprovalStep) -> None:
    row.state = APPROVAL.move(row.state, step)
    row.save(update_fields=["state"])
