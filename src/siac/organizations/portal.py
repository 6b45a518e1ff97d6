# SPDX-License-Identifier: EUPL-1.2
"""The public texts of a body, with their earlier versions, open to everyone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.organizations.access import portal_page
from siac.organizations.models import Institution, PublicText
from siac.organizations.published import Published, published_texts, text_in_force
from siac.ui.languages.known import SPANISH
from siac.ui.languages.speaking import COOKIE

KEPT_SECONDS = 365 * 24 * 3600
"""How long a browser keeps the language chosen."""


@require_safe
@portal_page
def privacy(request: HttpRequest, institution: Institution, number: int | None = None) -> HttpResponse:
    """Show the privacy notice in force, or an earlier version of it."""
    text = _text(institution, PublicText.PRIVACY, number)
    return render(request, "organizations/published.html", _context(institution, PublicText.PRIVACY, text))


@require_safe
@portal_page
def accessibility(request: HttpRequest, institution: Institution, number: int | None = None) -> HttpResponse:
    """Show the accessibility declaration of the body; without one, what the product does for
    accessibility.
    """
    text = _text(institution, PublicText.ACCESSIBILITY, number)
    if text is None:
        return render(request, "ui/accessibility.html")
    return render(
        request, "organizations/published.html", _context(institution, PublicText.ACCESSIBILITY, text)
    )


@require_safe
@portal_page
def language(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """Keep the language that this browser wants the pages of this body in, and go back to the page.

    A link, so that it works everywhere; it keeps the choice in the browser and nothing here.
    """
    if code != SPANISH and code not in institution.offered_languages:
        raise Http404(code)
    home = f"/{institution.slug}/"
    back = request.GET.get("volver", "")
    inside = back.startswith(home) and url_has_allowed_host_and_scheme(back, None)
    response = redirect(back if inside else home)
    response.set_cookie(
        COOKIE, code, max_age=KEPT_SECONDS, path=home, httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return response


def _text(institution: Institution, subject: PublicText, number: int | None) -> Published | None:
    """Return the version asked for, of those that hold or held; 404 for one that was never in force."""
    today = institution.local_date(current_time())
    if number is None:
        return text_in_force(institution, subject, today)
    for text in published_texts(institution, subject):
        if text.number == number and text.from_day <= today:
            return text
    raise Http404(str(number))


def _context(institution: Institution, subject: PublicText, text: Published | None) -> dict[str, object]:
    today = institution.local_date(current_time())
    known = [other for other in published_texts(institution, subject) if other.from_day <= today]
    in_force = known[-1] if known else None
    return {
        "title": subject.label,
        "text": text,
        "is_in_force": text is not None and in_force is not None and text.number == in_force.number,
        "others": [other for other in reversed(known) if text is None or other.number != text.number],
        "url_name": f"portal:texts:{subject.value}_version",
    }
