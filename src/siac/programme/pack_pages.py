# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of packs of evidence: asked for, made by a job, fetched, reviewed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.documents.public import download_response, fetched
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.public import Access, staff_page
from siac.programme.commands.packs import PACKS, ask_pack, review_pack
from siac.programme.domain.rights import ProgrammeRight
from siac.programme.forms import ReviewForm
from siac.programme.models import Pack
from siac.programme.naming import title_of
from siac.programme.queries import pack_for, programme_for, texts_of
from siac.ui.lists import Asked
from siac.ui.public import long_date, refusal_text
from siac.ui.records import Row, record_form, record_list

_ONE = "workspace:programme:pack"


@require_safe
@staff_page(ProgrammeRight.READ)
def pack_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the packs of a body: those that wait for a review first, then the newest (3 SQL, and 1
    for each programme on the page).
    """
    rows = Pack.objects.filter(institution=access.institution)
    rows = rows.select_related("programme__guide", "programme__institution")
    listing = Asked.of(request).listing(rows, ("verdict", "-pk"), size=50)
    slug, body = access.institution.slug, access.institution
    texts = {row.programme_id: texts_of(row.programme) for row in listing.rows}
    return record_list(
        request,
        title="Expedientes de evidencia",
        columns=("Requisito", "Programa", "Expediente", "Pedido el", "Revisión"),
        rows=[
            Row(
                [
                    texts[row.programme_id].get((row.phase, row.task), f"{row.phase} {row.task}"),
                    title_of(row.programme), str(row.revision), long_date(body.local_date(row.created_at)),
                    _state(row),
                ],
                reverse(_ONE, args=[slug, row.pk]),
            )
            for row in listing.rows
        ],
        listing=listing,
        other=("Programa anual", reverse("workspace:programme:programmes", args=[slug])),
        empty="Todavía no hay ninguno. Se piden desde cada requisito del programa.",
    )  # fmt: skip


def _state(row: Pack) -> str:
    if row.state != WorkState.DONE:
        return row.get_state_display()
    return row.get_verdict_display() if row.verdict else "Por revisar"


@require_POST
@staff_page(ProgrammeRight.KEEP)
def ask(request: HttpRequest, access: Access, programme_id: int, phase: str, task: str) -> HttpResponse:
    """Begin to make the next pack of a requirement."""
    row = programme_for(access, programme_id)
    try:
        made = ask_pack(access=access, programme=row, phase=phase, task=task, now=current_time())
    except Refused as refused:
        messages.error(request, refusal_text(refused))
        return redirect("workspace:programme:programme", access.institution.slug, row.pk)
    return redirect(_ONE, access.institution.slug, made.pk)


@require_safe
@staff_page(ProgrammeRight.READ)
def pack(request: HttpRequest, access: Access, pack_id: int) -> HttpResponse:
    """Show how far a pack is, and what was said of it; refreshes itself until it is made."""
    made = pack_for(access, pack_id)
    asked = texts_of(made.programme).get((made.phase, made.task), "")
    context = {
        "made": made, "title": title_of(made.programme), "asked": asked, "refreshes": made.is_moving,
        "things": "archivos", "doing": "En preparación", "finished": "Ya está. Se conserva.",
        "broken": "No se pudo preparar. Pídalo otra vez; si vuelve a fallar, avise a quien administra.",
        "may_review": access.has(ProgrammeRight.REVIEW) and not made.verdict
        and made.state == WorkState.DONE and made.requested_by_id != access.user.pk,
    }  # fmt: skip
    return render(request, "programme/workspace/pack.html", context)


@require_safe
@staff_page(ProgrammeRight.READ)
def file(request: HttpRequest, access: Access, pack_id: int) -> HttpResponseBase:
    """Hand out a pack, a zip."""
    found = fetched(PACKS, pack_for(access, pack_id), access, now=current_time())
    if found is None:
        raise Http404(str(pack_id))
    return download_response(found, to_staff=True)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ProgrammeRight.REVIEW)
def review(request: HttpRequest, access: Access, pack_id: int) -> HttpResponse:
    """Say whether a pack shows what its requirement asks."""
    made = pack_for(access, pack_id)
    form = ReviewForm(request.POST or None, initial={"seen": made.sha256})

    def save(fields: dict[str, Any]) -> HttpResponse:
        review_pack(
            institution=access.institution, pack_id=made.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Revisión anotada.")
        return redirect(_ONE, access.institution.slug, made.pk)

    return record_form(
        request, form, save, title="Revisar el expediente", submit="Anotar la revisión",
        back_url=reverse(_ONE, args=[access.institution.slug, made.pk]),
    )  # fmt: skip
