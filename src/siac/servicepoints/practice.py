# SPDX-License-Identifier: EUPL-1.2
"""How service points come over into a practice body."""

from siac.organizations.public import Copying, PracticePart, Unit
from siac.servicepoints.commands.points import save_service_point
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.queries import service_points

_COPIED = ("code", "name", "kind", "address", "commune", "phone", "hours")


def _copy(copying: Copying) -> None:
    """Copy the points in use."""

    def copy(row: ServicePoint) -> ServicePoint:
        fields = {name: getattr(row, name) for name in _COPIED}
        return save_service_point(
            **copying.common, unit_id=copying.new_id(Unit, row.unit_id), **fields
        )  # fmt: skip

    copying.each((row for row in service_points(copying.source).values() if row.is_active), copy)


PARTS = (PracticePart("points", 42, _copy, ("servicepoints.ServicePoint",)),)
