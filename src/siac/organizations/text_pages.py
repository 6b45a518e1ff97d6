# SPDX-License-Identifier: EUPL-1.2
"""Configuration of the public texts: write, see what changed, publish from a day."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.kernel.errors import Refused
from siac.organizations.access import Access, staff_page
from siac.organizations.commands.publishing import drawn_now, publish_version, save_text
from siac.organizations.domain.public_texts import starter
from siac.organizations.domain.rights import StaffRight
from siac.organizations.forms import PublicTextForm, PublishForm
from siac.organizations.models import PublicText, TextVersion
from siac.organizations.published import saved_versions, text_in_force
from siac.organizations.setup_pages import setup_tabs
from siac.ui.forms import renew_basis
from siac.ui.public import refusal_text
from siac.ui.records import Row, record_list


def _subject(code: str) -> PublicText:
    if code not in PublicText.values:
        raise Http404(code)
    return PublicText(code)


@require_safe
@staff_page(StaffRight.SETUP)
def texts(request: HttpRequest, access: Access) -> HttpResponse:
    """List the public texts and which version of each holds today."""
    institution = access.institution
    today = institution.local_date(current_time())
    rows = []
    for subject in PublicText:
        text = text_in_force(institution, subject, today)
        held = f"Versión {text.number}, desde el {text.from_day:%d-%m-%Y}" if text else "Sin publicar"
        url = reverse("workspace:setup:text", args=[institution.slug, subject.value])
        rows.append(Row((subject.label, held), url))
    return record_list(
        request,
        title="Textos públicos",
        columns=("Texto", "Rige"),
        rows=rows,
        tabs=setup_tabs(institution),
        intro=(
            "Lo que la ley pide decir a quienes usan el portal. Cada cambio "
            "queda en una versión; la que se publica rige desde un día."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def text(request: HttpRequest, access: Access, subject: str) -> HttpResponse:
    """Write a public text; without a version yet, from the wording of the country."""
    institution, kind = access.institution, _subject(subject)
    latest = TextVersion.objects.filter(institution=institution, subject=kind).order_by("-number").first()
    form = PublicTextForm(kind, request.POST or None, initial=_initial(access, kind, latest))
    if form.is_bound and form.is_valid():
        try:
            save_text(
                institution=institution,
                subject=kind,
                sections=form.sections(),
                actor=access.user,
                now=current_time(),
                based_on=form.cleaned_data["based_on"],
            )
            messages.success(request, "Versión guardada. Rige cuando la publique.")
            return redirect("workspace:setup:text", institution.slug, kind.value)
        except Refused as refused:
            form.refuse(refusal_text(refused))
            renew_basis(form, refused)
    return _page(request, access, kind, form, PublishForm(initial={"number": latest.number if latest else 0}))


@require_POST
@staff_page(StaffRight.SETUP)
def publish(request: HttpRequest, access: Access, subject: str) -> HttpResponse:
    """Publish the latest version from a day on."""
    institution, kind = access.institution, _subject(subject)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            publish_version(
                institution=institution, subject=kind, number=form.cleaned_data["number"],
                from_day=form.cleaned_data["from_day"], actor=access.user, now=current_time(),
            )  # fmt: skip
            messages.success(request, "Publicada.")
            return redirect("workspace:setup:text", institution.slug, kind.value)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    latest = TextVersion.objects.filter(institution=institution, subject=kind).order_by("-number").first()
    written = PublicTextForm(kind, initial=_initial(access, kind, latest))
    return _page(request, access, kind, written, form)


def _initial(access: Access, kind: PublicText, latest: TextVersion | None) -> dict[str, Any]:
    if latest is not None:
        return {**latest.sections, "based_on": latest.number}
    body = access.institution
    contact = ", ".join(part for part in (body.email, body.phone, body.address) if part)
    first = starter(kind.value, body.jurisdiction, name=body.name, address=body.address, contact=contact)
    return {**first, "based_on": 0}


def _page(
    request: HttpRequest, access: Access, kind: PublicText, form: PublicTextForm, publishing: PublishForm
) -> HttpResponse:
    institution = access.institution
    versions = saved_versions(institution, kind)
    context = {
        "title": kind.label,
        "form": form,
        "publishing": publishing,
        "versions": versions,
        "can_publish": bool(versions) and versions[0].from_day is None,
        "drawn": drawn_now(institution, kind),
        "publish_url": reverse("workspace:setup:text_publish", args=[institution.slug, kind.value]),
        "back_url": reverse("workspace:setup:texts", args=[institution.slug]),
    }
    failed = (form.is_bound and not form.is_valid()) or bool(form.is_bound) or publishing.is_bound
    return render(request, "organizations/text.html", context, status=422 if failed else 200)
