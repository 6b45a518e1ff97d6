# SPDX-License-Identifier: EUPL-1.2
"""The forms of a finding."""

from typing import Any

from django import forms

from siac.findings.commands.findings import LONGEST, LONGEST_TITLE
from siac.findings.domain.root_causes import LONGEST_WHY, MOST_WHYS
from siac.findings.domain.states import KEEPERS, Step, steps_of
from siac.findings.models import CategoryLabel, Finding, RootCause, Severity, Source
from siac.findings.queries import answerers
from siac.findings.texts import STEPS
from siac.organizations.public import Institution, unit_options
from siac.ui.forms import AutocompleteSelect, Form, PickedDay, basis_field


class FindingForm(Form):
    """What was found, how grave it is, who answers for it and by when."""

    title = forms.CharField(
        label="Qué se encontró", max_length=LONGEST_TITLE,
        error_messages={"required": "Escriba qué se encontró."},
    )  # fmt: skip
    detail = forms.CharField(
        label="Detalle", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Dónde, cuándo y cómo se vio. Sin datos de personas.",
    )  # fmt: skip
    source = forms.ChoiceField(
        label="De dónde sale", choices=Source.choices, error_messages={"required": "Elija de dónde sale."}
    )
    severity = forms.TypedChoiceField(
        label="Gravedad", coerce=int, choices=Severity.choices, widget=forms.RadioSelect,
        error_messages={"required": "Elija la gravedad."},
    )  # fmt: skip
    unit_id = forms.TypedChoiceField(
        label="Unidad", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    responsible_id = forms.TypedChoiceField(
        label="Responsable", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    due_on = PickedDay(label="Plazo para resolverlo", required=False)

    def __init__(
        self, institution: Institution, *args: Any, row: Finding | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        units = [("", "Ninguna"), *unit_options(institution)]
        people = answerers(institution)
        if row is not None and row.responsible and row.responsible_id not in dict(people):
            people.append((row.responsible.pk, row.responsible.name))  # who answers goes on until changed
        self.fields["unit_id"].choices = units  # type: ignore[attr-defined]
        self.fields["responsible_id"].choices = [("", "Nadie todavía"), *people]  # type: ignore[attr-defined]
        if row is not None:
            del self.fields["source"]
            self.fields["based_on"] = basis_field(row.saves)


def filled(row: Finding) -> dict[str, Any]:
    """Return what the form of a finding shows before anything is typed."""
    names = ("title", "detail", "severity", "unit_id", "responsible_id", "due_on")
    return {name: getattr(row, name) for name in names}


class FollowForm(Form):
    """What was done about a finding, and where it stands then."""

    body = forms.CharField(
        label="Qué se hizo", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escriba qué se hizo o por qué."},
    )  # fmt: skip
    step = forms.ChoiceField(
        label="Y el hallazgo", widget=forms.RadioSelect, initial=Step.NOTE.value,
        error_messages={"required": "Elija cómo queda el hallazgo."},
    )  # fmt: skip

    def __init__(self, state: str, *args: Any, may_keep: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [step for step in steps_of(state) if may_keep or step not in KEEPERS]
        self.fields["step"].choices = [(step.value, STEPS[step]) for step in steps]  # type: ignore[attr-defined]


_ORDINALS = (
    "¿Por qué pasó?", "¿Y eso por qué?", "¿Y eso otro por qué?", "¿Por qué, una vez más?",
    "¿Por qué, al final?",
)  # fmt: skip


class RootCauseForm(Form):
    """Why it came about: up to five whys, and the sort of cause that the last one is."""

    category = forms.ChoiceField(
        label="Tipo de causa", choices=CategoryLabel.choices, widget=forms.RadioSelect,
        error_messages={"required": "Elija el tipo de causa."},
    )  # fmt: skip

    def __init__(self, *args: Any, row: RootCause | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whys = list(row.whys) if row is not None else []
        category = self.fields.pop("category")
        for place in range(MOST_WHYS):
            self.fields[f"why_{place + 1}"] = field = forms.CharField(
                label=_ORDINALS[place], max_length=LONGEST_WHY, required=place == 0,
                initial=whys[place] if place < len(whys) else "",
                error_messages={"required": "Responda al menos el primer «¿por qué?»."},
            )  # fmt: skip
            field.always_asked = True  # type: ignore[attr-defined]
        self.fields["category"] = category
        category.initial = row.category if row is not None else None
        self.fields["based_on"] = basis_field(row.number if row is not None else 0)

    @property
    def whys(self) -> list[str]:
        """What was answered, in order."""
        return [self.cleaned_data[f"why_{place + 1}"] for place in range(MOST_WHYS)]
