# SPDX-License-Identifier: EUPL-1.2
"""What a change of calendar or another place would move: how far it is, then shown, then applied so."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.clocks.access import may_edit
from siac.clocks.commands.previews import apply_preview, renew_preview
from siac.clocks.domain.registry import may_open
from siac.clocks.models import CalendarPreview, LayerDay
from siac.clocks.queries.changes import Sums, told
from siac.clocks.texts import REFUSALS
from siac.kernel.approvals import OVERTAKEN
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, staff_page
from siac.ui.public import refusal_text

_LABELS = {
    "add_day": "Agregar el día", "closure": "Registrar", "revoke_day": "Anular el día",
    "institution": "Guardar", "unit": "Guardar",
}  # fmt: skip
"""What applying a preview is called, by the form that asked for it."""


def own_preview(access: Access, preview_id: int) -> CalendarPreview:
    """Return what this very user asked for; anybody else's does not exist.

    Raises:
        PermissionDenied: its calendar is no longer one they may change, or they no longer set up the body
            whose place it is.
    """
    rows = CalendarPreview.objects.select_related("layer", "unit")
    row = rows.filter(institution=access.institution, requested_by=access.user, pk=preview_id).first()
    if row is None:
        raise Http404(str(preview_id))
    if row.layer is None:
        access.require(StaffRight.SETUP)
    elif not may_edit(access, row.layer):
        raise PermissionDenied(row.layer.code)
    return row


def typed_before(access: Access, known: str) -> QueryDict | None:
    """Return what was typed behind the preview `known`, as it came in an address; None: that is no number.

    Raises:
        Http404, PermissionDenied: as `own_preview`.
    """
    if not (known.isascii() and known.isdigit() and len(known) < 18):
        return None
    return QueryDict(urlencode(own_preview(access, int(known)).typed))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.CALENDARS)
def show(request: HttpRequest, access: Access, preview_id: int) -> HttpResponse:
    """Show a preview as far as it is; apply it once it was seen, or compute it once more."""
    row = own_preview(access, preview_id)
    if request.method == "POST":
        return _decide(request, access, row)
    context = {
        "institution": access.institution,
        "row": row,
        "refreshes": row.is_moving,
        "preview": told(Sums(**row.found), row.institution_id) if row.found else None,
        "kind": LayerDay.Kind(row.kind).label if row.kind else "",
        "things": "plazos",
        "doing": "Calculando los plazos",
        "broken": "No se pudo calcular. Nada cambió.",
        "label": _LABELS[row.screen],
        "form_url": _form_address(access, row),
        "may_open": may_open(access),
    }
    return render(request, "clocks/workspace/preview.html", context)


def _form_address(access: Access, row: CalendarPreview) -> str:
    """Return the address of the form that asked for a preview."""
    slug = access.institution.slug
    if row.unit_id is not None:
        return reverse("workspace:setup:unit", args=[slug, row.unit_id])
    if row.layer is None:
        return reverse("workspace:setup:institution", args=[slug])
    if row.screen != "revoke_day":
        return reverse(f"workspace:clocks:{row.screen}", args=[slug])
    day = LayerDay.objects.filter(layer=row.layer, date__in=row.days).order_by("revoked_at", "-pk").last()
    return reverse("workspace:clocks:revoke_day", args=[slug, day.pk if day else 0])


def _decide(request: HttpRequest, access: Access, row: CalendarPreview) -> HttpResponse:
    slug, now = access.institution.slug, current_time()
    try:
        if request.POST.get("hacer") == "aplicar":
            change = apply_preview(
                preview_id=row.pk,
                institution_id=row.institution_id,
                actor_id=access.user.pk,
                seen=request.POST.get("visto") or None,
                now=now,
            )
            return redirect("workspace:clocks:change", slug, change.pk)
        row = renew_preview(row, now=now)
    except Refused as refused:
        if refused.code != OVERTAKEN:
            messages.error(request, _words(refused))
            return redirect("workspace:clocks:preview", slug, row.pk)
        messages.error(request, f"{refusal_text(refused)} Se calcula de nuevo.")
        row = renew_preview(row, now=now)
    return redirect("workspace:clocks:preview", slug, row.pk)


def _words(refused: Refused) -> str:
    known = refused.code in REFUSALS
    return REFUSALS[refused.code].format(**refused.context) if known else refusal_text(refused)
