# SPDX-License-Identifier: EUPL-1.2
"""The pages of posters and leaflets."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.infra.pdf import PdfUnavailable
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.outreach.commands.materials import make_material, retire_material
from siac.outreach.domain.rights import OutreachRight
from siac.outreach.forms import MaterialForm
from siac.outreach.models import Material
from siac.outreach.papers import material_pdf
from siac.outreach.queries import campaign_for, material_for, materials
from siac.outreach.workspace.tabs import tabs
from siac.ui.lists import Asked
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_CAMPAIGN = "workspace:outreach:campaign"


def _url(access: Access, row: Material) -> str:
    """Return where the code of a material leads: the charter, the place, or the portal."""
    slug = access.institution.slug
    if row.edition is not None:
        path = reverse("portal:charters:charter", args=[slug, row.edition.charter.code])
    elif row.point is not None:
        path = reverse("portal:servicepoints:point", args=[slug, row.point.code])
    else:
        path = reverse("portal:home", args=[slug])
    return f"{settings.SITE_URL}{path}"


@require_safe
@staff_page(OutreachRight.READ)
def material_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the materials in use, the latest first, and which are out of date (2 SQL)."""
    today = access.institution.local_date(current_time())
    listing = Asked.of(request).listing(materials(access.institution), ("-made_at", "-pk"))
    context = {
        "tabs": tabs(access), "listing": listing, "may_keep": access.has(OutreachRight.KEEP),
        "rows": [(row, row.is_outdated(today)) for row in listing.rows],
    }  # fmt: skip
    return render(request, "outreach/workspace/materials.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(OutreachRight.KEEP)
def material_form(request: HttpRequest, access: Access, campaign_id: int) -> HttpResponse:
    """Make a poster or leaflet for a campaign."""
    row, institution, now = campaign_for(access, campaign_id), access.institution, current_time()
    form = MaterialForm(
        institution,
        institution.local_date(now),
        request.POST or None,
        initial={"headline": row.message[:120]},
    )

    def save(fields: dict[str, Any]) -> HttpResponse:
        make_material(institution=institution, campaign=row, actor=access.user, now=now, **form.saved)
        messages.success(request, "Material hecho.")
        return redirect(_CAMPAIGN, institution.slug, row.pk)

    return record_form(
        request, form, save, title=f"Nuevo material de {row.title}",
        back_url=reverse(_CAMPAIGN, args=[institution.slug, row.pk]),
    )  # fmt: skip


@require_safe
@staff_page(OutreachRight.READ)
def paper(request: HttpRequest, access: Access, material_id: int) -> HttpResponse:
    """Hand out a material as PDF."""
    row = material_for(access, material_id)
    row.institution = access.institution
    try:
        content = material_pdf(row, _url(access, row))
    except PdfUnavailable:
        messages.error(request, "El PDF no se puede hacer ahora. Inténtelo otra vez en un momento.")
        return redirect(_CAMPAIGN, access.institution.slug, row.campaign_id)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.kind}-{row.pk}.pdf"'
    return response


def _ended(request: HttpRequest, access: Access, material_id: int, *, renews: bool) -> HttpResponse:
    row = material_for(access, material_id)
    try:
        retire_material(
            institution=access.institution, material_id=row.pk, actor=access.user, now=current_time(),
            renew=renews,
        )  # fmt: skip
        done = "Rehecho con lo vigente. Imprima el nuevo y cambie el que está puesto."
        messages.success(request, done if renews else "Material retirado.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:outreach:materials", access.institution.slug)


@require_POST
@staff_page(OutreachRight.KEEP)
def renew(request: HttpRequest, access: Access, material_id: int) -> HttpResponse:
    """Make a material anew with the edition in force."""
    return _ended(request, access, material_id, renews=True)


@require_POST
@staff_page(OutreachRight.KEEP)
def retire(request: HttpRequest, access: Access, material_id: int) -> HttpResponse:
    """Take a material out of use."""
    return _ended(request, access, material_id, renews=False)
