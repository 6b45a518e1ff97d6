# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of certificates of a charter: which there are, their audits, what these found."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.charters.certifying.forms import AuditFindingForm, AuditForm, CertificationForm
from siac.charters.commands.certifying import (
    AUDIT_FILES,
    AUDITED,
    CERTIFICATE_FILES,
    note_audit,
    open_audit_finding,
    save_certification,
)
from siac.charters.domain.certifying import holds_until
from siac.charters.domain.rights import CharterRight
from siac.charters.editor.reading import charter_of
from siac.charters.models import Certification, CertificationAudit, Charter
from siac.charters.queries import audits_to_make, certificates_to_renew
from siac.documents.public import attachments_of, staff_download
from siac.findings.public import Finding, FindingRight, Severity, visible_findings
from siac.findings.public import Named as About
from siac.organizations.public import Access, staff_page, standing_beside
from siac.ui.forms import basis_field
from siac.ui.public import long_date
from siac.ui.records import Row, record_form, record_list

_ALL = "workspace:charters:certifications"
_KEPT = ("certifier", "norm", "number", "scope", "valid_from", "valid_to")


def audit_names(access: object, ids: list[int]) -> Mapping[int, About]:
    """Return what findings call follow-up audits, and their page (1 SQL)."""
    body = cast("Access", access).institution
    rows = CertificationAudit.objects.filter(institution=body, pk__in=ids).select_related("certification")
    return {
        row.pk: About(
            f"Auditoría de {row.certification.certifier}, {row.held_on or row.due_on:%d-%m-%Y}",
            reverse(_ALL, args=[body.slug, row.certification.charter_id]),
        )
        for row in rows
    }


@require_safe
@staff_page(CharterRight.READ)
def certifications(request: HttpRequest, access: Access, charter_id: int) -> HttpResponse:
    """Show the certificates of a charter, the newest first, with their audits and what these found."""
    charter = charter_of(access, charter_id)
    rows = list(Certification.objects.filter(charter=charter).prefetch_related("audits"))
    audits = [audit for row in rows for audit in row.audits.all()]
    found: dict[int, list[Finding]] = {}
    about = visible_findings(access).filter(
        subject_kind=AUDITED, subject_id__in=[audit.pk for audit in audits]
    )
    for finding in about.order_by("severity", "pk"):
        found.setdefault(finding.subject_id or 0, []).append(finding)
    body, today = access.institution.pk, access.institution.local_date(current_time())
    of_rows = attachments_of(body, CERTIFICATE_FILES, [row.pk for row in rows])
    of_audits = attachments_of(body, AUDIT_FILES, [audit.pk for audit in audits])
    told = [
        (
            row, row.is_valid(today), of_rows[row.pk],
            [(audit, of_audits[audit.pk], found.get(audit.pk, [])) for audit in row.audits.all()],
        )
        for row in rows
    ]  # fmt: skip
    context = {
        "charter": charter, "told": told, "today": today, "may_keep": access.has(CharterRight.KEEP),
        "may_find": access.has(FindingRight.KEEP),
    }  # fmt: skip
    return render(request, "charters/certifying/certifications.html", context)


@require_safe
@staff_page(CharterRight.KEEP)
def waiting(request: HttpRequest, access: Access) -> HttpResponse:
    """List the audits to be made and the certificates to be renewed, what is due first first."""
    body, today = access.institution, access.institution.local_date(current_time())
    audits = audits_to_make(body, today=today).select_related("certification__charter")
    ending = certificates_to_renew(body, today=today).select_related("charter")
    found = [(each.due_on, each.certification, "Auditoría de seguimiento") for each in audits.order_by("pk")]
    found += [(each.valid_to, each, "Renovar el certificado") for each in ending.order_by("pk")]
    rows = [
        Row(
            [
                words, certificate.charter.title, f"{certificate.certifier}, {certificate.number}",
                f"{long_date(day)}, tarde" if day < today else long_date(day),
            ],
            f"{reverse(_ALL, args=[body.slug, certificate.charter_id])}#certificado-{certificate.pk}",
        )
        for day, certificate, words in sorted(found, key=lambda each: each[0])
    ]  # fmt: skip
    return record_list(
        request, title="Certificaciones por auditar o renovar", rows=rows,
        columns=("Qué", "Carta", "Certificado", "Antes del"),
        other=("Cartas", reverse("workspace:charters:charters", args=[body.slug])),
        empty="Nada por auditar ni por renovar.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def certification(
    request: HttpRequest, access: Access, charter_id: int, certification_id: int | None = None
) -> HttpResponse:
    """Write down a certificate of a charter, or correct one."""
    charter = charter_of(access, charter_id)
    row = _certificate(charter, certification_id) if certification_id is not None else None
    initial = {name: getattr(row, name) for name in _KEPT} if row else {}
    form = CertificationForm(request.POST or None, request.FILES or None, initial=initial)
    form.fields["based_on"] = basis_field(row.version if row else None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        fields["valid_to"] = fields["valid_to"] or holds_until(fields["valid_from"])
        save_certification(
            institution=access.institution, charter_id=charter.pk, certification_id=certification_id,
            files=fields.pop("attachments"), actor=access.user, now=current_time(), **fields,
        )  # fmt: skip
        messages.success(request, "Certificación guardada.")
        return redirect(_ALL, access.institution.slug, charter.pk)

    return record_form(
        request, form, save, title="Certificación" if row else "Nueva certificación",
        back_url=reverse(_ALL, args=[access.institution.slug, charter.pk]),
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip


def _certificate(charter: Charter, pk: int) -> Certification:
    found = Certification.objects.filter(charter=charter, pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    return found


def _audit(access: Access, audit_id: int) -> CertificationAudit:
    rows = CertificationAudit.objects.filter(institution=access.institution, pk=audit_id)
    found = rows.select_related("certification").first()
    if found is None:
        raise Http404(str(audit_id))
    return found


def _back(access: Access, row: CertificationAudit) -> str:
    return reverse(_ALL, args=[access.institution.slug, row.certification.charter_id])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def audit(request: HttpRequest, access: Access, audit_id: int) -> HttpResponse:
    """Write down what a follow-up audit said, or correct it."""
    row = _audit(access, audit_id)
    is_made = row.held_on is not None
    initial = {name: getattr(row, name) for name in ("held_on", "result", "words")} if is_made else {}
    form = AuditForm(request.POST or None, request.FILES or None, initial=initial)
    form.fields["based_on"] = basis_field(row.version if is_made else None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        note_audit(
            institution=access.institution, audit_id=row.pk, files=fields.pop("attachments"),
            actor=access.user, now=current_time(), **fields,
        )  # fmt: skip
        messages.success(request, "Auditoría anotada. Abra un hallazgo por cada cosa que deba corregirse.")
        return redirect(_back(access, row))

    return record_form(
        request, form, save, title="Auditoría de seguimiento", back_url=_back(access, row),
        intro=f"{row.certification.certifier}, certificado {row.certification.number}.",
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(FindingRight.KEEP)
def audit_finding(request: HttpRequest, access: Access, audit_id: int) -> HttpResponse:
    """Open a finding about what a follow-up audit found."""
    row = _audit(access, audit_id)
    form = AuditFindingForm(access.institution, request.POST or None, initial={"severity": Severity.MODERATE})

    def save(fields: dict[str, Any]) -> HttpResponse:
        if not access.has_in(FindingRight.KEEP, fields["unit_id"]):
            raise PermissionDenied(FindingRight.KEEP.value)
        made = open_audit_finding(
            institution=access.institution, audit_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, f"Hallazgo {made.code} abierto.")
        return redirect(_back(access, row))

    return record_form(
        request, form, save, title="Hallazgo de la auditoría", submit="Abrir el hallazgo",
        back_url=_back(access, row),
    )  # fmt: skip


@require_safe
@staff_page(CharterRight.READ)
def certificate_file(
    request: HttpRequest, access: Access, charter_id: int, kind: str, attachment_id: int
) -> HttpResponseBase:
    """Hand out a certificate, or the report of an audit."""
    charter = charter_of(access, charter_id)
    if kind == "informe":
        audits = CertificationAudit.objects.filter(certification__charter=charter)
        of = AUDIT_FILES, set(audits.values_list("pk", flat=True))
    else:
        rows = Certification.objects.filter(charter=charter)
        of = CERTIFICATE_FILES, set(rows.values_list("pk", flat=True))
    return staff_download(access.institution.pk, attachment_id, *of)
