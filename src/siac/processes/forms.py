# SPDX-License-Identifier: EUPL-1.2
"""What is filled in to go through a process, and to write a guide."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from siac.documents.public import FILES_HINT, UploadMixin
from siac.organizations.public import ROLE_NAMES, Institution, colleagues
from siac.processes.domain.guides import SignOff
from siac.processes.domain.subjects import checks
from siac.processes.models import Guide, TaskRecord
from siac.ui.forms import AutocompleteSelect, FilesField, Form, PickedDay, basis_field
from siac.ui.rows import RowForm, RowsField, row_codes


class TaskForm(UploadMixin, Form):
    """That a task is done, and what shows it."""

    note = forms.CharField(
        label="Qué lo muestra", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="El documento, el enlace o lo que se hizo.",
    )  # fmt: skip
    dated_on = PickedDay(
        label="De qué día habla", required=False,
        help_text="El día del documento, si no es hoy. Cuándo llegó queda anotado aparte.",
    )  # fmt: skip
    attachments = FilesField(label="Documentos", required=False, help_text=FILES_HINT)


class AssignForm(Form):
    """Who does a task and by when."""

    responsible_id = forms.TypedChoiceField(
        label="Responsable", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    due_on = PickedDay(label="Para cuándo", required=False)

    def __init__(self, institution: Institution, row: TaskRecord | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible_id"].choices = [("", "Nadie"), *colleagues(institution)]  # type: ignore[attr-defined]
        if row is not None:
            self.fields["responsible_id"].initial = row.responsible_id
            self.fields["due_on"].initial = row.due_on
        self.fields["based_on"] = basis_field(row.version if row else 0)


class CloseForm(Form):
    """The act by which a phase is signed."""

    act = forms.CharField(
        label="Acto o acuerdo que la aprueba", required=False, max_length=500,
        help_text="Por ejemplo: Acuerdo N.º 4 del comité, 3 de marzo.",
    )  # fmt: skip


class ReasonForm(Form):
    """Why a phase is left out or opened again."""

    reason = forms.CharField(
        label="Por qué", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga por qué."},
    )  # fmt: skip


class DateForm(Form):
    """Until when a phase is meant to end."""

    due_on = PickedDay(label="Terminar antes del", required=False, help_text="Vacío: según la guía.")


class PhaseRow(RowForm):
    """A phase of a guide."""

    widths = {"short": "medium", "name": "wide", "purpose": "line", "days": "narrow", "signed_by": "wide"}
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    short = forms.CharField(label="En la línea", max_length=24)
    name = forms.CharField(label="Fase", max_length=150)
    purpose = forms.CharField(label="Para qué", max_length=300, required=False)
    days = forms.IntegerField(label="Días hábiles", min_value=0, max_value=500, required=False)
    leads = forms.CharField(label="Quién la lleva", max_length=100, required=False)
    sign = forms.ChoiceField(label="La firma", required=False, choices=[])
    signed_by = forms.CharField(label="Cuerpo que la firma", max_length=100, required=False)
    is_open_ended = forms.BooleanField(label="Sigue abierta", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(f"role:{role}", name) for role, name in ROLE_NAMES.items()]
        self.fields["sign"].choices = [("", "Nadie más"), *roles, ("body", "Un cuerpo, por acuerdo")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the body where one signs."""
        data = super().clean() or {}
        if data.get("sign") == "body" and not data.get("signed_by"):
            self.add_error("signed_by", "Escriba qué cuerpo la firma.")
        return data


class TaskRow(RowForm):
    """A task of a guide."""

    widths = {"phase": "narrow", "text": "line"}
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    phase = forms.CharField(label="Fase n.º", max_length=3)
    text = forms.CharField(label="Tarea", max_length=250)
    who = forms.CharField(label="Quién", max_length=150, required=False)
    document = forms.CharField(label="Documento", max_length=150, required=False)
    is_required = forms.BooleanField(label="Obligatoria", required=False, initial=True)
    check = forms.ChoiceField(label="Se marca sola con", required=False, choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted((each.title, code) for code, each in checks().items())
        offered = [("", "No: la marca alguien"), *((code, title) for title, code in known)]
        self.fields["check"].choices = offered  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """Return whether something was written."""
        return bool({"text", "who", "document", "phase"} & set(self.changed_data)) or bool(self.initial)


class GuideForm(Form):
    """A guide."""

    title = forms.CharField(label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."})
    source = forms.CharField(label="De dónde sale", max_length=250, required=False)
    phases = RowsField(PhaseRow, thing="Fase", add="Agregar una fase", limit=40, label="Fases")
    tasks = RowsField(
        TaskRow, thing="Tarea", add="Agregar una tarea", limit=200, label="Tareas",
        help_text="Diga en qué fase va cada una, por su número en la lista de arriba.",
    )  # fmt: skip
    is_active = forms.BooleanField(label="En uso", required=False, initial=True)

    def __init__(self, row: Guide | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: Sequence[Mapping[str, Any]] = row.phases if row else []
        if row is not None:
            for name, value in _filled(row).items():
                self.fields[name].initial = value
        self.fields["based_on"] = basis_field(row.version if row else None)

    def clean(self) -> dict[str, Any]:
        """Put the tasks in their phases."""
        data = super().clean() or {}
        if self.errors:
            return data
        phases, tasks = data["phases"], data.pop("tasks")
        count = len(phases)
        wrong = [row["phase"] for row in tasks if not 1 <= _number(row["phase"]) <= count]
        if wrong:
            self.add_error("tasks", f"No hay fase «{wrong[0]}»: use los números de la lista de fases.")
            return data
        data["phases"] = self._put_together(phases, tasks)
        return data

    def _put_together(
        self, phases: Sequence[Mapping[str, Any]], tasks: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any]]:
        known = [{"code": each["code"], "label": each["name"]} for each in self.known]
        codes = row_codes([{**each, "label": each["name"]} for each in phases], known, "f_")
        found = []
        for number, (phase, code) in enumerate(zip(phases, codes, strict=True), start=1):
            own = [row for row in tasks if int(row["phase"]) == number]
            before = [task for each in self.known if each["code"] == code for task in each["tasks"]]
            labels = [{**row, "label": row["text"]} for row in own]
            task_codes = row_codes(labels, [{**each, "label": each["text"]} for each in before], "t_")
            sign, _, role = (phase["sign"] or "none").partition(":")
            proofs = {task["code"]: task["proofs"] for task in before if task.get("proofs")}
            found.append(
                {
                    "code": code, "short": phase["short"], "name": phase["name"], "purpose": phase["purpose"],
                    "days": phase["days"] or 0, "leads": phase["leads"], "sign_off": sign,
                    "signed_by": role or (phase["signed_by"] if sign == SignOff.BODY else ""),
                    "is_open_ended": phase["is_open_ended"],
                    "tasks": [
                        {
                            "code": task_code, "text": row["text"], "who": row["who"],
                            "document": row["document"], "is_required": row["is_required"],
                            "check": row["check"],
                            **({"proofs": proofs[task_code]} if task_code in proofs else {}),
                        }
                        for row, task_code in zip(own, task_codes, strict=True)
                    ],
                }
            )  # fmt: skip
        return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _filled(row: Guide) -> dict[str, Any]:
    phases, tasks = [], []
    for number, phase in enumerate(row.phases, start=1):
        sign = {"none": "", "role": f"role:{phase['signed_by']}"}.get(phase["sign_off"], "body")
        body = phase["signed_by"] if phase["sign_off"] == SignOff.BODY else ""
        phases.append({**phase, "sign": sign, "signed_by": body})
        tasks += [{**task, "phase": str(number)} for task in phase["tasks"]]
    return {
        "title": row.title, "source": row.source, "is_active": row.is_active, "phases": phases,
        "tasks": tasks,
    }  # fmt: skip
