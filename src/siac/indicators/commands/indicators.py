# SPDX-License-Identifier: EUPL-1.2
"""Keeping what a body follows."""

from decimal import Decimal

from siac.indicators.models import Indicator
from siac.organizations.public import Institution


def create_indicator(
    *,
    institution: Institution,
    code: str,
    name: str,
    definition: str,
    metric: str,
    kind_id: int | None,
    within: int,
    target: Decimal,
) -> Indicator:
    """Create an indicator of a body (1 SQL): what it says in words, the metric it is computed from, of which
    kind, and the share in per cent that is the target; `within` is in the unit of the metric (business days).
    """
    return Indicator.objects.create(
        institution=institution,
        code=code,
        name=name,
        definition=definition,
        metric=metric,
        kind_id=kind_id,
        within=within,
        target=target,
    )
