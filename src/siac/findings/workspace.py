# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of findings."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.findings.commands.findings import change_finding, follow_finding, open_finding
from siac.findings.commands.root_causes import write_root_cause
from siac.findings.domain.rights import FindingRight
from siac.findings.domain.states import KEEPERS, UNSETTLED, Step
from siac.findings.domain.subjects import Named, Subject, from_address, named, source_of
from siac.findings.forms import FindingForm, FollowForm, RootCauseForm, filled
from siac.findings.models import Finding, Severity, Source, StateLabel
from siac.findings.panels import finding_panels
from siac.findings.queries import may_follow, visible_findings
from siac.findings.texts import COLOURS, TOLD
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page, standing_beside, unit_options
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_LIST, _ONE = "workspace:findings:findings", "workspace:findings:finding"
UNSETTLED_VIEW = "pendientes"
_COLUMNS = (
    Column("Número", 14), Column("Qué se encontró", 50), Column("Gravedad", 12), Column("De dónde sale", 22),
    Column("Unidad", 30), Column("Responsable", 26), Column("Plazo", 12), Column("Estado", 12),
    Column("Abierto", 12), Column("Cerrado", 12),
)  # fmt: skip


@require_safe
@staff_page(FindingRight.READ)
def finding_list(request: HttpRequest, access: Access) -> HttpResponseBase:
    """List the findings that wait, the gravest first; or those of another state, source or unit."""
    states = [(UNSETTLED_VIEW, "Pendientes"), *StateLabel.choices]
    asked = Asked.of(
        request,
        Filter("estado", options=states),
        Filter("gravedad", "Gravedad", Severity.choices),
        Filter("fuente", "De dónde sale", Source.choices),
        Filter("unidad", "Unidad", unit_options(access.institution), every="Todas"),
    )
    state = asked.kept.get("estado", UNSETTLED_VIEW)
    rows = visible_findings(access).select_related("unit", "responsible")
    rows = rows.filter(state__in=UNSETTLED) if state == UNSETTLED_VIEW else rows.filter(state=state)
    for name, column in (("gravedad", "severity"), ("fuente", "source"), ("unidad", "unit")):
        if value := asked.kept.get(name):
            rows = rows.filter(**{column: value})
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        zone = access.institution.zone
        body = ([*_cells(row), row.opened_at.astimezone(zone).date(), _day(row, zone)] for row in rows)
        return table_response(_COLUMNS, body, form=wanted, name="hallazgos", title="Hallazgos")
    context = {
        "asked": asked,
        "listing": asked.listing(rows, ("severity", "pk"), export_url=request.path),
        "state": state,
        "states": states,
        "today": access.institution.local_date(current_time()),
        "may_keep": access.has(FindingRight.KEEP),
    }
    return render(request, "findings/workspace/findings.html", context)


def _cells(row: Finding) -> list[Any]:
    return [
        row.code, row.title, row.get_severity_display(), row.get_source_display(),
        row.unit.name if row.unit else "", row.responsible.name if row.responsible else "", row.due_on,
        row.get_state_display(),
    ]  # fmt: skip


def _day(row: Finding, zone: Any) -> Any:
    return row.settled_at.astimezone(zone).date() if row.settled_at else None


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(FindingRight.KEEP)
def open_one(request: HttpRequest, access: Access) -> HttpResponse:
    """Open a finding; `trata` in the address says about which thing (`cause-12`)."""
    subject, about = _about(access, request.GET.get("trata", ""))
    initial: dict[str, Any] = {"severity": Severity.MODERATE}
    if subject is not None and about is not None:
        initial |= {"source": source_of(subject.kind), "title": about.name[:150]}
    form = FindingForm(access.institution, request.POST or None, initial=initial)

    def save(fields: dict[str, Any]) -> HttpResponse:
        _require(access, fields["unit_id"])
        row = open_finding(
            institution=access.institution, actor=access.user, now=current_time(), subject=subject, **fields
        )
        messages.success(request, f"Hallazgo {row.code} abierto.")
        return redirect(_ONE, access.institution.slug, row.pk)

    return record_form(
        request, form, save, title="Nuevo hallazgo", submit="Abrir el hallazgo",
        back_url=about.url if about and about.url else reverse(_LIST, args=[access.institution.slug]),
        intro=f"Trata de: {about.name}" if about else "",
    )  # fmt: skip


def _about(access: Access, text: str) -> tuple[Subject | None, Named | None]:
    """Return the thing of an address with its name; neither where whoever asks may not know of it."""
    subject = from_address(text)
    about = named(access, subject) if subject is not None else None
    return (subject, about) if about is not None else (None, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(FindingRight.KEEP)
def change(request: HttpRequest, access: Access, finding_id: int) -> HttpResponse:
    """Change a finding."""
    row = _of(access, finding_id)
    _require(access, row.unit_id)
    form = FindingForm(access.institution, request.POST or None, initial=filled(row), row=row)

    def save(fields: dict[str, Any]) -> HttpResponse:
        _require(access, fields["unit_id"])
        change_finding(
            institution=access.institution, finding_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Hallazgo guardado.")
        return redirect(_ONE, access.institution.slug, row.pk)

    return record_form(
        request, form, save, title=f"Cambiar {row.code}",
        back_url=reverse(_ONE, args=[access.institution.slug, row.pk]),
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(FindingRight.READ)
def finding(request: HttpRequest, access: Access, finding_id: int) -> HttpResponse:
    """Show a finding with what was done about it, and take the next step with it."""
    row = _of(access, finding_id)
    may_keep, follows = access.has_in(FindingRight.KEEP, row.unit_id), may_follow(access, row)
    form = FollowForm(row.state, request.POST or None, may_keep=may_keep) if follows else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(FindingRight.FOLLOW.value)
        if form.is_valid() and _followed(request, access, row, form):
            return redirect(_ONE, access.institution.slug, row.pk)
    subject = Subject(row.subject_kind, row.subject_id) if row.subject_id is not None else None
    context = {
        "finding": row,
        "subject": named(access, subject) if subject else None,
        "notes": [(note, TOLD[Step(note.step)]) for note in row.notes.select_related("written_by")],
        "form": form,
        "panels": finding_panels(row, access),
        "root_causes": list(row.root_causes.select_related("written_by")),
        "follows": follows and row.state != "dismissed",
        "may_keep": may_keep and not row.is_settled,
        "today": access.institution.local_date(current_time()),
        "colour": COLOURS[row.state],  # type: ignore[index]
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "findings/workspace/finding.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(FindingRight.READ)
def root_cause(request: HttpRequest, access: Access, finding_id: int) -> HttpResponse:
    """Write down why a finding came about, by asking why up to five times."""
    row = _of(access, finding_id)
    if not may_follow(access, row) and not access.has_in(FindingRight.KEEP, row.unit_id):
        raise PermissionDenied(FindingRight.FOLLOW.value)
    known = list(row.root_causes.select_related("written_by"))
    form = RootCauseForm(request.POST or None, row=known[0] if known else None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        write_root_cause(
            institution=access.institution, finding_id=row.pk, category=fields["category"], whys=form.whys,
            actor=access.user, now=current_time(), based_on=fields["based_on"],
        )  # fmt: skip
        messages.success(request, "Causa de fondo guardada.")
        return redirect(_ONE, access.institution.slug, row.pk)

    return record_form(
        request, form, save, title=f"Causa de fondo de {row.code}",
        intro="Pregunte por qué hasta llegar a lo que se puede corregir: no hace falta llegar a cinco.",
        back_url=reverse(_ONE, args=[access.institution.slug, row.pk]),
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip


def _require(access: Access, unit_id: int | None) -> None:
    """Refuse whoever does not keep the findings of a unit (None: of the whole body)."""
    if not access.has_in(FindingRight.KEEP, unit_id):
        raise PermissionDenied(FindingRight.KEEP.value)


def _followed(request: HttpRequest, access: Access, row: Finding, form: FollowForm) -> bool:
    step = Step(form.cleaned_data["step"])
    if step in KEEPERS:
        _require(access, row.unit_id)
    try:
        follow_finding(
            institution=access.institution,
            finding_id=row.pk,
            step=step,
            body=form.cleaned_data["body"],
            actor=access.user,
            now=current_time(),
        )
    except Refused as refused:
        form.refuse(refusal_text(refused))
        return False
    messages.success(request, "Anotado.")
    return True


def _of(access: Access, pk: int) -> Finding:
    rows = visible_findings(access).select_related("unit", "responsible", "opened_by")
    return get_object_or_404(rows, pk=pk)
