# SPDX-License-Identifier: EUPL-1.2
"""How a body signs: its certificate, the time stamps, what it signs by itself."""

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.accounts.public import ask_again, asks_again
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution, StaffRight, setup_tabs, staff_page
from siac.signing.commands.certificates import add_certificate, save_setup, withdraw_certificate
from siac.signing.forms import CertificateForm, SetupForm
from siac.signing.models import SigningCertificate, SigningPort
from siac.signing.pdf.extra import is_installed
from siac.signing.queries import (
    certificate_in_force,
    former_certificates,
    ports_of,
    setup_of,
    stamps_for,
    trouble_with,
)
from siac.signing.texts import MISSING, PORTS, TROUBLES, port_trouble_text
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_OWN = "workspace:signing:setup"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
@asks_again
def setup(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the certificate of the body and the ones before, and change how it signs (6 SQL)."""
    body, now = access.institution, current_time()
    form = SetupForm(request.POST or None, instance=setup_of(body))
    if form.is_bound and form.is_valid():
        try:
            save_setup(institution=body, actor=access.user, now=now, **form.cleaned_data)
            messages.success(request, "Guardado.")
            return redirect(_OWN, body.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused), "stamps" if refused.code == "stamps_address" else None)
    row = certificate_in_force(body.pk)
    trouble = trouble_with(row, now) if row else None
    used = ports_of(body)
    context = {
        "form": form, "tabs": setup_tabs(body), "certificate": row, "former": _former(body),
        "since": body.local_date(row.since) if row else None,
        "until": body.local_date(row.until) if row else None,
        "trouble": TROUBLES[trouble] if trouble else "", "missing": "" if is_installed() else MISSING,
        "stamps": stamps_for(body),
        "port_troubles": [
            (port_trouble_text(row.trouble), row.trouble_at) for row in used.values() if row.trouble
        ],
        **_ports(body, used),
        "left": (body.local_date(row.until) - body.local_date(now)).days if row else 0,
    }  # fmt: skip
    return render(request, "signing/setup.html", context, status=422 if form.is_bound else 200)


def _ports(
    body: Institution, used: Mapping[str, SigningPort]
) -> dict[str, list[tuple[str, str, SigningPort | None]]]:
    """Return the programs and services outside, with how the body uses them: those of its country and those
    it uses, and the others. No SQL.
    """
    told = [(key.value, words, used.get(key.value)) for key, words in PORTS.items()]
    near = {*body.country.signs_by, *used}
    return {
        "ports": [each for each in told if each[0] in near],
        "other_ports": [each for each in told if each[0] not in near],
    }


def _former(body: Institution) -> list[tuple[SigningCertificate, date, date]]:
    """Return the certificates before, each with the local days between which it was in use (1 SQL)."""
    day, rows = body.local_date, former_certificates(body)
    return [(row, day(row.added_at), day(row.ended_at or row.added_at)) for row in rows]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def certificate(request: HttpRequest, access: Access) -> HttpResponse:
    """Add the certificate of the body, or another one in its place.

    Who they are is proved before the page opens: a file does not wait in a session.
    """
    ask_again(request, keeps=False)
    body = access.institution
    form = CertificateForm(request.POST, request.FILES) if request.method == "POST" else CertificateForm()

    def save(fields: dict[str, object]) -> HttpResponse:
        file = form.cleaned_data["file"]
        add_certificate(
            institution=body, content=file.read(), password=form.cleaned_data["password"], actor=access.user,
            now=current_time(),
        )  # fmt: skip
        messages.success(request, "Certificado en uso. Lo que esperaba por él se firma ahora.")
        return redirect(_OWN, body.slug)

    return record_form(
        request, form, save, title="Certificado de firma", back_url=reverse(_OWN, args=[body.slug]),
        submit="Usar este certificado", field="file",
        intro="La clave privada se guarda cifrada y no vuelve a salir de aquí. Reemplaza al que esté en uso.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
@asks_again
def withdraw(request: HttpRequest, access: Access) -> HttpResponse:
    """Say what withdrawing the certificate means, and do it once that was read (1 SQL to show it)."""
    if request.method != "POST":
        row = certificate_in_force(access.institution.pk)
        return render(request, "signing/withdraw.html", {"certificate": row})
    try:
        withdraw_certificate(institution=access.institution, actor=access.user, now=current_time())
        messages.success(request, "Certificado retirado; su clave se borró. Lo firmado sigue firmado.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_OWN, access.institution.slug)
