# SPDX-License-Identifier: EUPL-1.2
"""What the invented staff of a body is asked and says, and the people who agreed to be asked again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from siac.accounts.public import User
from siac.countries.public import Duty
from siac.organizations.public import Institution
from siac.surveys.public import (
    MODELS,
    PANEL_WORDS,
    Door,
    Survey,
    Way,
    answer_comment,
    ask_association,
    bring_members,
    bring_roll,
    comment,
    decide_draft,
    draw_wave,
    dump,
    legal_steps,
    save_draft,
    save_link,
    save_panel,
    save_survey,
    settle_answers,
    staff_of,
    surveys,
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


def consult_measurement(institution: Institution, *, clerk: User, now: datetime) -> None:
    """Show the staff how satisfaction was to be measured last year, decided, and how it will be this year."""
    has_bonus = Duty.SATISFACTION_BONUS in institution.country.duties
    steps: dict[str, Any] = legal_steps() if has_bonus else {}
    survey = next((row for row in surveys(institution).values() if row.asks_after), None)
    if survey is None:
        return
    for name, then in (
        ("Satisfacción neta, año pasado", now - timedelta(days=380)),
        ("Satisfacción neta", now),
    ):
        day = institution.local_date(then)
        draft = save_draft(
            institution=institution, actor=None, now=then, survey=survey, name=name,
            population="Personas a las que se respondió una solicitud en los últimos doce meses.",
            sample="Muestra al azar de 600 personas, por tipo de solicitud.",
            measured_by="Unidad de Calidad", first_on=day + timedelta(days=30),
            last_on=day + timedelta(days=60), good_from=6, bad_to=4, open_until=day + timedelta(days=15),
            **steps,
        )  # fmt: skip
        common: dict[str, Any] = {"institution": institution, "now": then, "draft_id": draft.pk}
        outside = ask_association(actor=None, name="Asociación de Funcionarias y Funcionarios", **common)
        said = [
            comment(user=clerk, text="Falta preguntar a quienes vienen al mesón sin correo.", **common),
            comment(association=outside, text="Pedimos que una entidad externa revise la muestra.", **common),
        ]
        if then == now:
            continue
        for row, verdict, why in (
            (said[0], "accepted", "Se suman 100 encuestas en papel en el mesón."),
            (
                said[1],
                "declined",
                "No hay presupuesto; la lista y el número del sorteo quedan a la vista.",
            ),
        ):
            answer_comment(actor=None, comment_id=row.pk, verdict=verdict, why=why, **common)
        decide_draft(
            actor=None, decision="Se mide como dice el borrador, con encuestas en papel en el mesón.",
            **common | {"now": then + timedelta(days=16)},
        )  # fmt: skip


def list_staff(institution: Institution, *, now: datetime) -> None:
    """Bring an invented list of the staff, where the law ties a bonus to satisfaction."""
    if Duty.SATISFACTION_BONUS not in institution.country.duties:
        return
    year = institution.local_date(now).year
    rows = [f"F-{number:03};Persona {number:02};1-3-{year - 8};" for number in range(1, 31)]
    rows += [f"F-031;Persona 31;1-9-{year - 1};", f"F-032;Persona 32;1-1-{year - 6};30-11-{year - 1}"]
    rows += [f"F-033;Persona 33;1-2-{year - 1};31-5-{year - 1}", f"F-033;Persona 33;1-6-{year - 1};"]
    bring_roll(
        institution=institution, actor=None, now=now, source="Nómina inventada.csv", year=year - 1,
        content="\n".join(["codigo;nombre;desde;hasta", *rows]).encode(),
        paid_on=institution.local_date(now), percent=Decimal(85), uf_then=Decimal("23309.56"),
        uf_now=Decimal("39500.00"),
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
