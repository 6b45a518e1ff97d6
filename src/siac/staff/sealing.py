# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` holds of training: an approved plan is the one that was approved."""

from collections.abc import Iterator

from siac.journal.public import recorded
from siac.staff.commands.training import plan_digest
from siac.staff.models import PlanState, TrainingPlan

APPROVED, REOPENED = "staff.plan_approved", "staff.plan_reopened"


def training_problems(institution_id: int) -> Iterator[str]:
    """Yield, as Spanish sentences, each training plan that does not stand as the journal last wrote it down:
    approved with other courses, approved by nobody, open again though nobody reopened it, or gone (2 SQL, and
    3 for each approved plan).
    """
    told = {
        entry.stream: entry.data["digest"] if entry.kind == APPROVED else ""
        for entry in recorded(institution_id, (APPROVED, REOPENED))
    }
    for row in TrainingPlan.objects.filter(institution=institution_id).order_by("pk"):
        stands = plan_digest(row) if row.state == PlanState.APPROVED else ""
        if told.pop(row.stream, "") != stands:
            yield f"plan de capacitación {row.year}: no es el que se aprobó"
    for stream in sorted(stream for stream, digest in told.items() if digest):
        yield f"{stream}: se aprobó, y ya no está"
