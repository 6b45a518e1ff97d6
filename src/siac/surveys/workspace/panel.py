# SPDX-License-Identifier: EUPL-1.2
"""The opinion panel of a body as its people see it: how many are in it, never who."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.organizations.public import Access, history, overtaken, staff_page
from siac.surveys.commands.panel import USUAL_WORDS, bring_members, panel_of, save_panel
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.forms import LARGEST_SHEET
from siac.surveys.models import PanelMember
from siac.surveys.models.panel import WORDS_LIMIT
from siac.ui.forms import Form, PickedDay, SheetField, basis_field, text_field
from siac.ui.records import record_form


def _words(label: str, hint: str) -> forms.CharField:
    return text_field(label, hint=hint, limit=WORDS_LIMIT, rows=3, missing="Escriba las palabras.")


class PanelForm(Form):
    """Whether people may join the panel, and the words that they agree to."""

    words = _words("Con qué palabras se acepta", "Cada persona queda con las que leyó.")
    is_open = forms.BooleanField(label="Recibe personas desde el portal", required=False)


class BringForm(Form):
    """A sheet of those who agreed elsewhere."""

    file = SheetField(
        label="Planilla",
        most=LARGEST_SHEET,
        help_text="CSV, XLSX u ODS con una columna «correo»: hasta 1000 personas que ya aceptaron.",
    )
    words = _words("Con qué palabras aceptaron", "Tal como las leyeron o escucharon.")
    day = PickedDay(label="Día en que aceptaron", help_text="Si fueron varios días, el último.")


@require_safe
@staff_page(SurveyRight.READ)
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the panel."""
    rows = PanelMember.objects.filter(institution=access.institution)
    context = {
        "row": panel_of(access.institution),
        "counts": rows.aggregate(
            members=Count("pk", filter=Q(agreed_on__isnull=False)),
            brought=Count("pk", filter=Q(agreed_on__isnull=False, is_brought=True)),
            waiting=Count("pk", filter=Q(agreed_on=None)),
        ),
        "may_design": access.has(SurveyRight.DESIGN),
    }
    return render(request, "surveys/workspace/panel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def change(request: HttpRequest, access: Access) -> HttpResponse:
    """Open the panel, close it, or change its words."""
    row = panel_of(access.institution)
    initial = {"words": row.words if row else USUAL_WORDS, "is_open": row.is_open if row else True}
    form = PanelForm(request.POST or None, initial=initial)
    form.fields["based_on"] = basis_field(row.version if row else None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_panel(institution=access.institution, actor=access.user, now=current_time(), **fields)
        messages.success(request, "Panel guardado.")
        return redirect("workspace:surveys:panel", access.institution.slug)

    return record_form(
        request, form, save, title="Panel de opinión",
        back_url=reverse("workspace:surveys:panel", args=[access.institution.slug]),
        versions=history(row, {}) if row else (),
        overtaken=lambda refused: overtaken(form, refused, row, {}) if row else (),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def bring(request: HttpRequest, access: Access) -> HttpResponse:
    """Take in a list of those who agreed elsewhere."""
    if panel_of(access.institution) is None:
        raise Http404("no panel")

    def save(fields: dict[str, Any]) -> HttpResponse:
        came, left_out = bring_members(
            institution=access.institution, actor=access.user, now=current_time(),
            content=fields["file"].read(), words=fields["words"], day=fields["day"],
        )  # fmt: skip
        said = "Entró 1 persona." if came == 1 else f"Entraron {came} personas."
        if left_out:
            said += f" Fuera: {left_out}, que ya estaban o no quieren encuestas."
        messages.success(request, said)
        return redirect("workspace:surveys:panel", access.institution.slug)

    return record_form(
        request, BringForm(request.POST or None, request.FILES or None), save, title="Agregar una lista",
        back_url=reverse("workspace:surveys:panel", args=[access.institution.slug]), submit="Agregar",
        intro="Solo de quienes aceptaron que se les pida su opinión: queda escrito cuándo y cómo.",
    )  # fmt: skip
