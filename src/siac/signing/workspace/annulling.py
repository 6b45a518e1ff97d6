# SPDX-License-Identifier: EUPL-1.2
"""The page on which a signature is annulled, and the files of those that were."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.accounts.public import asks_again
from siac.kernel.work_states import WorkState
from siac.organizations.public import Access, StaffRight, staff_page
from siac.signing.commands.annulling import annul_signature, erase_reason
from siac.signing.domain.codes import shown, typed
from siac.signing.domain.rights import SignRight
from siac.signing.forms import AnnulForm, ReasonForm
from siac.signing.queries import verified, was_signed
from siac.signing.texts import REFUSALS
from siac.signing.workspace.documents import file_of, found_document
from siac.ui.records import record_form

_ALL = "workspace:signing:documents"


@require_safe
@staff_page(StaffRight.SETUP)
def by_code(request: HttpRequest, access: Access) -> HttpResponse:
    """Lead whoever keeps the certificate to the signature with a code, to annul it or erase why (1 SQL):
    of documents that they may not open, no list names it.
    """
    body, code = access.institution, typed(request.GET.get("codigo", ""))
    row = verified(body, code) if code else None
    if row is None:
        messages.error(request, "Ningún documento firmado tiene ese código. Revise que esté completo.")
        return redirect(_ALL, body.slug)
    page = "annul" if row.state == WorkState.DONE else "reason"
    return redirect(f"{reverse(f'workspace:signing:{page}', args=[body.slug, row.pk])}?codigo={code}")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
@asks_again
def annul(request: HttpRequest, access: Access, signature_id: int) -> HttpResponse:
    """Say why a signature does not count any more, and annul it (1 SQL to show it).

    By whoever keeps the certificate, of a document that they may open or whose code they know.
    """
    body = access.institution
    row = was_signed(access, signature_id, typed(request.GET.get("codigo", "")))
    if row is None:
        raise Http404(str(signature_id))
    back = reverse(_ALL, args=[body.slug])
    if row.state != WorkState.DONE:
        messages.info(request, REFUSALS["signing_annulled"])
        return redirect(back)
    form = AnnulForm(request.POST or None)

    def save(fields: dict[str, object]) -> HttpResponse:
        annul_signature(
            institution=body, signature_id=signature_id, reason=form.cleaned_data["reason"],
            actor=access.user, now=current_time(),
        )  # fmt: skip
        messages.success(request, "Firma anulada. El documento se puede firmar otra vez.")
        return redirect(back)

    return record_form(
        request, form, save, title=f"Anular la firma: {row.title}", back_url=back, submit="Anular esta firma",
        is_grave=True, field="reason",
        intro=(
            f"Código {shown(row.code)}. No se puede deshacer. El archivo se conserva, y quien compruebe el "
            "documento leerá que su firma se anuló y cuándo."
        ),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
@asks_again
def reason(request: HttpRequest, access: Access, signature_id: int) -> HttpResponse:
    """Erase why a signature was annulled (1 SQL to show it)."""
    body = access.institution
    row = was_signed(access, signature_id, typed(request.GET.get("codigo", "")))
    if row is None or row.annulled_at is None:
        raise Http404(str(signature_id))
    back = reverse(_ALL, args=[body.slug])
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def save(fields: dict[str, object]) -> HttpResponse:
        erase_reason(
            institution=body, signature_id=signature_id, instead=form.cleaned_data["reason"],
            actor=access.user, now=current_time(),
        )  # fmt: skip
        messages.success(request, "Motivo borrado.")
        return redirect(back)

    return record_form(
        request, form, save, title=f"Borrar el motivo: {row.title}", back_url=back, submit="Borrar el motivo",
        is_grave=True, field="reason",
        intro=(
            f"Código {shown(row.code)}. El motivo de la anulación se borra y no vuelve, por si nombra a una "
            "persona. Sigue a la vista que la firma se anuló, cuándo y por quién."
        ),
    )  # fmt: skip


@require_safe
@staff_page(SignRight.READ)
def annulled_file(
    request: HttpRequest, access: Access, kind: str, subject_id: int, signature_id: int
) -> HttpResponseBase:
    """Hand out a document whose signature was annulled (2 SQL, and those of finding it)."""
    found_document(access, kind, subject_id, current_time())
    row = was_signed(access, signature_id)
    if row is None or row.annulled_at is None or (row.kind, row.subject_id) != (kind, subject_id):
        raise Http404(str(signature_id))
    return file_of(access, row.signed_id)
