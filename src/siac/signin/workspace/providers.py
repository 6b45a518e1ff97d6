# SPDX-License-Identifier: EUPL-1.2
"""How the people of a body come in: its provider of identity, and who is bound to it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST

from siac.accounts.public import asks_again
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, setup_tabs, staff_page
from siac.signin.asking import Away, read_server, within
from siac.signin.commands.providers import save_provider, unlink_identity
from siac.signin.domain.oidc import Unproven, is_safe_address
from siac.signin.entry import return_address
from siac.signin.forms import ProviderForm
from siac.signin.models import IdentityProvider
from siac.signin.operators import is_believed
from siac.signin.queries import identities, mail_domains, provider_of
from siac.ui.public import refusal_text

_BESIDE = {
    "provider_address": "issuer",
    "provider_unread": "issuer",
    "provider_not_of_staff": "issuer",
    "provider_secret_missing": "secret",
    "provider_role": "default_role",
    "provider_unit": "default_unit_id",
    "provider_untried": "is_only_way",
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
@asks_again
def provider(request: HttpRequest, access: Access) -> HttpResponse:
    """Set up by which server the people of the body may sign in; its server is asked when that is saved."""
    body, row = access.institution, provider_of(access.institution)
    form = ProviderForm(body, request.POST or None, instance=row or IdentityProvider(institution=body))
    if form.is_bound and form.is_valid():
        try:
            _save(access, dict(form.cleaned_data))
            messages.success(request, "Guardado.")
            return redirect("workspace:signin:provider", body.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused), _BESIDE.get(refused.code))
    context = {
        "form": form,
        "provider": row,
        "is_unnamed": row is not None and row.is_active and not is_believed(row),
        "tabs": setup_tabs(body),
        "return_address": return_address(body.slug),
        "identities": identities(body),
        "domains": mail_domains(body),
    }
    return render(request, "signin/provider.html", context, status=422 if form.is_bound else 200)


def _save(access: Access, fields: dict[str, Any]) -> None:
    read = None
    if is_safe_address(fields["issuer"]):
        try:
            read = within(fields["issuer"], lambda: read_server(fields["issuer"]))
        except (Away, Unproven):
            read = None  # the command says whether that matters
    save_provider(institution=access.institution, actor=access.user, now=current_time(), read=read, **fields)


@require_POST
@staff_page(StaffRight.SETUP)
@asks_again
def unlink(request: HttpRequest, access: Access, identity_id: int) -> HttpResponse:
    """Forget who somebody is at the provider."""
    if not unlink_identity(
        institution=access.institution, identity_id=identity_id, actor=access.user, now=current_time()
    ):
        raise Http404(str(identity_id))
    messages.success(request, "Desvinculada. La próxima vez que entre se le reconoce por su correo.")
    return redirect("workspace:signin:provider", access.institution.slug)
