# SPDX-License-Identifier: EUPL-1.2
"""The public page of the circle: how a body keeps what it promises and mends what it does not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.infra.readers import read_apart
from siac.organizations.public import Institution, portal_page
from siac.reporting.circle.contents import SHOWN, public_circle
from siac.reporting.circle.drawing import SIZE, ring

STEPS = ("Prometemos", "Hacemos", "Contamos", "Revisamos", "Reparamos y mejoramos")


@require_safe
@read_apart
@portal_page
def improving(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Show the five steps with published numbers only, each with where it can be read (at most 10 SQL)."""
    today = institution.local_date(current_time())
    of = public_circle(institution, today=today)
    filled = (
        bool(of.promises),
        bool(of.cases.total),
        bool(of.told),
        bool(of.told),
        bool(of.done or of.delivered),
    )
    value = f"{of.kept} de {len(of.told)}" if of.told else "—"
    words = "se cumplen" if of.told else "sin datos"
    context = {
        "circle": of,
        "missed": of.missed[:SHOWN],
        "done": of.done[:SHOWN],
        "ring": list(zip(ring(filled), STEPS, strict=True)),
        "size": SIZE,
        "middle": (value, words),
        "told": f"El círculo en cinco pasos: {', '.join(STEPS).lower()}, y otra vez. {value} {words}.",
    }
    return render(request, "reporting/portal/improving.html", context)
