# SPDX-License-Identifier: EUPL-1.2
from siac.servicepoints.models.care import CareProtocol, CareProtocolVersion
from siac.servicepoints.models.service_point import PointVersion, ServicePoint

__all__ = ["CareProtocol", "CareProtocolVersion", "PointVersion", "ServicePoint"]
