# SPDX-License-Identifier: EUPL-1.2
"""What waits of people and training, on the first page of who looks after it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from siac.staff.domain.rights import PersonnelRight
from siac.staff.models import CourseSession, PlanState
from siac.staff.queries import undiagnosed
from siac.ui.tiles import Tile


def _unnoted(access: Any, today: date) -> QuerySet[CourseSession]:
    rows = CourseSession.objects.filter(course__plan__institution=access.institution, noted_at=None)
    return rows.filter(course__plan__state=PlanState.APPROVED, on__lte=today)


UNNOTED = Tile(
    "Sesiones de cursos sin asistencia anotada", "workspace:staff:plans",
    lambda access: access.has(PersonnelRight.KEEP), 56,
    counted=lambda access, today: (_unnoted(access, today),),
)  # fmt: skip
UNDIAGNOSED = Tile(
    "Personas sin diagnóstico de competencias", "workspace:staff:gaps",
    lambda access: access.has(PersonnelRight.KEEP), 58,
    counted=lambda access, today: (undiagnosed(access.institution, today),),
)  # fmt: skip
TILES = (UNNOTED, UNDIAGNOSED)
