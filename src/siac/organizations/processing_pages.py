# SPDX-License-Identifier: EUPL-1.2
"""The register of processing activities: list, edit, export."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.infra.tables.download import csv_response
from siac.kernel.errors import Refused
from siac.organizations.access import Access, staff_page
from siac.organizations.commands.processing import save_activity
from siac.organizations.domain.rights import StaffRight
from siac.organizations.forms import ActivityForm
from siac.organizations.models import ProcessingActivity
from siac.organizations.setup_pages import setup_tabs
from siac.ui.forms import renew_basis
from siac.ui.records import Row, record_form, record_list, yes_or_no


@require_safe
@staff_page(StaffRight.SETUP)
def activities(request: HttpRequest, access: Access) -> HttpResponse:
    """List the activities of the body, those that are done no more included."""
    slug = access.institution.slug
    rows = [
        Row(
            (row.name, row.responsible, yes_or_no(row.is_active)),
            reverse("workspace:setup:activity", args=[slug, row.pk]),
        )
        for row in _rows(access)
    ]
    return record_list(
        request,
        title="Actividades de tratamiento",
        columns=("Actividad", "Responde", "Se hace hoy"),
        rows=rows,
        tabs=setup_tabs(access.institution),
        add=("Agregar actividad", reverse("workspace:setup:activity_new", args=[slug])),
        exports=[("CSV", reverse("workspace:setup:activities_export", args=[slug]))],
        intro=(
            "Qué hace el organismo con datos personales, para qué y "
            "por cuánto tiempo. La ley pide tener este registro al día."
        ),
        empty="Agregue la primera actividad: la atención de solicitudes.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def activity(request: HttpRequest, access: Access, activity_id: int | None = None) -> HttpResponse:
    """Add or change an activity."""
    row = _rows(access).filter(pk=activity_id).first() if activity_id else None
    if activity_id and row is None:
        raise Http404(str(activity_id))
    initial: dict[str, Any] = {"based_on": row.version if row else 0}
    form = ActivityForm(request.POST or None, instance=row, initial=initial)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_activity(
            institution=access.institution,
            actor=access.user,
            now=current_time(),
            activity_id=activity_id,
            **fields,
        )
        messages.success(request, "Actividad guardada.")
        return redirect("workspace:setup:activities", access.institution.slug)

    def overtaken(refused: Refused) -> Sequence[Any]:
        renew_basis(form, refused)
        return ()

    return record_form(
        request,
        form,
        save,
        overtaken=overtaken,
        title="Actividad de tratamiento" if row else "Nueva actividad de tratamiento",
        back_url=reverse("workspace:setup:activities", args=[access.institution.slug]),
    )


@require_safe
@staff_page(StaffRight.SETUP)
def export(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Give the whole register as CSV, as an authority may ask for it."""
    fields = ActivityForm.Meta.fields
    labels = [str(ProcessingActivity._meta.get_field(name).verbose_name) for name in fields]  # type: ignore[union-attr]
    columns = [*(label.capitalize() for label in labels), "Guardada"]
    zone = access.institution.zone
    rows = (
        [*(_word(getattr(row, name)) for name in fields), row.saved_at.astimezone(zone).date()]
        for row in _rows(access)
    )
    return csv_response(columns, rows, name="actividades-de-tratamiento")


def _word(value: Any) -> str:
    return ("Sí" if value else "No") if isinstance(value, bool) else str(value)


def _rows(access: Access) -> Any:
    return ProcessingActivity.objects.filter(institution=access.institution).order_by("name", "pk")
