# SPDX-License-Identifier: EUPL-1.2
"""What is filled in of what people expect, and of what falls short of it."""

from typing import Any

from django import forms

from siac.charters.models import CharterEdition, Commitment
from siac.charters.texts import (
    BasisLabel,
    CauseLabel,
    DimensionLabel,
)
from siac.ui.forms import BLANK, DateField, Form, basis_field
from siac.ui.rows import RowForm, RowsField


class ExpectationRow(RowForm):
    """Something that people value."""

    widths = {"name": "wide", "weight": "narrow", "expected": "narrow", "n": "narrow", "words": "wide"}
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label="Qué valoran", max_length=150, error_messages={"required": "Escriba qué valoran."}
    )
    dimension = forms.ChoiceField(label="Dimensión", choices=DimensionLabel.choices)
    weight = forms.DecimalField(
        label="Peso (%)", min_value=0, max_value=100, max_digits=4, decimal_places=1,
        error_messages={"required": "Escriba el peso."},
    )  # fmt: skip
    expected = forms.DecimalField(
        label="Se espera (%)", min_value=0, max_value=100, max_digits=4, decimal_places=1, required=False
    )
    n = forms.IntegerField(label="Base (n)", min_value=1, max_value=10_000_000, required=False)
    basis = forms.ChoiceField(label="De dónde se sabe", choices=BasisLabel.choices)
    words = forms.CharField(label="Cuál y cuándo", max_length=150, required=False)

    def has_changed(self) -> bool:
        """Return whether something was written."""
        said = {"name", "weight", "expected", "n", "words"} & set(self.changed_data)
        return bool(said) or bool(self.initial)


class ExpectationsForm(Form):
    """What people value in the services of a charter, and how much they expect."""

    rows = RowsField(
        ExpectationRow, thing="Atributo", add="Agregar un atributo", limit=30,
        label="Qué valoran y cuánto esperan",
        help_text="Los pesos suman 100. Lo esperado es la parte de cada cien que debería cumplirse.",
    )  # fmt: skip

    def __init__(self, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].initial = edition.expectations
        self.fields["based_on"] = basis_field(edition.version)


class GapForm(Form):
    """Why what is done falls short, and how that is mended."""

    cause_kind = forms.ChoiceField(
        label="Causa principal", choices=[BLANK, *CauseLabel.choices],
        error_messages={"required": "Elija la causa."},
    )  # fmt: skip
    cause = forms.CharField(
        label="Por qué ocurre", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga por qué ocurre."},
    )  # fmt: skip
    plan = forms.CharField(
        label="Plan de mejora", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga qué se hará y quién."}, help_text="Qué se hará, quién y con qué.",
    )  # fmt: skip
    plan_until = DateField(label="Hasta cuándo", error_messages={"required": "Escriba el día."})

    def __init__(self, row: Commitment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("cause_kind", "cause", "plan", "plan_until"):
            self.fields[name].initial = getattr(row, name)
        self.fields["based_on"] = basis_field(row.version)
