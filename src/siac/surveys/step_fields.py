# SPDX-License-Identifier: EUPL-1.2
"""Tables of steps as people of the house fill them in: from a number on, something holds."""

from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from siac.kernel.errors import Refused
from siac.surveys.domain.bonus import Step, check_steps
from siac.ui.public import refusal_text
from siac.ui.rows import RowForm, RowsField

BOUND = 1000
"""No step and no payment goes beyond it, in percent."""


def step_rows(steps: Sequence[Step]) -> list[dict[str, Decimal]]:
    """Return a table of steps as the rows of the form."""
    return [{"at_least": step.at_least, "gives": step.gives} for step in steps]


def _number(label: str) -> forms.DecimalField:
    wrong = f"Escriba un número entre -{BOUND} y {BOUND}, con hasta dos decimales."
    codes = ("invalid", "max_digits", "max_whole_digits", "max_decimal_places", "min_value", "max_value")
    return forms.DecimalField(
        label=label, min_value=-BOUND, max_value=BOUND, max_digits=6, decimal_places=2, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": "Escriba un número.", **dict.fromkeys(codes, wrong)},
    )  # fmt: skip


class StepRow(RowForm):
    """From a number on, in percent, something holds."""

    widths = {"at_least": "medium", "gives": "medium"}
    at_least = _number("Desde")
    gives = _number("Vale")

    def key(self) -> Decimal:
        """Return where the step begins."""
        return Decimal(self.cleaned_data["at_least"])


class StepsField(RowsField):
    """A table of steps that rise."""

    def clean(self, value: list[RowForm]) -> tuple[Step, ...]:  # type: ignore[override]
        """Return the steps.

        Raises:
            ValidationError: as `RowsField`, or the steps do not rise.
        """
        found = tuple(Step(row["at_least"], row["gives"]) for row in super().clean(value))
        try:
            check_steps(found)
        except Refused as refused:
            raise ValidationError(refusal_text(refused)) from refused
        return found


def steps_field(label: str, help_text: str) -> StepsField:
    """Return the field of a table of steps."""
    return StepsField(
        StepRow, label=label, help_text=help_text, thing="Tramo", add="Agregar tramo", limit=20,
        ordered=False, repeated="Este tramo está dos veces: cambie o quite uno.",
    )  # fmt: skip
