# SPDX-License-Identifier: EUPL-1.2
"""Which role each group of the directory of a body gives."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.accounts.public import asks_again
from siac.organizations.public import ROLE_NAMES, Access, StaffRight, setup_tabs, staff_page
from siac.signin.commands.directory import give_group_role
from siac.signin.commands.roles import AT_ONCE
from siac.signin.forms import GroupForm
from siac.signin.models import DirectoryGroup
from siac.signin.queries import groups_of
from siac.ui.records import Row, record_form, record_list

_SAVED_MANY = (
    "Rol del grupo guardado. El grupo es grande: sus integrantes lo reciben en los próximos minutos; puede "
    "seguir con otra cosa."
)
_EVERYWHERE = "Todo el organismo"


@require_safe
@staff_page(StaffRight.SETUP)
def groups(request: HttpRequest, access: Access) -> HttpResponse:
    """List the groups with the role each gives, and say where the directory finds us."""
    slug = access.institution.slug
    rows = [
        Row(
            (
                group.name,
                ROLE_NAMES[group.role] if group.role else "Ninguno todavía",
                (group.unit.name if group.unit else _EVERYWHERE) if group.role else "—",
                str(len(group.members.all())),
            ),
            reverse("workspace:signin:group", args=[slug, group.pk]),
        )
        for group in groups_of(access.institution)
    ]
    door = f"{settings.SITE_URL}{reverse('scim:root', args=[slug])}"
    return record_list(
        request,
        title="Grupos del directorio",
        columns=("Grupo", "Rol que da", "Dónde", "Integrantes"),
        rows=rows,
        tabs=setup_tabs(access.institution),
        other=("Entrada de las personas", reverse("workspace:signin:provider", args=[slug])),
        intro=(
            "El directorio del organismo puede mantener aquí a las personas (SCIM 2.0). Dele una clave de "
            f"programa que pueda escribir personas (people:write) y esta dirección: {door}"
        ),
        empty="El directorio todavía no ha enviado grupos. Cuando lo haga, aquí se dice qué rol da cada uno.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
@asks_again
def group(request: HttpRequest, access: Access, group_id: int) -> HttpResponse:
    """Say which role the members of a group have (5 SQL, and those of giving it)."""
    institution = access.institution
    row = DirectoryGroup.objects.filter(institution=institution, pk=group_id).first()
    if row is None:
        raise Http404(str(group_id))

    def save(fields: dict[str, Any]) -> HttpResponse:
        give_group_role(
            institution=institution, group_id=group_id, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, _SAVED_MANY if row.members.count() > AT_ONCE else "Rol del grupo guardado.")
        return redirect("workspace:signin:groups", institution.slug)

    return record_form(
        request,
        GroupForm(institution, row, request.POST or None),
        save,
        title=row.name,
        intro=(
            f"Quien entra en el grupo recibe el rol de inmediato, y quien sale lo pierde; si son más de "
            f"{AT_ONCE} a la vez, en unos minutos."
        ),
        back_url=reverse("workspace:signin:groups", args=[institution.slug]),
    )
