# SPDX-License-Identifier: EUPL-1.2
"""What becomes of an edition: shown to everybody, commented, handed in, reviewed, approved, withdrawn."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.charters.commands.approving import put_in_force
from siac.charters.commands.drafting import held_edition
from siac.charters.domain.checks import Level, Problem
from siac.charters.domain.states import EditionState, Step, after
from siac.charters.models import CharterEdition, EditionComment, EditionReview
from siac.charters.sealing import comment_words, review_digest, standing
from siac.charters.texts import ReviewLabel
from siac.journal.public import record, seal
from siac.kernel.approvals import OVERTAKEN
from siac.kernel.errors import Refused
from siac.kernel.text import legible, says_something, squeeze
from siac.organizations.public import Institution, check_basis, touch_configuration

MOST_COMMENTS = 2000
"""Characters with which a reason begins to say something."""
Checked = Callable[[CharterEdition, date], Sequence[Problem]]
"""What is wrong with an edition on a local day (`checking.problems_of`)."""


def _step(row: CharterEdition, step: Step) -> None:
    state = after(row.state, step)
    if state is None:
        raise Refused("edition_step")
    row.state = state


def _note(row: CharterEdition, kind: str, actor: User | None, now: datetime, **data: Any) -> None:
    told = {"edition": row.pk, "state": row.state, **data}
    record(row.institution_id, row.charter.stream, f"charters.{kind}", now, actor.pk if actor else None, told)


@transaction.atomic
def prepublish(
    *, institution: Institution, edition_id: int, until: date, actor: User, now: datetime
) -> CharterEdition:
    """Show a draft to everybody on the portal, who may comment it up to the local day `until` (5 SQL).

    Raises:
        Refused: it promises nothing yet (no_commitments), that is not a day to come within half a year
            (comments_day), or it is not a draft (edition_step, edition_unknown).
    """
    row = held_edition(institution, edition_id)
    today = institution.local_date(now)
    if not today < until <= today + timedelta(days=183):
        raise Refused("comments_day")
    if not row.commitments.exists():
        raise Refused("no_commitments")
    _step(row, Step.PREPUBLISH)
    row.comments_until = until
    row.save(update_fields=["state", "comments_until"])
    _note(row, "edition_prepublished", actor, now, until=until.isoformat())
    return row


@transaction.atomic
def end_comments(*, institution: Institution, edition_id: int, actor: User, now: datetime) -> CharterEdition:
    """Take a draft back to be written once every comment has its answer (5 SQL).

    Raises:
        Refused: comments wait for their answer (comments_wait), they may still be sent (comments_open), or it
            is not shown (edition_step, edition_unknown).
    """
    row = held_edition(institution, edition_id)
    if row.comments_until is not None and institution.local_date(now) <= row.comments_until:
        raise Refused("comments_open")
    waiting = row.comments.filter(verdict="").count()
    if waiting:
        raise Refused("comments_wait", count=waiting)
    _step(row, Step.END_COMMENTS)
    row.save(update_fields=["state"])
    _note(row, "comments_ended", actor, now)
    return row


@transaction.atomic
def comment(
    *,
    institution: Institution,
    edition_id: int,
    capacity: str,
    organisation: str,
    text: str,
    now: datetime,
) -> EditionComment:
    """Keep what somebody says of a draft that is shown to everybody (6 SQL). The same words sent twice are
    kept once.

    Raises:
        Refused: it takes no comments (comments_shut) or has too many (comments_full), or nothing is said
            (comment_empty).
    """
    row, said = held_edition(institution, edition_id), legible(text).strip()[:2000]
    today = institution.local_date(now)
    is_open = row.state == EditionState.PUBLISHED_DRAFT
    if not is_open or row.comments_until is None or today > row.comments_until:
        raise Refused("comments_shut")
    if not says_something(said):
        raise Refused("comment_empty")
    same = row.comments.filter(text=said, organisation=squeeze(organisation)[:150]).first()
    if same is not None:
        return same
    if row.comments.count() >= MOST_COMMENTS:
        raise Refused("comments_full")
    made = EditionComment.objects.create(
        institution=institution, edition=row, capacity=capacity, organisation=squeeze(organisation)[:150],
        text=said, said_at=now,
    )  # fmt: skip
    _note(row, "commented", None, now, comment=made.pk, sealed=_seal(made))
    return made


def _seal(row: EditionComment) -> str:
    """Seal what a comment says as it stands now, under a salt of its own (1 SQL); return the digest."""
    made = seal(comment_words(row))
    row.salt = made.salt
    row.save(update_fields=["salt"])
    return made.digest


@transaction.atomic
def answer_comment(
    *,
    institution: Institution,
    comment_id: int,
    verdict: str,
    answer: str,
    is_shown: bool,
    actor: User,
    now: datetime,
    based_on: int | None,
) -> EditionComment:
    """Say what becomes of a comment and why; with its answer it is shown (5 SQL).

    Raises:
        Refused: there is no such comment (comment_unknown), the answer says nothing (comment_answer), the
            edition is over (edition_over), or somebody answered it meanwhile (saved_meanwhile).
    """
    found = EditionComment.objects.filter(institution=institution, pk=comment_id).first()
    if found is None:
        raise Refused("comment_unknown")
    edition = held_edition(institution, found.edition_id)
    if not edition.is_draft:
        raise Refused("edition_over")
    row = EditionComment.objects.select_for_update().get(pk=found.pk)
    check_basis(based_on, row.version)
    words = legible(answer).strip()[:1000]
    if not says_something(words):
        raise Refused("comment_answer")
    row.verdict, row.answer, row.is_shown = verdict, words, is_shown
    row.answered_by, row.answered_at = actor, now
    row.version += 1
    row.save()
    _note(edition, "comment_answered", actor, now, comment=row.pk, verdict=verdict, sealed=_seal(row))
    return row


@transaction.atomic
def submit(
    *, institution: Institution, edition_id: int, actor: User, now: datetime, checked: Checked
) -> CharterEdition:
    """Hand a draft in for its two reviews (4 SQL, and what the checks cost).

    Raises:
        Refused: the checks find errors (edition_errors), or it is not a draft (edition_step,
            edition_unknown).
    """
    row = held_edition(institution, edition_id)
    _refuse_errors(row, checked, institution.local_date(now))
    _step(row, Step.SUBMIT)
    row.round += 1
    row.save(update_fields=["state", "round"])
    _note(row, "edition_submitted", actor, now, round=row.round, version=row.version)
    return row


_NAMED = 3
"""Errors that a refusal names; the page of the charter lists all."""


def _refuse_errors(row: CharterEdition, checked: Checked, today: date) -> None:
    errors = [each for each in checked(row, today) if each.level is Level.ERROR]
    if errors:
        more = f"; y {len(errors) - _NAMED} más" if len(errors) > _NAMED else ""
        raise Refused("edition_errors", what="; ".join(each.text for each in errors[:_NAMED]) + more)


@transaction.atomic
def review(
    *,
    institution: Institution,
    edition_id: int,
    aspect: str,
    is_favourable: bool,
    words: str,
    actor: User,
    now: datetime,
    seen: str | None,
) -> EditionReview:
    """Say whether an edition as it was handed in may go on; who objects sends it back to be written (8 SQL).

    `seen`: the digest of what the reviewer read (`sealing.standing`); None does not ask.

    Raises:
        Refused: it is not in review (edition_step, edition_unknown), it is not what was read any more
            (approval_overtaken), that review was made (review_made), or an objection says nothing
            (review_words).
    """
    row = held_edition(institution, edition_id)
    if row.state != EditionState.REVIEW:
        raise Refused("edition_step")
    _check_seen(row, seen)
    said = legible(words).strip()[:2000]
    if not is_favourable and not says_something(said):
        raise Refused("review_words")
    if row.reviews.filter(round=row.round, aspect=aspect).exists():
        raise Refused("review_made")
    made = EditionReview.objects.create(
        institution=institution, edition=row, round=row.round, aspect=aspect, is_favourable=is_favourable,
        words=said, said_by=actor, said_at=now,
    )  # fmt: skip
    if not is_favourable:
        _step(row, Step.RETURN)
        row.save(update_fields=["state"])
    _note(
        row, "edition_reviewed", actor, now, aspect=aspect, is_favourable=is_favourable, round=row.round,
        review=made.pk, digest=review_digest(made),
    )  # fmt: skip
    return made


def _check_seen(row: CharterEdition, seen: str | None) -> None:
    """Hold what somebody read against what stands: between two hand-ins everything may change."""
    if seen is not None and seen != standing(row):
        raise Refused(OVERTAKEN)


@transaction.atomic
def approve(
    *,
    institution: Institution,
    edition_id: int,
    act: str,
    approved_on: date,
    actor: User,
    now: datetime,
    checked: Checked,
    seen: str | None,
) -> CharterEdition:
    """Approve an edition by an act, and put it in force from its day on (22 SQL, and 8 for each guarantee).

    `seen`: the digest of what whoever approves read (`sealing.standing`); None does not ask.

    Raises:
        Refused: it is not in review (edition_step), a review is missing (review_missing), the checks find
            errors (edition_errors), the act has no words (act_missing) or a day to come (act_day), it is not
            what was read any more (approval_overtaken), or begins too early (edition_out_of_order).
    """
    row, today = held_edition(institution, edition_id), institution.local_date(now)
    if after(row.state, Step.APPROVE) is None:
        raise Refused("edition_step")
    _check_seen(row, seen)
    favourable = set(row.reviews.filter(round=row.round, is_favourable=True).values_list("aspect", flat=True))
    if favourable != set(ReviewLabel.values):
        raise Refused("review_missing")
    said = squeeze(act)[:150]
    if not said:
        raise Refused("act_missing")
    if approved_on > today:
        raise Refused("act_day")
    _refuse_errors(row, checked, today)
    put_in_force(row, act=said, approved_on=approved_on, actor=actor, now=now)
    _note(row, "edition_approved", actor, now, number=row.number, act_on=approved_on.isoformat())
    return row


@transaction.atomic
def abandon(
    *, institution: Institution, edition_id: int, reason: str, actor: User, now: datetime
) -> CharterEdition:
    """Give up an edition that is not approved; it stays in the archive with the reason (5 SQL).

    Raises:
        Refused: it is approved or given up (edition_step, edition_unknown), or the reason says nothing
            (reason_missing).
    """
    row = held_edition(institution, edition_id)
    _step(row, Step.ABANDON)
    row.closing_words = _reason(reason)
    row.save(update_fields=["state", "closing_words"])
    _note(row, "edition_abandoned", actor, now)
    return row


@transaction.atomic
def withdraw(
    *, institution: Institution, edition_id: int, last_on: date, reason: str, actor: User, now: datetime
) -> CharterEdition:
    """Say that the edition in force ends on a local day, with no other after it (6 SQL). What people filed up
    to that day keeps its promises.

    Raises:
        Refused: it is not in force (edition_step, edition_unknown), the day is over (withdrawal_day), or the
            reason says nothing (reason_missing).
    """
    row, today = held_edition(institution, edition_id), institution.local_date(now)
    if row.state != EditionState.APPROVED or row.valid_to is not None:
        raise Refused("edition_step")
    if last_on < today or last_on < row.since:
        raise Refused("withdrawal_day")
    row.valid_to, row.closing_words = last_on, _reason(reason)
    row.save(update_fields=["valid_to", "closing_words"])
    _note(row, "edition_withdrawn", actor, now, last_on=last_on.isoformat())
    touch_configuration(institution.pk)
    return row


def _reason(reason: str) -> str:
    said = legible(reason).strip()[:500]
    if not says_something(said):
        raise Refused("reason_missing")
    return said
