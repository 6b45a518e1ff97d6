# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of the yearly programme: its requirements, what proves each, what is missing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.processes.public import ProcessRight, differences, guides_for, process_of, shipped, taken_over
from siac.programme.commands.programmes import follow_rules, open_programme
from siac.programme.domain.proofs import MOST_ROWS
from siac.programme.domain.rights import ProgrammeRight
from siac.programme.domain.subjects import KIND
from siac.programme.forms import OpenForm
from siac.programme.models import Pack
from siac.programme.naming import title_of
from siac.programme.queries import (
    inputs_of,
    line_for,
    programme_for,
    programmes,
    requirement_of,
    requirements,
    shown_by,
)
from siac.ui.lists import Asked
from siac.ui.public import refusal_text
from siac.ui.records import Row, record_form, record_list

_LIST, _ONE = "workspace:programme:programmes", "workspace:programme:programme"
SHOWN = 20
"""Rows of a proof that the page of a requirement lists at once."""


@require_safe
@staff_page(ProgrammeRight.READ)
def programme_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the programmes of a body, the newest first (3 SQL)."""
    slug = access.institution.slug
    listing = Asked.of(request).listing(programmes(access.institution), ("-year", "pk"), size=20)
    keeps = access.has(ProgrammeRight.KEEP)
    return record_list(
        request,
        title="Programa anual",
        columns=("Programa", "Año"),
        rows=[
            Row([row.guide.title, str(row.year)], reverse(_ONE, args=[slug, row.pk])) for row in listing.rows
        ],
        listing=listing,
        add=("Abrir un programa", reverse("workspace:programme:programme_new", args=[slug]))
        if keeps
        else None,
        other=("Expedientes", reverse("workspace:programme:packs", args=[slug])),
        empty="Todavía no hay ninguno. Abra el del año: sus requisitos muestran lo que el sistema ya prueba.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ProgrammeRight.KEEP)
def open_one(request: HttpRequest, access: Access) -> HttpResponse:
    """Open the programme of a year by a guide of the body or one that comes with the product."""
    body, now = access.institution, current_time()
    form = OpenForm(_guides(access), request.POST or None, initial={"year": body.local_date(now).year})

    def save(fields: dict[str, Any]) -> HttpResponse:
        row = open_programme(
            institution=body, guide_code=fields["guide"], year=fields["year"], actor=access.user, now=now
        )
        messages.success(request, "Programa abierto.")
        return redirect(_ONE, body.slug, row.pk)

    return record_form(
        request, form, save, title="Abrir un programa", submit="Abrir",
        back_url=reverse(_LIST, args=[body.slug])
    )  # fmt: skip


def _guides(access: Access) -> list[tuple[str, str]]:
    """Return the guides that a programme can go by: those of the body, then those that come with the product
    (1 SQL).
    """
    own = {row.code: row.title for row in guides_for(access.institution, KIND)}
    country = access.institution.jurisdiction
    ready = [each for each in shipped().values() if each.subject_kind == KIND and each.code not in own]
    ready.sort(key=lambda each: (each.country not in ("", country), each.title))
    return [*own.items(), *((each.code, each.title) for each in ready)]


@require_safe
@staff_page(ProgrammeRight.READ)
def programme(request: HttpRequest, access: Access, programme_id: int) -> HttpResponse:
    """Show a programme: its stages with their days, and every requirement with how it stands."""
    row = programme_for(access, programme_id)
    today = access.institution.local_date(current_time())
    line = line_for(row, today=today)
    found = requirements(row, line, today=today)
    context = {
        "programme": row, "title": title_of(row), "line": line, "run": line.run, "today": today,
        "stages": [
            (phase, [each for each in found if each.phase is phase]) for phase in line.phases
        ],
        "missing": sum(bool(each.missing) for each in found), "total": len(found),
        "keeps": access.has(ProgrammeRight.KEEP), "is_behind": row.guide.version > line.run.guide_version,
    }  # fmt: skip
    return render(request, "programme/workspace/programme.html", context)


@require_safe
@staff_page(ProgrammeRight.READ)
def missing(request: HttpRequest, access: Access, programme_id: int) -> HttpResponse:
    """Show what is missing of a programme, what is due first first."""
    row = programme_for(access, programme_id)
    today = access.institution.local_date(current_time())
    found = requirements(row, line_for(row, today=today), today=today)
    left = sorted((each for each in found if each.missing), key=lambda each: each.phase.days.last)
    context = {"programme": row, "title": title_of(row), "left": left, "total": len(found), "today": today}
    return render(request, "programme/workspace/missing.html", context)


@require_safe
@staff_page(ProgrammeRight.READ)
def requirement(
    request: HttpRequest, access: Access, programme_id: int, phase: str, task: str
) -> HttpResponse:
    """Show a requirement: what it asks, what proves it, its files and its packs."""
    row = programme_for(access, programme_id)
    today = access.institution.local_date(current_time())
    line = line_for(row, today=today)
    try:
        found = requirement_of(requirements(row, line, today=today), phase, task)
    except Refused as refused:
        raise Http404(task) from refused
    shown = shown_by(row, found.plan, today=today)
    packs = list(Pack.objects.filter(programme=row, phase=phase, task=task).select_related("reviewed_by"))
    now_made_of = inputs_of(found, shown)
    context = {
        "programme": row, "title": title_of(row), "run": line.run, "found": found,
        "shown": [(each, each.told.rows[:SHOWN], max(0, each.told.count - SHOWN)) for each in shown],
        "packs": packs, "keeps": access.has(ProgrammeRight.KEEP),
        "task_url": reverse(
            "workspace:processes:task", args=[access.institution.slug, line.run.pk, phase, task]
        ),
        "works": access.has(ProcessRight.KEEP) and not found.phase.is_over,
        "is_overtaken": bool(packs) and bool(packs[0].inputs) and packs[0].inputs != now_made_of,
        "most": MOST_ROWS,
    }  # fmt: skip
    return render(request, "programme/workspace/requirement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ProgrammeRight.KEEP)
def rules(request: HttpRequest, access: Access, programme_id: int) -> HttpResponse:
    """Show what the guide of a programme asks otherwise since it was opened, and let it go on by that."""
    row = programme_for(access, programme_id)
    run = process_of(access.institution, KIND, row.pk)
    if run is None:
        raise Http404(str(programme_id))
    if request.method == "POST":
        seen = request.POST.get("version", "")
        try:
            follow_rules(
                programme=row, run_id=run.pk, based_on=int(seen) if seen.isascii() and seen.isdigit() else 0,
                actor=access.user, now=current_time(),
            )  # fmt: skip
        except Refused as refused:
            messages.error(request, refusal_text(refused))
            return redirect("workspace:programme:rules", access.institution.slug, row.pk)
        messages.success(request, "El programa sigue ahora las reglas vigentes.")
        return redirect(_ONE, access.institution.slug, row.pk)
    over = {
        each.plan.code
        for each in line_for(row, today=access.institution.local_date(current_time())).phases
        if each.is_over
    }
    told = differences(run.plan, taken_over(run.plan, row.guide.plan, over))
    context = {"programme": row, "title": title_of(row), "run": run, "told": told, "over": len(over)}
    return render(request, "programme/workspace/rules.html", context)
