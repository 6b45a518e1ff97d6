# SPDX-License-Identifier: EUPL-1.2
"""The tabs of the pages of outreach."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from siac.organizations.public import Access

_TABS = (("Campañas", "campaigns"), ("Calendario", "calendar"), ("Afiches y folletos", "materials"),
         ("Archivo", "archive"))  # fmt: skip


def tabs(access: Access) -> Sequence[Mapping[str, str]]:
    """Return the tabs for whoever asks. No SQL."""
    slug = access.institution.slug
    return [
        {"label": label, "url": reverse(f"workspace:outreach:{name}", args=[slug])} for label, name in _TABS
    ]
