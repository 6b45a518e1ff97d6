# SPDX-License-Identifier: EUPL-1.2
"""What cases add to «Para empezar»."""

from siac.cases.models import Case
from siac.cases.queries import kinds
from siac.organizations.public import Institution, StartStep


def _has_kinds(institution: Institution) -> bool:
    return any(kind.is_active for kind in kinds(institution).values())


def _has_answered(institution: Institution) -> bool:
    return Case.objects.filter(institution=institution, answered_at__isnull=False).exists()


STEPS = (
    StartStep(
        "kinds",
        "Elija los tipos de solicitud",
        "El paquete inicial de su país los trae con los plazos de sus normas.",
        "workspace:kinds:kit",
        25,
        _has_kinds,
    ),
    StartStep(
        "answered",
        "Responda la primera solicitud",
        "Ingrese una desde el portal, derívela y respóndala.",
        "portal:home",
        90,
        _has_answered,
    ),
)
