# SPDX-License-Identifier: EUPL-1.2
"""An invented plan of outreach: campaigns inside and outside, one evaluated, a poster and a leaflet."""

from datetime import datetime, timedelta
from typing import Any

from siac.accounts.public import User
from siac.charters.public import commitments_in_force
from siac.organizations.public import Institution, unit_tree
from siac.outreach.public import evaluate_campaign, make_material, save_campaign
from siac.servicepoints.public import service_points

_TOLD: tuple[tuple[int, int, dict[str, Any]], ...] = (
    (-60, 20, {
        "title": "Sus derechos al pedir algo", "side": "external", "audience": "Personas que vienen al mesón",
        "message": "Pregunte siempre para cuándo tendrá respuesta.", "media": ["poster", "leaflet", "portal"],
        "cost": 240_000, "expected": 1500,
    }),
    (-5, 30, {
        "title": "Conozca nuestra carta", "side": "external", "audience": "Toda la ciudadanía",
        "message": "Esto prometemos, y esto hacemos si no cumplimos.", "media": ["poster", "social", "radio"],
        "cost": 600_000, "expected": 8000,
    }),
    (12, 5, {
        "title": "Escribir para que se entienda", "side": "internal",
        "audience": "Quienes responden solicitudes",
        "message": "Lenguaje claro: lo importante primero.", "media": ["intranet", "meeting", "notice_board"],
        "cost": 0, "expected": 40,
    }),
)  # fmt: skip
"""(days from today, days it lasts, fields); all of it is invented."""


def tell_people(institution: Institution, *, keeper: User, now: datetime) -> None:
    """Plan three campaigns, evaluate the one that is over, and make a poster and a leaflet."""
    today = institution.local_date(now)
    units = [pk for pk, node in unit_tree(institution).nodes.items() if node.is_active]
    made = []
    for ahead, days, fields in _TOLD:
        first = today + timedelta(days=ahead)
        made.append(
            save_campaign(
                institution=institution, actor=keeper, now=now - timedelta(days=90), year=first.year,
                starts_on=first, ends_on=first + timedelta(days=days), unit_id=units[0], **fields,
            )
        )  # fmt: skip
    evaluate_campaign(
        institution=institution, campaign=made[0], reached=1130, measured_by="Folletos entregados",
        evaluation="Llegó a tres de cada cuatro. El folleto gustó más.", actor=keeper,
        now=now - timedelta(days=30),
    )  # fmt: skip
    promised = commitments_in_force(institution, today)
    points = [pk for pk, point in service_points(institution).items() if point.is_active]
    if promised:
        make_material(
            institution=institution, campaign=made[1], kind="poster",
            headline="Esto prometemos", body="Si no cumplimos, le debemos algo. Pregunte cómo pedirlo.",
            charter_id=promised[0].edition.charter_id, actor=keeper, now=now - timedelta(days=6),
        )  # fmt: skip
    make_material(
        institution=institution, campaign=made[0], kind="leaflet", headline="Pregunte para cuándo",
        body="Toda solicitud tiene un plazo.\nCon su código puede mirar cómo va.",
        point_id=points[0] if points else None, actor=keeper, now=now - timedelta(days=61),
    )  # fmt: skip
