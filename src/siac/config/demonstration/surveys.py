# SPDX-License-Identifier: EUPL-1.2
"""An invented survey of a body: sent after answers for three months, answered by some, and open at a desk."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from siac.accounts.public import User
from siac.organizations.public import Institution
from siac.servicepoints.public import service_points
from siac.surveys.public import (
    INVITING_HOUR,
    MODELS,
    Door,
    Survey,
    Way,
    dump,
    enter_call,
    enter_paper,
    invitations,
    invite_after_answers,
    save_link,
    save_survey,
    settle_answers,
    take_answer,
)

_DAYS = 90
_MARKS = [7] * 30 + [6] * 28 + [5] * 14 + [4] * 9 + [3] * 7 + [2] * 5 + [1] * 7
_SOLVED = ("Sí, por completo", "Sí, por completo", "En parte", "No")
_FAILED = ("El tiempo de espera", "El trato", "La claridad de la respuesta", "No me dieron solución",
           "Tuve que insistir o repetir el trámite")  # fmt: skip
_TOLD = (
    "La respuesta llegó, pero no decía qué hacer después.",
    "Tuve que explicar lo mismo tres veces a personas distintas.",
    "Me atendieron bien; lo lento fue esperar la respuesta.",
    "El enlace que venía en la carta no funcionaba.",
    "Fui dos veces porque en el mesón no tenían mi solicitud.",
    "Contestaron otra cosa que la que pregunté.",
)


def ask_and_answer(
    institution: Institution, *, script: Mapping[str, Any], clerk: User, now: datetime
) -> None:
    """Make the survey, send it on each morning of the last months, and let some answer; papers wait."""
    chance = Random(script["seed"])  # noqa: S311 - invented data
    begun = now - timedelta(days=_DAYS + 5)
    model = MODELS["short"]
    survey = save_survey(
        institution=institution, actor=None, now=begun, name="Satisfacción tras la respuesta",
        title=model.title, intro=model.intro, thanks=model.thanks, questionnaire=dump(model.questionnaire),
        asks_after=True, asks_after_attention=True,
    )  # fmt: skip
    points = [pk for pk, point in service_points(institution).items() if point.kind != "school"]
    for name, kind in (("Mesón", "kiosk"), ("Afiche de la sala de espera", "link")):
        save_link(
            institution=institution, actor=None, now=begun, survey=survey, name=name, kind=kind,
            point_id=points[0] if points else None,
        )  # fmt: skip
    institution.refresh_from_db()
    today = institution.local_date(now)
    for days in range(_DAYS, 0, -1):
        day = today - timedelta(days=days)
        morning = datetime.combine(day, time(INVITING_HOUR), tzinfo=institution.zone)
        invite_after_answers(institution, now=morning)
        if day.weekday() < 5:
            for _ in range(chance.randrange(3)):
                _answer(survey, chance, day, point_id=points[0] if points else None)
            if day.weekday() == 1:
                _call(survey, chance, day)
    _answer_invitations(institution, survey, chance, today)
    _papers(survey, chance, clerk, today, point_id=points[0] if points else None)
    settle_answers(institution, now=now)


def _answer(survey: Survey, chance: Random, day: date, *, point_id: int | None) -> None:
    way = chance.choice((Way.KIOSK, Way.KIOSK, Way.LINK))
    take_answer(Door(survey, way, "", point_id), survey.version, _said(chance), today=day)


def _call(survey: Survey, chance: Random, day: date) -> None:
    sheet = f"{chance.getrandbits(128):022x}"[:22]
    enter_call(survey, sheet, _said(chance), today=day, point_id=None, broke_off=chance.random() < 0.1)


def _papers(survey: Survey, chance: Random, clerk: User, today: date, *, point_id: int | None) -> None:
    """Leave papers of the counter that were entered once."""
    for number in range(1, 5):
        enter_paper(
            survey=survey, actor=clerk, today=today - timedelta(days=number), sheet=f"hoja-{number}",
            answers=_said(chance), mark=f"M-{today.year}-{100 + number}", point_id=point_id,
        )  # fmt: skip


def _answer_invitations(institution: Institution, survey: Survey, chance: Random, today: date) -> None:
    for row in invitations(institution, survey.pk):
        day = row.invited_on + timedelta(days=chance.randrange(6))
        if day < today and chance.random() < 0.37:
            door = Door(survey, Way.INVITED, row.token, invitation_id=row.pk)
            take_answer(door, survey.version, _said(chance), today=day)


def _said(chance: Random) -> dict[str, object]:
    mark = chance.choice(_MARKS)
    answers: dict[str, object] = {"general": mark}
    if chance.random() < 0.9:
        answers["resuelta"] = chance.choice(_SOLVED[:3] if mark > 4 else _SOLVED[1:])
    if mark <= 5:
        answers["causas"] = sorted(chance.sample(_FAILED, chance.randint(1, 2)), key=_FAILED.index)
        if chance.random() < 0.4:
            answers["contexto"] = chance.choice(_TOLD)
    if chance.random() < 0.8:
        answers["recomienda"] = max(0, min(10, round(mark * 1.4 + chance.uniform(-1.5, 1))))
    return answers
