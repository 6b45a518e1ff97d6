# SPDX-License-Identifier: EUPL-1.2
"""The pages that say how a body is doing, under one entry of the menu."""

from django.http import HttpRequest
from django.urls import reverse

from siac.organizations.public import Access

_TABS = (
    ("Cómo vamos", "workspace:reporting:home"),
    ("El círculo", "workspace:reporting:circle"),
    ("Rendición de cuentas", "workspace:reporting:letters"),
)


def tabs(request: HttpRequest, access: Access) -> list[tuple[str, str, bool]]:
    """Return the pages as words, address, and whether it is the one that is shown. No SQL."""
    pages = [(words, reverse(name, args=[access.institution.slug])) for words, name in _TABS]
    return [(words, url, url == request.path) for words, url in pages]
