# SPDX-License-Identifier: EUPL-1.2
"""To whom the bonus is due: the lists, one of them, and a new one."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.countries.public import Duty
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.surveys.bonus.commands import bring_roll, erase_roll
from siac.surveys.bonus.domain import Why, instalment
from siac.surveys.bonus.forms import RollForm
from siac.surveys.bonus.models import BonusEntry, BonusRoll
from siac.surveys.bonus.rights import BonusRight
from siac.surveys.bonus.texts import WHY
from siac.ui.lists import Asked
from siac.ui.public import refusal_text
from siac.ui.records import Row, record_form, record_list

_SPANISH = str.maketrans(",.", ".,")


def _only_where_due(access: Access) -> None:
    """Raises Http404 where the country knows no such bonus."""
    if Duty.SATISFACTION_BONUS not in access.institution.country.duties:
        raise Http404("no bonus")


@require_safe
@staff_page(BonusRight.SEE)
def rolls(request: HttpRequest, access: Access) -> HttpResponse:
    """List the lists of the staff."""
    _only_where_due(access)
    slug = access.institution.slug
    rows = BonusRoll.objects.filter(institution=access.institution)
    return record_list(
        request,
        title="A quién corresponde el bono",
        columns=("Año evaluado", "Día del pago", "Planilla"),
        rows=[
            Row(
                (str(row.year), f"{row.paid_on:%d-%m-%Y}", row.source),
                reverse("workspace:surveys:roll", args=[slug, row.pk]),
            )
            for row in rows[:200]
        ],
        add=("Nueva nómina", reverse("workspace:surveys:roll_new", args=[slug]))
        if access.has(BonusRight.BRING)
        else None,
        intro="Ley 20.342: seis meses seguidos en el año evaluado, y en servicio el día del pago.",
        empty="Todavía no hay ninguna nómina.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(BonusRight.BRING)
def bring(request: HttpRequest, access: Access) -> HttpResponse:
    """Bring a list of the staff."""
    _only_where_due(access)

    def save(fields: dict[str, Any]) -> HttpResponse:
        file = fields.pop("file")
        row = bring_roll(
            institution=access.institution, actor=access.user, now=current_time(), content=file.read(),
            source=file.name, **fields,
        )  # fmt: skip
        return redirect("workspace:surveys:roll", access.institution.slug, row.pk)

    return record_form(
        request, RollForm(request.POST or None, request.FILES or None), save, title="Nueva nómina",
        back_url=reverse("workspace:surveys:rolls", args=[access.institution.slug]), submit="Calcular",
        intro="El monto es de $1.050.000 al año en UF del 1 de enero de 2014, en ocho cuotas.",
    )  # fmt: skip


def _roll(access: Access, roll_id: int) -> BonusRoll:
    row = BonusRoll.objects.filter(institution=access.institution, pk=roll_id).first()
    if row is None:
        raise Http404(str(roll_id))
    return row


def _pesos(amount: int | Decimal) -> str:
    return f"${amount:,}".translate(_SPANISH)


def _why(row: BonusEntry) -> str:
    return "; ".join(WHY[Why(code)] for code in row.left_out)


@require_safe
@staff_page(BonusRight.SEE)
def roll(request: HttpRequest, access: Access, roll_id: int) -> HttpResponse:
    """Show to whom the bonus is due and to whom it is not, and why."""
    row = _roll(access, roll_id)
    counts = row.entries.aggregate(all=Count("pk"), due=Count("pk", filter=Q(is_due=True)))
    each = instalment(row.percent, row.uf_then, row.uf_now)
    listing = Asked.of(request).listing(row.entries.all(), ("is_due", "name", "pk"))
    context = {
        "row": row,
        "counts": counts,
        "uf_then": _pesos(row.uf_then),
        "uf_now": _pesos(row.uf_now),
        "instalment": _pesos(each),
        "total": _pesos(each * counts["due"]),
        "listing": listing,
        "lines": [(entry, _why(entry)) for entry in listing.rows],
        "may_bring": access.has(BonusRight.BRING),
    }
    return render(request, "surveys/workspace/roll.html", context)


@require_POST
@staff_page(BonusRight.BRING)
def erase(request: HttpRequest, access: Access, roll_id: int) -> HttpResponse:
    """Erase a list with its people."""
    row = _roll(access, roll_id)
    try:
        erase_roll(institution=access.institution, actor=access.user, now=current_time(), roll_id=row.pk)
        messages.success(request, "Nómina borrada.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:surveys:rolls", access.institution.slug)
