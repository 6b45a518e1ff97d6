# SPDX-License-Identifier: EUPL-1.2
"""Who works in the body: roles, invitations, and help for who lost the way into their account."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.accounts.public import has_second_step
from siac.kernel.errors import Refused
from siac.notices.public import shows_instead_of_sending
from siac.organizations.access import Access, staff_page
from siac.organizations.commands.helping import is_of_this_body_alone, reset_second_step
from siac.organizations.commands.inviting import invite, open_invitations, withdraw_invitation
from siac.organizations.commands.setup import revoke_role
from siac.organizations.domain.rights import StaffRight
from siac.organizations.forms import LeavingForm, RoleForm
from siac.organizations.handing_over import held_by_person
from siac.organizations.models import Invitation, Membership
from siac.organizations.queries import memberships
from siac.organizations.setup_pages import setup_tabs
from siac.organizations.texts import ROLE_NAMES
from siac.ui.public import refusal_text

EVERYWHERE = "Todo el organismo"
NO_MAIL = (
    "Esta instalación todavía no envía correo: pídalo a "
    "quien la opera (SIAC_SMTP_URL) y después invite otra vez."
)


@require_safe
@staff_page(StaffRight.SETUP)
def people_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List who holds which role, and who was invited to one."""
    invited = [_invited(access, row) for row in open_invitations(access.institution)]
    context = {
        "title": "Personas y roles",
        "tabs": setup_tabs(access.institution),
        "headers": ["Nombre", "Correo", "Rol", "Dónde", "Estado", ""],
        "rows": [*invited, *(_holding(access, row) for row in memberships(access.institution))],
        "other_url": reverse("workspace:setup:sheets", args=[access.institution.slug]),
        "other_label": "Traer desde una planilla",
        "add_url": reverse("workspace:setup:role_new", args=[access.institution.slug]),
        "add_label": "Invitar o dar un rol",
    }
    return render(request, "ui/record_list.html", context)


def _holding(access: Access, row: Membership) -> dict[str, Any]:
    slug, where = access.institution.slug, row.unit.name if row.unit else EVERYWHERE
    until = f"Trabaja aquí hasta el {row.until:%d-%m-%Y}" if row.until else "Trabaja aquí"
    state = until if row.user.is_active else "Cuenta desactivada"
    return {
        "cells": [row.user.name, row.user.email, ROLE_NAMES[row.role], where, state],
        "url": reverse("workspace:setup:person", args=[slug, row.user_id]),
        "remove_url": reverse("workspace:setup:role_revoke", args=[slug, row.pk]),
        "remove_label": "Quitar rol",
    }


def _invited(access: Access, row: Invitation) -> dict[str, Any]:
    where, until = row.unit.name if row.unit else EVERYWHERE, access.institution.local_date(row.expires_at)
    ended = row.expires_at <= current_time()
    state = "Invitación vencida" if ended else f"Invitada, hasta el {until:%d-%m-%Y}"
    if row.until:
        state += f"; el rol, hasta el {row.until:%d-%m-%Y}"
    return {
        "cells": [row.name, row.email, ROLE_NAMES[row.role], where, state],
        "remove_url": reverse("workspace:setup:withdraw", args=[access.institution.slug, row.pk]),
        "remove_label": "Retirar la invitación",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def role(request: HttpRequest, access: Access) -> HttpResponse:
    """Give a role to somebody of the body, or invite somebody to it."""
    institution = access.institution
    form = RoleForm(institution, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            row = invite(institution=institution, actor=access.user, now=current_time(), **form.cleaned_data)
            _tell(request, row)
            return redirect("workspace:setup:people", institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {
        "title": "Invitar o dar un rol",
        "form": form,
        "submit": "Invitar o dar el rol",
        "intro": (
            "Quien todavía no trabaja aquí recibe una carta y "
            "acepta; quien ya trabaja aquí tiene el rol de inmediato."
        ),
        "back_url": reverse("workspace:setup:people", args=[institution.slug]),
    }
    return render(request, "ui/record_form.html", context, status=422 if form.is_bound else 200)


def _tell(request: HttpRequest, row: Invitation | None) -> None:
    if row is not None and shows_instead_of_sending():
        messages.warning(request, f"{row.email} tiene una invitación, pero no su carta. {NO_MAIL}")
    else:
        messages.success(request, f"Invitación enviada a {row.email}." if row else "Rol guardado.")


@require_POST
@staff_page(StaffRight.SETUP)
def withdraw(request: HttpRequest, access: Access, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    if not withdraw_invitation(
        institution=access.institution, invitation_id=invitation_id, actor=access.user, now=current_time()
    ):
        raise Http404(str(invitation_id))
    messages.success(request, "Invitación retirada.")
    return redirect("workspace:setup:people", access.institution.slug)


@require_POST
@staff_page(StaffRight.SETUP)
def take_role(request: HttpRequest, access: Access, membership_id: int) -> HttpResponse:
    """Take a role away; where it is the last one of somebody with open
    requests, ask first who goes on with them.
    """
    row = memberships(access.institution).filter(pk=membership_id).first()
    if row is None:
        raise Http404(str(membership_id))
    form = LeavingForm(access.institution, row.user_id, request.POST if "leaves" in request.POST else None)
    count = held_by_person(access.institution, row.user_id)
    is_last = memberships(access.institution).filter(user_id=row.user_id).count() == 1
    if is_last and count and not (form.is_bound and form.is_valid()):
        return _ask_heir(request, access, row.user.name, count, form)
    try:
        revoke_role(
            institution=access.institution,
            membership_id=membership_id,
            actor=access.user,
            now=current_time(),
            heir_id=form.cleaned_data["heir_id"] if form.is_bound and form.is_valid() else None,
        )
        messages.success(request, "Rol quitado.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:setup:people", access.institution.slug)


def _ask_heir(request: HttpRequest, access: Access, name: str, count: int, form: LeavingForm) -> HttpResponse:
    """Ask to whom the open requests of somebody who leaves go."""
    context = {
        "title": f"Quitar el último rol de {name}",
        "form": form,
        "submit": "Quitar el rol",
        "intro": (
            f"{name} tiene {count} solicitud{'' if count == 1 else 'es'} abierta{'' if count == 1 else 's'}."
        ),
        "back_url": reverse("workspace:setup:people", args=[access.institution.slug]),
    }
    return render(request, "ui/record_form.html", context, status=422 if form.is_bound else 200)


def _roles_of(access: Access, user_id: int) -> list[Membership]:
    rows = list(memberships(access.institution).filter(user=user_id))
    if not rows:
        raise Http404(str(user_id))
    return rows


@require_safe
@staff_page(StaffRight.SETUP)
def person(request: HttpRequest, access: Access, user_id: int) -> HttpResponse:
    """Show the roles of one person here and how they sign in."""
    rows, slug = _roles_of(access, user_id), access.institution.slug
    user = rows[0].user
    own = is_of_this_body_alone(access.institution, user)
    context = {
        "person": user,
        "own": own,
        "second_step": own and has_second_step(user.pk),
        "roles": [
            (
                ROLE_NAMES[row.role],
                row.unit.name if row.unit else EVERYWHERE,
                reverse("workspace:setup:role_revoke", args=[slug, row.pk]),
            )
            for row in rows
        ],
    }
    return render(request, "organizations/person.html", context)


@require_POST
@staff_page(StaffRight.SETUP)
def second_step(request: HttpRequest, access: Access, user_id: int) -> HttpResponse:
    """Take away the second step of somebody who lost it."""
    _roles_of(access, user_id)
    try:
        reset_second_step(
            institution=access.institution, user_id=user_id, actor=access.user, now=current_time()
        )
        messages.success(request, "Segundo paso quitado. Se le avisó por correo.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:setup:person", access.institution.slug, user_id)
