# SPDX-License-Identifier: EUPL-1.2
"""The page on which somebody sees where and when they signed in, and ends what is not theirs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.utils.timezone import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from siac.accounts.public import (
    User,
    end_other_sessions,
    end_session,
    open_sessions,
    session_digest,
    sign_ins,
)
from siac.organizations.public import bodies_of
from siac.signin.texts import way_words
from siac.ui.lists import Asked


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def sessions(request: HttpRequest) -> HttpResponse:
    """Show one's open sessions and one's sign-ins, in the time of the first body one works in (4 SQL)."""
    user = request.user
    assert isinstance(user, User)
    bodies = bodies_of(user)
    here = session_digest(request.session.session_key)
    listing = Asked.of(request).listing(sign_ins().filter(user=user), ("-at", "-pk"))
    context = {
        "sessions": [
            (row, row.digest == here, way_words(row.sign_in.way, row.sign_in.step) if row.sign_in else "")
            for row in open_sessions(user.pk, now=current_time())
        ],
        "listing": listing,
        "told": [(row, way_words(row.way, row.step)) for row in listing.rows],
        "zone": bodies[0].zone_name if bodies else "UTC",
    }
    with override(bodies[0].zone if bodies else "UTC"):
        return render(request, "signin/sessions.html", context)


@require_POST
@login_required
def end(request: HttpRequest, digest: str) -> HttpResponse:
    """Sign oneself out in another browser; `otras` is all but this one."""
    user = request.user
    assert isinstance(user, User)
    if digest == "otras":
        count = end_other_sessions(user.pk, request.session.session_key)
        messages.success(request, f"Sesiones cerradas: {count}.")
    elif end_session(user.pk, digest):
        messages.success(request, "Sesión cerrada.")
    else:
        messages.info(request, "Esa sesión ya estaba cerrada.")
    return redirect("own:sessions")
