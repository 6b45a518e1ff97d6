# SPDX-License-Identifier: EUPL-1.2
"""An invented survey of what people expect of a body and what they receive, answered over the last months."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from siac.organizations.public import Institution
from siac.surveys.public import MODELS, Door, Way, dump, save_survey, settle_answers, take_answer

_DAYS, _ANSWERS = 150, 70
_RECEIVED = {"tangibles": 5.6, "fiabilidad": 4.2, "respuesta": 4.9, "seguridad": 5.9, "empatia": 4.8}
_MATTERS = {"fiabilidad": 5, "respuesta": 4, "seguridad": 3, "empatia": 2, "tangibles": 1}
"""About what people say they received of each dimension, and how much it matters to them."""


def expect_and_receive(institution: Institution, *, script: Mapping[str, Any], now: datetime) -> None:
    """Make the survey of expectations and let people answer it on days of the last months."""
    chance = Random(script["seed"] + 1)  # noqa: S311 - invented data
    model = MODELS["servqual"]
    survey = save_survey(
        institution=institution, actor=None, now=now - timedelta(days=_DAYS + 5), title=model.title,
        name="Lo que se espera y lo que se recibe", intro=model.intro, thanks=model.thanks,
        questionnaire=dump(model.questionnaire),
    )  # fmt: skip
    institution.refresh_from_db()
    today = institution.local_date(now)
    for _ in range(_ANSWERS):
        day = today - timedelta(days=chance.randrange(1, _DAYS))
        take_answer(Door(survey, Way.LINK, "", None), survey.version, _said(chance, model), today=day)
    settle_answers(institution, now=now)


def _said(chance: Random, model: Any) -> dict[str, object]:
    answers: dict[str, object] = {}
    names: dict[str, str] = {}
    for question in model.questionnaire.questions:
        half, _, code = question.code.partition("_")
        if code not in _RECEIVED:
            continue
        names[code] = question.label
        about = 6.4 if half == "e" else _RECEIVED[code]
        answers[question.code] = {
            line: str(max(1, min(7, round(about + chance.uniform(-1.4, 1.2))))) for line in question.lines
        }
    order = sorted(_MATTERS, key=lambda code: -_MATTERS[code] + chance.uniform(-2, 2))
    return {**answers, "orden": [names[code] for code in order], "general": chance.choice((4, 5, 5, 6, 6, 7))}
