# SPDX-License-Identifier: EUPL-1.2
"""The forms of records, competences, profiles, diagnoses and training."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django import forms

from siac.organizations.public import Institution, colleagues, unit_options
from siac.servicepoints.public import service_points
from siac.staff.commands.sheets import BYTES
from siac.staff.commands.training import LEAST_MINUTES, MOST_MINUTES, MOST_SESSIONS, Meeting
from siac.staff.domain.levels import LEVELS
from siac.staff.models import (
    AgeBand,
    Competence,
    CompetenceKind,
    Course,
    Employee,
    Group,
    Profile,
    Sex,
    Studies,
)
from siac.staff.models.training import MOST_COST
from siac.staff.queries import competences, profiles
from siac.staff.texts import LEVEL_NAMES, SATISFACTION
from siac.ui.forms import AutocompleteSelect, DateField, Form, PickedDay, SheetField, basis_field
from siac.ui.rows import RowForm, RowsField

_NONE = ("", "Sin decir")
LEVEL_CHOICES = [(str(level), f"{level}. {LEVEL_NAMES[level]}") for level in LEVELS]


class EmployeeForm(Form):
    """A personnel record."""

    name = forms.CharField(label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."})
    code = forms.CharField(
        label="Código interno", max_length=30, required=False,
        help_text="El que usa su planilla de personal. No escriba el número del documento de identidad.",
    )  # fmt: skip
    user_id = forms.TypedChoiceField(
        label="Cuenta", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect,
        help_text="Con ella ve su ficha y responde su autodiagnóstico.",
    )  # fmt: skip
    post = forms.CharField(label="Cargo", max_length=120, required=False)
    profile_id = forms.TypedChoiceField(label="Perfil", required=False, coerce=int, empty_value=None)
    unit_id = forms.TypedChoiceField(
        label="Unidad", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    point_id = forms.TypedChoiceField(label="Punto de atención", required=False, coerce=int, empty_value=None)
    group = forms.ChoiceField(label="Estamento", choices=[_NONE, *Group.choices], required=False)
    studies = forms.ChoiceField(label="Estudios", choices=[_NONE, *Studies.choices], required=False)
    sex = forms.ChoiceField(
        label="Sexo", choices=[_NONE, *Sex.choices], required=False, help_text="Solo para cifras."
    )
    age_band = forms.ChoiceField(
        label="Edad", choices=[_NONE, *AgeBand.choices], required=False, help_text="Solo para cifras."
    )
    hired_on = DateField(
        label="Ingreso a la institución", error_messages={"required": "Escriba el día de ingreso."}
    )
    in_point_since = DateField(label="En el punto de atención desde", required=False)
    left_on = DateField(label="Egreso", required=False, help_text="El primer día en que ya no trabaja aquí.")

    def __init__(self, institution: Institution, row: Employee | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = profiles(institution).values()
        offered: Mapping[str, Sequence[tuple[Any, str]]] = {
            "user_id": colleagues(institution),
            "unit_id": unit_options(institution),
            "point_id": [
                (point.pk, point.name)
                for point in service_points(institution).values()
                if point.is_active or (row and row.point_id == point.pk)
            ],
            "profile_id": [
                (each.pk, each.name)
                for each in asked
                if each.is_active or (row and row.profile_id == each.pk)
            ],
        }
        for name, options in offered.items():
            self.fields[name].choices = [("", "Ninguno"), *options]  # type: ignore[attr-defined]
        if row is not None:
            self.fields["based_on"] = basis_field(row.saves)


def employee_filled(row: Employee) -> dict[str, Any]:
    """Return what the form of a record shows before anything is typed."""
    return {name: getattr(row, name) for name in EmployeeForm.base_fields}


class CompetenceForm(Form):
    """A competence."""

    name = forms.CharField(label="Nombre", max_length=120, error_messages={"required": "Escriba el nombre."})
    kind = forms.ChoiceField(label="Clase", choices=CompetenceKind.choices)
    description = forms.CharField(
        label="Qué se espera", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_active = forms.BooleanField(label="En uso", required=False, initial=True)


def competence_filled(row: Competence) -> dict[str, Any]:
    """Return what the form of a competence shows before anything is typed."""
    return {name: getattr(row, name) for name in CompetenceForm.base_fields}


class RequiredRow(RowForm):
    """A competence that a profile asks, and at which level."""

    widths = {"competence": "wide", "level": "medium"}
    competence = forms.TypedChoiceField(
        label="Competencia", coerce=int, error_messages={"required": "Elija la competencia."}
    )
    level = forms.TypedChoiceField(
        label="Nivel", coerce=int, choices=[("", "Elija"), *LEVEL_CHOICES],
        error_messages={"required": "Elija el nivel."},
    )  # fmt: skip

    def __init__(self, offered: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["competence"].choices = [("", "Elija"), *offered]  # type: ignore[attr-defined]

    def key(self) -> int | None:
        """Return the competence: each is asked once."""
        return self.cleaned_data.get("competence")


class ProfileForm(Form):
    """A profile of functions and competences."""

    name = forms.CharField(label="Nombre", max_length=120, error_messages={"required": "Escriba el nombre."})
    functions = forms.CharField(
        label="Funciones", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    is_active = forms.BooleanField(label="En uso", required=False, initial=True)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = competences(institution).values()
        offered = [
            (row.pk, f"{CompetenceKind(row.kind).label}: {row.name}") for row in known if row.is_active
        ]
        self.fields["required"] = RowsField(
            partial(RequiredRow, offered), label="Competencias exigidas", thing="Competencia",
            add="Agregar una competencia", repeated="Esta competencia ya está.", limit=60,
        )  # fmt: skip


def profile_filled(row: Profile) -> dict[str, Any]:
    """Return what the form of a profile shows before anything is typed."""
    asked = [{"competence": pk, "level": level} for pk, level in row.levels.items()]
    return {"name": row.name, "functions": row.functions, "is_active": row.is_active, "required": asked}


class AssessmentForm(Form):
    """The level of each competence of a profile; those left alone are not said."""

    def __init__(
        self,
        asked: Sequence[tuple[Competence, int]],
        *args: Any,
        seen: int,
        with_evidence: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = PickedDay(
            label="Día del diagnóstico", error_messages={"required": "Elija el día."}
        )
        if with_evidence:
            self.fields["evidence"] = forms.CharField(
                label="Qué lo muestra", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
                help_text="Certificado, examen u observación, con su fecha.",
                error_messages={"required": "Escriba qué lo muestra."},
            )  # fmt: skip
        for row, level in asked:
            self.fields[f"level_{row.pk}"] = forms.TypedChoiceField(
                label=row.name, coerce=int, empty_value=None, required=False,
                choices=[("", "Sin decir"), *LEVEL_CHOICES],
                help_text=f"{row.get_kind_display()}. El perfil pide {level}. {row.description}".strip(),
            )  # fmt: skip
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, initial=seen, min_value=0)

    @property
    def levels(self) -> dict[int, int]:
        """The levels that were said, by key of the competence."""
        return {
            int(name.removeprefix("level_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("level_") and value is not None
        }


class PlanForm(Form):
    """A training plan."""

    year = forms.IntegerField(
        label="Año", min_value=2000, max_value=2100, error_messages={"required": "Escriba el año."}
    )
    purpose = forms.CharField(
        label="Qué busca", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SessionRow(RowForm):
    """A session of a course."""

    widths = {"on": "medium", "minutes": "narrow"}
    session = forms.IntegerField(required=False, widget=forms.HiddenInput)
    on = PickedDay(label="Día", error_messages={"required": "Elija el día."})
    minutes = forms.IntegerField(
        label="Minutos", min_value=LEAST_MINUTES, max_value=MOST_MINUTES,
        error_messages={"required": "Escriba cuántos minutos."},
    )  # fmt: skip


class CourseForm(Form):
    """A course of a plan."""

    name = forms.CharField(label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."})
    provider = forms.CharField(label="Quién lo dicta", max_length=150, required=False)
    competences = forms.TypedMultipleChoiceField(
        label="Competencias que levanta", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elija al menos una."},
    )  # fmt: skip
    places = forms.IntegerField(
        label="Cupos", min_value=1, max_value=2000, error_messages={"required": "Escriba cuántos."}
    )
    cost = forms.IntegerField(
        label="Costo", min_value=0, max_value=MOST_COST, initial=0,
        help_text="En moneda del país, sin decimales. 0 si no cuesta.",
        error_messages={"required": "Escriba el costo, o 0."},
    )  # fmt: skip
    starts_on = PickedDay(label="Primer día", error_messages={"required": "Elija el día."})
    ends_on = PickedDay(label="Último día", error_messages={"required": "Elija el día."})

    def __init__(self, institution: Institution, row: Course | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {each.pk for each in row.competences.all()} if row else set()
        self.fields["competences"].choices = [  # type: ignore[attr-defined]
            (each.pk, f"{CompetenceKind(each.kind).label}: {each.name}")
            for each in competences(institution).values()
            if each.is_active or each.pk in kept
        ]
        self.fields["sessions"] = RowsField(
            SessionRow, label="Sesiones", thing="Sesión", add="Agregar una sesión", limit=MOST_SESSIONS
        )
        if row is not None:
            self.fields["based_on"] = basis_field(row.saves)

    @property
    def saved(self) -> dict[str, Any]:
        """What was typed, as `save_course` takes it."""
        data = dict(self.cleaned_data)
        data["sessions"] = [
            Meeting(each["on"], each["minutes"], each["session"]) for each in data["sessions"]
        ]
        return data


def course_filled(row: Course) -> dict[str, Any]:
    """Return what the form of a course shows before anything is typed. No SQL once it was read whole."""
    names = ("name", "provider", "places", "cost", "starts_on", "ends_on")
    return {
        **{name: getattr(row, name) for name in names},
        "competences": [each.pk for each in row.competences.all()],
        "sessions": [
            {"session": each.pk, "on": each.on, "minutes": each.minutes} for each in row.sessions.all()
        ],
    }


class EnrolForm(Form):
    """Somebody to put into a course."""

    employee = forms.TypedChoiceField(
        label="Persona", coerce=int, widget=AutocompleteSelect, error_messages={"required": "Elija a quién."}
    )

    def __init__(self, offered: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].choices = [("", "Elija"), *offered]  # type: ignore[attr-defined]


class MarksForm(Form):
    """The marks of everybody in a course, before and after."""

    def __init__(self, people: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for pk, name in people:
            for when, words in (("before", "antes"), ("after", "después")):
                self.fields[f"{when}_{pk}"] = forms.IntegerField(
                    label=f"{name}: nota de {words}", required=False, min_value=0, max_value=100
                )

    def marks(self, people: Sequence[tuple[int, str]]) -> dict[int, tuple[int | None, int | None]]:
        """Return the marks by key of the enrolment."""
        data = self.cleaned_data
        return {pk: (data[f"before_{pk}"], data[f"after_{pk}"]) for pk, _ in people}


class SatisfactionForm(Form):
    """What somebody thinks of a course."""

    satisfaction = forms.TypedChoiceField(
        label="¿Cómo fue el curso?", coerce=int, choices=list(SATISFACTION.items()), widget=forms.RadioSelect,
        error_messages={"required": "Elija una opción."},
    )  # fmt: skip


class PersonnelSheetForm(Form):
    """The personnel sheet."""

    sheet = SheetField(
        label="Su planilla",
        most=BYTES,
        help_text="CSV, XLSX u ODS, hasta 5 MB y 2.000 filas. Antes de guardar nada verá qué cambiaría.",
    )
