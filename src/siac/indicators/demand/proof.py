# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` asks of demand plans: each approved one says what it said when it was approved."""

from collections.abc import Iterator

from siac.indicators.demand.commands import digest_of
from siac.indicators.models import DemandPlan
from siac.journal.public import recorded

APPROVED = "indicators.demand_plan_approved"


def plan_problems(institution_id: int) -> Iterator[str]:
    """Yield each approved plan of a body that is not what was approved, and each that the journal knows and
    that is gone, as Spanish sentences (2 SQL, and 2 for each plan).
    """
    told = {entry.data["plan"]: entry.data["digest"] for entry in recorded(institution_id, [APPROVED])}
    plans = DemandPlan.objects.filter(institution_id=institution_id, approved_at__isnull=False)
    for plan in plans.order_by("pk"):
        digest = told.pop(plan.pk, None)
        name = f"plan de demanda {plan.year}, edición {plan.edition}"
        if digest is None:
            yield f"{name}: no está en la bitácora"
        elif digest_of(plan).hex() != digest or bytes(plan.digest).hex() != digest:
            yield f"{name}: no es el que se aprobó"
    for pk in sorted(told):
        yield f"plan de demanda {pk}: la bitácora lo conoce y ya no está"
