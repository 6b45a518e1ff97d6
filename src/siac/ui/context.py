# SPDX-License-Identifier: EUPL-1.2
"""What every page knows."""

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import now

from siac.ui.kiosk import kiosk_of


def page(request: HttpRequest) -> dict[str, Any]:
    """Give templates the body of the request, where a view has set `request.institution`, its local day, and
    the screen that many use, where the page is read at one.
    """
    institution = getattr(request, "institution", None)
    if institution is None:
        return {}
    return {
        "institution": institution,
        "today": institution.local_date(now()),
        "copied_at": getattr(request, "data_time", None),  # figures have a `data_time` of their own
        "kiosk": kiosk_of(request, institution.slug),
    }
