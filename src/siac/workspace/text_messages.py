# SPDX-License-Identifier: EUPL-1.2
"""Text messages of a body: whether it sends them, and what they came to month by month."""

from collections.abc import Mapping
from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from siac.kernel.errors import Refused
from siac.notices.public import has_gateway, sends_texts, shows_texts, switch_texts, text_months
from siac.organizations.public import Access, staff_page, touch_configuration
from siac.ui.public import refusal_text
from siac.workspace.rights import OutboxRight

SHOWN = timedelta(days=400)
_DONE = {True: "Desde ahora se envían mensajes de texto.", False: "Ya no se envían mensajes de texto."}


@require_safe
@staff_page(OutboxRight.READ)
def months(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what was sent as text messages by month, what failed and what it cost (2 SQL of its own)."""
    institution = access.institution
    found = text_months(institution.pk, institution.zone, since=timezone.now() - SHOWN)
    context = {
        "institution": institution,
        "is_on": sends_texts(institution.pk),
        "has_gateway": has_gateway(),
        "shows": shows_texts(),
        "may_switch": access.has(OutboxRight.MANAGE) and not institution.is_practice,
        "months": [(month, costs_in_words(month.costs)) for month in found],
    }
    return render(request, "workspace/text_messages.html", context)


@require_POST
@staff_page(OutboxRight.MANAGE)
def switch(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin or end sending text messages."""
    is_on = request.POST.get("enviar") == "si"
    try:
        with transaction.atomic():
            switch_texts(access.institution.pk, is_on=is_on, actor_id=access.user.pk, now=timezone.now())
            touch_configuration(access.institution.pk)
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _DONE[is_on])
    return redirect("workspace:outbox:text_messages", access.institution.slug)


def costs_in_words(costs: Mapping[str, int]) -> str:
    """Return amounts of thousandths as people read them: "CLP 1.234,5"; empty where nothing is paid."""
    return " · ".join(f"{currency} {amount(value)}".strip() for currency, value in sorted(costs.items()))


def amount(thousandths: int) -> str:
    """Return thousandths as a decimal number: 1234500 gives "1.234,5"."""
    whole, rest = divmod(thousandths, 1000)
    decimals = f"{rest:03d}".rstrip("0")
    shown = f"{whole:,}".replace(",", ".")
    return f"{shown},{decimals}" if decimals else shown
