# SPDX-License-Identifier: EUPL-1.2
"""Changes of surveys."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, note_configuration, save_version
from siac.surveys.domain.interchange import dump, parse
from siac.surveys.models import Survey, SurveyAnswer


@transaction.atomic
def save_survey(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    survey: Survey | None = None,
    based_on: int | None = None,
    **fields: Any,
) -> Survey:
    """Add a survey, or change `survey` as its next version; answers keep the version that they answer.

    Fields that are not given stay as they are. Costs 6 SQL, 4 for a new one, 1 where nothing changes.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), its questionnaire is wrong
            (questionnaire_wrong), its grades are not marks of its main question (survey_grades), the
            smallest group is out of bounds (survey_least) or smaller than it was and there are answers, of
            which that would tell what was hidden (survey_least_lower), so is a share or a number of days
            (survey_sending), or the name is another's (survey_taken).
    """
    named = survey or Survey(institution=institution)
    if "questionnaire" in fields:
        fields["questionnaire"] = dump(parse(fields["questionnaire"]))
    try:
        saved = save_version(named, fields, based_on=based_on, actor=actor, now=now, check=_check)
    except IntegrityError as error:
        raise _refusal(fields.get("name", named.name), str(error)) from error
    row = saved.row
    if saved.is_changed:
        data = {"survey": row.pk, "version": row.version}
        note_configuration(institution.pk, "surveys.saved", actor=actor, now=now, data=data)
    return row


def _check(row: Survey, before: Mapping[str, Any] | None) -> None:
    main = parse(row.questionnaire).main_question
    given = [mark for mark in (row.good_from, row.bad_to) if mark is not None]
    if given and (len(given) < 2 or main is None or not all(mark in main.marks for mark in given)):
        raise Refused("survey_grades")
    if (
        before is not None
        and row.least < before["least"]
        and SurveyAnswer.objects.filter(survey=row).exists()
    ):
        raise Refused("survey_least_lower", least=before["least"])


def _refusal(name: str, error: str) -> Refused:
    if "surveys_survey_name" in error:
        return Refused("survey_taken", name=name)
    if "surveys_sending" in error:
        return Refused("survey_sending")
    return Refused("survey_grades" if "surveys_grades_apart" in error else "survey_least")
