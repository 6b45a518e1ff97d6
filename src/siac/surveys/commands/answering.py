# SPDX-License-Identifier: EUPL-1.2
"""Taking answers. Nothing here is journaled by itself: an entry would tell when, and in which order."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from siac.infra.crypto import anonymous_key
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.surveys.domain.interchange import parse
from siac.surveys.domain.questionnaire import Questionnaire
from siac.surveys.doors import Door
from siac.surveys.models import HalfAnswer, Invitation, Survey, SurveyAnswer, SurveyVersion, Way
from siac.surveys.texts import SETTLED

_BITS = 62
HALF_KEPT_FOR = timedelta(days=14)
"""After so many days without a further page, what was answered is kept as a partial answer."""


def half_key(door: Door, secret: str) -> str:
    """Return under which key a half-filled answer lies: of a personal link its token, else a secret of the
    browser; nobody who reads the tables can make it.
    """
    named = door.token if door.invitation_id is not None else f"{door.token} {secret}"
    return anonymous_key("surveys.half", named).hex()


def half_of(key: str) -> HalfAnswer | None:
    """Return what lies under a key: a half-filled answer, or that it was sent (1 SQL)."""
    return HalfAnswer.objects.filter(pk=key).first()


def questionnaire_of(survey: Survey, version: int) -> Questionnaire:
    """Return the questionnaire of a version of a survey (no SQL of the one that stands, else 1)."""
    if version == survey.version:
        return survey.asked
    kept = SurveyVersion.objects.get(survey=survey, number=version)
    return parse(kept.fields["questionnaire"])


def keep_half(door: Door, key: str, version: int, answers: Mapping[str, object], *, today: date) -> None:
    """Keep what somebody answered so far (1 SQL)."""
    told = {
        "institution_id": door.survey.institution_id, "survey": door.survey, "version": version,
        "way": door.way, "point_id": door.point_id, "answers": dict(answers), "saved_on": today,
    }  # fmt: skip
    row = HalfAnswer(key=key, **told)
    HalfAnswer.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["key"], update_fields=["answers", "saved_on"]
    )


@transaction.atomic
def take_answer(
    door: Door,
    version: int,
    answers: Mapping[str, object],
    *,
    today: date,
    key: str = "",
    is_complete: bool = True,
) -> None:
    """Keep what somebody answered, to its end if `is_complete`; a personal link is spent by it (4 SQL at
    most).

    Of two who send through the same personal link at once, or the same sheet of an open door twice, the later
    one is refused. `key`: where its half-filled one lies, which goes; of an open door there stays, without
    what was answered, that it was sent.

    Raises:
        Refused: the link was spent meanwhile (survey_link_used), the sheet was sent already
            (survey_sent_before), or a required answer is missing (survey_unfinished, with `question`).
    """
    questionnaire = questionnaire_of(door.survey, version)
    kept = questionnaire.kept(answers)
    for question in questionnaire.missing(kept) if is_complete else ():
        raise Refused("survey_unfinished", question=question.label)
    if door.invitation_id is not None:
        unspent = Invitation.objects.filter(pk=door.invitation_id, is_spent=False)
        if not unspent.update(is_spent=True):
            raise Refused("survey_link_used")
        HalfAnswer.objects.filter(pk=key).delete()
    elif key and not _is_first(door, key, version, today):
        raise Refused("survey_sent_before")
    keep_answer(door, version, kept, today=today, is_complete=is_complete)


def keep_answer(
    door: Door, version: int, kept: Mapping[str, object], *, today: date, is_complete: bool
) -> None:
    """Write an answer under a random number (1 SQL)."""
    SurveyAnswer.objects.bulk_create([
        SurveyAnswer(
            id=secrets.randbits(_BITS),
            institution_id=door.survey.institution_id,
            survey=door.survey,
            version=version,
            answered_on=today,
            way=door.way,
            point_id=door.point_id,
            is_complete=is_complete,
            answers=dict(kept),
        )
    ])  # fmt: skip


_SENT = """
INSERT INTO surveys_halfanswer AS h
  (key, institution_id, survey_id, version, way, point_id, answers, saved_on, is_sent)
VALUES (%(key)s, %(institution)s, %(survey)s, %(version)s, %(way)s, %(point)s, '{}', %(today)s, true)
ON CONFLICT (key) DO UPDATE SET answers = '{}', saved_on = EXCLUDED.saved_on, is_sent = true
  WHERE NOT h.is_sent
"""


def _is_first(door: Door, key: str, version: int, today: date) -> bool:
    """Note that the sheet under a key is sent; return whether it was not yet (1 SQL, of two at once one)."""
    values: dict[str, Any] = {
        "key": key, "institution": door.survey.institution_id, "survey": door.survey.pk, "version": version,
        "way": str(door.way), "point": door.point_id, "today": today,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SENT, values)
        return bool(cursor.rowcount == 1)


# At night

_ANEW = """
WITH gone AS (
  DELETE FROM surveys_surveyanswer
  WHERE institution_id = %(institution)s AND NOT is_settled AND answered_on < %(today)s RETURNING *
), anew AS (
  INSERT INTO surveys_surveyanswer ({columns}, is_settled)
  SELECT {columns}, true FROM gone ORDER BY id RETURNING survey_id, answered_on, way
)
SELECT survey_id, count(*), min(answered_on) FILTER (WHERE way = %(invited)s)
FROM anew GROUP BY survey_id ORDER BY survey_id
"""
_COLUMNS = ", ".join(
    f'"{field.column}"' for field in SurveyAnswer._meta.concrete_fields if field.column != "is_settled"
)


@transaction.atomic
def settle_answers(institution: Institution, *, now: datetime) -> int:
    """Write the answers of the days before today anew, all at once and in the order of their random numbers,
    and so every spent invitation that was open on the first of these days or later: whatever the database
    notes beside a row (which transaction wrote it, and where it lies) then says the same of all from whom
    these answers can be. Return how many answers (4 SQL, 3 more for each survey).

    Half-filled answers that nobody goes on with become partial answers first. Figures follow by the entry
    that each survey gets, which tells how many answers came and nothing else.
    """
    today = institution.local_date(now)
    _keep_abandoned(institution, today)
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"institution": institution.pk, "today": today, "invited": Way.INVITED.value}
        cursor.execute(_ANEW.format(columns=_COLUMNS), values)
        counted = cursor.fetchall()
    told = {survey_id: count for survey_id, count, _ in counted}
    for survey_id, _, since in counted:
        if since is not None:  # whose days were over before cannot have given one of these answers
            spent = Invitation.objects.filter(institution=institution, survey_id=survey_id, is_spent=True)
            spent.filter(closes_on__gte=since).update(is_spent=True)
    for survey_id in sorted({*told, *_invited(institution, today)}):
        data = {"survey": survey_id, "answers": told.get(survey_id, 0)}
        record(institution.pk, f"survey:{survey_id}", SETTLED, now, data=data)
    return sum(told.values())


def _invited(institution: Institution, today: date) -> list[int]:
    """Return the surveys with invitations of earlier days that figures do not know of (1 SQL)."""
    rows = Invitation.objects.filter(institution=institution, counted_on=None, invited_on__lt=today)
    rows = rows.filter(survey__for_staff=False)
    return list(rows.order_by("survey").values_list("survey", flat=True).distinct())


def _keep_abandoned(institution: Institution, today: date) -> None:
    old = HalfAnswer.objects.filter(institution=institution, saved_on__lt=today - HALF_KEPT_FOR)
    rows = list(old.select_for_update())
    answers = [
        SurveyAnswer(id=secrets.randbits(_BITS), is_complete=False, answered_on=row.saved_on, **_told(row))
        for row in rows
        if row.answers and not row.is_sent
    ]
    SurveyAnswer.objects.bulk_create(sorted(answers, key=lambda each: each.pk))
    HalfAnswer.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _told(row: HalfAnswer) -> dict[str, Any]:
    names = ("institution_id", "survey_id", "version", "way", "point_id", "answers")
    return {name: getattr(row, name) for name in names}
