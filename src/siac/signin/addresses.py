# SPDX-License-Identifier: EUPL-1.2
"""Where servers of identity send citizens back."""

from django.conf import settings
from django.urls import reverse


def citizens_return(slug: str) -> str:
    """Return the address to which the server of citizens sends them back; it must know it beforehand. No
    SQL.
    """
    return f"{settings.SITE_URL}{reverse('portal:identity:back', args=[slug])}"
