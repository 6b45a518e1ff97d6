# SPDX-License-Identifier: EUPL-1.2
"""The starter kit: what it holds, what of it the body takes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.cases.starter.adopting import adopt, adopted_ids
from siac.cases.starter.kits import BodyType, kit_for
from siac.cases.starter.showing import BODY_NAMES, SORT_NAMES, shown_kit
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, setup_tabs, staff_page
from siac.ui.public import refusal_text


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def kit(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the kit of the country for a type of body, and take what was ticked."""
    institution, now = access.institution, current_time()
    typed = request.POST.get("tipo") or request.GET.get("tipo") or ""
    body = BodyType(typed) if typed in set(BodyType) else BodyType.MUNICIPALITY
    chosen = kit_for(institution.jurisdiction, body)
    error = ""
    ticked = set(request.POST.getlist("partes"))
    if request.method == "POST":
        try:
            if not ticked:
                raise Refused("kit_nothing_ticked")
            new = adopt(institution=institution, kit=chosen, keys=ticked, actor=access.user, now=now)
        except Refused as refused:
            error = refusal_text(refused)
        else:
            messages.success(
                request, f"Partes agregadas: {len(new)}. Todas se pueden cambiar en Configuración."
            )
            return redirect("workspace:kinds:kit", institution.slug)
    there = adopted_ids(institution, chosen)
    sections = [
        (SORT_NAMES[sort], sort.value, parts) for sort, parts in shown_kit(institution, chosen, there, now)
    ]
    context = {
        "tabs": setup_tabs(institution),
        "sections": sections,
        "body": body,
        "error": error,
        "ticked": ticked,
        "bodies": [(each.value, name, each is body) for each, name in BODY_NAMES.items()],
        "is_first": request.method != "POST",
        "left": any(not p.is_there for _, _, ps in sections for p in ps),
    }
    return render(request, "cases/workspace/kit.html", context, status=422 if error else 200)
