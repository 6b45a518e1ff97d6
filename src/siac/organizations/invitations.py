# SPDX-License-Identifier: EUPL-1.2
"""The page that a letter of invitation opens: accept with the account one has, or open one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from siac.accounts.public import User, account_of, go_on_without_ended, sign_in_by_letter
from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.access import entered
from siac.organizations.commands.inviting import (
    accept_invitation,
    accept_with_new_account,
    open_invitation,
)
from siac.organizations.forms import NewAccountForm
from siac.organizations.models import Invitation
from siac.organizations.texts import ROLE_HINTS, ROLE_NAMES
from siac.ui.public import refusal_text


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@limited("invitations", limit=30, window_seconds=900, methods=("GET", "POST"))
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Say who offers which role where, and take it."""
    row = open_invitation(secret, now=current_time())
    if row is None:
        return render(request, "organizations/invitation_ended.html", status=410)
    with entered(request, row.institution):
        user = request.user if isinstance(request.user, User) else None
        if user is not None:
            return _as(request, row, user)
        known = account_of(row.email)
        if known is not None and known.has_usable_password():
            return _show(request, row, known=True)
        return _open(request, row)


def _as(request: HttpRequest, row: Invitation, user: User) -> HttpResponse:
    if request.method != "POST" or user.email != row.email:
        return _show(request, row, signed_in=user)
    try:
        accept_invitation(invitation_id=row.pk, user=user, now=current_time())
    except Refused as refused:
        return _show(request, row, signed_in=user, error=refusal_text(refused))
    go_on_without_ended(request)  # the first role here ends a session that another body's server opened
    return redirect("workspace:home", row.institution.slug)


def _open(request: HttpRequest, row: Invitation) -> HttpResponse:
    form = NewAccountForm(request.POST or None, initial={"name": row.name})
    if form.is_bound and form.is_valid():
        try:
            user = accept_with_new_account(
                invitation_id=row.pk, email=row.email, now=current_time(), name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refusal_text(refused))
        else:
            return sign_in_by_letter(
                request, user, go_on=reverse("workspace:home", args=[row.institution.slug])
            )
    return _show(request, row, form=form)


def _show(request: HttpRequest, row: Invitation, **more: object) -> HttpResponse:
    form = more.get("form")
    context = {
        "invitation": row,
        "role": ROLE_NAMES[row.role],
        "hint": ROLE_HINTS[row.role],
        "address": request.path,
        **more,
    }
    failed = bool(more.get("error") or (isinstance(form, NewAccountForm) and form.is_bound))
    return render(request, "organizations/invitation.html", context, status=422 if failed else 200)
