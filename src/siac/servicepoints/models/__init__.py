# SPDX-License-Identifier: EUPL-1.2
from siac.servicepoints.models.service_point import PointVersion, ServicePoint

__all__ = ["PointVersion", "ServicePoint"]
