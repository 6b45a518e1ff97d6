# SPDX-License-Identifier: EUPL-1.2
"""Absences: who is away and who replaces them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.organizations.absences import absences, may_plan_for, plans_absences, workers
from siac.organizations.access import Access, staff_page
from siac.organizations.commands.absences import end_absence, note_absence
from siac.organizations.forms_absences import AbsenceForm
from siac.ui.public import long_date
from siac.ui.records import Row, record_form, record_list


def _require_planner(access: Access) -> None:
    if not plans_absences(access):
        raise PermissionDenied("absences")


@require_safe
@staff_page()
def absence_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List who is or will be away; whoever may, takes one back."""
    _require_planner(access)
    slug, today = access.institution.slug, access.institution.local_date(current_time())
    own = dict(may_plan_for(access))
    rows = [
        Row(
            (
                row.user.name,
                long_date(row.starts_on),
                long_date(row.ends_on),
                row.substitute.name if row.substitute else "Nadie",
            ),
            remove_url=reverse("workspace:setup:absence_remove", args=[slug, row.pk])
            if row.user_id in own
            else "",
        )
        for row in absences(access.institution)
        if row.ends_on >= today
    ]
    return record_list(
        request,
        title="Ausencias",
        columns=("Quién", "Primer día", "Último día", "Reemplaza", ""),
        rows=rows,
        add=("Anotar ausencia", reverse("workspace:setup:absence_new", args=[slug])),
        empty="Nadie está ausente ni lo estará.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def absence_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Note an absence."""
    _require_planner(access)
    institution = access.institution
    people, initial = may_plan_for(access), {"user_id": access.user.pk}
    form = AbsenceForm(people, workers(institution), request.POST or None, initial=initial)

    def save(fields: dict[str, Any]) -> HttpResponse:
        note_absence(institution=institution, actor=access.user, now=current_time(), **fields)
        messages.success(request, "Ausencia anotada.")
        return redirect("workspace:setup:absences", institution.slug)

    back = reverse("workspace:setup:absences", args=[institution.slug])
    return record_form(request, form, save, title="Anotar ausencia", back_url=back)


@require_POST
@staff_page()
def absence_remove(request: HttpRequest, access: Access, absence_id: int) -> HttpResponse:
    """Take an absence back."""
    _require_planner(access)
    own = dict(may_plan_for(access))
    row = next(
        (one for one in absences(access.institution) if one.pk == absence_id and one.user_id in own), None
    )
    if row is None:
        raise Http404(str(absence_id))
    end_absence(institution=access.institution, absence=row, actor=access.user, now=current_time())
    messages.success(request, "Ausencia quitada.")
    return redirect("workspace:setup:absences", access.institution.slug)
