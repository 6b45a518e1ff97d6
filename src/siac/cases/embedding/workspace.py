# SPDX-License-Identifier: EUPL-1.2
"""Where the form may be shown, and what the other site copies."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST

from siac.cases.embedding.commands import add_site, remove_site
from siac.cases.embedding.forms import SiteForm
from siac.cases.embedding.queries import embedding_sites
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, setup_tabs, staff_page
from siac.ui.public import refusal_text

SNIPPET = """<iframe src="{address}" title="Ingresar una solicitud"
  width="100%" height="900" style="border:0">
  <a href="{address}">Ingresar una solicitud</a>
</iframe>"""
"""What the other site copies: no script. A browser that shows no frames shows the link."""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def sites(request: HttpRequest, access: Access) -> HttpResponse:
    """List the sites with what they copy; add one."""
    body = access.institution
    form = SiteForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            added = add_site(
                institution=body, address=form.cleaned_data["address"], actor=access.user, now=current_time()
            )
            messages.success(request, "Sitio agregado." if added else "Ese sitio ya estaba.")
            return redirect("workspace:kinds:sites", body.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused), "address")
    address = settings.SITE_URL + reverse("portal:cases:framed_choose", args=[body.slug])
    context = {
        "form": form,
        "sites": embedding_sites(body),
        "tabs": setup_tabs(body),
        "address": address,
        "snippet": SNIPPET.format(address=address),
    }
    return render(request, "cases/workspace/sites.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_page(StaffRight.SETUP)
def remove(request: HttpRequest, access: Access, site_id: int) -> HttpResponse:
    """Let a site show the form no more."""
    body = access.institution
    if not remove_site(institution=body, site_id=site_id, actor=access.user, now=current_time()):
        raise Http404(str(site_id))
    messages.success(request, "Sitio quitado. Lo que alguien revisa ahí ahora todavía se puede enviar.")
    return redirect("workspace:kinds:sites", access.institution.slug)
