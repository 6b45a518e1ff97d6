# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of guides: those of the body, those that come with the product, one of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.kernel.errors import Refused
from siac.organizations.public import Access, Words, history, overtaken, staff_page
from siac.processes.commands.guides import adopt_guide, save_guide
from siac.processes.domain.rights import ProcessRight
from siac.processes.forms import GuideForm
from siac.processes.models import Guide
from siac.processes.shipped.reading import shipped
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_LIST = "workspace:processes:guides"


@require_safe
@staff_page(ProcessRight.READ)
def guide_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the guides of the body, and those that come with the product and it can take."""
    rows = list(Guide.objects.filter(institution=access.institution).order_by("title", "pk"))
    taken = {row.code for row in rows}
    country = access.institution.jurisdiction
    ready = [each for code, each in shipped().items() if code not in taken]
    context = {
        "guides": rows,
        "ready": sorted(ready, key=lambda each: (each.country != country, each.title)),
        "may_write": access.has(ProcessRight.GUIDES),
    }
    return render(request, "processes/workspace/guides.html", context)


@require_POST
@staff_page(ProcessRight.GUIDES)
def guide_adopt(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Take a guide that comes with the product."""
    try:
        row = adopt_guide(institution=access.institution, code=code, actor=access.user, now=current_time())
        messages.success(request, f"«{row.title}» ya se puede usar.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_LIST, access.institution.slug)


@require_safe
@staff_page(ProcessRight.READ)
def guide(request: HttpRequest, access: Access, guide_id: int) -> HttpResponse:
    """Show a guide with its phases and tasks."""
    row = get_object_or_404(Guide, institution=access.institution, pk=guide_id)
    context = {
        "guide": row,
        "phases": row.plan,
        "may_write": access.has(ProcessRight.GUIDES),
        "versions": history(row, _WORDS),
        "runs": row.runs.count(),
    }
    return render(request, "processes/workspace/guide.html", context)


def _phase_words(phases: Any) -> str:
    return "; ".join(f"{each['short']} ({len(each['tasks'])} tareas)" for each in phases or [])


_WORDS: Words = {"phases": _phase_words}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ProcessRight.GUIDES)
def guide_form(request: HttpRequest, access: Access, guide_id: int | None = None) -> HttpResponse:
    """Write a guide, or change one."""
    row = None
    if guide_id is not None:
        row = get_object_or_404(Guide, institution=access.institution, pk=guide_id)
    form = GuideForm(row, request.POST or None)
    slug = access.institution.slug

    def save(fields: dict[str, Any]) -> HttpResponse:
        saved = save_guide(
            institution=access.institution, guide=row, actor=access.user, now=current_time(),
            subject_kind=row.subject_kind if row else "charter", **fields,
        )  # fmt: skip
        messages.success(request, "Guía guardada. Los procesos ya abiertos siguen con la que empezaron.")
        return redirect("workspace:processes:guide", slug, saved.pk)

    back = reverse("workspace:processes:guide", args=[slug, row.pk]) if row else reverse(_LIST, args=[slug])
    return record_form(
        request, form, save, title=row.title if row else "Nueva guía", back_url=back,
        overtaken=lambda refused: overtaken(form, refused, row, _WORDS) if row else [],
    )  # fmt: skip
