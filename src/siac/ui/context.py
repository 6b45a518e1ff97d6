# SPDX-License-Identifier: EUPL-1.2
"""What every page knows."""

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import now


def page(request: HttpRequest) -> dict[str, Any]:
    """Give templates the body of the request, where a view has set `request.institution`, and its
    local day.
    """
    institution = getattr(request, "institution", None)
    if institution is None:
        return {}
    return {"institution": institution, "today": institution.local_date(now())}
