# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of visits, and what follows from them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.documents.public import attachments_of, staff_download
from siac.findings.public import FindingRight, visible_findings
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page, standing_beside, unit_options
from siac.servicepoints.public import service_points
from siac.surveys.checklists.commands import (
    assign_visit,
    begin_visit,
    change_visit,
    correct_visit,
    open_visit_finding,
    save_visit,
    send_visit,
    withdraw_visit,
)
from siac.surveys.checklists.domain import Item, Score, moved, score
from siac.surveys.checklists.forms import (
    AssignForm,
    ChangeVisitForm,
    FindingsForm,
    VisitForm,
    WithdrawVisitForm,
)
from siac.surveys.checklists.models import (
    OPEN,
    ProtocolKind,
    Visit,
    VisitState,
)
from siac.surveys.checklists.queries import (
    MARK,
    knows_visitor,
    marks_of,
    missing_at_points,
    protocols,
    sections_of,
    visible_visits,
    visit_before,
)
from siac.surveys.checklists.rights import ChecklistRight
from siac.surveys.checklists.texts import mark_words
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_LIST, _ONE = "workspace:surveys:visits", "workspace:surveys:visit"
MINE, PENDING = "mias", "pendientes"
SEES = frozenset({ChecklistRight.READ, ChecklistRight.VISIT})
_COLUMNS = (
    Column("Protocolo", 40), Column("Tipo", 20), Column("Unidad", 30), Column("Punto de atención", 30),
    Column("Por dónde", 16), Column("Quién", 26), Column("Plazo", 12), Column("Estado", 12),
    Column("Día de la visita", 14), Column("Nota", 8), Column("Fallas críticas", 10), Column("Revisión", 10),
)  # fmt: skip


def _require_seeing(access: Access) -> None:
    if not SEES & access.rights:
        raise PermissionDenied("visits")


def _visit_for(access: Access, visit_id: int) -> Visit:
    """Return one visit (1 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    related = ("protocol", "unit", "point", "assignee")
    row = visible_visits(access).select_related(*related).filter(pk=visit_id).first()
    if row is None:
        raise Http404(str(visit_id))
    row.institution = access.institution
    return row


def _address(access: Access, name: str, *more: int) -> str:
    return reverse(name, args=[access.institution.slug, *more])


@require_safe
@staff_page()
def visit_list(request: HttpRequest, access: Access) -> HttpResponseBase:
    """List the visits that somebody may see, the newest first, or hand them out as a table."""
    _require_seeing(access)
    institution = access.institution
    states = [(PENDING, "Por hacer"), *VisitState.choices[2:]]
    asked = Asked.of(
        request,
        Filter("estado", options=states),
        Filter("de", "De quién", [(MINE, "Las mías")], every="De todos"),
        Filter("protocolo", "Protocolo", [(row.pk, row.name) for row in protocols(institution)]),
        Filter("tipo", "Tipo", ProtocolKind.choices),
        Filter("unidad", "Unidad", unit_options(institution), every="Todas"),
    )
    rows = _narrowed(access, asked.kept).select_related("protocol", "unit", "point", "assignee")
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx") and access.has(ChecklistRight.READ):
        return table_response(
            _COLUMNS, (_cells(access, row) for row in rows.order_by("-assigned_at", "-pk")), form=wanted,
            name="visitas", title="Visitas y auditorías",
        )  # fmt: skip
    listing = asked.listing(
        rows, ("-assigned_at", "-pk"), export_url=request.path if access.has(ChecklistRight.READ) else ""
    )
    context = {
        "asked": asked,
        "listing": listing,
        "rows": [(row, knows_visitor(access, row)) for row in listing.rows],
        "state": asked.kept.get("estado", ""),
        "states": [("", "Todas"), *states],
        "today": institution.local_date(current_time()),
        "may_design": access.has(ChecklistRight.DESIGN),
    }
    return render(request, "surveys/workspace/visits.html", context)


_MISSING = (
    Column("Qué falta", 50), Column("Crítico", 8), Column("Punto de atención", 30), Column("Protocolo", 34),
    Column("Revisado", 12), Column("Nota", 50), Column("Hallazgo", 10),
)  # fmt: skip


@require_safe
@staff_page()
def missing(request: HttpRequest, access: Access) -> HttpResponseBase:
    """List what the newest visits found missing across points, or hand it out as a table (6 SQL)."""
    _require_seeing(access)
    institution = access.institution
    points = [(pk, point.name) for pk, point in service_points(institution).items()]
    asked = Asked.of(
        request,
        Filter("protocolo", "Protocolo", [(row.pk, row.name) for row in protocols(institution)]),
        Filter("punto", "Punto de atención", points),
    )
    wanted = {name: int(value) for name, value in asked.kept.items()}
    found = missing_at_points(access, protocol_id=wanted.get("protocolo"), point_id=wanted.get("punto"))
    seen = _seen_findings(access, [each.finding_id for each in found])
    if request.GET.get("formato", "") in ("csv", "xlsx"):
        cells = (
            [
                each.item.label, "Sí" if each.item.is_critical else "No", str(each.visit.point),
                each.visit.protocol.name, each.visit.visited_on, each.note,
                "Abierto" if each.finding_id else "Sin abrir",
            ]
            for each in found
        )  # fmt: skip
        return table_response(
            _MISSING, cells, form=request.GET["formato"], name="lo-que-falta", title="Lo que falta"
        )
    context = {
        "asked": asked, "found": found, "seen": seen, "today": institution.local_date(current_time()),
        "csv_url": asked.url(formato="csv"), "xlsx_url": asked.url(formato="xlsx"),
    }  # fmt: skip
    return render(request, "surveys/workspace/missing.html", context)


def _narrowed(access: Access, kept: dict[str, str]) -> Any:
    rows = visible_visits(access)
    state = kept.get("estado")
    if state == PENDING:
        rows = rows.filter(state__in=OPEN)
    elif state:
        rows = rows.filter(state=state)
    if kept.get("de") == MINE:
        rows = rows.filter(assignee=access.user.pk)
    for name, column in (("protocolo", "protocol"), ("tipo", "kind"), ("unidad", "unit")):
        if value := kept.get(name):
            rows = rows.filter(**{column: value})
    return rows


def _cells(access: Access, row: Visit) -> list[Any]:
    return [
        row.protocol.name, row.get_kind_display(), row.unit.name, row.point.name if row.point else "",
        row.get_channel_display(), row.assignee.name if knows_visitor(access, row) else "Reservado",
        row.due_on, row.get_state_display(), row.visited_on if row.is_done else None, row.score,
        row.criticals, row.revision,
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ChecklistRight.DESIGN)
def assign(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask somebody to make a visit."""
    form = AssignForm(access.institution, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        _require_design(access, fields["unit_id"])
        row = assign_visit(institution=access.institution, actor=access.user, now=current_time(), **fields)
        messages.success(request, "Visita encargada.")
        return redirect(_address(access, _ONE, row.pk))

    return record_form(
        request, form, save, title="Encargar una visita", submit="Encargar", back_url=_address(access, _LIST)
    )


def _require_design(access: Access, unit_id: int) -> None:
    if not access.has_in(ChecklistRight.DESIGN, unit_id):
        raise PermissionDenied(ChecklistRight.DESIGN.value)


@require_safe
@staff_page()
def visit(request: HttpRequest, access: Access, visit_id: int) -> HttpResponse:
    """Show a visit: what was found, its score, what changed since the last one, and its findings."""
    _require_seeing(access)
    row = _visit_for(access, visit_id)
    designs, shows = access.has_in(ChecklistRight.DESIGN, row.unit_id), _sees_marks(access, row)
    sections = sections_of(row)
    context: dict[str, Any] = {"row": row, "knows": knows_visitor(access, row)}
    if shows:
        marks = {each.code: each for each in row.marks.select_related("finding")}
        files = attachments_of(row.institution_id, MARK, [each.pk for each in marks.values()])
        said = {code: each.mark for code, each in marks.items()}
        opened = _seen_findings(access, [each.finding_id for each in marks.values()])
        context |= {
            "score": score(sections, said),
            "sections": [
                (section, [_line(item, marks.get(item.code), files, opened) for item in section.items])
                for section in sections
            ],
            **_since(row, sections, said, visible_visits(access)),
        }
    context |= {
        "shows": shows,
        "may_change": designs and row.is_open,
        "may_correct": designs and row.is_done,
        "next": _next_act(access, row, context.get("score")),
        "revisions": list(row.revisions.select_related("made_by")) if row.is_done else [],
        "today": access.institution.local_date(current_time()),
    }
    return render(request, "surveys/workspace/visit.html", context)


def _sees_marks(access: Access, row: Visit) -> bool:
    """Return whether somebody may see what was found: of a visit that is not sent, only who makes it, and
    who asked for it where no stranger is to be kept from being known. No SQL.
    """
    designs = access.has_in(ChecklistRight.DESIGN, row.unit_id)
    return row.is_done or row.assignee_id == access.user.pk or (designs and row.kind != ProtocolKind.SHOPPER)


def _next_act(access: Access, row: Visit, found: Score | None) -> tuple[str, str] | None:
    """Return the one thing to do with a visit, and where; None where nothing is left for them."""
    if row.is_open and row.assignee_id == access.user.pk and access.has(ChecklistRight.VISIT):
        words = "Seguir la visita" if row.version else "Hacer la visita"
        return words, _address(access, "workspace:surveys:visit_make", row.pk)
    if row.is_done and found and found.failed and access.has_in(FindingRight.KEEP, row.unit_id):
        return "Abrir hallazgos", _address(access, "workspace:surveys:visit_findings", row.pk)
    return None


def _seen_findings(access: Access, ids: Sequence[int | None]) -> set[int]:
    wanted = [pk for pk in ids if pk is not None]
    return (
        set(visible_findings(access).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    )


def _line(item: Item, mark: Any, files: dict[int, Any], opened: set[int]) -> dict[str, Any]:
    said = mark.mark if mark else ""
    return {
        "item": item,
        "words": mark_words(said, item.top),
        "fails": said in item.marks and item.fails(said),
        "note": mark.note if mark else "",
        "files": [each for each in files.get(mark.pk, ()) if each.erased_at is None] if mark else [],
        "finding": mark.finding if mark and mark.finding_id in opened else None,
    }


def _since(row: Visit, sections: Any, said: dict[str, str], seen: Any) -> dict[str, Any]:
    """Return what changed since the last visit by the same protocol to the same place (3 SQL)."""
    before = visit_before(row) if row.is_done else None
    if before is None or not seen.filter(pk=before.pk).exists():
        return {}
    changes = [
        (
            each.item,
            mark_words(each.before, each.item.top),
            mark_words(each.after, each.item.top),
            each.is_better,
        )
        for each in moved(sections, marks_of(before), said)
    ]
    points = None if row.score is None or before.score is None else row.score - before.score
    by = {} if points is None else {"points": points, "by": abs(points)}
    return {"before": before, "changes": changes, **by}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ChecklistRight.VISIT)
def make(request: HttpRequest, access: Access, visit_id: int) -> HttpResponse:
    """Make a visit: begin it, keep what is found on the way, and send it."""
    row = _visit_for(access, visit_id)
    if row.assignee_id != access.user.pk:
        raise PermissionDenied(ChecklistRight.VISIT.value)
    if not row.is_open:
        return redirect(_address(access, _ONE, row.pk))
    common: dict[str, Any] = {
        "institution": access.institution, "visit_id": row.pk, "actor": access.user, "now": current_time(),
    }  # fmt: skip
    if row.state == VisitState.ASSIGNED:
        if request.method == "POST":
            begin_visit(**common)
            return redirect(request.path)
        return render(request, "surveys/workspace/visit_begin.html", {"row": row})
    form = _visit_form(request, row)

    def save(told: Any) -> str:
        act, based_on = request.POST.get("acto"), form.cleaned_data["based_on"]
        if act == "enviar":
            send_visit(**common, told=told, based_on=based_on)
            messages.success(request, "Visita enviada. Gracias.")
            may_find = access.has_in(FindingRight.KEEP, row.unit_id)
            failed = score(sections_of(row), marks_of(row)).failed
            return _address(
                access, "workspace:surveys:visit_findings" if may_find and failed else _ONE, row.pk
            )
        save_visit(**common, told=told, based_on=based_on)
        messages.success(request, "Guardado. Puede seguir más tarde.")
        return request.path

    return _filled_in(request, access, row, form, save, title=row.protocol.name)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ChecklistRight.DESIGN)
def correct(request: HttpRequest, access: Access, visit_id: int) -> HttpResponse:
    """Correct a visit that was sent, saying why; what it said before is kept."""
    row = _visit_for(access, visit_id)
    _require_design(access, row.unit_id)
    if not row.is_done:
        return redirect(_address(access, _ONE, row.pk))
    form = _visit_form(request, row, asks_why=True)

    def save(told: Any) -> str:
        correct_visit(
            institution=access.institution, visit_id=row.pk, told=told, reason=form.cleaned_data["reason"],
            actor=access.user, now=current_time(), based_on=form.cleaned_data["based_on"],
        )  # fmt: skip
        messages.success(request, "Visita corregida; lo que decía antes se conserva.")
        return _address(access, _ONE, row.pk)

    return _filled_in(request, access, row, form, save, title="Corregir la visita", is_correction=True)


def _visit_form(request: HttpRequest, row: Visit, *, asks_why: bool = False) -> VisitForm:
    marks = list(row.marks.all())
    files = attachments_of(row.institution_id, MARK, [each.pk for each in marks])
    kept = {each.code: (each.mark, each.note, files[each.pk]) for each in marks}
    data, sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return VisitForm(row, sections_of(row), data, sent, kept=kept, asks_why=asks_why)


def _filled_in(
    request: HttpRequest, access: Access, row: Visit, form: VisitForm, save: Callable[[Any], str], *,
    title: str,
    is_correction: bool = False,
) -> HttpResponse:  # fmt: skip
    meanwhile: Sequence[Any] = ()
    if form.is_bound and form.is_valid():
        try:
            return redirect(save(form.told))
        except Refused as refused:
            form.refuse(refusal_text(refused))
            meanwhile = standing_beside(form, refused)
    context = {
        "row": row, "form": form, "meanwhile": meanwhile, "title": title, "is_correction": is_correction,
        "back_url": _address(access, _ONE, row.pk),
    }  # fmt: skip
    return render(request, "surveys/workspace/visit_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ChecklistRight.DESIGN)
def change(request: HttpRequest, access: Access, visit_id: int) -> HttpResponse:
    """Ask somebody else, or give another day."""
    row = _open_for(access, visit_id)
    form = ChangeVisitForm(access.institution, row, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        change_visit(
            institution=access.institution, visit_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Encargo guardado.")
        return redirect(_address(access, _ONE, row.pk))

    return record_form(
        request, form, save, title="Cambiar el encargo", back_url=_address(access, _ONE, row.pk),
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ChecklistRight.DESIGN)
def withdraw(request: HttpRequest, access: Access, visit_id: int) -> HttpResponse:
    """Take back what somebody was asked."""
    row = _open_for(access, visit_id)

    def save(fields: dict[str, Any]) -> HttpResponse:
        withdraw_visit(
            institution=access.institution, visit_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Encargo retirado.")
        return redirect(_address(access, _ONE, row.pk))

    return record_form(
        request, WithdrawVisitForm(request.POST or None), save, title="Retirar el encargo", submit="Retirar",
        back_url=_address(access, _ONE, row.pk),
    )  # fmt: skip


def _open_for(access: Access, visit_id: int) -> Visit:
    row = _visit_for(access, visit_id)
    _require_design(access, row.unit_id)
    if not row.is_open:
        raise Http404(str(visit_id))
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(FindingRight.KEEP)
def findings(request: HttpRequest, access: Access, visit_id: int) -> HttpResponse:
    """Say which failed items become findings, how grave each is, who answers and by when."""
    _require_seeing(access)
    row = _visit_for(access, visit_id)
    if not access.has_in(FindingRight.KEEP, row.unit_id):
        raise PermissionDenied(FindingRight.KEEP.value)
    if not row.is_done:
        raise Http404(str(visit_id))
    found = set(row.marks.filter(finding__isnull=False).values_list("code", flat=True))
    failed = [item for item in score(sections_of(row), marks_of(row)).failed if item.code not in found]
    form = FindingsForm(access.institution, failed, access.user, request.POST or None)
    if form.is_bound and form.is_valid() and _open_all(request, access, row, form):
        return redirect(_address(access, _ONE, row.pk))
    context = {"row": row, "form": form, "failed": failed}
    return render(
        request, "surveys/workspace/visit_findings.html", context, status=422 if form.is_bound else 200
    )


def _open_all(request: HttpRequest, access: Access, row: Visit, form: FindingsForm) -> bool:
    opened = 0
    for code, fields in form.wanted:
        try:
            open_visit_finding(
                institution=access.institution, visit_id=row.pk, code=code, actor=access.user,
                now=current_time(), **fields,
            )  # fmt: skip
            opened += 1
        except Refused as refused:
            form.refuse(refusal_text(refused), f"s_{code}")
    if opened:
        messages.success(request, "1 hallazgo abierto." if opened == 1 else f"{opened} hallazgos abiertos.")
    return form.is_valid()


@require_safe
@staff_page()
def evidence(request: HttpRequest, access: Access, visit_id: int, attachment_id: int) -> HttpResponseBase:
    """Hand out a file of evidence of a visit."""
    _require_seeing(access)
    row = _visit_for(access, visit_id)
    if not _sees_marks(access, row):
        raise Http404(str(attachment_id))
    return staff_download(
        access.institution.pk, attachment_id, MARK, set(row.marks.values_list("pk", flat=True))
    )
