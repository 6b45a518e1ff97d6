# SPDX-License-Identifier: EUPL-1.2
"""The staff's page on which the objectives of a draft are written."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.charters.commands.objectives import MOST_OBJECTIVES, save_objectives
from siac.charters.domain.rights import CharterRight
from siac.charters.editor.writing import draft_of, home
from siac.charters.models import CharterEdition
from siac.charters.objectives import objectives_words
from siac.indicators.public import followed
from siac.organizations.public import Access, overtaken, staff_page
from siac.ui.forms import BLANK, Form, basis_field
from siac.ui.records import record_form
from siac.ui.rows import RowForm, RowsField


class ObjectiveRow(RowForm):
    """An objective."""

    widths = {"text": "wide", "indicator_id": "wide", "target": "narrow"}
    text = forms.CharField(
        label="Objetivo", max_length=300, error_messages={"required": "Escriba el objetivo."}
    )
    indicator_id = forms.TypedChoiceField(label="Indicador", required=False, coerce=int, empty_value=None)
    target = forms.DecimalField(label="Meta", required=False, max_digits=9, decimal_places=1, min_value=0)

    def clean(self) -> dict[str, Any]:
        """Ask for the target of the indicator, or the indicator of the target."""
        data = super().clean() or {}
        if data.get("indicator_id") and data.get("target") is None and "target" not in self.errors:
            self.add_error("target", "Escriba la meta.")
        if data.get("target") is not None and not data.get("indicator_id"):
            self.add_error("indicator_id", "Elija el indicador que dice si se alcanza.")
        return data


class ObjectivesForm(Form):
    """What a charter is meant to achieve."""

    rows = RowsField(
        ObjectiveRow, thing="Objetivo", add="Agregar un objetivo", limit=MOST_OBJECTIVES, label="Objetivos",
        help_text="Con un indicador, la carta muestra su último resultado. Sin indicador, solo el objetivo.",
    )  # fmt: skip

    def __init__(self, edition: CharterEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = followed(edition.institution).order_by("name", "pk").values_list("pk", "name")
        choices = [BLANK, *rows]

        def objective_row(*given: Any, **more: Any) -> ObjectiveRow:
            made = ObjectiveRow(*given, **more)
            made.fields["indicator_id"].choices = choices  # type: ignore[attr-defined]
            return made

        self.fields["rows"].row = objective_row  # type: ignore[attr-defined]
        self.fields["rows"].initial = [
            {**row, "target": Decimal(row["target"]) if row["target"] else None} for row in edition.objectives
        ]
        self.fields["based_on"] = basis_field(edition.version)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def objectives(request: HttpRequest, access: Access, edition_id: int) -> HttpResponse:
    """Write what a draft is meant to achieve."""
    edition = draft_of(access, edition_id)
    form = ObjectivesForm(edition, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_objectives(
            institution=access.institution, edition_id=edition.pk, actor=access.user, now=current_time(),
            **fields,
        )  # fmt: skip
        messages.success(request, "Objetivos guardados.")
        return redirect(home(access, edition, "objetivos"))

    return record_form(
        request, form, save, title="Objetivos de la carta", field="rows",
        back_url=home(access, edition, "objetivos"),
        overtaken=lambda refused: overtaken(form, refused, edition, {"objectives": objectives_words}),
    )  # fmt: skip
