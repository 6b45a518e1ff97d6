# SPDX-License-Identifier: EUPL-1.2
"""What follows an approval: how the edition is made known, by a guided process of its own, and who keeps its
file.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST

from siac.charters.commands.archiving import save_archive
from siac.charters.domain.rights import CharterRight
from siac.charters.domain.states import EditionState
from siac.charters.editor.forms import ArchiveForm
from siac.charters.editor.reading import edition_of
from siac.charters.guiding import SPREADING
from siac.charters.models import CharterEdition
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page, standing_beside
from siac.processes.public import ProcessRight, guides_for, line_of, process_of, start_process
from siac.ui.forms import basis_field
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_ONE = "workspace:charters:charter"


def spreading_context(access: Access, edition: CharterEdition) -> dict[str, Any]:
    """Return how an approved edition is being made known, or the guides by which that can begin (4 SQL; none
    of a draft).
    """
    if edition.state != EditionState.APPROVED:
        return {}
    run = process_of(access.institution, SPREADING, edition.pk)
    if run is not None:
        line = line_of(run, today=access.institution.local_date(current_time()))
        url = reverse("workspace:processes:process", args=[access.institution.slug, run.pk])
        tasks = [task for phase in line.phases for task in phase.tasks]
        return {
            "spread": line, "spread_url": url, "spread_done": sum(task.is_done for task in tasks),
            "spread_all": len(tasks),
        }  # fmt: skip
    may_begin = access.has(ProcessRight.KEEP) and access.has(CharterRight.KEEP)
    return {
        "may_spread": may_begin,
        "spread_guides": guides_for(access.institution, SPREADING) if may_begin else [],
    }


def _approved(access: Access, edition_id: int) -> CharterEdition:
    edition = edition_of(access, edition_id)
    if edition.state != EditionState.APPROVED:
        raise Http404(str(edition_id))
    return edition


def _page(edition: CharterEdition) -> str:
    url = reverse(_ONE, args=[edition.institution.slug, edition.charter_id])
    return f"{url}?edicion={edition.number}"


@require_POST
@staff_page(CharterRight.KEEP)
def spread(request: HttpRequest, access: Access, edition_id: int) -> HttpResponse:
    """Begin to make an approved edition known, by a guide."""
    edition = _approved(access, edition_id)
    known = {str(guide.pk): guide for guide in guides_for(access.institution, SPREADING)}
    guide = known.get(request.POST.get("guia", ""))
    if guide is None:
        messages.error(request, "Elija una guía de las del organismo.")
        return redirect(_page(edition))
    try:
        start_process(
            institution=access.institution, guide=guide, subject_id=edition.pk, actor=access.user,
            now=current_time(),
        )  # fmt: skip
        messages.success(request, "Difusión empezada: siga sus fases.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_page(edition))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def archive(request: HttpRequest, access: Access, edition_id: int) -> HttpResponse:
    """Say who keeps the file of an approved edition, and until when."""
    edition = _approved(access, edition_id)
    initial = {
        "custodian_id": edition.custodian_id or edition.charter.responsible_id,
        "file_code": edition.file_code, "kept_until": edition.kept_until,
    }  # fmt: skip
    form = ArchiveForm(access.institution, request.POST or None, initial=initial)
    form.fields["based_on"] = basis_field(edition.charter.version)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_archive(
            institution=access.institution, edition_id=edition.pk, actor=access.user, now=current_time(),
            **fields,
        )  # fmt: skip
        messages.success(request, "Archivo del expediente guardado.")
        return redirect(_page(edition))

    return record_form(
        request, form, save, title=f"Archivo de la edición {edition.number}", back_url=_page(edition),
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip
