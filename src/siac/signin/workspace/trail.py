# SPDX-License-Identifier: EUPL-1.2
"""Who of the body signed in, when, how and from where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from siac.organizations.public import Access, staff_page
from siac.signin.domain.rights import SignInRight
from siac.signin.queries import trail
from siac.signin.texts import way_words
from siac.ui.lists import Asked, Filter

_OUTCOMES = [("si", "Entraron"), ("no", "No entraron")]


@require_safe
@staff_page(SignInRight.TRAIL)
def accesses(request: HttpRequest, access: Access) -> HttpResponse:
    """List the sign-ins of who works here, newest first, with those that failed (1 SQL)."""
    asked = Asked.of(
        request,
        Filter("q", "Buscar", hint="Nombre o correo"),
        Filter("resultado", "Resultado", _OUTCOMES),
    )
    rows = trail(access.institution, text=asked.kept.get("q", ""), outcome=asked.kept.get("resultado", ""))
    listing = asked.listing(rows, ("-at", "-pk"))
    told = [(row, way_words(row.way, row.step)) for row in listing.rows]
    return render(request, "signin/accesses.html", {"asked": asked, "listing": listing, "told": told})
