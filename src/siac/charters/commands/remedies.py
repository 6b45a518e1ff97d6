# SPDX-License-Identifier: EUPL-1.2
"""What is owed for a broken promise: decided, then delivered with proof, or refused with its reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.cases.public import tell_attention, tell_person, without_person
from siac.charters.commands.terms import REMEDY, begin, planned
from siac.charters.models import WAITING, Breach, Remedy, RemedyState
from siac.charters.sealing import remedy_digest
from siac.charters.subjects import BREACH_OF, lock
from siac.charters.texts import RemedyKind
from siac.clocks.public import Clock, cancel, finish
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import legible, says_something
from siac.notices.public import Notice, State, channel_label, notices_of
from siac.organizations.public import Institution, institution_of

DECIDED = "charters.remedy_decided"
LETTER = "charters.remedy_letter"
"""Kinds of notices to the person: what was decided, and the letter itself."""
LONGEST_LETTER = 5000
_SHOWN = "Publicada en el seguimiento de la solicitud, que no tiene persona a quien escribir."
_PUBLISHED = "Publicada en el cumplimiento de la carta."
_CORRECTED = "El calendario se corrigió y el plazo no había terminado."
_WRITTEN_WRONG = "La atención se corrigió o se retiró: la persona no esperó de más."


def owe(breaches: Sequence[Breach], *, now: datetime) -> list[Remedy]:
    """Owe what each broken promise says is owed, with its clock; one that says there is none owes nothing.

    One whose remedy a change of calendar had undone owes it again; one decided before is owed no second time.
    Where nobody knows who was attended there is nobody to owe anything: that the promise was broken is told
    all the same. The commitment and its body are at hand. 5 SQL, however many, 1 more with attentions.

    Raises:
        Refused: OUTSIDE_COVERAGE.
    """
    owing = {row.pk: row for row in breaches if row.commitment.remedy_kind != RemedyKind.NONE}
    attended = {row.pk: row.interaction_id for row in owing.values() if row.interaction_id is not None}
    for pk in without_person(attended):
        del owing[pk]
    known = {row.breach_id: row for row in Remedy.objects.filter(breach__in=list(owing))} if owing else {}
    fresh: list[Remedy] = []
    again: list[Remedy] = []
    clocks: dict[int, Clock] = {}
    for pk, breach in owing.items():
        row = known.get(pk)
        if row is not None and row.state != RemedyState.UNDONE:
            continue
        promise = breach.commitment
        clocks[pk] = planned(promise.institution, REMEDY, promise.remedy, promise.remedy_days, now=now)
        row = row or Remedy(institution_id=breach.institution_id, breach=breach)
        row.state, row.settled_at, row.proof, row.due_on = RemedyState.OWED, None, "", clocks[pk].due_on
        row.text, row.kind = promise.remedy, RemedyKind(promise.remedy_kind)
        (again if row.pk else fresh).append(row)
    Remedy.objects.bulk_create(fresh)
    if again:
        Remedy.objects.bulk_update(again, ["state", "settled_at", "proof", "due_on", "text", "kind"])
    begin((clocks[row.breach_id], row.pk) for row in (*fresh, *again))
    return [*fresh, *again]


def undo(remedies: Sequence[Remedy], *, now: datetime) -> list[Remedy]:
    """Take back what nobody decided yet, of promises that were not broken after all; return those
    (3 SQL).
    """
    ids = {row.pk for row in remedies}
    rows = Remedy.objects.select_for_update(of=("self",)).select_related("breach")
    rows = rows.filter(pk__in=ids, state=RemedyState.OWED)
    found = list(rows.order_by("pk"))
    if not found:
        return []
    for row in found:
        row.state, row.settled_at = RemedyState.UNDONE, now
        row.proof = _WRITTEN_WRONG if row.breach.interaction_id is not None else _CORRECTED
    Remedy.objects.bulk_update(found, ["state", "settled_at", "proof"])
    for institution_id in sorted({row.institution_id for row in found}):
        own = [row.pk for row in found if row.institution_id == institution_id]
        cancel(institution_id=institution_id, subject_type=REMEDY, subject_ids=own, now=now)
    return found


@transaction.atomic
def decide_remedy(
    *, institution: Institution, remedy_id: int, is_due: bool, reason: str, actor: User, now: datetime
) -> Remedy:
    """Say whether a remedy is due, and tell the person; one that is not needs a reason they read.

    Raises:
        Refused: it is decided already (remedy_decided), or refused without a reason (remedy_reason).
    """
    row = _locked(institution, remedy_id)
    if row.state != RemedyState.OWED:
        raise Refused("remedy_decided" if row.state == RemedyState.DECIDED else "remedy_settled")
    said = legible(reason).strip()[:500]
    row.decided_at, row.decided_by = now, actor
    if is_due:
        row.state = RemedyState.DECIDED
    else:
        if not says_something(said):
            raise Refused("remedy_reason")
        row.state, row.settled_at, row.settled_by, row.proof = RemedyState.REFUSED, now, actor, said
        cancel(institution_id=institution.pk, subject_type=REMEDY, subject_ids=[row.pk], now=now)
    row.save(update_fields=["state", "decided_at", "decided_by", "settled_at", "settled_by", "proof"])
    _note(row, "charters.remedy_decided", actor, now)
    _tell(row, DECIDED, now)
    return row


@transaction.atomic
def send_letter(
    *, institution: Institution, remedy_id: int, letter: str, actor: User, now: datetime
) -> Remedy:
    """Write to the person what is owed them: an apology, an explanation. Decides it where nobody did.

    It is delivered when the letter has left (`letter_sent`); where there is nobody to write to, at once,
    where the request is followed. An attention is followed nowhere: what is owed for it is not delivered by
    a letter that nobody gets.

    Raises:
        Refused: it is settled (remedy_settled), its letter is on its way (letter_waits), the letter says
            nothing or is too long (letter_empty, letter_long), or nobody can be written to (letter_nobody).
    """
    row = _locked(institution, remedy_id)
    _check_waiting(row)
    if letter_of(row) is not None:
        raise Refused("letter_waits")
    said = legible(letter).strip()
    if not says_something(said):
        raise Refused("letter_empty")
    if len(said) > LONGEST_LETTER:
        raise Refused("letter_long", most=LONGEST_LETTER)
    _decide(row, actor, now)
    row.letter = said
    told = _tell(row, LETTER, now)
    if not told and row.breach.interaction is not None:
        raise Refused("letter_nobody")
    row.notice_id = told[0].pk if told else None
    row.save(update_fields=["state", "decided_at", "decided_by", "letter", "notice_id"])
    _note(row, "charters.remedy_letter", actor, now)
    if told:
        return row
    return _delivered(row, _PUBLISHED if row.breach.is_public else _SHOWN, actor, now)


@transaction.atomic
def deliver_remedy(
    *, institution: Institution, remedy_id: int, proof: str, actor: User, now: datetime
) -> Remedy:
    """Note that a remedy was delivered, and how that can be proved. Decides it where nobody did.

    Raises:
        Refused: it is settled already (remedy_settled), or there is no proof (proof_missing).
    """
    row = _locked(institution, remedy_id)
    _check_waiting(row)
    if not says_something(proof, 1):
        raise Refused("proof_missing")
    _decide(row, actor, now)
    return _delivered(row, legible(proof).strip()[:500], actor, now)


def letter_of(row: Remedy) -> Notice | None:
    """Return the notice that carries the letter of a remedy, unless somebody cancelled it (1 SQL, none
    without one).
    """
    if row.notice_id is None:
        return None
    of = row.breach
    rows = notices_of(row.institution_id, of.subject_type, of.subject_id).filter(pk=row.notice_id)
    return rows.exclude(state=State.CANCELLED).first()


def lock_for_letter(notice: Notice) -> None:
    """Lock that of which a letter is, and its remedy, before the letter itself."""
    lock(Breach.ever.filter(remedy=int(notice.context["remedy"]), institution=notice.institution_id))


def letter_sent(notice: Notice, now: datetime) -> None:
    """Note that a remedy is delivered when its letter has left; called in that transaction."""
    institution = institution_of(notice.institution_id)
    row = _locked(institution, int(notice.context["remedy"]))
    if row.state != RemedyState.DECIDED:
        return
    how = f"Enviada por {channel_label(notice.channel).lower()}, {institution.local_date(now):%d-%m-%Y}."
    _delivered(row, f"{how} {notice.proof}".strip()[:500], None, now)


def _locked(institution: Institution, remedy_id: int) -> Remedy:
    """Return a remedy locked, behind its request or attention, as every command of these does."""
    rows = Remedy.objects.filter(institution=institution, pk=remedy_id)
    lock(Breach.ever.filter(remedy=remedy_id, institution=institution))
    rows = rows.select_for_update(of=("self",))
    return rows.select_related("breach__commitment", *BREACH_OF).get()


def _tell(row: Remedy, kind: str, now: datetime) -> list[Notice]:
    """Write to the person a remedy is owed to; return the notice, or nothing where there is nobody."""
    if row.breach.case is not None:
        return tell_person(row.breach.case, kind, now=now, remedy=row.pk)
    if row.breach.interaction is not None:
        return tell_attention(row.breach.interaction, kind, now=now, remedy=row.pk)
    return []


def _check_waiting(row: Remedy) -> None:
    if row.state not in WAITING:
        raise Refused("remedy_settled")


def _decide(row: Remedy, actor: User, now: datetime) -> None:
    if row.state == RemedyState.OWED:
        row.state, row.decided_at, row.decided_by = RemedyState.DECIDED, now, actor


def _delivered(row: Remedy, proof: str, actor: User | None, now: datetime) -> Remedy:
    row.state, row.settled_at, row.settled_by, row.proof = RemedyState.DELIVERED, now, actor, proof
    row.save(update_fields=["state", "decided_at", "decided_by", "settled_at", "settled_by", "proof"])
    institution = institution_of(row.institution_id)
    today = institution.local_date(now)
    finish(institution_id=institution.pk, subject_type=REMEDY, subject_ids=[row.pk], on=today, now=now)
    _note(row, "charters.remedy_settled", actor, now)
    return row


def _note(row: Remedy, kind: str, actor: User | None, now: datetime) -> None:
    data: dict[str, Any] = {"remedy": row.pk, "state": row.state, "digest": remedy_digest(row)}
    if kind == "charters.remedy_letter":
        data["notice"] = row.notice_id
    record(row.institution_id, row.breach.stream, kind, now, actor.pk if actor else None, data)
