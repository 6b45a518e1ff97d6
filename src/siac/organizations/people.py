# SPDX-License-Identifier: EUPL-1.2
"""Who works in the body: roles, invitations, and help for who lost the way into their account."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.accounts.public import asks_again, has_second_step
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
from siac.ui.records import Row, record_form, record_list

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
    slug = access.institution.slug
    return record_list(
        request,
        title="Personas y roles",
        columns=("Nombre", "Correo", "Rol", "Dónde", "Estado", ""),
        rows=[*invited, *(_holding(access, row) for row in memberships(access.institution))],
        tabs=setup_tabs(access.institution),
        add=("Invitar o dar un rol", reverse("workspace:setup:role_new", args=[slug])),
        other=("Traer desde una planilla", reverse("workspace:setup:sheets", args=[slug])),
    )


def _holding(access: Access, row: Membership) -> Row:
    slug, where = access.institution.slug, row.unit.name if row.unit else EVERYWHERE
    until = f"Trabaja aquí hasta el {row.until:%d-%m-%Y}" if row.until else "Trabaja aquí"
    state = until if row.user.is_active else "Cuenta desactivada"
    return Row(
        (row.user.name, row.user.email, ROLE_NAMES[row.role], where, state),
        reverse("workspace:setup:person", args=[slug, row.user_id]),
        remove_url=reverse("workspace:setup:role_revoke", args=[slug, row.pk]),
        remove_label="Quitar rol",
    )


def _invited(access: Access, row: Invitation) -> Row:
    where, until = row.unit.name if row.unit else EVERYWHERE, access.institution.local_date(row.expires_at)
    ended = row.expires_at <= current_time()
    state = "Invitación vencida" if ended else f"Invitada, hasta el {until:%d-%m-%Y}"
    if row.until:
        state += f"; el rol, hasta el {row.until:%d-%m-%Y}"
    return Row(
        (row.name, row.email, ROLE_NAMES[row.role], where, state),
        remove_url=reverse("workspace:setup:withdraw", args=[access.institution.slug, row.pk]),
        remove_label="Retirar la invitación",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
@asks_again
def role(request: HttpRequest, access: Access) -> HttpResponse:
    """Give a role to somebody of the body, or invite somebody to it."""
    institution = access.institution
    form = RoleForm(institution, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        row = invite(institution=institution, actor=access.user, now=current_time(), **fields)
        _tell(request, row)
        return redirect("workspace:setup:people", institution.slug)

    return record_form(
        request,
        form,
        save,
        title="Invitar o dar un rol",
        submit="Invitar o dar el rol",
        intro=(
            "Quien todavía no trabaja aquí recibe una carta y "
            "acepta; quien ya trabaja aquí tiene el rol de inmediato."
        ),
        back_url=reverse("workspace:setup:people", args=[institution.slug]),
    )


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
@asks_again
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

    def save(fields: dict[str, Any]) -> HttpResponse:
        revoke_role(
            institution=access.institution,
            membership_id=membership_id,
            actor=access.user,
            now=current_time(),
            heir_id=fields.get("heir_id"),
        )
        messages.success(request, "Rol quitado.")
        return redirect("workspace:setup:people", access.institution.slug)

    if is_last and count:
        return _ask_heir(request, access, row.user.name, count, form, save)
    try:
        return save({})
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:setup:people", access.institution.slug)


def _ask_heir(
    request: HttpRequest,
    access: Access,
    name: str,
    count: int,
    form: LeavingForm,
    save: Callable[[dict[str, Any]], HttpResponse],
) -> HttpResponse:
    """Ask to whom the open requests of somebody who leaves go."""
    open_ones = f"{count} solicitud{'' if count == 1 else 'es'} abierta{'' if count == 1 else 's'}"
    return record_form(
        request,
        form,
        save,
        title=f"Quitar el último rol de {name}",
        submit="Quitar el rol",
        intro=f"{name} tiene {open_ones}.",
        back_url=reverse("workspace:setup:people", args=[access.institution.slug]),
    )


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
@asks_again
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
