# SPDX-License-Identifier: EUPL-1.2
"""Answers that people of the house enter: heard on the telephone, or copied from paper, twice."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, note_configuration
from siac.surveys.commands.answering import half_key, keep_answer, questionnaire_of, take_answer
from siac.surveys.doors import Door
from siac.surveys.models import PaperEntry, Survey, Way

Answers = Mapping[str, object]


def enter_call(
    survey: Survey, sheet: str, answers: Answers, *, today: date, point_id: int | None, broke_off: bool
) -> None:
    """Keep what somebody said on the telephone, as nobody's (2 SQL); `broke_off`: not to the end. `sheet` is
    the secret of the page: sent twice, it counts once.

    Raises:
        Refused: the survey takes no answers (survey_closed), the page was sent already (survey_sent_before),
            a required answer is missing (survey_unfinished), or there is none at all (survey_empty).
    """
    door = Door(survey, Way.PHONE, f"phone {survey.pk}", point_id)
    if not survey.is_active:
        raise Refused("survey_closed")
    if not answers:
        raise Refused("survey_empty")
    take_answer(
        door, survey.version, answers, today=today, key=half_key(door, sheet), is_complete=not broke_off
    )


@transaction.atomic
def enter_paper(
    *,
    survey: Survey,
    actor: User,
    today: date,
    sheet: str,
    answers: Answers,
    mark: str = "",
    point_id: int | None = None,
) -> None:
    """Keep a paper as it was entered the first time; it counts once it was entered again (1 SQL). `sheet`:
    the secret of the page, sent twice it is there once.

    Raises:
        Refused: the survey takes no answers (survey_closed), the paper says nothing (survey_empty), or what
            was sent from the page before was another paper (paper_another).
    """
    if not survey.is_active:
        raise Refused("survey_closed")
    kept = survey.asked.kept(answers)
    if not kept:
        raise Refused("survey_empty")
    row = PaperEntry(
        institution_id=survey.institution_id, survey=survey, version=survey.version, mark=mark,
        key=half_key(Door(survey, Way.PAPER, f"paper {survey.pk}", point_id), sheet), point_id=point_id,
        answers=kept, entered_by=actor, entered_on=today,
    )  # fmt: skip
    PaperEntry.objects.bulk_create([row], ignore_conflicts=True)
    if not PaperEntry.objects.filter(key=row.key, answers=kept).exists():
        raise Refused("paper_another")


@transaction.atomic
def confirm_paper(
    *, institution: Institution, paper_id: int, answers: Answers, seen: Collection[str], now: datetime
) -> dict[str, object]:
    """Count a paper that was entered again, where both say the same or whoever enters it has `seen` in which
    questions they do not; else return what these said the first time, by code, and change nothing (3 SQL).

    What is counted is of today, and what the paper left out of a required question makes it a partial answer.
    Nothing is left of who entered it and of the number of its sheet.

    Raises:
        Refused: somebody was quicker (paper_gone), or it says nothing (survey_empty).
    """
    row = _locked(institution, paper_id)
    questionnaire = questionnaire_of(row.survey, row.version)
    kept = questionnaire.kept(answers)
    if not kept:
        raise Refused("survey_empty")
    codes = [q.code for q in questionnaire.questions if kept.get(q.code) != row.answers.get(q.code)]
    if not set(codes) <= set(seen):
        return {code: row.answers.get(code) for code in codes}
    keep_answer(
        Door(row.survey, Way.PAPER, "", row.point_id), row.version, kept,
        today=institution.local_date(now), is_complete=not questionnaire.missing(kept),
    )  # fmt: skip
    row.delete()
    return {}


@transaction.atomic
def drop_paper(*, institution: Institution, paper_id: int, actor: User, now: datetime) -> None:
    """Throw away what was entered of a paper: it was none, or was entered twice as the first (4 SQL).

    Raises:
        Refused: it was counted or thrown away meanwhile (paper_gone).
    """
    row = _locked(institution, paper_id)
    data = {"survey": row.survey_id, "paper": row.pk}
    row.delete()
    note_configuration(institution.pk, "surveys.paper_dropped", actor=actor, now=now, data=data)


def _locked(institution: Institution, paper_id: int) -> PaperEntry:
    rows = PaperEntry.objects.select_for_update(of=("self",)).select_related("survey")
    row = rows.filter(institution=institution, pk=paper_id).first()
    if row is None:
        raise Refused("paper_gone")
    return row
