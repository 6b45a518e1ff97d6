# SPDX-License-Identifier: EUPL-1.2
"""The page that works without network: one shell with nothing of anybody in it, and what keeps it on a
device.
"""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from siac.offline.domain.rights import OfflineRight
from siac.offline.forms import AttentionShell, RequestShell
from siac.organizations.public import Access, Institution, staff_page

ASSETS = (
    "ui/build/siac.css",
    "ui/build/siac.js",
    "ui/build/offline.js",
    "ui/icon.svg",
    "offline/icon-192.png",
)
ICONS = (("offline/icon-192.png", "192x192"), ("offline/icon-512.png", "512x512"))


@require_safe
@staff_page(OfflineRight.CAPTURE)
def page(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the page; the same for everybody of a body, for a device keeps it where anybody may open it."""
    return HttpResponse(_shell(request, access.institution))


def _shell(request: HttpRequest, institution: Institution) -> str:
    context = {
        "institution": institution,
        "plain": True,
        "messages": (),
        "request_form": RequestShell(),
        "attention_form": AttentionShell(),
    }
    return render_to_string("offline/workspace/shell.html", context, request)


@require_safe
@staff_page(OfflineRight.CAPTURE)
def worker(request: HttpRequest, access: Access) -> HttpResponse:
    """Give the service worker of the page: it is another one as soon as anything of the page is."""
    slug = access.institution.slug
    shell, brand = reverse("workspace:offline:page", args=[slug]), access.institution.brand_colour[1:]
    files = [shell, *map(static, ASSETS), reverse("ui:brand", args=[brand])]
    digest = hashlib.sha256(_shell(request, access.institution).encode())
    for name in ASSETS:
        digest.update(_content(name))
    told = {
        "prefix": f"siac-terreno-{slug}-",
        "version": digest.hexdigest()[:16],
        "shell": shell,
        "files": files,
    }
    response = render(
        request, "offline/worker.js", {"told": json.dumps(told)}, content_type="text/javascript"
    )
    response["Cache-Control"] = "private, no-cache"
    return response


def _content(name: str) -> bytes:
    """Return what tells one version of a file from the next: its address where that does, else its bytes."""
    if not settings.PLAIN_STATIC:
        return static(name).encode()
    found = finders.find(name)
    return Path(str(found)).read_bytes() if found else b""


@require_safe
@staff_page(OfflineRight.CAPTURE)
def manifest(request: HttpRequest, access: Access) -> HttpResponse:
    """Say how the page is installed."""
    institution = access.institution
    start = reverse("workspace:offline:page", args=[institution.slug])
    told = {
        "id": start,
        "name": f"Oficina de terreno · {institution.short_name}",
        "short_name": "Terreno",
        "lang": "es",
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": institution.brand_colour,
        "icons": [{"src": static(name), "sizes": sizes, "type": "image/png"} for name, sizes in ICONS],
    }
    return JsonResponse(told, content_type="application/manifest+json")
