# SPDX-License-Identifier: EUPL-1.2
"""Writing down what figures count of answers and invitations, beside each, at night and many at once. Of
surveys for the staff nothing is counted: figures tell of the service to people.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, Case, F, Max, Q, Value, When

from siac.notices.public import undelivered
from siac.organizations.public import Institution
from siac.surveys.models import Invitation, Survey, SurveyAnswer
from siac.surveys.queries import INVITATION, surveys

LOOKS_BACK = timedelta(days=400)
"""Invitations older than the latest of their survey by more are not looked at again: all of them are over."""
_ANSWERS = """
UPDATE surveys_surveyanswer a SET counted_on = CASE WHEN a.is_complete THEN a.answered_on END,
  place_id = coalesce(a.point_id, 0), top = %(top)s, mark = m.mark,
  net = CASE WHEN m.mark IS NULL THEN NULL WHEN m.mark >= %(good)s THEN 100
    WHEN m.mark <= %(bad)s THEN -100 ELSE 0 END
FROM (
  SELECT id,
    CASE WHEN jsonb_typeof(answers -> %(code)s) = 'number' THEN (answers ->> %(code)s)::int END AS mark
  FROM surveys_surveyanswer
  WHERE institution_id = %(institution)s AND survey_id = %(survey)s AND id = ANY(%(ids)s) AND is_settled
) m WHERE a.id = m.id
"""


@transaction.atomic
def refresh_answers(institution_id: int, ids: Sequence[int]) -> None:
    """Write what figures count of these answers of a body as they are now (1 SQL, and 1 for each survey).
    Those of a day that is not over are not counted yet, partial ones never.
    """
    found = SurveyAnswer.objects.filter(institution_id=institution_id, pk__in=ids).order_by()
    for survey in Survey.objects.filter(pk__in=found.values("survey"), for_staff=False).order_by("pk"):
        main, grades = survey.asked.main_question, survey.grades
        values: dict[str, Any] = {
            "institution": institution_id, "survey": survey.pk, "ids": list(ids),
            "code": main.code if main else "", "top": main.marks[-1] if main else None,
            "good": grades.good_from if grades else 0, "bad": grades.bad_to if grades else 0,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_ANSWERS, values)


def answers_of(institution_id: int, survey_ids: Sequence[int]) -> Sequence[int]:
    """Return the settled answers of some surveys that are not counted yet (1 SQL)."""
    rows = SurveyAnswer.objects.filter(institution_id=institution_id, survey__in=list(survey_ids))
    rows = rows.filter(is_settled=True, is_complete=True, counted_on__isnull=True, survey__for_staff=False)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def answers_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next answers of a body by number, after one (1 SQL)."""
    rows = SurveyAnswer.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    rows = rows.filter(survey__for_staff=False)
    return list(rows.values_list("pk", flat=True)[:limit])


def rests_on(institution: Institution) -> str:
    """Return a digest of which question of each survey makes its index, and of its grades (no SQL when
    warm).
    """
    told = []
    for pk, survey in sorted(surveys(institution).items()):
        if survey.for_staff:
            continue
        main, grades = survey.asked.main_question, survey.grades
        told.append([pk, main.code if main else "", [grades.good_from, grades.bad_to] if grades else []])
    return hashlib.sha256(json.dumps(told).encode()).hexdigest() if told else ""


def refresh_invitations(institution_id: int, ids: Sequence[int]) -> None:
    """Write what figures count of these invitations as they are now: all of them at once, changed or not, for
    which of them a transaction wrote would tell who answered that day (1 SQL).
    """
    failed = Q(is_spent=False, pk__in=undelivered(institution_id, INVITATION))
    Invitation.objects.filter(institution_id=institution_id, pk__in=ids).update(
        counted_on=F("invited_on"),
        was_answered=F("is_spent"),
        has_failed=Case(When(failed, then=Value(True)), default=Value(False), output_field=BooleanField()),
    )


def invitations_of(institution_id: int, survey_ids: Sequence[int]) -> Sequence[int]:
    """Return the invitations of some surveys that may still change (2 SQL)."""
    rows = Invitation.objects.filter(institution_id=institution_id, survey__in=list(survey_ids))
    rows = rows.filter(survey__for_staff=False)
    latest = rows.aggregate(latest=Max("invited_on"))["latest"]
    if latest is None:
        return []
    recent = rows.filter(invited_on__gt=latest - LOOKS_BACK)
    return list(recent.order_by("pk").values_list("pk", flat=True))


def invitations_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next invitations of a body by key, after one (1 SQL)."""
    rows = Invitation.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    rows = rows.filter(survey__for_staff=False)
    return list(rows.values_list("pk", flat=True)[:limit])
