# SPDX-License-Identifier: EUPL-1.2
"""What the page for signing in asks of this context."""

import re
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from siac.accounts.public import Entrance, Offer, User
from siac.signin.models import LinkedIdentity
from siac.signin.queries import believed_of_staff, doors, only_door_of

_BODY = re.compile(r"^/([a-z][a-z0-9-]{1,39})/gestion/")


def _address(slug: str, go_on: str) -> str:
    asked = f"?{urlencode({'next': go_on})}" if go_on else ""
    return f"{reverse('entry:start', args=[slug])}{asked}"


def _offers(go_on: str) -> list[Offer]:
    found = _BODY.match(urlsplit(go_on).path if go_on.startswith("/") else "")
    slug = found.group(1) if found else None
    return [
        Offer(door.label if slug else f"{door.label} ({door.body})", _address(door.slug, go_on))
        for door in doors(slug)
    ]


def _turns_away(request: HttpRequest, user: User, go_on: str) -> HttpResponse | None:
    provider = only_door_of(user)
    if provider is None:
        return None
    context = {
        "body": provider.institution.name,
        "label": provider.label,
        "address": _address(provider.institution.slug, go_on),
    }
    return render(request, "signin/only_way.html", context, status=403)


def _proves_again(user: User) -> str:
    rows = LinkedIdentity.objects.filter(user=user, provider__in=believed_of_staff())
    slug = rows.values_list("provider__institution__slug", flat=True).first()
    return reverse("entry:again", args=[slug]) if slug else ""


ENTRANCE = Entrance(_offers, _turns_away, _proves_again)
