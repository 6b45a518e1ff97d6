# SPDX-License-Identifier: EUPL-1.2
"""Packs that wait for a review, on the first page of who gives it."""

from siac.kernel.work_states import WorkState
from siac.programme.domain.rights import ProgrammeRight
from siac.programme.models import Pack
from siac.ui.tiles import Tile

TILE = Tile(
    "Expedientes por revisar",
    "workspace:programme:packs",
    lambda access: access.has(ProgrammeRight.REVIEW),
    49,
    counted=lambda access, today: (
        Pack.objects.filter(institution=access.institution, state=WorkState.DONE, verdict="").exclude(
            requested_by=access.user.pk
        ),
    ),
)
