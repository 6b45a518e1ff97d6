# SPDX-License-Identifier: EUPL-1.2
"""Calls to return on the first page of those who make them: how many, and how many are late."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from siac.callbacks.domain.rights import CallRight
from siac.callbacks.models import CallBack
from siac.callbacks.queries import late_calls, open_calls
from siac.organizations.public import Access
from siac.ui.tiles import Tile


def _counted(access: Access, today: date) -> Sequence[QuerySet[CallBack]]:
    return [open_calls(access)]


TILE = Tile(
    "Llamadas por devolver",
    "workspace:callbacks:calls",
    lambda access: access.has(CallRight.CALL),
    12,
    counted=_counted,
    late=late_calls,
)
