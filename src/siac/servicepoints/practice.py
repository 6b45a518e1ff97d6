# SPDX-License-Identifier: EUPL-1.2
"""How service points come over into a practice body."""

from siac.catalogue.public import Service
from siac.organizations.public import Copying, PracticePart, Unit
from siac.servicepoints.commands.care import save_care
from siac.servicepoints.commands.points import save_service_point
from siac.servicepoints.models import CareProtocol, ServicePoint
from siac.servicepoints.queries import care_protocols, service_points

_COPIED = (
    "code", "name", "kind", "address", "commune", "latitude", "longitude", "directions", "phone", "email",
    "website", "channels", "access", "access_note", "schedule", "hours_note", "in_charge", "no_services",
    "closing_reason", "instead",
)  # fmt: skip


def _copy(copying: Copying) -> None:
    """Copy the points in use."""

    def copy(row: ServicePoint) -> ServicePoint:
        fields = {name: getattr(row, name) for name in _COPIED}
        given = [copying.new_id(Service, pk) for pk in row.service_ids]
        return save_service_point(
            **copying.common, unit_id=copying.new_id(Unit, row.unit_id),
            service_ids=[pk for pk in given if pk is not None], **fields,
        )  # fmt: skip

    copying.each((row for row in service_points(copying.source).values() if row.is_active), copy)


def _copy_care(copying: Copying) -> None:
    """Copy how people are attended."""

    def copy(row: CareProtocol) -> CareProtocol:
        return save_care(
            **copying.common, channel=row.channel, steps=row.steps, rights=row.rights, duties=row.duties
        )

    copying.each((row for row in care_protocols(copying.source) if row.is_active), copy)


PARTS = (
    PracticePart("points", 46, _copy, ("servicepoints.ServicePoint",)),
    PracticePart("care", 47, _copy_care, ("servicepoints.CareProtocol",)),
)
