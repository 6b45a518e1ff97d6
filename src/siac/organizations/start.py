# SPDX-License-Identifier: EUPL-1.2
"""«Para empezar»: what is left before the first request can be answered, and the lines of this context."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.accounts.public import Role
from siac.kernel.errors import Refused
from siac.organizations.access import Access, staff_page
from siac.organizations.commands.starting import mark_start
from siac.organizations.domain.rights import StaffRight
from siac.organizations.models import Institution, Membership
from siac.organizations.queries import unit_tree
from siac.organizations.start_steps import HIDDEN, StartStep, start_lines, start_marks
from siac.ui.public import refusal_text


@require_safe
@staff_page(StaffRight.SETUP)
def start(request: HttpRequest, access: Access) -> HttpResponse:
    """List what is done and what is left."""
    marks = start_marks(access.institution)
    lines = start_lines(access.institution, marks)
    left = [line for line in lines if not line.is_done]
    context = {
        "lines": lines, "left": len(left), "next": left[0].code if left else "", "is_hidden": HIDDEN in marks,
    }  # fmt: skip
    return render(request, "organizations/start.html", context)


@require_POST
@staff_page(StaffRight.SETUP)
def start_mark(request: HttpRequest, access: Access) -> HttpResponse:
    """Say of a step that it is done, or take it back."""
    code, on = request.POST.get("paso", ""), request.POST.get("hecho") == "1"
    try:
        mark_start(institution=access.institution, code=code, on=on, actor=access.user, now=current_time())
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:setup:start", access.institution.slug)


def _is_described(institution: Institution) -> bool:
    return bool(institution.email and institution.address and institution.phone)


def _has_units(institution: Institution) -> bool:
    return any(node.is_active for node in unit_tree(institution).nodes.values())


def _has_people(institution: Institution) -> bool:
    held = Membership.objects.filter(institution=institution, user__is_active=True)
    return held.filter(role__in=(Role.UNIT_OFFICER, Role.HEAD_OF_UNIT)).exists()


_SHEET = ("workspace:setup:sheets", "o tráigalas desde una planilla")
STEPS = (
    StartStep(
        "body",
        "Complete los datos del organismo",
        "Correo, teléfono y dirección, como los verá la ciudadanía.",
        "workspace:setup:institution",
        10,
        _is_described,
    ),
    StartStep(
        "units",
        "Agregue las unidades",
        "Las solicitudes se derivan a unidades.",
        "workspace:setup:units",
        30,
        _has_units,
        other=_SHEET,
    ),
    StartStep(
        "people",
        "Invite a las personas",
        "Hecho cuando acepta al menos una persona que responde: profesional o jefatura de una unidad.",
        "workspace:setup:people",
        40,
        _has_people,
        other=_SHEET,
    ),
    StartStep(
        "keys",
        "Guarde las claves aparte",
        "Sin el archivo keys.env no se puede leer la identidad de nadie. Cópielo fuera de este servidor.",
        "workspace:setup:start",
        80,
        None,
        "Ya guardé una copia de keys.env fuera del servidor",
    ),
)
