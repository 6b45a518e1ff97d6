# SPDX-License-Identifier: EUPL-1.2
"""Loading answers that were gathered elsewhere."""

import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.infra.tables.incoming import uploaded_tables
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, note_configuration
from siac.surveys.domain.loading import columns_of, inferred, read_cells, read_day
from siac.surveys.domain.xlsform_reading import read_xlsform
from siac.surveys.models import LoadedSheet, Survey, SurveyAnswer, Way

MOST_ROWS = 10_000
_BITS = 62


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a sheet: answers loaded, rows that said nothing, cells that are no answer by question,
    and the columns that are no question.
    """

    answers: int
    empty: int
    wrong: dict[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def _rows(content: bytes) -> list[list[str]]:
    rows = uploaded_tables(content, most_rows=MOST_ROWS + 1)[0].rows
    if len(rows) < 2:
        raise Refused("loading_nothing")
    if len(rows) - 1 > MOST_ROWS:
        raise Refused("loading_too_many", most=MOST_ROWS)
    return [list(row.cells) for row in rows]


def questionnaire_in(content: bytes) -> dict[str, Any]:
    """Return a questionnaire that a sheet of answers fits, as it is kept (no SQL).

    Raises:
        Refused: it cannot be read (table_unreadable), has no rows (loading_nothing), too many
            (loading_too_many), or no question (loading_no_question).
    """
    heads, *rows = _rows(content)
    return inferred(heads, rows)


_MOST_FORM_ROWS = 4000


def xlsform_in(content: bytes) -> tuple[dict[str, Any], list[str]]:
    """Return the questionnaire of an XLSForm, as it is kept, and what of it was left out, in words (no SQL).

    Raises:
        Refused: it cannot be read (table_unreadable), or is none (xlsform_unreadable).
    """
    sheets = uploaded_tables(content, most_rows=_MOST_FORM_ROWS)
    return read_xlsform({each.title.lower(): [row.cells for row in each.rows] for each in sheets})


@transaction.atomic
def load_answers(
    *,
    institution: Institution,
    survey: Survey,
    actor: User | None,
    now: datetime,
    content: bytes,
    name: str,
    day: date,
) -> Loaded:
    """Load a sheet of answers into a survey, whole or not at all; those that say no day, or one that is not
    over, are of `day`. What was loaded is told apart («Cargada de un archivo»). 3 SQL and 1 per thousand.

    Raises:
        Refused: as `questionnaire_in`, or it was loaded already (loading_twice).
    """
    heads, *rows = _rows(content)
    columns = columns_of(survey.asked, heads)
    today, asked = institution.local_date(now), survey.asked
    answers: list[SurveyAnswer] = []
    wrong: Counter[str] = Counter()
    for cells in rows:
        told, missed = read_cells(columns, cells)
        wrong.update(question.label for question in missed)
        kept = asked.kept(told)
        if not kept:
            continue
        read = read_day(columns, cells)
        answers.append(
            SurveyAnswer(
                id=secrets.randbits(_BITS),
                institution=institution,
                survey=survey,
                version=survey.version,
                answered_on=min(read if read is not None and read <= today else day, today),
                way=Way.LOADED,
                is_complete=not asked.missing(kept),
                answers=kept,
            )
        )
    if not answers:
        raise Refused("loading_nothing")
    digest = hashlib.sha256(content).hexdigest()
    try:
        with transaction.atomic():
            LoadedSheet.objects.create(
                institution=institution, survey=survey, name=name[:200], digest=digest, rows=len(answers),
                loaded_on=today, loaded_by=actor,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("loading_twice") from error
    SurveyAnswer.objects.bulk_create(sorted(answers, key=lambda each: each.pk), batch_size=1000)
    data = {"survey": survey.pk, "answers": len(answers), "digest": digest}
    note_configuration(institution.pk, "surveys.answers_loaded", actor=actor, now=now, data=data)
    return Loaded(len(answers), len(rows) - len(answers), dict(wrong), columns.left_out)
