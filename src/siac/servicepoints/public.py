# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `servicepoints`."""

from siac.servicepoints.commands.points import save_service_point
from siac.servicepoints.models import ServicePoint, ServicePointKind
from siac.servicepoints.queries import service_points

__all__ = ["ServicePoint", "ServicePointKind", "save_service_point", "service_points"]
