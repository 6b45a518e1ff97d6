# SPDX-License-Identifier: EUPL-1.2
"""Changes of drafts: written, opened to comments, commented, answered, decided."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, check_basis, note_configuration, save_version
from siac.surveys.commands.links import new_token
from siac.surveys.drafts.models import Draft, DraftAssociation, DraftComment, DraftState
from siac.surveys.models import Survey

MOST_COMMENTS = 300


def _held(institution: Institution, draft_id: int) -> Draft:
    """Return a draft, locked: what is commented, answered and decided at once waits (1 SQL)."""
    rows = Draft.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(institution=institution, pk=draft_id)


@transaction.atomic
def save_draft(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    survey: Survey,
    draft: Draft | None = None,
    based_on: int | None = None,
    open_until: date | None = None,
    **fields: Any,
) -> Draft:
    """Write a draft, or change one as its next version; it is of the questionnaire as it stands now. With
    `open_until` it takes comments until then, also anew, and the links of associations work once more (8 SQL
    at most).

    Raises:
        Refused: it is decided (draft_decided), somebody saved it meanwhile (saved_meanwhile), its days or
            grades are not in order (draft_days, draft_grades), or the day for comments is not to come
            (draft_day).
    """
    if draft is not None and _held(institution, draft.pk).decided_on is not None:
        raise Refused("draft_decided")
    row = draft or Draft(institution=institution)
    values = {**fields, "survey_id": survey.pk, "survey_version": survey.version}
    saved = save_version(row, values, based_on=based_on, actor=actor, now=now, check=_check)
    data: dict[str, Any] = {"draft": saved.row.pk, "version": saved.row.version}
    if saved.is_changed:
        note_configuration(institution.pk, "surveys.draft_saved", actor=actor, now=now, data=data)
    if open_until is not None:
        if open_until <= institution.local_date(now):
            raise Refused("draft_day")
        Draft.objects.filter(pk=saved.row.pk).update(comments_until=open_until)
        DraftAssociation.objects.filter(draft=saved.row).update(is_spent=False)
        data |= {"until": open_until.isoformat()}
        note_configuration(institution.pk, "surveys.draft_opened", actor=actor, now=now, data=data)
        saved.row.comments_until = open_until
    return saved.row


def _check(row: Draft, before: Mapping[str, Any] | None) -> None:
    if row.last_on < row.first_on:
        raise Refused("draft_days")
    if row.good_from <= row.bad_to:
        raise Refused("draft_grades")


@transaction.atomic
def ask_association(
    *, institution: Institution, actor: User | None, now: datetime, draft_id: int, name: str
) -> DraftAssociation:
    """Give an association of staff a link of its own to a draft; of the same name there is one (4 SQL).

    Raises:
        Refused: the draft is decided (draft_decided).
    """
    row = _held(institution, draft_id)
    if row.decided_on is not None:
        raise Refused("draft_decided")
    found, is_new = DraftAssociation.objects.get_or_create(
        draft=row, name=name, defaults={"token": new_token()}
    )
    if is_new:
        data = {"draft": row.pk, "association": found.pk}
        note_configuration(institution.pk, "surveys.draft_association", actor=actor, now=now, data=data)
    return found


@transaction.atomic
def comment(
    *,
    institution: Institution,
    now: datetime,
    draft_id: int,
    text: str,
    user: User | None = None,
    association: DraftAssociation | None = None,
) -> DraftComment:
    """Keep what somebody of the staff, or an association by its link, says of a draft (6 SQL). What somebody
    of the staff says twice in the same words is there once.

    Raises:
        Refused: it takes no comments (draft_shut), has too many (draft_full), or the association has said
            what it had to say (draft_link_used).
    """
    row, today = _held(institution, draft_id), institution.local_date(now)
    if row.state(today) is not DraftState.OPEN:
        raise Refused("draft_shut")
    before = row.comments.filter(user=user, text=text, draft_version=row.version) if user else None
    if before is not None and (same := before.first()) is not None:
        return same
    if row.comments.count() >= MOST_COMMENTS:
        raise Refused("draft_full")
    if association is not None:
        unspent = DraftAssociation.objects.filter(pk=association.pk, draft=row, is_spent=False)
        if not unspent.update(is_spent=True):
            raise Refused("draft_link_used")
    found = DraftComment.objects.create(
        draft=row, draft_version=row.version, user=user, association=association, text=text, said_on=today
    )
    data = {"draft": row.pk, "comment": found.pk, "version": row.version}
    note_configuration(institution.pk, "surveys.draft_commented", actor=user, now=now, data=data)
    return found


@transaction.atomic
def answer_comment(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    draft_id: int,
    comment_id: int,
    verdict: str,
    why: str,
    based_on: int | None = None,
) -> DraftComment:
    """Say whether a comment is accepted, and why; until the draft is decided, also otherwise (4 SQL).

    Raises:
        Refused: it is decided (draft_decided), or somebody answered meanwhile (saved_meanwhile).
    """
    row = _held(institution, draft_id)
    if row.decided_on is not None:
        raise Refused("draft_decided")
    found = DraftComment.objects.get(draft=row, pk=comment_id)
    check_basis(based_on, found.version)
    found.verdict, found.why = verdict, why
    found.answered_on, found.answered_by = institution.local_date(now), actor
    found.version += 1
    found.save(update_fields=["verdict", "why", "answered_on", "answered_by", "version"])
    data = {"draft": row.pk, "comment": found.pk, "verdict": verdict}
    note_configuration(institution.pk, "surveys.draft_answered", actor=actor, now=now, data=data)
    return found


@transaction.atomic
def decide_draft(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    draft_id: int,
    decision: str,
    based_on: int | None = None,
) -> None:
    """Decide a measurement as its draft stands, once those who may comment were heard and answered (5 SQL).

    Raises:
        Refused: it is decided (draft_decided), was changed meanwhile (saved_meanwhile), nobody was asked
            (draft_unheard), comments still come (draft_open), or some have no answer (draft_unanswered).
    """
    row, today = _held(institution, draft_id), institution.local_date(now)
    state = row.state(today)
    if state is DraftState.DECIDED:
        raise Refused("draft_decided")
    check_basis(based_on, row.version)
    if state is not DraftState.CLOSED:
        raise Refused("draft_open" if state is DraftState.OPEN else "draft_unheard")
    unanswered = row.comments.filter(verdict="").count()
    if unanswered:
        raise Refused("draft_unanswered", count=unanswered)
    Draft.objects.filter(pk=row.pk).update(decision=decision, decided_on=today, decided_by=actor)
    data = {"draft": row.pk, "version": row.version}
    note_configuration(institution.pk, "surveys.draft_decided", actor=actor, now=now, data=data)
