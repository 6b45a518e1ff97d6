# SPDX-License-Identifier: EUPL-1.2
"""The fourth family of the SIAC model: what can be measured of the people who attend."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.urls import reverse

from siac.cases.public import POINT, UNIT
from siac.infra.metrics import Better, Dimension, Family, Measure, Metric, Source, Statistic, Thing, Things
from siac.organizations.public import Access, Institution
from siac.staff.domain.seniority import anniversary
from siac.staff.domain.training import attended
from siac.staff.models import (
    CompetenceKind,
    Employee,
    EmployeeFact,
    Enrolment,
    EnrolmentFact,
    Gap,
    GapFact,
    Group,
    Presence,
    Studies,
)
from siac.staff.queries import competences, readable_employees

_UNIT, _POINT = replace(UNIT, is_trait=True), replace(POINT, is_trait=True)
"""Of staff, small groups of them are not shown: the figure of a place with one person tells of that person.
"""
FEW = 5
"""Of fewer than so many nothing is told but how many they are."""


def _columns(model: type[EmployeeFact | GapFact | EnrolmentFact]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


def refresh_employees(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these records of a body as they are now (3 SQL, however many)."""
    came = Presence.objects.filter(enrolment__employee__in=list(ids), is_present=True)
    first = dict(came.values_list("enrolment__employee").annotate(Min("session__on")))
    rows = Employee.objects.filter(institution=institution_id, pk__in=list(ids)).order_by("pk")
    facts = [
        EmployeeFact(
            employee=row, institution_id=institution_id, hired_on=row.hired_on, left_on=row.left_on,
            five_on=anniversary(row.hired_on, 5), trained_on=first.get(row.pk), unit_id=row.unit_id or 0,
            point_id=row.point_id or 0, staff_group=row.group, studies=row.studies,
        )
        for row in rows
    ]  # fmt: skip
    EmployeeFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["employee"], update_fields=_columns(EmployeeFact),
        batch_size=500,
    )  # fmt: skip


def refresh_gaps(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these gaps of a body as they are now (2 SQL, however many)."""
    rows = Gap.objects.filter(institution=institution_id, pk__in=list(ids))
    facts = [
        GapFact(
            gap=row, institution_id=institution_id, opened_on=row.opened_on, closed_on=row.closed_on,
            unit_id=row.employee.unit_id or 0, point_id=row.employee.point_id or 0, kind=row.competence.kind,
        )
        for row in rows.select_related("employee", "competence").order_by("pk")
    ]  # fmt: skip
    GapFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["gap"], update_fields=_columns(GapFact), batch_size=500
    )


def refresh_enrolments(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these enrolments of a body as they are now (3 SQL, however many)."""
    rows = Enrolment.objects.filter(course__plan__institution=institution_id, pk__in=list(ids))
    came = Q(presences__is_present=True)
    told = rows.annotate(
        noted=Count("presences"), present=Count("presences", filter=came),
        minutes=Sum("presences__session__minutes", filter=came, default=0),
    )  # fmt: skip
    facts = [
        EnrolmentFact(
            enrolment=row, institution_id=institution_id, ended_on=row.course.ends_on,
            hours=int((Decimal(row.minutes) / 60).quantize(Decimal(1), ROUND_HALF_UP)),
            is_attended=attended(row.present, row.noted) if row.noted else None,
            unit_id=row.employee.unit_id or 0,
        )
        for row in told.select_related("employee", "course").order_by("pk")
    ]  # fmt: skip
    EnrolmentFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["enrolment"], update_fields=_columns(EnrolmentFact),
        batch_size=500,
    )  # fmt: skip


def employees_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next records of a body by key (1 SQL)."""
    rows = Employee.objects.filter(institution=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def gaps_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next gaps of a body by key (1 SQL)."""
    rows = Gap.objects.filter(institution=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def enrolments_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next enrolments of a body by key (1 SQL)."""
    rows = Enrolment.objects.filter(course__plan__institution=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def _gaps_of(institution_id: int, ids: Sequence[int]) -> Sequence[int]:
    rows = Gap.objects.filter(institution=institution_id, employee__in=list(ids))
    return list(rows.values_list("pk", flat=True))


def _enrolments_of(institution_id: int, ids: Sequence[int]) -> Sequence[int]:
    rows = Enrolment.objects.filter(course__plan__institution=institution_id, employee__in=list(ids))
    return list(rows.values_list("pk", flat=True))


def _enrolments_of_plans(institution_id: int, ids: Sequence[int]) -> Sequence[int]:
    rows = Enrolment.objects.filter(course__plan__institution=institution_id, course__plan__in=list(ids))
    return list(rows.values_list("pk", flat=True))


def _readable(access: Access, ids: Sequence[int]) -> dict[int, str]:
    """Return the names of those of some people whose record is open to somebody (1 SQL)."""
    return dict(readable_employees(access).filter(pk__in=list(ids)).values_list("pk", "name"))


def _page(access: Access, employee_id: int) -> str:
    return reverse("workspace:staff:employee", args=[access.institution.slug, employee_id])


def _tell_employees(access: Access, rows: Sequence[Employee]) -> list[Thing]:
    open_ = _readable(access, [row.pk for row in rows])
    return [
        Thing(row.name, _page(access, row.pk), (f"{row.hired_on:%d-%m-%Y}", row.get_group_display()))
        if row.pk in open_
        else Thing("Ficha reservada")
        for row in rows
    ]


def _hidden_employees(access: Access, ids: Sequence[int]) -> set[int]:
    return set(ids) - set(_readable(access, ids))


def _tell_gaps(access: Access, rows: Sequence[Gap]) -> list[Thing]:
    open_ = _readable(access, [row.employee_id for row in rows])
    return [
        Thing(
            open_[row.employee_id], _page(access, row.employee_id),
            (row.competence.name, f"{row.opened_on:%d-%m-%Y}"),
        )
        if row.employee_id in open_
        else Thing("Brecha reservada")
        for row in rows
    ]  # fmt: skip


def _hidden_gaps(access: Access, ids: Sequence[int]) -> set[int]:
    held = dict(Gap.objects.filter(pk__in=list(ids)).values_list("pk", "employee"))
    open_ = _readable(access, list(held.values()))
    return {pk for pk in ids if held.get(pk) not in open_}


def _tell_enrolments(access: Access, rows: Sequence[Enrolment]) -> list[Thing]:
    open_ = _readable(access, [row.employee_id for row in rows])
    return [
        Thing(
            open_[row.employee_id], _page(access, row.employee_id),
            (row.course.name, f"{row.course.ends_on:%d-%m-%Y}"),
        )
        if row.employee_id in open_
        else Thing("Inscripción reservada")
        for row in rows
    ]  # fmt: skip


def _hidden_enrolments(access: Access, ids: Sequence[int]) -> set[int]:
    held = dict(Enrolment.objects.filter(pk__in=list(ids)).values_list("pk", "employee"))
    open_ = _readable(access, list(held.values()))
    return {pk for pk in ids if held.get(pk) not in open_}


def _all_employees(institution: Institution) -> QuerySet[Employee]:
    return Employee.objects.filter(institution=institution)


def _all_gaps(institution: Institution) -> QuerySet[Gap]:
    return Gap.objects.filter(institution=institution).select_related("competence")


def _all_enrolments(institution: Institution) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(course__plan__institution=institution).select_related("course")


def _groups(_: Institution) -> Mapping[str, str]:
    return {**{code: str(label) for code, label in Group.choices}, "": "Sin decir"}


def _studies(_: Institution) -> Mapping[str, str]:
    return {**{code: str(label) for code, label in Studies.choices}, "": "Sin decir"}


def _kinds(_: Institution) -> Mapping[str, str]:
    return {code: str(label) for code, label in CompetenceKind.choices}


def _classes(institution: Institution) -> str:
    """Return the class of each competence: a gap is of the class that its competence has now."""
    return ",".join(f"{pk}:{row.kind}" for pk, row in sorted(competences(institution).items()))


PEOPLE = Source(
    key="staff",
    table="staff_employeefact",
    subject="employee_id",
    stream="employee",
    refresh=refresh_employees,
    after=employees_after,
    dimensions=(
        _UNIT, _POINT,
        Dimension("staff_group", "Estamento", "staff_group", _groups, is_trait=True),
        Dimension("studies", "Estudios", "studies", _studies, is_trait=True),
    ),
    families=((), ("unit",), ("point",)),
    things=Things(
        one="persona", many="personas", heads=("Persona", "Ingreso", "Estamento"), rows=_all_employees,
        tell=_tell_employees, hidden=_hidden_employees,
    ),
)  # fmt: skip
GAPS = Source(
    key="staff_gaps",
    table="staff_gapfact",
    subject="gap_id",
    stream="gap",
    refresh=refresh_gaps,
    after=gaps_after,
    dimensions=(_UNIT, _POINT, Dimension("competence", "Clase de competencia", "kind", _kinds)),
    families=((), ("unit",), ("point",), ("competence",)),
    things=Things(
        one="brecha", many="brechas", heads=("Persona", "Competencia", "Desde"), rows=_all_gaps,
        tell=_tell_gaps, hidden=_hidden_gaps,
    ),
    through={"employee": _gaps_of},
    rests_on=_classes,
)  # fmt: skip
TRAINING = Source(
    key="staff_training",
    table="staff_enrolmentfact",
    subject="enrolment_id",
    stream="enrolment",
    refresh=refresh_enrolments,
    after=enrolments_after,
    dimensions=(_UNIT,),
    families=((), ("unit",)),
    things=Things(
        one="inscripción", many="inscripciones", heads=("Persona", "Curso", "Último día"),
        rows=_all_enrolments, tell=_tell_enrolments, hidden=_hidden_enrolments,
    ),
    through={"employee": _enrolments_of, "training_plan": _enrolments_of_plans},
)  # fmt: skip
SOURCES = (PEOPLE, GAPS, TRAINING)
_HIRED = Measure("staff.hired", PEOPLE.key, "hired_on")
_LEFT = Measure("staff.left", PEOPLE.key, "left_on")
METRICS = (
    Metric(
        key="staff.headcount",
        title="Dotación",
        definition=(
            "Personas con ficha que trabajan en la institución al final del período: las que ingresaron, sin "
            "las que egresaron."
        ),
        family=Family.STAFF,
        unit="people",
        better=Better.NEITHER,
        of=_HIRED,
        less=_LEFT,
    ),
    Metric(
        key="staff.senior",
        title="Dotación con cinco años o más",
        definition="Personas de la dotación con cinco años en la institución al final del período.",
        family=Family.STAFF,
        unit="people",
        better=Better.NEITHER,
        of=Measure("staff.five_years", PEOPLE.key, "five_on", "left_on IS NULL OR left_on > five_on"),
        less=Measure("staff.left_after_five", PEOPLE.key, "left_on", "left_on > five_on"),
    ),
    Metric(
        key="staff.trained",
        title="Dotación capacitada",
        definition=(
            "Personas de la dotación que al final del período habían asistido al menos a una sesión de un "
            "curso del plan de capacitación."
        ),
        family=Family.STAFF,
        unit="people",
        better=Better.HIGHER,
        of=Measure(
            "staff.first_trained", PEOPLE.key, "trained_on", "left_on IS NULL OR left_on > trained_on"
        ),
        less=Measure("staff.left_trained", PEOPLE.key, "left_on", "left_on > trained_on"),
    ),
    Metric(
        key="staff.gaps",
        title="Brechas de competencias abiertas",
        definition=(
            "Competencias en que alguien tiene, al final del período, menos nivel del que pide su perfil. "
            "Cuenta el nivel que muestra la evidencia; si no hay, el que dice la jefatura, y si tampoco, el "
            "propio. Lo que nadie ha diagnosticado no cuenta."
        ),
        family=Family.STAFF,
        unit="gaps",
        better=Better.LOWER,
        of=Measure("staff.gaps_opened", GAPS.key, "opened_on"),
        less=Measure("staff.gaps_closed", GAPS.key, "closed_on"),
    ),
    Metric(
        key="staff.attended",
        title="Inscritos que asistieron",
        definition=(
            "De las personas inscritas en cursos que terminaron en el período y de las que se anotó "
            "asistencia, las que asistieron al menos a tres de cada cuatro sesiones. Cuentan también quienes "
            "después egresaron."
        ),
        family=Family.STAFF,
        unit="percent",
        better=Better.HIGHER,
        of=Measure("staff.enrolled_attended", TRAINING.key, "ended_on", "is_attended"),
        per=Measure("staff.enrolled_noted", TRAINING.key, "ended_on", "is_attended IS NOT NULL"),
        least=FEW,
    ),
    Metric(
        key="staff.training_hours",
        title="Horas de capacitación por inscripción",
        definition=(
            "Horas a las que asistió cada persona en cada curso que terminó en el período, en promedio, de "
            "aquellas de las que se anotó asistencia."
        ),
        family=Family.STAFF,
        unit="hours",
        better=Better.HIGHER,
        of=Measure("staff.hours", TRAINING.key, "ended_on", "is_attended IS NOT NULL", "hours"),
        told=(Statistic.MEAN, Statistic.MEDIAN),
        least=FEW,
    ),
)
