# SPDX-License-Identifier: EUPL-1.2
"""The page that opens the first body of an installation, once, and signs its administrator in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from siac.accounts.public import sign_in_by_letter
from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.commands.opening import open_installation
from siac.organizations.first_run_code import is_first_run_code
from siac.organizations.forms_opening import AdministratorForm, CodeForm, NewInstitutionForm
from siac.organizations.queries import installation_is_new
from siac.ui.public import refusal_text


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@limited("first-run", limit=20, window_seconds=900)
def open_first(request: HttpRequest) -> HttpResponse:
    """Ask for the code, the body and its administrator; lead home once somebody did."""
    if not installation_is_new():
        return redirect("bodies")
    typed = request.POST or None
    code, body, person = (
        CodeForm(typed),
        NewInstitutionForm(typed),
        AdministratorForm(typed, prefix="persona"),
    )
    valid = [
        form.is_valid() for form in (code, body, person)
    ]  # each of them, so that all faults are shown at once
    if typed is not None and all(valid):
        if not is_first_run_code(code.cleaned_data["code"]):
            code.refuse(refusal_text(Refused("first_run_code")), "code")
        else:
            try:
                institution, user = open_installation(
                    body=body.fields_for_command(), now=current_time(), **person.cleaned_data
                )
            except Refused as refused:
                _beside(refused, body, person)
            else:
                home = reverse("workspace:home", args=[institution.slug])
                return sign_in_by_letter(request, user, go_on=home)
    context = {"code": code, "body": body, "person": person}
    return render(request, "organizations/first_run.html", context, status=422 if typed else 200)


def _beside(refused: Refused, body: NewInstitutionForm, person: AdministratorForm) -> None:
    """Show a refusal beside the field that it speaks of."""
    field = {"reserved_slug": "slug", "slug_taken": "slug", "unknown_place": "place"}.get(refused.code)
    if refused.code.startswith("password"):
        person.refuse(refusal_text(refused), "password")
    else:
        body.refuse(refusal_text(refused), field)
