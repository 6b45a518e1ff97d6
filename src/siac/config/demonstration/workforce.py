# SPDX-License-Identifier: EUPL-1.2
"""Invented people who work in a body: their records, what their posts ask, their diagnoses and a training
plan.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from siac.accounts.public import Role, User, account_of
from siac.organizations.public import Institution, unit_tree
from siac.servicepoints.public import service_points
from siac.staff.public import (
    Competence,
    Course,
    Employee,
    Meeting,
    Teller,
    approve_plan,
    assess,
    create_plan,
    enrol,
    evaluate,
    note_attendance,
    save_competence,
    save_course,
    save_employee,
    save_profile,
    say_satisfaction,
)

_COMPETENCES = (
    ("qualification", "Conocimiento de los trámites", "Explica requisitos, plazos y costos sin consultar."),
    ("skill", "Escucha activa", "Pregunta, resume lo que entendió y confirma."),
    ("skill", "Lenguaje claro", "Escribe respuestas que se entienden a la primera."),
    ("aptitude", "Trato con personas alteradas", "Mantiene la calma y ofrece una salida."),
    ("tools", "Sistema de solicitudes", "Registra, deriva y responde sin ayuda."),
    ("training", "Accesibilidad y ajustes razonables", "Curso aprobado en los últimos tres años."),
)
_PROFILES = (
    ("Atención en mesón", "Recibe, orienta y registra.", (4, 4, 3, 3, 3, 2)),
    ("Respuesta de solicitudes", "Estudia, responde y avisa.", (3, 2, 4, 2, 4, 2)),
    ("Jefatura de atención", "Dirige al equipo y aprueba.", (4, 3, 3, 4, 3, 3)),
)
_FIRST = (
    "Alba",
    "Bruno",
    "Carla",
    "Dario",
    "Elisa",
    "Fermín",
    "Gilda",
    "Hugo",
    "Irma",
    "Joel",
    "Karla",
    "Lino",
)
_LAST = (
    "Arce",
    "Bravo",
    "Cid",
    "Duarte",
    "Erazo",
    "Funes",
    "Gallo",
    "Henao",
    "Ibarra",
    "Jara",
    "Luque",
    "Maza",
)
_GROUPS = ("professional", "technical", "clerical", "clerical", "auxiliary")
_STUDIES = ("secondary", "technical", "technical", "university", "postgraduate")
PEOPLE = 25


def keep_workforce(
    institution: Institution, *, script: Mapping[str, Any], keeper: User, now: datetime
) -> None:
    """Hire 25 invented people, one of whom leaves, diagnose them twice, and train some of them between."""
    chance = Random(script["seed"] + 31)  # noqa: S311 - invented data
    today = institution.local_date(now)
    begun = now - timedelta(days=150)
    common: dict[str, Any] = {"institution": institution, "actor": keeper, "now": begun}
    asked = [
        save_competence(**common, kind=kind, name=name, description=told) for kind, name, told in _COMPETENCES
    ]
    levels = []
    for name, functions, wanted in _PROFILES:
        required = [(each.pk, level) for each, level in zip(asked, wanted, strict=True)]
        row = save_profile(**common, name=name, functions=functions, required=required)
        levels.append((row.pk, dict(required)))
    people = _hire(institution, script, levels, chance, keeper, begun, today)
    for person, wished in people:
        _diagnose(institution, person, wished, chance, keeper, begun, Teller.HEAD)
        if chance.random() < 0.6:
            _diagnose(institution, person, wished, chance, keeper, begun, Teller.SELF)
    _train(institution, script, asked, people, chance, keeper, now)


def _hire(
    institution: Institution,
    script: Mapping[str, Any],
    levels: Sequence[tuple[int, dict[int, int]]],
    chance: Random,
    keeper: User,
    begun: datetime,
    today: date,
) -> list[tuple[Employee, dict[int, int]]]:
    units = [pk for pk, node in unit_tree(institution).nodes.items() if node.is_active]
    points = [pk for pk, point in service_points(institution).items() if point.is_active]
    names = [f"{first} {last}" for first in _FIRST for last in _LAST]
    chance.shuffle(names)
    known = [person for person in script["people"] if person["role"] in (Role.FRONT_DESK, Role.UNIT_OFFICER)]
    found = []
    for place in range(PEOPLE):
        profile_id, required = levels[2 if place < 3 else place % 2]
        hired = today - timedelta(days=chance.randrange(200, 9000))
        at_point = hired + timedelta(days=chance.randrange((today - hired).days - 160))
        account = account_of(known[place]["email"]) if place < len(known) else None
        row = save_employee(
            institution=institution, actor=keeper, now=begun, code=f"F-{place + 1:03}",
            name=known[place]["name"] if account else names[place], profile_id=profile_id,
            post=_PROFILES[2 if place < 3 else place % 2][0], unit_id=units[min(place // 6, len(units) - 1)],
            point_id=points[place % min(3, len(points))] if points else None,
            group="directive" if place < 3 else chance.choice(_GROUPS), studies=chance.choice(_STUDIES),
            sex=chance.choice(("woman", "woman", "man")),
            age_band=chance.choice(("under_30", "from_30", "from_45")),
            hired_on=hired, in_point_since=at_point, user_id=account.pk if account else None,
        )  # fmt: skip
        found.append((row, required))
    return found


def _diagnose(
    institution: Institution,
    row: Employee,
    required: Mapping[int, int],
    chance: Random,
    actor: User,
    at: datetime,
    teller: Teller,
    *,
    lift: int = 0,
) -> None:
    told = {
        pk: max(1, min(4, level - chance.choice((0, 0, 0, 1, 1, 2)) + lift)) for pk, level in required.items()
    }
    assess(
        institution=institution, employee_id=row.pk, teller=teller,
        on=institution.local_date(at), levels=told,
        evidence="Observación de dos atenciones" if teller is Teller.EVIDENCE else "", actor=actor, now=at,
    )  # fmt: skip


def _train(
    institution: Institution,
    script: Mapping[str, Any],
    asked: Sequence[Competence],
    people: Sequence[tuple[Employee, dict[int, int]]],
    chance: Random,
    keeper: User,
    now: datetime,
) -> None:
    """Hold a course some weeks ago and plan another one; one of those who came leaves since."""
    today = institution.local_date(now)
    held = today - timedelta(days=70)
    begun = now - timedelta(days=140)
    common: dict[str, Any] = {"institution": institution, "actor": keeper, "now": begun}
    years = {day.year for day in (held, held + timedelta(days=7), today + timedelta(days=30))}
    plans = {
        year: create_plan(**common, year=year, purpose="Cerrar las brechas de quienes atienden (inventado).")
        for year in sorted(years)
    }
    if held.year != (held + timedelta(days=7)).year:
        held += timedelta(days=8)
    coming = today + timedelta(days=30)
    fields: dict[str, Any] = {"provider": "Escuela de atención (inventada)", "places": 15}
    course = save_course(
        **common, **fields, plan_id=plans[held.year].pk, name="Escuchar y explicar", cost=900_000,
        starts_on=held, ends_on=held + timedelta(days=7), competences=[asked[1].pk, asked[2].pk],
        sessions=[Meeting(held, 180), Meeting(held + timedelta(days=7), 180)],
    )  # fmt: skip
    save_course(
        **common, **fields, plan_id=plans[coming.year].pk, name="Ajustes razonables en el mesón",
        cost=400_000, starts_on=coming, ends_on=coming, competences=[asked[5].pk],
        sessions=[Meeting(coming, 240)],
    )  # fmt: skip
    authority = account_of(
        next(person["email"] for person in script["people"] if person["role"] == Role.AUTHORITY)
    )
    for plan in plans.values():
        if plan.courses.exists():
            approve_plan(
                institution=institution, plan_id=plan.pk, actor=authority or keeper,
                now=begun + timedelta(days=2),
            )  # fmt: skip
    _attend(institution, course, people[:14], chance, keeper, now)


def _attend(
    institution: Institution,
    course: Course,
    people: Sequence[tuple[Employee, dict[int, int]]],
    chance: Random,
    keeper: User,
    now: datetime,
) -> None:
    ended = now - timedelta(days=50)
    common: dict[str, Any] = {"institution": institution, "actor": keeper, "now": ended}
    inside = [enrol(**common, course_id=course.pk, employee_id=row.pk) for row, _ in people]
    for session in course.sessions.all():
        here = {each.pk for each in inside if chance.random() < 0.85}
        note_attendance(**common, course_id=course.pk, session_id=session.pk, present=here)
    marks = {each.pk: (chance.randrange(30, 60), chance.randrange(60, 98)) for each in inside}
    evaluate(**common, course_id=course.pk, marks=marks)
    for each, (row, required) in zip(inside, people, strict=True):
        say_satisfaction(**common, person=row, enrolment_id=each.pk, satisfaction=chance.choice((3, 4, 4, 5)))
        if chance.random() < 0.7:
            since = now - timedelta(days=20)
            _diagnose(institution, row, required, chance, keeper, since, Teller.EVIDENCE, lift=1)
    left_on = institution.local_date(now) - timedelta(days=9)
    save_employee(
        institution=institution, actor=keeper, now=now, employee_id=people[-1][0].pk, left_on=left_on
    )  # fmt: skip
