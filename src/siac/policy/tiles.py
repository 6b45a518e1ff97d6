# SPDX-License-Identifier: EUPL-1.2
"""What of the policy must be reviewed soon, on the first page of who keeps it: an edition, living links."""

from datetime import timedelta

from siac.policy.domain.rights import PolicyRight
from siac.policy.domain.states import EditionState
from siac.policy.maturity import AHEAD as LINKS_AHEAD
from siac.policy.maturity import to_check
from siac.policy.models import PolicyEdition
from siac.ui.tiles import Tile

AHEAD = timedelta(days=60)
"""So long before the day it is told."""
POLICY = Tile(
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
LINKS = Tile(
    "Vínculos por revisar",
    "workspace:policy:maturity",
    lambda access: access.has(PolicyRight.KEEP),
    50,
    counted=lambda access, today: (to_check(access.institution, today + LINKS_AHEAD),),
    late=lambda access, today: to_check(access.institution, today - timedelta(days=1)),
)
TILES = (POLICY, LINKS)
