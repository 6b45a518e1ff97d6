# SPDX-License-Identifier: EUPL-1.2
"""What the invented staff of a body is asked, and the people who agreed to be asked again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from siac.organizations.public import Institution
from siac.surveys.public import (
    MODELS,
    PANEL_WORDS,
    Door,
    Survey,
    Way,
    bring_members,
    draw_wave,
    dump,
    save_link,
    save_panel,
    save_survey,
    settle_answers,
    staff_of,
    take_answer,
)

_AGREE = ("Muy en desacuerdo", "En desacuerdo", "Ni una cosa ni otra", "De acuerdo", "Muy de acuerdo")
_TOLD = (
    "Que los sistemas no obliguen a escribir dos veces lo mismo.",
    "Un turno menos de mesón por semana para responder lo atrasado.",
    "Que las otras unidades tengan un plazo para contestarnos.",
)
_ANSWERS = 46


def ask_staff(institution: Institution, *, script: Mapping[str, Any], now: datetime) -> None:
    """Make the survey of climate among the staff, answered some months ago, and prepare its next wave."""
    chance = Random(script["seed"] + 7)  # noqa: S311 - invented data
    begun, model = now - timedelta(days=200), MODELS["climate"]
    survey = save_survey(
        institution=institution, actor=None, now=begun, name="Clima de servicio", title=model.title,
        intro=model.intro, thanks=model.thanks, questionnaire=dump(model.questionnaire), for_staff=True,
    )  # fmt: skip
    save_link(institution=institution, actor=None, now=begun, survey=survey, name="Sala común", kind="link")
    today = institution.local_date(now)
    for _ in range(_ANSWERS):
        day = today - timedelta(days=95 + chance.randrange(80))
        take_answer(Door(survey, Way.LINK, ""), survey.version, _said(survey, chance), today=day)
    settle_answers(institution, now=now)
    listed = staff_of(institution)
    if len(listed.people) >= survey.least:
        draw_wave(
            institution=institution, survey=survey, actor=None, now=now, name="Próxima medición",
            listed=listed, size=len(listed.people), seed=script["seed"], closes_on=today + timedelta(days=21),
            reminds_on=today + timedelta(days=14),
        )  # fmt: skip


def gather_panel(institution: Institution, *, now: datetime) -> None:
    """Open the opinion panel, with those who agreed at a desk."""
    then = now - timedelta(days=40)
    save_panel(institution=institution, actor=None, now=then, words=PANEL_WORDS, is_open=True)
    mails = "".join(f"vecina{number}@ejemplo.invalid\n" for number in range(1, 25))
    bring_members(
        institution=institution, actor=None, now=then, content=f"correo\n{mails}".encode(),
        words="Sí, pueden escribirme para preguntar mi opinión.", day=institution.local_date(then),
    )  # fmt: skip


def _said(survey: Survey, chance: Random) -> dict[str, object]:
    lean = chance.randint(1, 3)
    found: dict[str, object] = {"general": min(7, max(1, lean * 2 + chance.randint(-1, 1)))}
    for question in survey.asked.questions:
        if question.lines:
            found[question.code] = {
                line: _AGREE[min(4, max(0, lean + chance.randint(-1, 1)))] for line in question.lines
            }
        elif question.code in ("cuidado", "primero"):
            chosen = chance.choice(question.options)
            found[question.code] = [chosen] if question.code == "primero" else chosen
    if chance.random() < 0.2:
        found["propuesta"] = chance.choice(_TOLD)
    return {**found, "recomienda": min(10, lean * 3 + chance.randint(-1, 1))}
