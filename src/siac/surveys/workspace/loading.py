# SPDX-License-Identifier: EUPL-1.2
"""Loading a sheet of answers that were gathered elsewhere."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.organizations.public import Access, staff_page
from siac.surveys.commands.loading import Loaded, load_answers
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.forms import LARGEST_SHEET
from siac.surveys.workspace.editing import survey_for
from siac.ui.forms import Form, PickedDay, SheetField
from siac.ui.records import record_form


class LoadForm(Form):
    """A sheet of answers."""

    file = SheetField(
        label="Planilla",
        most=LARGEST_SHEET,
        help_text="CSV, XLSX u ODS: una respuesta por fila; en la primera, cada pregunta o su código.",
    )
    day = PickedDay(
        label="Día de las que no digan cuál", help_text="Una columna «Día» o «Fecha» lo dice de cada una."
    )


def told(found: Loaded) -> str:
    """Return what became of a sheet, in a few sentences."""
    said = ["1 respuesta cargada." if found.answers == 1 else f"{found.answers} respuestas cargadas."]
    if found.empty:
        said.append("1 fila" if found.empty == 1 else f"{found.empty} filas")
        said[-1] += " sin ninguna respuesta."
    if found.wrong:
        each = "; ".join(f"«{label}»: {n}" for label, n in sorted(found.wrong.items()))
        said.append(f"Celdas que no son respuesta de su pregunta: {each}.")
    if found.left_out:
        said.append(f"Columnas que no son preguntas: {', '.join(found.left_out[:10])}.")
    return " ".join(said)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def load(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Load a sheet of answers into a survey."""
    survey, institution = survey_for(access, survey_id), access.institution

    def save(fields: dict[str, Any]) -> HttpResponse:
        found = load_answers(
            institution=institution, survey=survey, actor=access.user, now=current_time(),
            content=fields["file"].read(), name=fields["file"].name, day=fields["day"],
        )  # fmt: skip
        messages.success(request, f"{told(found)} Se leen en los resultados desde mañana.")
        return redirect("workspace:surveys:survey", institution.slug, survey.pk)

    return record_form(
        request,
        LoadForm(request.POST or None, request.FILES or None),
        save,
        title="Cargar respuestas",
        back_url=reverse("workspace:surveys:survey", args=[institution.slug, survey.pk]),
        submit="Cargar",
        intro="Respuestas reunidas en otra parte. Quite antes las columnas con nombres o correos.",
    )
