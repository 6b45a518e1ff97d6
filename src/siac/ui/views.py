# SPDX-License-Identifier: EUPL-1.2
"""Pages of the look itself, and the error pages. None of these touches the database."""

import math
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from siac.infra.watching.request_ids import current_id
from siac.ui.domain.colour import tokens
from siac.ui.kept import kept_of
from siac.ui.languages.pages import speak_by_cookie
from siac.ui.navigation import keep_menu_bare
from siac.ui.sample import SampleForm

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def brand(request: HttpRequest, colour: str) -> HttpResponse:
    """Return the custom properties of a body whose colour is `rrggbb`; any other text gives the default."""
    lines = "".join(f"{name}:{value};" for name, value in tokens(colour).items())
    return HttpResponse(f":root{{{lines}}}", content_type="text/css; charset=utf-8")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show what was done for accessibility and how to complain about a barrier."""
    return render(request, "ui/accessibility.html")


def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every part of a page, right and wrong; only where the settings say so."""
    today = date(2025, 3, 14)
    moment = datetime(2025, 3, 14, 12, 30, tzinfo=UTC)
    form = SampleForm(request.POST or {"day_day": "31", "day_month": "2", "day_year": "2025"})
    context = {
        "form": form,
        "empty": SampleForm(prefix="vacio"),
        "today": today,
        "dues": [today + timedelta(days=n) for n in (-2, 0, 1, 9)],
        "rows": [("Folio", "2025-000123"), ("Materia", "Alumbrado público", "#", "Cambiar la materia")],
        "chips": [{"label": "Vencidas", "remove_url": "#sin-vencidas"}],
        "events": [{"title": "Ingresada", "at": moment, "by": "Portal", "text": "Con dos archivos."}],
    }
    return render(request, "ui/style_guide.html", context)


def error_page(status: int, *, template: str = "", **context: Any) -> HttpResponse:
    """Return the page of an error, drawn without request, session or database; where the fault is ours, with
    the name by which the log has it.
    """
    name = template or f"ui/errors/{status}.html"
    reference = current_id() if status >= 500 else ""
    response = HttpResponse(render_to_string(name, {"reference": reference, **context}), status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when the form or a file was too large."""
    speak_by_cookie(request)
    return error_page(413 if isinstance(exception, TOO_LARGE) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in or not, this is not theirs to see; who works in the body keeps the menu.

    A form whose sender may no longer do it (a role that ended, say) shows what was typed: it can be copied.
    """
    return _refused(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token is missing or old (signed in anew in another
    tab); what was typed can be sent again.
    """
    speak_by_cookie(request)
    return error_page(
        403, template="ui/errors/csrf.html", **kept_of(request).context(token=get_token(request))
    )


def session_gone(request: HttpRequest) -> HttpResponse:
    """403 of a form sent after its session ended; what was typed waits until somebody signed in again."""
    login_url = f"{reverse(settings.LOGIN_URL)}?next={reverse('ui:signed_in')}"
    context = kept_of(request).context(token=get_token(request))
    return error_page(403, template="ui/errors/session.html", login_url=login_url, **context)


@require_safe
def signed_in(request: HttpRequest) -> HttpResponse:
    """Tell whoever signed in again in another tab to go back to what they had typed."""
    return render(request, "ui/signed_in.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; who works in the body keeps the menu, whether there is nothing or it is not theirs. A form keeps
    what was typed, as that of `forbidden`.
    """
    return _refused(request, 404)


def _refused(request: HttpRequest, status: int) -> HttpResponse:
    """Return the page of a 403 or 404, with what was typed but no way to send it again; inside the workspace
    for somebody whose roles in the body this request has read.
    """
    # Of a form that no view was found for nothing was read, and nothing is now.
    kept = kept_of(request).context(token="") if request.resolver_match else {}
    if not getattr(request, "rights", None):
        speak_by_cookie(request)
        return error_page(status, **kept)
    context = {"layout": "ui/workspace_base.html", **kept}
    keep_menu_bare(request)  # a page that tells of an error asks the database for nothing more
    response = render(request, f"ui/errors/{status}.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429 of a rate limit, ours or the sign-in library's; only ours knows how long to wait."""
    speak_by_cookie(request)
    seconds = getattr(exception, "retry_after", 0)
    return error_page(
        429, minutes=math.ceil(seconds / 60), **kept_of(request).context(token=get_token(request))
    )
