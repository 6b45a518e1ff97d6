# SPDX-License-Identifier: EUPL-1.2
"""The forms of plans, actions, how far these are, and what they came to."""

from datetime import date
from typing import Any

from django import forms

from siac.catalogue.public import amount_words, read_amount
from siac.documents.public import FILES_HINT, UploadMixin
from siac.findings.public import visible_findings
from siac.improvement.commands.actions import LONGEST_TOLD, ActionData
from siac.improvement.commands.plans import LONGEST
from siac.improvement.domain.progress import MOST_WEIGHT
from siac.improvement.models import Action, ActionBaseline, GrantLabel, Plan
from siac.improvement.queries import responsibles
from siac.indicators.public import indicators_in_use
from siac.organizations.public import Access, Institution, unit_options
from siac.ui.forms import BLANK, AutocompleteSelect, FilesField, Form, PickedDay, basis_field

_NUMBER = {"invalid": "Escriba un número, por ejemplo 12,5.", "required": "Escriba un número."}


def _text(
    label: str, *, limit: int = LONGEST, rows: int = 4, hint: str = "", missing: str = ""
) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=limit, required=bool(missing), help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": missing},
    )  # fmt: skip


class PlanForm(Form):
    """A plan: what it is called, its period, its diagnosis."""

    name = forms.CharField(
        label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre del plan."}
    )
    starts_on = PickedDay(label="Desde")
    ends_on = PickedDay(label="Hasta")
    diagnosis = _text(
        "Diagnóstico",
        rows=8,
        hint="Qué se vio, con qué datos, y por qué pasa. Hace falta para proponer el plan.",
    )
    is_public = forms.BooleanField(
        label="Publicar lo que se haga", required=False,
        help_text="En el portal, una vez aprobado: qué se hizo y qué cambió, sin nada de personas.",
    )  # fmt: skip

    def __init__(self, *args: Any, row: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row is not None:
            self.fields["based_on"] = basis_field(row.saves)


def plan_filled(row: Plan) -> dict[str, Any]:
    """Return what the form of a plan shows before anything is typed."""
    return {name: getattr(row, name) for name in PlanForm.base_fields}


class ActionForm(Form):
    """An action: what, who, when, with what, about which findings."""

    title = forms.CharField(
        label="Qué se hace", max_length=200, error_messages={"required": "Escriba qué se hace."}
    )
    detail = _text("Detalle", rows=3)
    findings = forms.TypedMultipleChoiceField(
        label="Hallazgos que responde", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    unit_id = forms.TypedChoiceField(
        label="Unidad responsable", coerce=int, widget=AutocompleteSelect,
        error_messages={"required": "Elija la unidad que responde."},
    )  # fmt: skip
    responsible_id = forms.TypedChoiceField(
        label="Persona responsable", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect,
        help_text="Hace falta para proponer el plan.",
    )  # fmt: skip
    starts_on = PickedDay(label="Desde")
    due_on = PickedDay(label="Plazo")
    weight = forms.IntegerField(
        label="Peso en el plan", min_value=1, max_value=MOST_WEIGHT, initial=1,
        help_text="Cuánto cuenta frente a las otras: una de peso 2 vale por dos de peso 1.",
        error_messages={
            "invalid": "Escriba un número.", "min_value": "El peso va de 1 a 100.",
            "max_value": "El peso va de 1 a 100.", "required": "Escriba el peso.",
        },
    )  # fmt: skip
    cost = forms.CharField(label="Costo", max_length=20, required=False)
    currency = forms.ChoiceField(label="En qué moneda", required=False)
    budget = forms.ChoiceField(label="Presupuesto", choices=GrantLabel.choices)
    people = forms.ChoiceField(label="Personas", choices=GrantLabel.choices)
    means = forms.ChoiceField(label="Medios", choices=GrantLabel.choices)
    told_text = _text(
        "Qué se cuenta a quienes reclamaron", limit=LONGEST_TOLD, rows=4,
        hint="Lo reciben una vez, cuando la acción está hecha. Vacío: no se avisa a nadie.",
    )  # fmt: skip

    def __init__(self, access: Access, *args: Any, row: Action | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        institution = access.institution
        self.money = {each.code: each for each in institution.country.money}
        people = responsibles(institution)
        if row is not None and row.responsible and row.responsible_id not in dict(people):
            people.append((row.responsible.pk, row.responsible.name))
        own = {each.finding_id for each in row.answered.all()} if row is not None else set()
        findings = [
            (each.pk, f"{each.code} {each.title}")
            for each in visible_findings(access).order_by("severity", "-pk")[:200]
            if not each.is_settled or each.pk in own
        ]
        for name, choices in (
            ("unit_id", [BLANK, *unit_options(institution)]),
            ("responsible_id", [("", "Nadie todavía"), *people]),
            ("currency", [(code, each.words) for code, each in self.money.items()]),
            ("findings", findings),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if row is not None:
            self.fields["based_on"] = basis_field(row.saves)

    def clean(self) -> dict[str, Any]:
        """Read the amount in the currency that was chosen."""
        data = super().clean() or {}
        typed, unit = (data.get("cost") or "").strip(), self.money.get(data.get("currency") or "")
        data["amount"] = None
        if typed:
            data["amount"] = read_amount(typed, unit.digits) if unit else None
            if data["amount"] is None:
                self.add_error(
                    "cost", "Escriba el costo como un monto de la moneda elegida, por ejemplo 3.500."
                )
        return data

    @property
    def said(self) -> ActionData:
        """What was said, once it is checked."""
        data = self.cleaned_data
        names = ("title", "detail", "unit_id", "responsible_id", "starts_on", "due_on", "weight", "budget",
                 "people", "means", "told_text")  # fmt: skip
        return ActionData(
            **{name: data[name] for name in names}, cost=data["amount"],
            currency=data["currency"] if data["amount"] is not None else "",
        )  # fmt: skip


def action_filled(row: Action) -> dict[str, Any]:
    """Return what the form of an action shows before anything is typed."""
    names = set(ActionForm.base_fields) - {"findings", "cost"}
    money = {each.code: each for each in row.institution.country.money}
    unit = money.get(row.currency)
    return {
        **{name: getattr(row, name) for name in names},
        "findings": [each.finding_id for each in row.answered.all()],
        "cost": amount_words(row.cost, unit.digits) if unit and row.cost is not None else "",
    }


class ProgressForm(UploadMixin, Form):
    """How far an action is."""

    percent = forms.IntegerField(
        label="Avance en %", min_value=0, max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="Con 100 la acción queda hecha.",
        error_messages={
            "invalid": "Escriba un número de 0 a 100.", "min_value": "El avance va de 0 a 100.",
            "max_value": "El avance va de 0 a 100.", "required": "Escriba el avance.",
        },
    )  # fmt: skip
    dated_on = PickedDay(label="Día")
    note = _text("Qué se hizo", rows=3, missing="Escriba qué se hizo.")
    attachments = FilesField(label="Evidencia", required=False, help_text=FILES_HINT)


class BaselineForm(Form):
    """The indicator that an action means to move: where it stands, and where it should come to."""

    indicator_id = forms.TypedChoiceField(
        label="Indicador", coerce=int, widget=AutocompleteSelect,
        error_messages={"required": "Elija el indicador."},
    )  # fmt: skip
    first = PickedDay(label="Período de antes: desde")
    last = PickedDay(label="Período de antes: hasta", help_text="Debe haber terminado.")
    goal = forms.DecimalField(
        label="Meta", max_digits=9, decimal_places=1, localize=True, error_messages=_NUMBER,
        help_text="En la unidad del indicador.",
    )  # fmt: skip
    written = forms.DecimalField(
        label="Valor, si el indicador se anota a mano", required=False, max_digits=9, decimal_places=1,
        localize=True, error_messages=_NUMBER,
    )  # fmt: skip

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(each.pk, each.name) for each in indicators_in_use(institution)]
        self.fields["indicator_id"].choices = [BLANK, *known]  # type: ignore[attr-defined]


def baseline_filled(row: ActionBaseline | None) -> dict[str, Any]:
    """Return what the form of a baseline shows before anything is typed."""
    names = ("indicator_id", "first", "last", "goal")
    return {name: getattr(row, name) for name in names} if row is not None else {}


class WindowForm(Form):
    """A period of days."""

    first = PickedDay(label="Desde")
    last = PickedDay(label="Hasta")


class ReasonForm(Form):
    """Why."""

    reason = _text("Por qué", limit=500, rows=3, missing="Escriba por qué.")


class ConclusionForm(Form):
    """What a plan came to."""

    conclusion = _text(
        "Qué se concluye", rows=6, missing="Escriba qué se concluye.",
        hint="Qué cambió y qué no, qué se aprendió y qué sigue.",
    )  # fmt: skip


class FolioForm(Form):
    """The request that a finding came from."""

    folio = forms.CharField(label="Folio", max_length=30, error_messages={"required": "Escriba el folio."})


def same_length_after(first: date, last: date, done_on: date) -> tuple[date, date]:
    """Return a window as long as another that begins the day after an action was done."""
    begins = date.fromordinal(done_on.toordinal() + 1)
    return begins, begins + (last - first)
