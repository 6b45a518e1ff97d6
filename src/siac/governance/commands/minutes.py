# SPDX-License-Identifier: EUPL-1.2
"""The minutes of a session: written, approved as they stand, and held; and what became of what was agreed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from siac.accounts.public import User
from siac.governance.commands.sittings import locked_sitting, tell_sitting
from siac.governance.domain.states import AgreementState, Move, SessionState, moved
from siac.governance.models import AgendaItem, Agreement, Sitting
from siac.journal.public import recorded
from siac.kernel.approvals import OVERTAKEN, digest_of
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution

APPROVED = "governance.minutes_approved"


def minutes_digest(sitting: Sitting, items: Sequence[AgendaItem] | None = None) -> str:
    """Return the digest of all that the minutes of a session say (5 SQL; 1 where its `items` were read with
    their votes and agreements).
    """
    if items is None:
        items = list(sitting.items.prefetch_related("motions__votes", "agreements").order_by("place", "pk"))
    told = [
        [
            item.title, item.discussion,
            [
                [
                    motion.text, motion.result,
                    sorted((vote.seat_id, vote.choice) for vote in motion.votes.all()),
                ]
                for motion in item.motions.all()
            ],
            [[each.text, each.unit_id, str(each.due_on)] for each in item.agreements.all()],
        ]
        for item in items
    ]  # fmt: skip
    came = sitting.attendances.order_by("seat", "came_at").values_list("seat", "came_at", "left_at")
    here = [[seat, str(came_at), str(left_at)] for seat, came_at, left_at in came]
    return digest_of(sitting.number, str(sitting.starts_at), sitting.place, sitting.notes, told, here)


@transaction.atomic
def write_minutes(
    *,
    institution: Institution,
    sitting_id: int,
    notes: str,
    discussions: Mapping[int, str],
    actor: User,
    now: datetime,
) -> None:
    """Write what was said, of each point by its number and beside the agenda (3 SQL and 1 for each).

    Raises:
        Refused: the session was not opened, or its minutes were approved (council_moment).
    """
    row = locked_sitting(institution, sitting_id, SessionState.OPEN, SessionState.CLOSED)
    row.notes = notes.strip()[:10_000]
    row.save(update_fields=["notes"])
    for item in row.items.all():
        if item.pk in discussions:
            item.discussion = discussions[item.pk].strip()[:10_000]
            item.save(update_fields=["discussion"])
    tell_sitting(row, "minutes_written", actor, now)


@transaction.atomic
def approve_minutes(
    *, institution: Institution, sitting_id: int, seen: str, actor: User, now: datetime
) -> Sitting:
    """Approve the minutes of a session as whoever does looked at them; from then on they stand (7 SQL).

    Raises:
        Refused: the session is not over, or they were approved (council_moment); they are not what was looked
            at (approval_overtaken).
    """
    row = locked_sitting(institution, sitting_id, SessionState.CLOSED)
    stands = minutes_digest(row)
    if seen != stands:
        raise Refused(OVERTAKEN)
    row.state = moved(row.state, Move.APPROVE)
    row.minuted_at, row.minuted_by, row.digest = now, actor, stands
    row.save(update_fields=["state", "minuted_at", "minuted_by", "digest"])
    tell_sitting(row, "minutes_approved", actor, now, digest=stands)
    return row


def minutes_problems(institution_id: int) -> Iterator[str]:
    """Yield each session whose approved minutes do not say what the journal wrote down, as Spanish sentences
    (2 SQL and 5 for each session).
    """
    told = {entry.stream: entry.data["digest"] for entry in recorded(institution_id, (APPROVED,))}
    rows = Sitting.objects.filter(institution=institution_id, state=SessionState.MINUTED).order_by("pk")
    for row in rows:
        if told.pop(row.stream, None) != minutes_digest(row):
            yield f"acta {row.pk}: no dice lo que se aprobó"
    for stream in sorted(told):
        yield f"{stream}: se aprobó su acta, y ya no está"


@transaction.atomic
def end_agreement(
    *,
    institution: Institution,
    agreement_id: int,
    state: AgreementState,
    outcome: str,
    today: date,
    actor: User,
    now: datetime,
) -> None:
    """Say that what was agreed is done, or is not done any more, and how (3 SQL).

    Raises:
        Refused: it is over (agreement_over), or nobody says what was done or why not (agreement_outcome).
    """
    if not squeeze(outcome) or state is AgreementState.OPEN:
        raise Refused("agreement_outcome")
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("item__sitting")
    row = rows.filter(institution=institution, pk=agreement_id, state=AgreementState.OPEN).first()
    if row is None:
        raise Refused("agreement_over")
    row.state, row.outcome, row.ended_on = state, squeeze(outcome)[:1000], today
    row.save(update_fields=["state", "outcome", "ended_on"])
    tell_sitting(row.item.sitting, "agreement_ended", actor, now, agreement=row.pk, state=state.value)
