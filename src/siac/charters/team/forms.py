# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about the team of a charter."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from siac.accounts.public import user_names
from siac.charters.commands.team import MOST_MEMBERS, MOST_TRAININGS
from siac.charters.models import Charter, CharterTeam
from siac.charters.texts import TeamRole
from siac.organizations.public import colleagues
from siac.ui.forms import AutocompleteSelect, Form, PickedDay, basis_field
from siac.ui.rows import RowForm, RowsField

_OFFICE = "El cargo, sin el nombre de la persona: es lo único que sale en los papeles."


class MemberRow(RowForm):
    """Somebody of the team."""

    widths = {"user_id": "wide", "role": "wide", "office": "line"}
    user_id = forms.TypedChoiceField(
        label="Persona", coerce=int, error_messages={"required": "Elija a la persona o quite la fila."}
    )
    role = forms.ChoiceField(label="En el equipo", choices=TeamRole.choices)
    office = forms.CharField(
        label="Cargo o unidad", max_length=150, error_messages={"required": "Escriba el cargo."}
    )

    def has_changed(self) -> bool:
        """Return whether somebody was chosen, or an office written."""
        return bool({"user_id", "office"} & set(self.changed_data)) or bool(self.initial)


class TrainingRow(RowForm):
    """A training of the team."""

    widths = {"who": "wide", "what": "wide", "hours": "narrow"}
    who = forms.CharField(label="Quiénes", max_length=150, error_messages={"required": "Diga quiénes."})
    what = forms.CharField(label="En qué", max_length=200, error_messages={"required": "Diga en qué."})
    on = PickedDay(label="Cuándo")
    hours = forms.IntegerField(
        label="Horas", min_value=1, max_value=999, error_messages={"required": "Diga cuántas."}
    )


class TeamForm(Form):
    """Who makes a charter and by which decision."""

    act = forms.CharField(
        label="Acto que decide hacer la carta", required=False, max_length=150,
        help_text="Por ejemplo: Resolución exenta N.º 12.",
    )  # fmt: skip
    decided_on = PickedDay(label="Fecha del acto", required=False)
    decision = forms.CharField(
        label="Qué se decidió", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    lead_id = forms.TypedChoiceField(
        label="Responsable político", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    lead_office = forms.CharField(
        label="Cargo del responsable político", required=False, max_length=150, help_text=_OFFICE
    )
    mandate = forms.CharField(
        label="Mandato del equipo", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Qué se le encarga, hasta cuándo y con qué tiempo.",
    )  # fmt: skip
    members = RowsField(
        MemberRow, thing="Persona", add="Agregar una persona", limit=MOST_MEMBERS, label="Equipo"
    )
    training = RowsField(
        TrainingRow, thing="Capacitación", add="Agregar una capacitación", limit=MOST_TRAININGS,
        label="Capacitación del equipo",
    )  # fmt: skip
    _parts: Sequence[tuple[str, tuple[str, ...]]] = (
        ("La decisión", ("act", "decided_on", "decision", "lead_id", "lead_office")),
        ("El equipo", ("mandate", "members")),
        ("Capacitación", ("training", "based_on")),
    )

    def __init__(self, charter: Charter, row: CharterTeam | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [("", "Nadie todavía"), *self._people(charter, row)]
        self.fields["lead_id"].choices = people  # type: ignore[attr-defined]

        def member_row(*given: Any, **more: Any) -> MemberRow:
            made = MemberRow(*given, **more)
            made.fields["user_id"].choices = people  # type: ignore[attr-defined]
            return made

        self.fields["members"].row = member_row  # type: ignore[attr-defined]
        if row is not None:
            for name in ("act", "decided_on", "decision", "lead_id", "lead_office", "mandate", "members"):
                self.fields[name].initial = getattr(row, name)
            self.fields["training"].initial = [
                {**each, "on": date.fromisoformat(each["on"])} for each in row.training
            ]
        self.fields["based_on"] = basis_field(row.version if row else None)

    @staticmethod
    def _people(charter: Charter, row: CharterTeam | None) -> list[tuple[int, str]]:
        """Return who may be named: the people of the body, and who of the team left it, said to have."""
        here = colleagues(charter.institution)
        known: Mapping[int, str] = dict(here)
        named = {row.lead_id, *(each["user_id"] for each in row.members)} - {None} if row else set()
        gone = user_names([pk for pk in named if pk is not None and pk not in known])
        return [*here, *((pk, f"{name} (dejó el organismo)") for pk, name in gone.items())]

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """Return the fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in self._parts]

    def clean(self) -> dict[str, Any]:
        """Ask for the day of the act, and for the office of whoever leads."""
        data = super().clean() or {}
        if data.get("act") and not data.get("decided_on"):
            self.add_error("decided_on", "Escriba la fecha del acto.")
        if data.get("lead_id") and not data.get("lead_office"):
            self.add_error("lead_office", "Escriba el cargo.")
        return data
