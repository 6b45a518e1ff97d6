# SPDX-License-Identifier: EUPL-1.2
"""Signing by a program or a service outside: opening it, and saying which ones a body uses."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from siac.accounts.public import ask_again, asks_again
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, staff_page
from siac.signing.commands.asking import ask_signature
from siac.signing.commands.porting import open_program
from siac.signing.commands.porting_peru import admission_for
from siac.signing.commands.ports import save_port
from siac.signing.domain.ports import LASTS, Port
from siac.signing.domain.rights import SignRight
from siac.signing.forms import PORT_FORMS
from siac.signing.ports import autofirma, firmaperu
from siac.signing.programs import fetch_address, store_address
from siac.signing.programs_peru import arguments_address
from siac.signing.queries import has_port, port_of
from siac.signing.texts import PORT_HINTS, PORTS, port_trouble_text
from siac.signing.workspace.documents import found_document, whole_title
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_ONE, _SETUP = "workspace:signing:document", "workspace:signing:setup"


@require_POST
@staff_page(SignRight.SIGN)
@asks_again
@never_cache
def open_autofirma(request: HttpRequest, access: Access, kind: str, subject_id: int) -> HttpResponse:
    """Show the link that opens AutoFirma with a document: it is told once, and holds a quarter of an hour."""
    body, now = access.institution, current_time()
    of, found = found_document(access, kind, subject_id, now)
    try:
        opened = open_program(
            institution=body, kind=kind, subject_id=subject_id, title=whole_title(of, found),
            port=Port.AUTOFIRMA, actor=access.user, now=now, not_before=found.stands_from,
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refusal_text(refused))
        return redirect(_ONE, body.slug, kind, subject_id)
    link = autofirma.link(
        fetch=opened.fetch, store=opened.store, fetch_from=fetch_address(body), store_at=store_address(body)
    )
    context = {
        "link": link, "of": of, "found": found, "kind": kind, "subject_id": subject_id, "until": now + LASTS,
    }  # fmt: skip
    return render(request, "signing/autofirma.html", context)


@require_POST
@staff_page(SignRight.SIGN)
@asks_again
@never_cache
def open_firmaperu(request: HttpRequest, access: Access, kind: str, subject_id: int) -> HttpResponse:
    """Show the form that sends a document to Firma Perú on this desk: it is told once, and holds a quarter of
    an hour. Only this page may send anything there (`form-action`).
    """
    body, now = access.institution, current_time()
    of, found = found_document(access, kind, subject_id, now)
    try:
        if has_port(body, Port.FIRMAPERU):
            admission_for(body, now)
        opened = open_program(
            institution=body, kind=kind, subject_id=subject_id, title=whole_title(of, found),
            port=Port.FIRMAPERU, actor=access.user, now=now, not_before=found.stands_from,
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refusal_text(refused))
        return redirect(_ONE, body.slug, kind, subject_id)
    context = {
        "of": of, "found": found, "kind": kind, "subject_id": subject_id, "until": now + LASTS,
        "param": firmaperu.opening(arguments_at=arguments_address(body), token=opened.arguments),
        "sign_at": firmaperu.SIGN_AT, "windows": firmaperu.START_WINDOWS, "mac": firmaperu.START_MAC,
    }  # fmt: skip
    response = render(request, "signing/firmaperu.html", context)
    response._csp_update = {"form-action": firmaperu.DESK}  # type: ignore[attr-defined]
    return response


@require_POST
@staff_page(SignRight.SIGN)
@asks_again
def ask_firmagob(request: HttpRequest, access: Access, kind: str, subject_id: int) -> HttpResponse:
    """Ask that FirmaGob signs a document."""
    body, now = access.institution, current_time()
    of, found = found_document(access, kind, subject_id, now)
    try:
        if not has_port(body, Port.FIRMAGOB):
            raise Refused("port_closed")
        ask_signature(
            institution=body, kind=kind, subject_id=subject_id, title=whole_title(of, found),
            actor=access.user, now=now, not_before=found.stands_from, way=Port.FIRMAGOB,
        )  # fmt: skip
        messages.success(request, "Firma pedida a FirmaGob. Actualice esta página en unos segundos.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_ONE, body.slug, kind, subject_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def port(request: HttpRequest, access: Access, port: str) -> HttpResponse:
    """Say whether the body signs by a program or service outside, and by what that knows it (1 SQL).

    Who they are is proved before the page opens: a secret does not wait in a session.
    """
    if port not in set(Port):
        raise Http404(port)
    ask_again(request, keeps=False)
    body, which = access.institution, Port(port)
    sent = request.POST if request.method == "POST" else None
    row = port_of(body, which)
    form = PORT_FORMS[which](sent, instance=row)

    def save(fields: dict[str, object]) -> HttpResponse:
        save_port(institution=body, port=which, actor=access.user, now=current_time(), **fields)  # type: ignore[arg-type]
        messages.success(request, "Guardado.")
        return redirect(_SETUP, body.slug)

    return record_form(
        request, form, save, title=f"Firmar con {PORTS[which]}", back_url=reverse(_SETUP, args=[body.slug]),
        intro=" ".join(filter(None, (PORT_HINTS[which], port_trouble_text(row.trouble)))),
    )  # fmt: skip
