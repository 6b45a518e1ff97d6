# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of charters: the list, one charter, how its draft will look, what editions differ in."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.catalogue.public import services
from siac.charters.checking import levels, written
from siac.charters.commands.charters import change_charter, start_charter
from siac.charters.commands.drafting import save_services, start_edition
from siac.charters.composing import composed
from siac.charters.deciding import EDITION
from siac.charters.domain.checks import problems
from siac.charters.domain.rights import CharterRight
from siac.charters.domain.states import EditionState
from siac.charters.editor.comparing import compared
from siac.charters.editor.forms import CharterForm, charter_filled
from siac.charters.editor.reading import (
    all_charters,
    charter_of,
    edition_of,
    part_lines,
    standing_of,
    told_problems,
)
from siac.charters.editor.spreading import spreading_context
from siac.charters.editor.steps import offered_steps
from siac.charters.flowing import flowing
from siac.charters.guiding import SUBJECT
from siac.charters.library.queries import benchmarks_of
from siac.charters.models import Charter, CharterEdition
from siac.charters.objectives import objectives_of
from siac.charters.team.queries import told_team
from siac.charters.texts import COLOURS
from siac.governance.public import RESULTS, decisions_about
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page, standing_beside
from siac.processes.public import ProcessRight, guides_for, line_of, process_of, start_process
from siac.signing.public import SignRight
from siac.ui.forms import basis_field
from siac.ui.lists import Asked
from siac.ui.public import long_date, refusal_text
from siac.ui.records import Row, record_form, record_list

_LIST, _ONE = "workspace:charters:charters", "workspace:charters:charter"


@require_safe
@staff_page(CharterRight.READ)
def charter_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the charters, by title: what is in force, what is being written, until when."""
    slug = access.institution.slug
    asked = Asked.of(request)
    listing = asked.listing(all_charters(access.institution), ("title", "pk"))
    today = access.institution.local_date(current_time())
    rows = [Row(_cells(row, today), reverse(_ONE, args=[slug, row.pk])) for row in listing.rows]
    return record_list(
        request,
        title="Cartas de servicios",
        columns=("Carta", "Vigente", "En preparación", "Se revisa antes del", "Unidad responsable"),
        rows=rows,
        listing=listing,
        add=("Nueva carta", reverse("workspace:charters:charter_new", args=[slug]))
        if access.has(CharterRight.KEEP)
        else None,
        others=[
            *(
                [("Qué servicio necesita una carta", reverse("workspace:charters:choosing", args=[slug]))]
                if access.has(CharterRight.KEEP)
                else []
            ),
            ("Informes", reverse("workspace:charters:report_list", args=[slug])),
            ("Estándares mínimos", reverse("workspace:charters:minimum", args=[slug])),
        ],
        empty="Todavía no hay ninguna carta: en ella se dice qué se promete y qué pasa si no se cumple.",
    )


def _cells(row: Charter, today: date) -> list[str]:
    current, coming, draft = standing_of(row, today)
    in_force, revised = "Ninguna", "—"
    if current is not None:
        in_force = f"Edición {current.number}, desde el {long_date(current.since)}"
        if current.valid_to is not None:
            word = "hasta" if current.valid_to >= today else "terminó"
            in_force += f", {word} el {long_date(current.valid_to)}"
    if coming is not None:
        in_force += f". Edición {coming.number} desde el {long_date(coming.since)}"
    newest = coming or current
    if newest is not None and newest.valid_to is None and newest.revised_by is not None:
        revised = long_date(newest.revised_by)
    writing = f"Edición {draft.number}: {draft.get_state_display().lower()}" if draft else "—"
    return [row.title, in_force, writing, revised, str(row.responsible or "—")]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def charter_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Open a charter and its first draft; with `servicio`, of that service of the catalogue."""
    institution = access.institution
    initial: dict[str, Any] = {"norm": institution.country.charter_norm}
    asked = request.GET.get("servicio", "")
    known = {str(pk): each for pk, each in services(institution).items() if each.is_active}
    if asked and asked not in known:
        raise Http404(asked)
    of = known.get(asked)
    if of is not None:
        initial |= {"title": f"Carta de {of.name}"[:150], "responsible_id": of.responsible_id}
    form = CharterForm(institution, request.POST or None, initial=initial)

    def save(fields: dict[str, Any]) -> HttpResponse:
        now = current_time()
        row = start_charter(institution=institution, code=form.code(), actor=access.user, now=now, **fields)
        edition = start_edition(institution=institution, charter_id=row.pk, actor=access.user, now=now)
        if of is not None:
            save_services(
                institution=institution, edition_id=edition.pk, service_ids=[of.pk], actor=access.user,
                now=now, based_on=None,
            )  # fmt: skip
        messages.success(request, "Carta creada. Escriba lo que dice y lo que promete.")
        return redirect(_ONE, institution.slug, row.pk)

    return record_form(
        request, form, save, title="Nueva carta", submit="Crear la carta", field="title",
        back_url=reverse("workspace:charters:choosing" if of else _LIST, args=[institution.slug]),
        intro=f"Trata del servicio «{of.name}»." if of else "",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def charter_change(request: HttpRequest, access: Access, charter_id: int) -> HttpResponse:
    """Change the data of a charter."""
    row = charter_of(access, charter_id)
    form = CharterForm(access.institution, request.POST or None, initial=charter_filled(row))
    form.fields["based_on"] = basis_field(row.version)

    def save(fields: dict[str, Any]) -> HttpResponse:
        change_charter(
            institution=access.institution, charter_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Datos de la carta guardados.")
        return redirect(_ONE, access.institution.slug, row.pk)

    return record_form(
        request, form, save, title="Datos de la carta",
        back_url=reverse(_ONE, args=[access.institution.slug, row.pk]),
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip


@require_safe
@staff_page(CharterRight.READ)
def charter(request: HttpRequest, access: Access, charter_id: int) -> HttpResponse:
    """Show a charter: the edition that is being written, or the one in force, with what is wrong with it and
    the next step.
    """
    row = charter_of(access, charter_id)
    editions = list(row.editions.select_related("saved_by", "custodian").order_by("-number"))
    for each in editions:
        each.charter, each.institution = row, access.institution
    asked = request.GET.get("edicion", "")
    shown = next((each for each in editions if str(each.number) == asked), None)
    if asked and shown is None:
        raise Http404(asked)
    shown = shown or next((each for each in editions if each.is_draft), editions[0] if editions else None)
    context = {
        "charter": row,
        "edition": shown,
        "editions": [(each, COLOURS[EditionState(each.state)]) for each in editions],
        "may_keep": access.has(CharterRight.KEEP),
        "team": told_team(row),
        "has_draft": any(each.is_draft for each in editions),
        **_process_context(access, row),
        **(_edition_context(access, shown) if shown else {}),
        **(spreading_context(access, shown) if shown else {}),
    }
    return render(request, "charters/editor/charter.html", context)


def _process_context(access: Access, row: Charter) -> dict[str, Any]:
    """Return the line of phases of a charter, or the guides by which one can be begun (4 SQL)."""
    run = process_of(access.institution, SUBJECT, row.pk)
    if run is None:
        may_begin = access.has(ProcessRight.KEEP)
        guides = guides_for(access.institution, SUBJECT) if may_begin else []
        return {"guides": guides, "may_begin": may_begin}
    today = access.institution.local_date(current_time())
    url = reverse("workspace:processes:process", args=[access.institution.slug, run.pk])
    return {"line": line_of(run, today=today), "line_url": url}


@require_POST
@staff_page(CharterRight.KEEP)
def process_begin(request: HttpRequest, access: Access, charter_id: int) -> HttpResponse:
    """Begin the process of a charter by a guide."""
    row = charter_of(access, charter_id)
    known = {str(guide.pk): guide for guide in guides_for(access.institution, SUBJECT)}
    guide = known.get(request.POST.get("guia", ""))
    if guide is None:
        messages.error(request, "Elija una guía de las del organismo.")
        return redirect(_ONE, access.institution.slug, row.pk)
    try:
        start_process(
            institution=access.institution, guide=guide, subject_id=row.pk, actor=access.user,
            now=current_time(),
        )  # fmt: skip
        messages.success(request, "Proceso empezado: siga sus fases.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_ONE, access.institution.slug, row.pk)


def _edition_context(access: Access, edition: CharterEdition) -> dict[str, Any]:
    today = access.institution.local_date(current_time())
    lines = levels(edition, today=today)
    may_write = access.has(CharterRight.KEEP) and edition.state == EditionState.DRAFT
    told = []
    if edition.is_draft:
        found = problems(written(edition, lines, today), today=today)
        told = told_problems(edition, found, may_write=may_write)
    before = (
        edition.charter.editions.filter(state=EditionState.APPROVED, number__lt=edition.number)
        .order_by("-number")
        .first()
    )
    comments = list(edition.comments.order_by("pk")) if edition.comments_until else []
    return {
        "colour": COLOURS[EditionState(edition.state)],
        "lines": lines,
        "parts": part_lines(edition),
        "flowing": flowing(edition),
        "benchmarks": benchmarks_of(edition),
        "objectives": objectives_of(edition, is_public=False),
        "told": told,
        "errors": sum(each.is_error for each in told),
        "may_write": may_write,
        "may_answer": access.has(CharterRight.KEEP) and edition.is_draft,
        "steps": offered_steps(access, edition, today),
        "votes": [
            (each, RESULTS[each.result]) for each in decisions_about(access.institution, EDITION, edition.pk)
        ],
        "reviews": list(edition.reviews.select_related("said_by").order_by("round", "pk")),
        "comments": comments,
        "unanswered": sum(not each.verdict for each in comments),
        "before": before,
        "today": today,
    }


@require_POST
@staff_page(CharterRight.KEEP)
def edition_new(request: HttpRequest, access: Access, charter_id: int) -> HttpResponse:
    """Begin the next edition of a charter."""
    row = charter_of(access, charter_id)
    edition = start_edition(
        institution=access.institution, charter_id=row.pk, actor=access.user, now=current_time()
    )
    messages.success(request, f"Edición {edition.number} en borrador, con lo que decía la anterior.")
    return redirect(_ONE, access.institution.slug, row.pk)


@require_safe
@staff_page(CharterRight.READ)
def preview(request: HttpRequest, access: Access, edition_id: int) -> HttpResponse:
    """Show an edition as the public page will."""
    edition = edition_of(access, edition_id)
    may_sign = edition.state == EditionState.APPROVED and access.has(SignRight.SIGN)
    context = {"edition": edition, "paper": composed(edition), "may_sign": may_sign}
    return render(request, "charters/editor/preview.html", context)


@require_safe
@staff_page(CharterRight.READ)
def compare(request: HttpRequest, access: Access, edition_id: int) -> HttpResponse:
    """Show what an edition says otherwise than an earlier one."""
    edition = edition_of(access, edition_id)
    others = edition.charter.editions.exclude(pk=edition.pk).exclude(state=EditionState.ABANDONED)
    earlier = list(others.filter(number__lt=edition.number).order_by("-number"))
    wanted = request.GET.get("con", "")
    before = next((row for row in earlier if str(row.number) == wanted), earlier[0] if earlier else None)
    if wanted and (before is None or str(before.number) != wanted):
        raise Http404(wanted)
    context = {
        "edition": edition,
        "before": before,
        "earlier": earlier,
        "compared": compared(before, edition) if before else None,
    }
    return render(request, "charters/editor/compare.html", context)
