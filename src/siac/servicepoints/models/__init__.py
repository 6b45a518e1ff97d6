# SPDX-License-Identifier: EUPL-1.2
from siac.servicepoints.models.service_point import ServicePoint, ServicePointKind

__all__ = ["ServicePoint", "ServicePointKind"]
