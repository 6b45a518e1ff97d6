# SPDX-License-Identifier: EUPL-1.2
from siac.servicepoints.models.service_point import PointVersion, ServicePoint, ServicePointKind

__all__ = ["PointVersion", "ServicePoint", "ServicePointKind"]
