# SPDX-License-Identifier: EUPL-1.2
"""Doors to a survey: who opens them, and the sheet with its code to put up."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.infra.pdf import qr_svg
from siac.organizations.public import Access, Institution, staff_page, standing_beside
from siac.servicepoints.public import service_points
from siac.surveys.commands.links import save_link
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.letters import answer_url
from siac.surveys.models import LinkKind, SurveyLink
from siac.surveys.workspace.editing import survey_for
from siac.ui.forms import AutocompleteSelect, Form, basis_field
from siac.ui.records import record_form


class LinkForm(Form):
    """A door to a survey."""

    name = forms.CharField(
        label="Nombre",
        max_length=100,
        help_text="Dónde se pone: «Mesón», «Afiche de la escalera».",
        error_messages={"required": "Escriba el nombre."},
    )
    kind = forms.ChoiceField(label="Forma", choices=LinkKind.choices, widget=forms.RadioSelect)
    point_id = forms.TypedChoiceField(
        label="Punto de atención", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    is_active = forms.BooleanField(label="Abierto", required=False, initial=True)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = [(pk, row.name) for pk, row in service_points(institution).items() if row.is_active]
        self.fields["point_id"].choices = [("", "Ninguno"), *points]  # type: ignore[attr-defined]
        if "version" in self.initial:
            self.fields["based_on"] = basis_field(self.initial["version"])


def _link(access: Access, survey_id: int, link_id: int) -> SurveyLink:
    rows = SurveyLink.objects.filter(institution=access.institution, survey_id=survey_id, pk=link_id)
    row = rows.select_related("survey", "point").first()
    if row is None:
        raise Http404(str(link_id))
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def link(request: HttpRequest, access: Access, survey_id: int, link_id: int | None = None) -> HttpResponse:
    """Open a door to a survey, or change one."""
    survey = survey_for(access, survey_id)
    row = None if link_id is None else _link(access, survey_id, link_id)
    names = ("name", "kind", "point_id", "is_active", "version")
    initial = {name: getattr(row, name) for name in names} if row else {"kind": LinkKind.LINK.value}

    form = LinkForm(access.institution, request.POST or None, initial=initial)

    def save(fields: dict[str, Any]) -> HttpResponse:
        saved = save_link(
            institution=access.institution, actor=access.user, now=current_time(), survey=survey, link=row,
            **fields,
        )  # fmt: skip
        messages.success(request, "Enlace guardado.")
        return redirect("workspace:surveys:poster", access.institution.slug, survey.pk, saved.pk)

    return record_form(
        request,
        form,
        save,
        title=row.name if row else "Nuevo enlace",
        back_url=reverse("workspace:surveys:survey", args=[access.institution.slug, survey.pk]),
        intro="Quien lo abre responde sin identificarse. La dirección no cambia.",
        overtaken=lambda refused: standing_beside(form, refused),
    )


@require_safe
@staff_page(SurveyRight.READ)
def poster(request: HttpRequest, access: Access, survey_id: int, link_id: int) -> HttpResponse:
    """Show the address of a door and its QR code, ready to be printed."""
    row = _link(access, survey_id, link_id)
    address = answer_url(access.institution.slug, row.token)
    context = {
        "row": row,
        "survey": row.survey,
        "address": address,
        "qr": mark_safe(qr_svg(address).decode()),  # noqa: S308 - drawn here, of our own address
        "may_design": access.has(SurveyRight.DESIGN),
    }
    return render(request, "surveys/workspace/poster.html", context)
