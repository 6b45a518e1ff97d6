# SPDX-License-Identifier: EUPL-1.2
"""An edition of the policy that must be reviewed soon, on the first page of who keeps it."""

from datetime import timedelta

from siac.policy.domain.rights import PolicyRight
from siac.policy.domain.states import EditionState
from siac.policy.models import PolicyEdition
from siac.ui.tiles import Tile

AHEAD = timedelta(days=60)
"""So long before the day it is told."""
TILE = Tile(
    "Política por revisar",
    "workspace:policy:policy",
    lambda access: access.has(PolicyRight.KEEP),
    49,
    counted=lambda access, today: (
        PolicyEdition.objects.filter(
            institution=access.institution, state=EditionState.APPROVED, valid_to=None,
            review_by__lte=today + AHEAD,
        ),
    ),
    late=lambda access, today: PolicyEdition.objects.filter(
        institution=access.institution, state=EditionState.APPROVED, valid_to=None, review_by__lt=today
    ),
)  # fmt: skip
