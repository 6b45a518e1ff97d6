# SPDX-License-Identifier: EUPL-1.2
"""By which server of identity citizens may identify themselves before the body."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.accounts.public import asks_again
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, setup_tabs, staff_page
from siac.signin.addresses import citizens_return
from siac.signin.asking import Away, read_server, within
from siac.signin.commands.providers import save_provider
from siac.signin.domain.oidc import Unproven, is_safe_address
from siac.signin.forms import CitizensForm
from siac.signin.models import Audience, IdentityProvider
from siac.signin.operators import is_believed
from siac.signin.presets import preset_coded, told_by_preset
from siac.signin.queries import provider_of
from siac.ui.public import refusal_text

_BESIDE = {
    "provider_address": "issuer",
    "provider_unread": "issuer",
    "provider_not_named": "issuer",
    "provider_secret_missing": "secret",
    "provider_logout": "logout",
    "provider_document": "document_claim",
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
@asks_again
def citizens(request: HttpRequest, access: Access) -> HttpResponse:
    """Set up the server of citizens; it is asked when that is saved."""
    body = access.institution
    row, preset = provider_of(body, Audience.CITIZENS), body.country.identity
    empty = IdentityProvider(institution=body, audience=Audience.CITIZENS)
    form = CitizensForm(body, request.POST or None, instance=row or empty)
    if form.is_bound and form.is_valid():
        try:
            code = row.preset if row is not None else preset.code if preset is not None else ""
            _save(access, code, dict(form.cleaned_data))
            messages.success(request, "Guardado.")
            return redirect("workspace:signin:citizens", body.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused), _BESIDE.get(refused.code))
    context = {
        "form": form,
        "provider": row,
        "is_unnamed": row is not None and row.is_active and not is_believed(row),
        "preset": preset,
        "tabs": setup_tabs(body),
        "return_address": citizens_return(body.slug),
    }
    return render(request, "signin/citizens.html", context, status=422 if form.is_bound else 200)


def _save(access: Access, preset: str, fields: dict[str, Any]) -> None:
    read, issuer = None, fields["issuer"]
    if is_safe_address(issuer):
        try:
            known = told_by_preset(preset_coded(preset), issuer)
            read = within(issuer, lambda: read_server(issuer, known))
        except (Away, Unproven):
            read = None  # the command says whether that matters
    save_provider(
        institution=access.institution,
        actor=access.user,
        now=current_time(),
        audience=Audience.CITIZENS,
        read=read,
        preset=preset,
        **fields,
    )
