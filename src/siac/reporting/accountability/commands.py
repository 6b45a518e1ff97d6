# SPDX-License-Identifier: EUPL-1.2
"""Opening a letter, writing its words, having its figures frozen, approving it, and noting where it went."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.infra.longwork import begin
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution, save_version
from siac.reporting.domain.letters import APPROVAL, CLOSING, GREETING, LONGEST_WORDS, Period, Stage, stage
from siac.reporting.frozen.commands import MOVING
from siac.reporting.frozen.making import LINE
from siac.reporting.models import FrozenReport, Letter, LetterRevision, LetterSending


@transaction.atomic
def open_letter(*, institution: Institution, period: Period, actor: User, now: datetime) -> Letter:
    """Begin the letter on a period with the usual words (3 SQL).

    Raises:
        Refused: the period is not over (letter_running), or has its letter (letter_taken).
    """
    if period.last >= institution.local_date(now):
        raise Refused("letter_running")
    row = Letter(institution=institution, length=period.span.value, first=period.first, last=period.last)
    words = {"greeting": GREETING, "closing": CLOSING}
    try:
        with transaction.atomic():
            return save_version(row, words, based_on=None, actor=actor, now=now).row
    except IntegrityError as error:
        raise Refused("letter_taken") from error


@transaction.atomic
def save_words(
    *,
    institution: Institution,
    letter: Letter,
    greeting: str,
    closing: str,
    based_on: int | None,
    actor: User,
    now: datetime,
) -> Letter:
    """Write the words of a letter; what was approved with others stays as it was (4 SQL).

    Raises:
        Refused: a part is empty or too long (letter_words), or somebody saved it meanwhile
            (saved_meanwhile).
    """
    _own(institution, letter)
    words = {"greeting": greeting.strip(), "closing": closing.strip()}
    if not all(0 < len(each) <= LONGEST_WORDS for each in words.values()):
        raise Refused("letter_words", limit=LONGEST_WORDS)
    return save_version(letter, words, based_on=based_on, actor=actor, now=now).row


@transaction.atomic
def prepare_letter(*, institution: Institution, letter: Letter, actor: User, now: datetime) -> FrozenReport:
    """Have the figures of a letter frozen with its words as they are, by a job; one that is on its way is
    given back instead (4 SQL).
    """
    _locked(institution, letter)
    reports = FrozenReport.objects.filter(institution=institution, letter=letter)
    found = reports.filter(state__in=MOVING).defer("paper", "content").order_by("-pk").first()
    if found is not None:
        return found
    row = FrozenReport(
        institution=institution, letter=letter, length=letter.length, first=letter.first, last=letter.last,
        asked_by=actor, asked_at=now,
    )  # fmt: skip
    return begin(LINE, row, now=now, refusal="frozen_moving")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a letter stands at: its stage, and the report that was made last (None: none was)."""

    stage: Stage
    newest: FrozenReport | None

    @property
    def digest(self) -> str:
        """The digest of what may be approved; empty where nothing may."""
        return bytes(self.newest.digest).hex() if self.newest else ""


def standing(letter: Letter) -> Standing:
    """Return what a letter stands at (1 SQL)."""
    rows = FrozenReport.objects.filter(letter=letter, state=WorkState.DONE)
    newest = rows.select_related("approval").defer("paper").order_by("-pk").first()
    content = newest.content if newest else {}
    at = stage(
        is_prepared=newest is not None,
        is_same_words=(content.get("greeting"), content.get("closing")) == (letter.greeting, letter.closing),
        is_approved=getattr(newest, "approval", None) is not None,
    )
    return Standing(at, newest)


@transaction.atomic
def approve_letter(
    *, institution: Institution, letter: Letter, seen: str | None = None, actor: User, now: datetime
) -> LetterRevision:
    """Approve what was prepared last of a letter, as it was looked at; from then on everybody reads it (5
    SQL).

    Raises:
        Refused: nothing is prepared, or it was approved (letter_moment); it is not what they looked at any
            more (approval_overtaken).
    """
    locked = _locked(institution, letter)
    stands = standing(locked)
    APPROVAL.approve(stands.stage, stands=stands.digest, seen=seen)
    if stands.newest is None:
        raise AssertionError("what is prepared has its report")
    newest, number = stands.newest, locked.revisions.count() + 1
    revision = LetterRevision.objects.create(
        institution=institution, letter=locked, number=number, report=newest, digest=newest.digest,
        approved_by=actor, approved_at=now,
    )  # fmt: skip
    data = {
        "letter": locked.pk, "revision": revision.pk, "number": number, "report": newest.pk,
        "digest": stands.digest,
    }  # fmt: skip
    record(institution.pk, locked.stream, "reporting.letter_approved", now, actor_id=actor.pk, data=data)
    return revision


@transaction.atomic
def note_sending(
    *,
    institution: Institution,
    letter: Letter,
    recipient: str,
    sent_on: date,
    how: str = "",
    actor: User,
    now: datetime,
) -> LetterSending:
    """Note to whom the approved letter was sent, and on which local day (4 SQL).

    Raises:
        Refused: it is not approved (letter_unapproved), nobody is named (letter_recipient), or the day is
            before it was approved or has not come (letter_sent_on).
    """
    locked = _locked(institution, letter)
    revision = locked.revisions.order_by("-number").first()
    if revision is None:
        raise Refused("letter_unapproved")
    if not squeeze(recipient):
        raise Refused("letter_recipient")
    if not institution.local_date(revision.approved_at) <= sent_on <= institution.local_date(now):
        raise Refused("letter_sent_on")
    row = LetterSending.objects.create(
        institution=institution, revision=revision, recipient=squeeze(recipient)[:150], sent_on=sent_on,
        how=squeeze(how)[:300], noted_by=actor, noted_at=now,
    )  # fmt: skip
    data = {"revision": revision.pk, "sending": row.pk, "on": sent_on.isoformat()}
    record(institution.pk, locked.stream, "reporting.letter_sent", now, actor_id=actor.pk, data=data)
    return row


def _own(institution: Institution, letter: Letter) -> None:
    if letter.institution_id != institution.pk:
        raise Refused("letter_unknown")


def _locked(institution: Institution, letter: Letter) -> Letter:
    """Return a letter as it stands, locked: two who act at once wait for one another (1 SQL)."""
    row = Letter.objects.select_for_update().filter(institution=institution, pk=letter.pk).first()
    if row is None:
        raise Refused("letter_unknown")
    return row
