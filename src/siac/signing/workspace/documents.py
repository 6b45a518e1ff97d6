# SPDX-License-Identifier: EUPL-1.2
"""The pages of signatures: which there are, and one document with all that can be done to have it signed."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.accounts.public import ask_again, asks_again
from siac.documents.public import attachment, download_response
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState, is_moving
from siac.organizations.public import Access, StaffRight, staff_page
from siac.signing.commands.asking import ask_signature, bring_back, give_up, take_out, try_again
from siac.signing.domain.codes import shown
from siac.signing.domain.ports import Port
from siac.signing.domain.rights import SignRight
from siac.signing.domain.signables import Found, Signable, signable, title_of
from siac.signing.domain.states import SignState
from siac.signing.forms import SignedForm
from siac.signing.models import Signature, SigningPort
from siac.signing.pdf.extra import is_installed
from siac.signing.queries import (
    annulled,
    certificate_in_force,
    ports_of,
    signature_of,
    signatures,
    stamps_for,
    trouble_with,
)
from siac.signing.texts import MISSING, TROUBLES, port_trouble_text, trouble_text
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_ONE = "workspace:signing:document"
TAGS: dict[str, str] = {
    WorkState.DONE: "green", WorkState.FAILED: "red", WorkState.STOPPED: "grey", SignState.HELD: "orange",
    SignState.OUTSIDE: "blue", SignState.ANNULLED: "grey",
}  # fmt: skip


@require_safe
@staff_page(SignRight.READ)
def documents(request: HttpRequest, access: Access) -> HttpResponse:
    """List what was signed or is to be of what they may open, the latest first (1 SQL)."""
    states = [
        (code, words) for code, words in Signature._meta.get_field("state").flatchoices if code != "running"
    ]
    asked = Asked.of(request, Filter("estado", "Estado", states))
    rows = signatures(access)
    if "estado" in asked.kept:
        rows = rows.filter(state=asked.kept["estado"])
    listing = asked.listing(rows, ("-created_at", "-pk"))
    told = [
        (row, title_of(row.kind), TAGS.get(row.state, "blue"), trouble_text(row.trouble))
        for row in listing.rows
    ]
    return render(
        request,
        "signing/documents.html",
        {
            "listing": listing,
            "rows": told,
            "asked": asked,
            "keeps": access.has(StaffRight.SETUP),
        },
    )


def found_document(access: Access, kind: str, subject_id: int, now: datetime) -> tuple[Signable, Found]:
    """Return the document of an address.

    Raises:
        Http404, PermissionDenied: there is none, or not for this user.
    """
    of = signable(kind)
    if of is None:
        raise Http404(kind)
    return of, of.find(access, subject_id, now)


@require_safe
@staff_page(SignRight.READ)
def document(request: HttpRequest, access: Access, kind: str, subject_id: int) -> HttpResponse:
    """Show how the signature of a document stands, and what can be done (5 SQL, and those of finding it)."""
    body, now = access.institution, current_time()
    of, found = found_document(access, kind, subject_id, now)
    row = signature_of(body, kind, subject_id)
    certificate = certificate_in_force(body.pk)
    trouble = trouble_with(certificate, now)
    signs = access.has(SignRight.SIGN)
    ports = ports_of(body) if signs else {}
    context = {
        "of": of, "found": found, "row": row, "kind": kind, "subject_id": subject_id, "signs": signs,
        "certificate": certificate,
        "until": body.local_date(certificate.until) if certificate else None,
        "cannot": TROUBLES[trouble] if trouble else "",
        "trouble": trouble_text(row.trouble) if row else "",
        "tag": TAGS.get(row.state, "blue") if row else "",
        "code": shown(row.code) if row else "", "is_moving": row is not None and is_moving(row.state),
        "missing": "" if is_installed() else MISSING,
        "annulled": [(each, shown(each.code)) for each in annulled(body, kind, subject_id)],
        "keeps": access.has(StaffRight.SETUP),
        "stamps": not row and bool(stamps_for(body)), "ports": ports,
        "no_leave": _no_leave(ports, now),
    }  # fmt: skip
    return render(request, "signing/document.html", context)


def _no_leave(ports: Mapping[str, SigningPort], now: datetime) -> str:
    """Return why Firma Perú cannot be used now; "" where it can, or the body does not sign by it."""
    row = ports.get(Port.FIRMAPERU)
    if row is None or (row.admission_until and row.admission_until > now):
        return ""
    return port_trouble_text(row.trouble)


def _done(
    request: HttpRequest, access: Access, kind: str, subject_id: int, act: Callable[[], str]
) -> HttpResponse:
    """Do something with a document and show how it stands then."""
    try:
        messages.success(request, act())
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_ONE, access.institution.slug, kind, subject_id)


def whole_title(of: Signable, found: Found) -> str:
    """Return what a document is called, with what it is."""
    return found.title if found.title.startswith(of.title) else f"{of.title} {found.title}"


@require_POST
@staff_page(SignRight.SIGN)
@asks_again
def sign(request: HttpRequest, access: Access, kind: str, subject_id: int) -> HttpResponse:
    """Ask that a document is signed with the certificate of the body."""
    now = current_time()
    of, found = found_document(access, kind, subject_id, now)

    def act() -> str:
        ask_signature(
            institution=access.institution, kind=kind, subject_id=subject_id, title=whole_title(of, found),
            actor=access.user, now=now, not_before=found.stands_from,
        )  # fmt: skip
        return "Firma pedida. Estará lista en unos segundos: actualice esta página."

    return _done(request, access, kind, subject_id, act)


@require_POST
@staff_page(SignRight.SIGN)
@asks_again
def out(request: HttpRequest, access: Access, kind: str, subject_id: int) -> HttpResponse:
    """Prepare a document to be signed elsewhere."""
    now = current_time()
    of, found = found_document(access, kind, subject_id, now)

    def act() -> str:
        take_out(
            institution=access.institution, kind=kind, subject_id=subject_id, title=whole_title(of, found),
            actor=access.user, now=now, not_before=found.stands_from,
        )  # fmt: skip
        return "Documento preparado. Descárguelo, fírmelo y súbalo aquí."

    return _done(request, access, kind, subject_id, act)


def _row(access: Access, kind: str, subject_id: int) -> Signature:
    found_document(access, kind, subject_id, current_time())
    row = signature_of(access.institution, kind, subject_id)
    if row is None:
        raise Http404(kind)
    return row


@require_POST
@staff_page(SignRight.SIGN)
@asks_again
def again(request: HttpRequest, access: Access, kind: str, subject_id: int) -> HttpResponse:
    """Ask once more for a signature that failed."""
    row = _row(access, kind, subject_id)

    def act() -> str:
        try_again(institution=access.institution, signature_id=row.pk, actor=access.user, now=current_time())
        return "Firma pedida otra vez."

    return _done(request, access, kind, subject_id, act)


@require_POST
@staff_page(SignRight.SIGN)
def cancel(request: HttpRequest, access: Access, kind: str, subject_id: int) -> HttpResponse:
    """Give a signature up that is not made yet."""
    row = _row(access, kind, subject_id)

    def act() -> str:
        give_up(institution=access.institution, signature_id=row.pk, actor=access.user, now=current_time())
        return "Firma cancelada. Puede pedirla de otra forma."

    return _done(request, access, kind, subject_id, act)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SignRight.SIGN)
def back(request: HttpRequest, access: Access, kind: str, subject_id: int) -> HttpResponse:
    """Take a document back that was signed elsewhere (2 SQL to show it, and those of finding it).

    Who they are is proved before the page opens: a file does not wait in a session.
    """
    row = _row(access, kind, subject_id)
    ask_again(request, keeps=False)
    form = SignedForm(request.POST, request.FILES) if request.method == "POST" else SignedForm()
    page = reverse(_ONE, args=[access.institution.slug, kind, subject_id])
    if not row.is_outside and request.method != "POST":
        return redirect(page)

    def save(fields: dict[str, object]) -> HttpResponse:
        bring_back(
            institution=access.institution, signature_id=row.pk, content=form.cleaned_data["file"].read(),
            actor=access.user, now=current_time(),
        )  # fmt: skip
        messages.success(request, "Documento firmado guardado.")
        return redirect(page)

    return record_form(
        request, form, save, title=f"Subir firmado: {row.title}", back_url=page, submit="Subir firmado",
        field="file",
    )  # fmt: skip


@require_safe
@staff_page(SignRight.SIGN)
def original(request: HttpRequest, access: Access, kind: str, subject_id: int) -> HttpResponseBase:
    """Hand out the document as it is to be signed elsewhere."""
    row = _row(access, kind, subject_id)
    if not row.is_outside:
        raise Http404(kind)
    return file_of(access, row.original_id)


@require_safe
@staff_page(SignRight.READ)
def signed(request: HttpRequest, access: Access, kind: str, subject_id: int) -> HttpResponseBase:
    """Hand out the signed document."""
    return file_of(access, _row(access, kind, subject_id).signed_id)


def file_of(access: Access, attachment_id: int | None) -> HttpResponseBase:
    """Hand out a file to staff (1 SQL).

    Raises:
        Http404: there is none.
    """
    if attachment_id is None:
        raise Http404("archivo")
    try:
        return download_response(attachment(access.institution.pk, attachment_id), to_staff=True)
    except Refused:
        raise Http404("archivo") from None
