# SPDX-License-Identifier: EUPL-1.2
"""How far the body has come with quality, and to what else of it the system is linked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.kernel.errors import Refused
from siac.organizations.public import Access, Histories, Words, colleagues, staff_page, unit_tree
from siac.policy.commands.living import check_reference, save_achievement, save_reference
from siac.policy.domain.rights import PolicyRight
from siac.policy.living_forms import AchievementForm, ReferenceForm
from siac.policy.maturity import achievements, maturity, references
from siac.policy.models import Achievement, AchievementLabel, AreaLabel, Reference
from siac.ui.forms import Form
from siac.ui.lists import Asked
from siac.ui.public import refusal_text
from siac.ui.records import Records

_PAGE = "workspace:policy:maturity"


@require_safe
@staff_page(PolicyRight.READ)
def path(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the steps with what proves each today, and the living links, those in use first (4 SQL when
    warm).
    """
    today = access.institution.local_date(current_time())
    listing = Asked.of(request).listing(references(access.institution), ("-is_active", "area", "name", "pk"))
    context = {
        "steps": maturity(access.institution, today), "listing": listing,
        "rows": [(row, AreaLabel(row.area).label, row.is_overdue(today)) for row in listing.rows],
        "given": list(achievements(access.institution)) if access.has(PolicyRight.KEEP) else [],
        "keeps": access.has(PolicyRight.KEEP),
    }  # fmt: skip
    return render(request, "policy/workspace/maturity.html", context)


def _words(access: Access) -> Words:
    units, people = unit_tree(access.institution).nodes, dict(colleagues(access.institution))
    return {
        "area": lambda code: AreaLabel(code).label,
        "unit_id": lambda pk: units[pk].name if pk in units else "",
        "responsible_id": lambda pk: people.get(pk, "otra persona"),
    }


def _reference_form(access: Access, row: Reference | None, data: QueryDict | None) -> Form:
    return ReferenceForm(access, row, data)


def _save_reference(access: Access, row: Reference | None, fields: dict[str, Any]) -> None:
    save_reference(
        institution=access.institution, reference=row, actor=access.user, now=current_time(), **fields
    )


def _reference(access: Access, pk: int) -> Reference | None:
    return references(access.institution).filter(pk=pk).first()


_REFERENCES: Records[Access, Reference] = Records(
    title="Vínculos", columns=("Vínculo",), listed=_PAGE, one="workspace:policy:reference",
    add="Agregar un vínculo", new="Nuevo vínculo", saved="Vínculo guardado.", cells=lambda access: (),
    load=_reference, name=lambda row: row.name, form=_reference_form, save=_save_reference,
    history=Histories(_words),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PolicyRight.KEEP)
def reference(request: HttpRequest, access: Access, reference_id: int | None = None) -> HttpResponse:
    """Keep a living link, or change one."""
    return _REFERENCES.form_page(request, access, reference_id)


@require_POST
@staff_page(PolicyRight.KEEP)
def checked(request: HttpRequest, access: Access, reference_id: int) -> HttpResponse:
    """Say that a living link was looked at today and holds.

    Raises:
        Http404: there is no such link.
    """
    row = _reference(access, reference_id)
    if row is None:
        raise Http404(str(reference_id))
    seen = request.POST.get("version", "")
    try:
        check_reference(
            institution=access.institution, reference=row, actor=access.user, now=current_time(),
            based_on=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else None,
        )  # fmt: skip
        messages.success(request, f"«{row.name}» revisado hoy.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_PAGE, access.institution.slug)


def _achievement_form(access: Access, row: Achievement | None, data: QueryDict | None) -> Form:
    return AchievementForm(row, data)


def _save_achievement(access: Access, row: Achievement | None, fields: dict[str, Any]) -> None:
    save_achievement(
        institution=access.institution, achievement=row, actor=access.user, now=current_time(), **fields
    )


def _achievement(access: Access, pk: int) -> Achievement | None:
    return achievements(access.institution).filter(pk=pk).first()


_ACHIEVEMENTS: Records[Access, Achievement] = Records(
    title="Logros", columns=("Logro",), listed=_PAGE, one="workspace:policy:achievement",
    add="Agregar un logro", new="Nuevo certificado o premio", saved="Logro guardado.",
    cells=lambda access: (), load=_achievement, name=lambda row: row.name, form=_achievement_form,
    save=_save_achievement,
    history=Histories(lambda access: {"level": lambda code: AchievementLabel(code).label}),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PolicyRight.KEEP)
def achievement(request: HttpRequest, access: Access, achievement_id: int | None = None) -> HttpResponse:
    """Write down what the body was given, or correct it."""
    return _ACHIEVEMENTS.form_page(request, access, achievement_id)
