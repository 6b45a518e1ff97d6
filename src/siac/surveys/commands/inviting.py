# SPDX-License-Identifier: EUPL-1.2
"""Asking people: each by a link of their own that works once, nobody more often than the body says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from siac.cases.public import Case, all_attentions, all_cases
from siac.infra.crypto import anonymous_key
from siac.notices.public import NewNotice, queue_many
from siac.organizations.public import Institution, colleagues
from siac.people.public import address, same_people
from siac.surveys.commands.links import new_token
from siac.surveys.commands.refusing import has_refused
from siac.surveys.models import Invitation, Survey, Wave
from siac.surveys.queries import INVITATION, surveys

KIND = "surveys.invitation"
HOUR = 10
"""The local hour at which people are asked."""
LOOKS_BACK = 3
"""Days before the one whose answers are due that are looked at again: the worker may have been away."""
_SLICE = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to be asked, after the answer to a request, after an attention, or without either."""

    person_id: int
    case_id: int | None = None
    attention_id: int | None = None


def invite_after_answers(institution: Institution, *, now: datetime) -> int:
    """Ask those who got an answer, or were attended, so many days ago, as each survey of a body says; return
    how many.

    Does nothing at other hours than the one for it. What was answered anew after a review is not asked for
    again. SQL: 2 for each survey and each of both, and as `invite`.
    """
    if now.astimezone(institution.zone).hour != HOUR:
        return 0
    count = 0
    for survey in surveys(institution).values():
        if survey.is_active:
            due = [*_due_answers(institution, survey, now), *_due_attentions(institution, survey, now)]
            for start in range(0, len(due), _SLICE):
                count += len(invite(institution, survey, due[start : start + _SLICE], now=now))
    return count


def _due_answers(institution: Institution, survey: Survey, now: datetime) -> list[Asked]:
    if not survey.asks_after:
        return []
    return [Asked(case.person_id or 0, case.pk) for case in _answered(institution, survey, now)]


def _due_attentions(institution: Institution, survey: Survey, now: datetime) -> list[Asked]:
    """Return those attended so many days ago after whom a survey is due (2 SQL). An attention that was
    withdrawn, became a request or came in with a sheet is none of these.
    """
    if not survey.asks_after_attention:
        return []
    first, end = _days_due(institution, survey, now)
    rows = all_attentions(institution).filter(
        begun_at__gte=first,
        begun_at__lt=end,
        person__isnull=False,
        withdrawn_at=None,
        case=None,
        batch=None,
    )
    for name, values in (("topic", survey.topics), ("channel", survey.channels)):
        rows = rows.filter(**{f"{name}__in": values}) if values else rows
    found = list(rows.order_by("begun_at", "pk").values_list("pk", "person_id"))
    asked = Invitation.objects.filter(institution=institution, attention_id__in=[pk for pk, _ in found])
    known = set(asked.values_list("attention_id", flat=True))
    return [
        Asked(person_id or 0, attention_id=pk)
        for pk, person_id in found
        if pk not in known and is_drawn(survey, f"attention {pk}")
    ]


def _days_due(institution: Institution, survey: Survey, now: datetime) -> tuple[datetime, datetime]:
    """Return from when and until when somebody was answered or attended of whom a survey is due now."""
    last = institution.local_date(now) - timedelta(days=survey.delay_days)
    return (
        _midnight(institution, last - timedelta(days=LOOKS_BACK)),
        _midnight(institution, last + timedelta(days=1)),
    )


def _answered(institution: Institution, survey: Survey, now: datetime) -> Iterable[Case]:
    """Return the cases after whose answer a survey is due (2 SQL)."""
    first, end = _days_due(institution, survey, now)
    rows = all_cases(institution).filter(
        answered_at__gte=first,
        answered_at__lt=end,
        person__isnull=False,
        is_restricted=False,
        batch__isnull=True,
    )
    for name, values in (("kind", survey.kinds), ("topic", survey.topics), ("channel", survey.channels)):
        rows = rows.filter(**{f"{name}__in": values}) if values else rows
    found = list(rows.only("pk", "person_id", "institution_id").order_by("answered_at", "pk"))
    asked = Invitation.objects.filter(institution=institution, case_id__in=[case.pk for case in found])
    known = set(asked.values_list("case_id", flat=True))
    return [case for case in found if case.pk not in known and is_drawn(survey, case.pk)]


def _midnight(institution: Institution, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=institution.zone)


def is_drawn(survey: Survey, case_id: int | str) -> bool:
    """Return whether a case, or an attention, is among the share that a survey is sent to: by chance, but
    always the same, so that trying again draws nobody else.
    """
    drawn = int.from_bytes(anonymous_key("surveys.share", f"{survey.pk} {case_id}")) % 100
    return drawn < survey.share


@transaction.atomic
def invite(
    institution: Institution,
    survey: Survey,
    people: Sequence[Asked],
    *,
    now: datetime,
    wave: Wave | None = None,
) -> list[Invitation]:
    """Ask some people, of whom those are left out who cannot be written to, who want no surveys, and who were
    asked anything lately; return the invitations. 3 SQL, and 5 for each person. Those of a `wave` answer to
    its last day.

    Whoever asks people of the same body at once waits: nobody is asked twice.
    """
    _hold(institution)
    today = institution.local_date(now)
    rows: list[Invitation] = []
    asked_now: set[int] = set()
    for each in people:
        entries = same_people(institution.pk, each.person_id) or [each.person_id]
        if asked_now & set(entries) or _asked_lately(institution, survey, entries, today):
            continue
        if has_refused(institution, entries):
            continue
        reached = address(institution.pk, each.person_id)
        if reached is None or not reached.email:
            continue
        asked_now |= set(entries)
        rows.append(
            Invitation(
                institution=institution,
                survey=survey,
                recipient=f"person:{each.person_id}",
                token=new_token(),
                invited_on=today,
                closes_on=wave.closes_on if wave else today + timedelta(days=survey.open_days),
                wave=wave,
                case_id=each.case_id,
                attention_id=each.attention_id,
            )
        )
    return _sent(institution, rows, now)


@transaction.atomic
def invite_staff(
    institution: Institution, survey: Survey, users: Sequence[int], *, now: datetime, wave: Wave
) -> list[Invitation]:
    """Ask some of the staff, of whom those are left out who work here no more, or were asked anything lately;
    return the invitations (5 SQL, whatever their number). As `invite`, whoever asks at once waits.
    """
    _hold(institution)
    today = institution.local_date(now)
    here = {pk for pk, _ in colleagues(institution)}
    lately = Invitation.objects.filter(
        institution=institution,
        recipient__in=[f"user:{pk}" for pk in users],
        invited_on__gt=today - timedelta(days=survey.rest_days),
    )
    asked = set(lately.values_list("recipient", flat=True))
    rows = [
        Invitation(
            institution=institution, survey=survey, recipient=f"user:{pk}", token=new_token(),
            invited_on=today, closes_on=wave.closes_on, wave=wave,
        )
        for pk in users
        if pk in here and f"user:{pk}" not in asked
    ]  # fmt: skip
    return _sent(institution, rows, now)


def _hold(institution: Institution) -> None:
    """Wait for whoever asks people of the same body at once (1 SQL)."""
    held = Survey.objects.select_for_update(no_key=True).filter(institution=institution)
    list(held.order_by("pk").values_list("pk"))


def _sent(institution: Institution, rows: list[Invitation], now: datetime) -> list[Invitation]:
    Invitation.objects.bulk_create(rows)
    notices = [NewNotice(KIND, row.recipient, "email", INVITATION, row.pk) for row in rows]
    queue_many(institution.pk, notices, now)
    return rows


def _asked_lately(institution: Institution, survey: Survey, entries: Iterable[int], today: date) -> bool:
    """Return whether one of the entries of a person was asked within the days of rest (1 SQL)."""
    return Invitation.objects.filter(
        institution=institution,
        recipient__in=[f"person:{pk}" for pk in entries],
        invited_on__gt=today - timedelta(days=survey.rest_days),
    ).exists()
